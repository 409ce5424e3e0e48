"""Reads documents in a process of its own: whatever a file does, its reader lives and gets an answer."""

import base64
import binascii
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any, cast

from hearback.documents.confine import READY, environment
from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.kinds import MOST_BYTES
from hearback.documents.parse.found import Mark, Read
from hearback.logs import event

log = logging.getLogger(__name__)

# The whole of it, the start of the process included.
SECONDS = 20.0
MOST_ANSWER = 48 * 1024 * 1024
COMMAND = (sys.executable, "-m", "hearback.documents.worker")
_ROOT = Path(__file__).resolve().parents[2]


def read_bounded(data: bytes, filename: str | None = None) -> tuple[Read, int]:
    """The CV in a file, and how many pages it has. Raises DocumentFault."""
    answer = _ask("read", data, filename)
    try:
        marks = tuple(Mark(**mark) for mark in answer["marks"])
        read = Read(dict(answer["cv"]), marks, tuple(str(one) for one in answer["warnings"]))
        return read, int(answer["pages"])
    except (KeyError, TypeError, ValueError):
        raise DocumentFault(Fault.CORRUPT) from None


def pictures(data: bytes) -> list[bytes]:
    """PNG pictures of a PDF's first pages; none for other kinds. Raises DocumentFault."""
    answer = _ask("pictures", data, None)
    try:
        return [base64.b64decode(one) for one in answer["pictures"]]
    except (KeyError, TypeError, binascii.Error):
        raise DocumentFault(Fault.CORRUPT) from None


def _ask(task: str, data: bytes, filename: str | None) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise DocumentFault(Fault.TOO_LARGE)
    asked = json.dumps({"task": task, "filename": filename}).encode() + b"\n"
    answer = _run(asked + data)
    if "error" in answer:
        log.error(event("document.reader_failed", task=task, error=str(answer["error"])[:200]))
    if "fault" in answer:
        try:
            fault = Fault(answer["fault"])
        except ValueError:
            fault = Fault.CORRUPT
        raise DocumentFault(fault, str(answer.get("words") or "") or None)
    return answer


def _run(asked: bytes) -> dict[str, Any]:
    """What the process answers. If it dies, is too slow or says too much, the file is too heavy.

    If it dies before it has begun to read, the fault is ours.
    """
    with subprocess.Popen(  # noqa: S603, the command is fixed
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=environment(),
        start_new_session=True,
    ) as process:
        to, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        writer = threading.Thread(target=_hand_over, args=(to, asked), daemon=True)
        writer.start()
        try:
            said = _hear(answers, time.monotonic() + SECONDS)
        finally:
            _end(process)
            writer.join()
    begun = said.startswith(READY)
    try:
        answer = json.loads(said.removeprefix(READY))
    except (ValueError, RecursionError):
        if begun:
            raise DocumentFault(Fault.TOO_HEAVY) from None
        log.error(event("document.reader_not_started", status=process.returncode))
        raise DocumentFault(Fault.OURS) from None
    if not isinstance(answer, dict):
        raise DocumentFault(Fault.CORRUPT)
    return answer


def _hand_over(to: IO[bytes], asked: bytes) -> None:
    try:
        to.write(asked)
        to.close()
    except OSError:
        # It ended before it had heard all; its answer, or its silence, says why.
        return


def _hear(answers: IO[bytes], until: float) -> bytes:
    """All that the process says until it closes its output; the beginning where it is too slow or loud."""
    said = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(answers, selectors.EVENT_READ)
        while len(said) <= MOST_ANSWER:
            if not selector.select(max(0.0, until - time.monotonic())):
                break
            piece = os.read(answers.fileno(), 1 << 16)
            if not piece:
                return bytes(said)
            said += piece
    return bytes(said[: len(READY)])


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and all that it may have started; it hears no kinder signal while it hangs."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.wait()
