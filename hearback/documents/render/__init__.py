"""Sets CVs and cover letters in every format, design and paper: `render`, `letter`."""

import json
from collections.abc import Mapping
from typing import Any

from hearback.documents.render import markdown, pdf, plain_text, web_page, word
from hearback.documents.render.letter import Letter, letter_sheet
from hearback.documents.render.look import DESIGNS, Design, Format, Look, Paper
from hearback.documents.render.sections import sheet

__all__ = ["DESIGNS", "Design", "Format", "Letter", "Look", "Paper", "letter", "render"]


def render(cv: Mapping[str, Any], look: Look) -> bytes:
    """Set a CV (JSON Resume, already validated) as a file of the look's format.

    Raises KeyError for a design that DESIGNS does not have.
    """
    design = DESIGNS[look.design]
    if look.format is Format.JSON:
        return f"{json.dumps(cv, ensure_ascii=False, indent=2)}\n".encode()
    laid = sheet(cv, look.language, design.first)
    match look.format:
        case Format.PDF:
            return pdf.cv(laid, look)
        case Format.DOCX:
            return word.cv(laid, look)
        case Format.HTML:
            return web_page.cv(laid, look).encode()
        case Format.MARKDOWN:
            return markdown.cv(laid).encode()
        case Format.TEXT:
            return plain_text.cv(laid).encode()


def letter(letter: Letter, look: Look) -> bytes:
    """Set a cover letter as a file of the look's format, in the design of the CV that it goes with.

    Raises KeyError for a design that DESIGNS does not have, ValueError for JSON: letters have no such form.
    """
    laid = letter_sheet(letter, look)
    match look.format:
        case Format.PDF:
            return pdf.letter(laid, look)
        case Format.DOCX:
            return word.letter(laid, look)
        case Format.HTML:
            return web_page.letter(laid, look).encode()
        case Format.MARKDOWN:
            return markdown.letter(laid).encode()
        case Format.TEXT:
            return plain_text.letter(laid).encode()
        case Format.JSON:
            raise ValueError("a letter has no form in JSON")
