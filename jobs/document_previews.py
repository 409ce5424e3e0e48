"""A CV's first page as a small picture, so that designs can be chosen by eye."""

import io
from collections.abc import Mapping
from typing import Any

import pypdfium2

from hearback.documents.render import Format, Look, Paper, render

# Pixels for each point: a page of A4 is 420 wide, twice what the page of designs shows.
SCALE = 420 / 595


def first_page(cv: Mapping[str, Any], design: str, paper: Paper = Paper.A4) -> bytes:
    """The first page of a CV in a design, as a PNG picture."""
    document = pypdfium2.PdfDocument(render(cv, Look(Format.PDF, design, paper)))
    try:
        picture = document[0].render(scale=SCALE).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return out.getvalue()
