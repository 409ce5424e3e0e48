"""The demo's folder: one demo at a time, secrets made once, and where its mail came from."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from pathlib import Path

from cryptography.fernet import Fernet

from tools.demo.errors import DemoError

LOCK = "lock"
SECRETS = "secrets.json"
SOURCE = "source.json"


class DemoFolder:
    """`.demo/`, held by one process: from `__init__` until `release` or the end of the process."""

    def __init__(self, path: Path) -> None:
        """Make the folder if there is none. Raises DemoError while another demo runs in it."""
        self.path = path
        path.mkdir(mode=0o700, exist_ok=True)
        self._lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._lock, 200, 0).decode() or "starting up"
            os.close(self._lock)
            raise DemoError(
                f"A demo already runs here: {holder}.\nStop it with Ctrl-C in its terminal first."
            ) from None
        self.announce("")

    def announce(self, text: str) -> None:
        """Write who holds the folder, for those who are turned away."""
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, text.encode(), 0)

    def release(self) -> None:
        """Let another demo have the folder."""
        os.close(self._lock)

    def empty(self) -> None:
        """Remove everything but the lock, which this process still holds."""
        for entry in self.path.iterdir():
            if entry.name == LOCK:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def secrets(self) -> dict[str, str]:
        """The generated secrets, by the name of the setting; the same ones at every start."""
        file = self.path / SECRETS
        if not file.exists():
            made = {
                "SECRET_KEY": secrets.token_urlsafe(32),
                "TOKEN_KEYS": Fernet.generate_key().decode(),
                "REDIS_PASSWORD": secrets.token_urlsafe(24),
            }
            self.write_private(SECRETS, json.dumps(made, indent=2))
        kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
        return kept

    def remember_mail(self, mbox: Path | None) -> Path | None:
        """Note which mailbox file fills the sandbox; return the one that did at the first start.

        Raises DemoError if the kept data came from another file: the two would mix.
        """
        file = self.path / SOURCE
        if not file.exists():
            self.write_private(SOURCE, json.dumps(_described(mbox), indent=2))
            return mbox
        kept = json.loads(file.read_text(encoding="utf-8"))
        if mbox is not None and kept["sha256"] != _described(mbox)["sha256"]:
            before = kept["mbox"] or "the sample mailbox"
            raise DemoError(
                f"The demo holds data that came from {before}. To fill it from {mbox} instead, "
                "run `make demo-reset` first."
            )
        return Path(kept["mbox"]) if kept["mbox"] and Path(kept["mbox"]).is_file() else None

    def write_private(self, name: str, text: str) -> Path:
        """Write a file whole or not at all, readable by this user alone; return its path."""
        whole = self.path / name
        part = self.path / f"{name}.part"
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(text)
        part.replace(whole)
        return whole


def _described(mbox: Path | None) -> dict[str, str | None]:
    if mbox is None:
        return {"mbox": None, "sha256": None}
    with mbox.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {"mbox": str(mbox), "sha256": digest}
