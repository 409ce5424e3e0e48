"""Keeps boards' answers in a folder: one file each, so that processes share them without a lock.

requests-cache decides what is kept and for how long. Its own SQLite store waits for ever on a disk that it
cannot write to, and its pickles would run what somebody else put into the folder.
"""

import logging
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from requests_cache.backends.base import BaseCache, BaseStorage
from requests_cache.serializers import SerializerPipeline, json_serializer

from hearback.logs import event

logger = logging.getLogger(__name__)

# An answer of last week is the oldest that is worth showing while a board is down.
LONGEST_DAYS = 7
MOST_BYTES = 256 * 1024 * 1024


class AnswerFolder(BaseStorage[str, Any]):
    """Answers by key. A disk that fails costs the copy, never the fetch."""

    serializer: SerializerPipeline

    def __init__(self, folder: Path) -> None:
        super().__init__(serializer=json_serializer)
        self.folder = folder

    def __getitem__(self, key: str) -> Any:
        try:
            text = self._file(key).read_text(encoding="utf-8")
        except (OSError, UnicodeError):
            raise KeyError(key) from None
        found = self.deserialize(key, text)
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: str, value: Any) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self.folder, prefix=".", delete=False
            ) as file:
                file.write(str(self.serialize(value)))
            # Readers see the old answer or the new one, never half of one.
            Path(file.name).replace(self._file(key))
        except OSError as fault:
            logger.warning(event("boards.cache_not_written", kind=type(fault).__name__))

    def __delitem__(self, key: str) -> None:
        try:
            self._file(key).unlink()
        except OSError:
            raise KeyError(key) from None

    def __iter__(self) -> Iterator[str]:
        return iter([file.stem for file in self.folder.glob("*.json")])

    def __len__(self) -> int:
        return len(list(self.folder.glob("*.json")))

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


class AnswerCache(BaseCache):
    """What a session of requests-cache keeps its answers in."""

    def __init__(self, folder: Path) -> None:
        super().__init__(cache_name=str(folder))
        self.responses = AnswerFolder(folder)


def cache_folder(setting: str) -> Path:
    """The folder that BOARD_CACHE names, or the system's own for caches of this user."""
    if setting:
        return Path(setting)
    if system := os.environ.get("XDG_CACHE_HOME"):
        return Path(system) / "hearback" / "boards"
    try:
        return Path.home() / ".cache" / "hearback" / "boards"
    except RuntimeError:
        # In some containers the user has neither name nor home.
        return Path(tempfile.gettempdir()) / f"hearback-boards-{os.getuid()}"


def clean_cache(folder: Path, most_bytes: int = MOST_BYTES, days: int = LONGEST_DAYS) -> int:
    """Remove what is too old, and the oldest of what is too much; return how many answers went."""
    found = []
    for file in folder.glob("*"):
        try:
            known = file.stat()
        except OSError:
            continue
        found.append((known.st_mtime, known.st_size, file))
    removed = kept = 0
    oldest = time.time() - days * 86_400
    for changed, size, file in sorted(found, reverse=True):
        kept += size
        if changed < oldest or kept > most_bytes:
            file.unlink(missing_ok=True)
            removed += 1
    return removed
