"""Makes PDFs by hand: where each text stands, in which size, colour, weight and order, is the test's choice."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page: its content stream, its size, and the rectangles of its links with what they lead to."""

    content: bytes
    box: tuple[int, int, int, int] = (0, 0, 612, 792)
    filters: str = ""
    links: tuple[tuple[tuple[int, int, int, int], str], ...] = ()


def text(*placed: tuple[float, float, str], size: float = 10, font: str = "F1", before: str = "") -> bytes:
    """Texts, each with the place of its first sign from the lower left corner, in the order given."""
    shown = (f"BT {before} /{font} {size} Tf {x} {y} Td ({_escaped(words)}) Tj ET" for x, y, words in placed)
    return "\n".join(shown).encode("cp1252") + b"\n"


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def pdf(pages: Sequence[Page], image: tuple[bytes, bytes] | None = None) -> bytes:
    """A PDF of these pages; `/I` is the image, of a dictionary and a stream, where there is one."""
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for name, font in (("F1", "Helvetica"), ("F2", "Helvetica-Bold"), ("F3", "Helvetica-Oblique"))
    )
    drawn = " /XObject << /I 3 0 R >>" if image else ""
    first = 4
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        image[0] + b"\nstream\n" + image[1] + b"\nendstream" if image else b"null",
    ]
    for number, one in enumerate(pages):
        links = "".join(
            f"<< /Type /Annot /Subtype /Link /Rect [{' '.join(map(str, rect))}] /A << /S /URI /URI ({to}) >> >>"
            for rect, to in one.links
        )
        filters = f"/Filter {one.filters} " if one.filters else ""
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{' '.join(map(str, one.box))}] /Annots [{links}] "
            f"/Resources << /Font << {fonts} >>{drawn} >> /Contents {first + 2 * number + 1} 0 R >>".encode(),
            f"<< {filters}/Length {len(one.content)} >>\nstream\n".encode() + one.content + b"\nendstream",
        ]
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += "".join(f"{place:010} 00000 n \n" for place in places).encode()
    return bytes(
        made + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
