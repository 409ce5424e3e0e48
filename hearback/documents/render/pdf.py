"""Sets sheets as tagged PDF by typst: bundled fonts, no network, and data that is never read as markup."""

import json
import threading
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Literal

import typst
from pypdfium2 import PdfDocument

from hearback.documents.render.glyphs import showable
from hearback.documents.render.letter import LetterSheet
from hearback.documents.render.look import Look, Paper
from hearback.documents.render.sheet import Sheet

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
PAPERS = {Paper.A4: "a4", Paper.LETTER: "us-letter"}
# PDF for everybody: tags, language, title and text that can be read out (ISO 14289-1).
STANDARD: Literal["ua-1"] = "ua-1"
# The size that is tried, as a share of the design's own: few see the difference.
SMALLER = 0.94
# Nobody minds a few lines on the fifth page.
MOST_PAGES_TO_SAVE = 4
# A compiler keeps what it was last given, so that one serves one caller at a time.
_lock = threading.Lock()


def cv(sheet: Sheet, look: Look) -> bytes:
    """The sheet as a tagged PDF in the design and on the paper of the look."""
    return _set("cv.typ", sheet, look)


def letter(sheet: LetterSheet, look: Look) -> bytes:
    """The letter as a tagged PDF, in the design of the CV that it goes with."""
    return _set("letter.typ", sheet, look)


def _set(template: str, sheet: Sheet | LetterSheet, look: Look) -> bytes:
    """Set it as large as the design wants, or a little smaller where that saves a page of a few lines."""
    data = {**asdict(sheet), "design": look.design, "paper": PAPERS[look.paper]}
    whole = _compiled(template, data, 1)
    pages = len(PdfDocument(whole))
    if not 1 < pages <= MOST_PAGES_TO_SAVE:
        return whole
    smaller = _compiled(template, data, SMALLER)
    return smaller if len(PdfDocument(smaller)) < pages else whole


def _compiled(template: str, data: dict[str, object], scale: float) -> bytes:
    source = json.dumps(_showable({**data, "scale": scale}))
    with _lock:
        made = _compiler().compile(
            TEMPLATES / template, format="pdf", sys_inputs={"sheet": source}, pdf_standards=STANDARD
        )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} gave no file")
    return made


def _showable(value: object) -> object:
    """The values, with every text in letters that the fonts have."""
    if isinstance(value, str):
        return showable(value)
    if isinstance(value, dict):
        return {name: _showable(inner) for name, inner in value.items()}
    return [_showable(inner) for inner in value] if isinstance(value, list | tuple) else value


@cache
def _compiler() -> typst.Compiler:
    """Loaded on first use and kept. It reads nothing outside the folder of templates."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)
