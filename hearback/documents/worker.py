"""The process that reads one hostile file and ends: `python -m hearback.documents.worker`.

It reads a line of JSON, `{"task", "filename"}`, and then the file, from its standard input, and writes one
object of JSON to its standard output. Before that it writes READY in a line of its own: what goes wrong
earlier has nothing to do with the file.
"""

import base64
import importlib
import json
import os
import sys
import traceback
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from hearback.documents.confine import READY, confine
from hearback.documents.extract import MODULES, text_of
from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.kinds import Kind

# Loaded only where it is used: pictures need no reading, and reading no pictures.
_OURS = str(Path(__file__).resolve().parents[1])
_LIKELY = {b"%PDF": Kind.PDF, b"PK": Kind.DOCX}
_READ, _PICTURES = "hearback.documents.parse.read", "hearback.documents.extract.pdf.pictures"


def main() -> None:
    """Do the one task, and answer."""
    # What libraries print goes nowhere: it would spoil the answer, and may hold words of the file.
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)

    def fail(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # What nobody thought of: a file that a library stumbles over, or a fault of ours. The place is told,
        # and never the message, which may hold words of the file.
        frames = traceback.extract_tb(trace)
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        ours = issubclass(kind, ImportError) or (frames and frames[-1].filename.startswith(_OURS))
        fault = Fault.OURS if ours else Fault.CORRUPT
        _say(answers, {"fault": fault, "error": f"{kind.__name__} at {place}"})

    sys.excepthook = fail
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    for module in _needed(asked["task"], data):
        importlib.import_module(module)
    confine()
    answers.write(READY)
    answers.flush()
    _say(answers, _answer(asked, data))


def _say(answers: BinaryIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode())
    answers.close()
    # Libraries may be slow or crash in taking down what a hostile file has set up.
    os._exit(0)


def _needed(task: str, data: bytes) -> Iterator[str]:
    """What is worth loading before the process is confined, while its compiled form may still be kept."""
    if task == "read":
        yield _READ
    for start, kind in _LIKELY.items():
        if data.startswith(start):
            yield MODULES[kind]


def _answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        if asked["task"] == "pictures":
            made = importlib.import_module(_PICTURES).pictures_of(data)
            return {"pictures": [base64.b64encode(one).decode("ascii") for one in made]}
        text = text_of(data, asked["filename"])
        read = importlib.import_module(_READ).read(text)
        return {**asdict(read), "pages": text.pages}
    except DocumentFault as fault:
        return {"fault": fault.kind, "words": fault.words}
    except (MemoryError, RecursionError):
        return {"fault": Fault.TOO_HEAVY}


if __name__ == "__main__":
    main()
