"""Keeps boards' answers in a folder: one file each, so that processes share them without a lock.

requests-cache decides what is kept and for how long. Its own SQLite store waits for ever on a disk that it
cannot write to, and its pickles would run what somebody else put into the folder.
"""

import contextlib
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
# Only what is named so is ours: the folder of the setting may hold other things.
_PREFIX, _SUFFIX = ".answer-", ".answer.json"
# Answers that are being written, or whose writer died, as old as no writer is.
_WRITTEN_DAYS = 1 / 24


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
            text = str(self.serialize(value))
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self._file(key), text)
        except (OSError, ValueError, RecursionError) as fault:
            logger.warning(event("boards.cache_not_written", kind=type(fault).__name__))

    def __delitem__(self, key: str) -> None:
        try:
            self._file(key).unlink()
        except OSError:
            raise KeyError(key) from None

    def __iter__(self) -> Iterator[str]:
        return iter([file.name.removesuffix(_SUFFIX) for file in self.folder.glob(f"*{_SUFFIX}")])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}{_SUFFIX}"


def _write(file: Path, text: str) -> None:
    """Put a text in place of a file: readers see the old one or the new one, never half of one."""
    handle, name = tempfile.mkstemp(prefix=_PREFIX, dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as part:
            part.write(text)
        Path(name).replace(file)
    finally:
        # A disk that is full stays so if halves of answers are left on it. A whole one has moved on.
        Path(name).unlink(missing_ok=True)


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


def clean_cache(folder: Path, most_bytes: int = MOST_BYTES, days: float = LONGEST_DAYS) -> int:
    """Remove what is too old, and the oldest of what is too much; return how many answers went."""
    removed = kept = 0
    oldest = time.time() - days * 86_400
    for changed, size, file in sorted(_answers(folder), reverse=True):
        kept += size
        if changed < oldest or kept > most_bytes:
            # Another process may have been faster; what may not be removed costs no other.
            with contextlib.suppress(OSError):
                file.unlink()
                removed += 1
    return removed


def _answers(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """When each answer was written, its size, and its file; halves of answers are as old as can be."""
    for file in [*folder.glob(f"*{_SUFFIX}"), *folder.glob(f"{_PREFIX}*")]:
        try:
            known = file.stat()
        except OSError:
            continue
        dead = file.name.startswith(_PREFIX) and known.st_mtime < time.time() - _WRITTEN_DAYS * 86_400
        yield 0.0 if dead else known.st_mtime, known.st_size, file
