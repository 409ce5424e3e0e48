"""Makes documents of each kind in memory, as programs write them and as attackers do."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_ODT_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office", "text": "text", "style": "style", "table": "table", "fo": "xsl-fo-compatible",
        "draw": "drawing",
    }.items()
)  # fmt: skip


def packed(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file with these files in it."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return room.getvalue()


def part(name: str, inner: str) -> str:
    """A part of a .docx, such as its document, with `inner` in it."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{W}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        f'xmlns:v="urn:schemas-microsoft-com:vml">{inner}</w:{name}>'
    )


def docx(body: str, **others: str | bytes) -> bytes:
    """A .docx with this body; others are files under word/, by their names without .xml."""
    return docx_with(body, {f"word/{name}.xml": content for name, content in others.items()})


def docx_with(body: str, files: dict[str, str | bytes]) -> bytes:
    """A .docx with this body and files under their own names."""
    document = part("document", f"<w:body>{body}</w:body>")
    return packed({"[Content_Types].xml": _TYPES, "word/document.xml": document, **files})


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of a .docx with one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of a .docx; each cell is its paragraphs."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def odt(body: str, styles: str = "") -> bytes:
    """An .odt with this body and these styles."""
    content = (
        f'<?xml version="1.0"?><office:document-content {_ODT_SPACES} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
