"""Sets sheets as one self-contained page: no script, nothing fetched, prints well."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from hearback.documents.render.clean import listed
from hearback.documents.render.letter import LetterSheet
from hearback.documents.render.look import DESIGNS, Look
from hearback.documents.render.sheet import Sheet

TEMPLATES = Path(__file__).parent / "templates"


def cv(sheet: Sheet, look: Look) -> str:
    """The sheet as HTML."""
    return _page("cv.html", sheet, look)


def letter(sheet: LetterSheet, look: Look) -> str:
    """The letter as HTML."""
    return _page("letter.html", sheet, look)


def _page(template: str, sheet: Sheet | LetterSheet, look: Look) -> str:
    return (
        _templates()
        .get_template(template)
        .render(
            sheet=sheet,
            design=DESIGNS[look.design],
            paper=look.paper.value,
            letter=isinstance(sheet, LetterSheet),
            linked=_linked,
            listed=listed,
        )
    )


def _linked(words: str, address: str) -> Markup:
    """Words that open an address, where there is one."""
    if not address:
        return Markup("{}").format(words)
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, words)


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
