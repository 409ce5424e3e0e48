"""Pictures of the first pages of a PDF, to show beside what was read from it."""

import io
from collections.abc import Iterator

import pypdfium2 as pdfium

from hearback.documents.extract.pdf import opened
from hearback.documents.kinds import Kind, kind_of

MOST_PAGES = 6
WIDTH, HEIGHT = 1000, 1800


def pictures_of(data: bytes) -> Iterator[bytes]:
    """A PNG of each of the first pages, at most 1000 by 1800; none for what has no pages.

    Raises DocumentFault.
    """
    if kind_of(data) is not Kind.PDF:
        return
    document = opened(data)
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            return
        width, height = page.get_size()
        if width > 0 and height > 0:
            picture = page.render(scale=min(WIDTH / width, HEIGHT / height)).to_pil()
            room = io.BytesIO()
            picture.save(room, "PNG")
            yield room.getvalue()
        page.close()
