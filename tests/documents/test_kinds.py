"""The content of a file says what it is; what we do not read is called by its name."""

import pytest

from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.kinds import MOST_BYTES, Kind, kind_of
from tests.documents.making import packed

ODT: dict[str, str | bytes] = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCX: dict[str, str | bytes] = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}
# Its directory is whole, and what it leads to cannot be unpacked.
WHOLE = packed({"[Content_Types].xml": b"<Types/>"})
START = WHOLE.index(b"Types].xml") + len(b"Types].xml")
BROKEN = WHOLE[:START] + b"\xff\xff\xff\xff" + WHOLE[START + 4 :]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n...", "cv.docx", Kind.PDF),
        (b"\r\n%PDF-1.4\n...", None, Kind.PDF),
        (packed(DOCX), "cv.pdf", Kind.DOCX),
        (packed(ODT), "cv.zip", Kind.ODT),
        (rb"{\rtf1\ansi Mara Lindqvist}", "cv.doc", Kind.RTF),
        (b"<!DOCTYPE html><html><body>Mara</body></html>", "cv.doc", Kind.HTML),
        (b"\xef\xbb\xbf<html><p>Mara</p></html>", None, Kind.HTML),
        (b"<p>Mara Lindqvist</p>", "cv", Kind.HTML),
        (b'{"basics": {"name": "Mara Lindqvist"}}', None, Kind.JSON),
        (b"# Mara Lindqvist\n\n## Work\n", "cv.md", Kind.MARKDOWN),
        (b"# Mara Lindqvist\n\n## Work\n", None, Kind.MARKDOWN),
        (b"Mara Lindqvist\nEngineer, C# and C++\n", "cv.txt", Kind.TXT),
        (b"Mara Lindqvist\nEngineer\n", None, Kind.TXT),
        ("Mara Lindqvist\n".encode("utf-16"), "cv.txt", Kind.TXT),
        ("Mära Lindqvist, Zürich\n".encode("cp1252"), "cv.txt", Kind.TXT),
        (b"Mara Lindqvist", "../../etc/passwd\x00.txt", Kind.TXT),
    ],
)
def test_the_content_says_what_it_is(data: bytes, name: str | None, kind: Kind) -> None:
    assert kind_of(data, name) is kind


@pytest.mark.parametrize(
    ("data", "name", "fault", "words"),
    [
        (b"", "cv.pdf", Fault.EMPTY, "empty"),
        (b"\x00" * 100, "cv.pdf", Fault.EMPTY, "empty"),
        (b" \n\n ", "cv.txt", Fault.EMPTY, "empty"),
        (b"\x89PNG\r\n\x1a\n....", "cv.pdf", Fault.WRONG_TYPE, "picture"),
        (b"\xff\xd8\xff\xe0....", "cv.docx", Fault.WRONG_TYPE, "picture"),
        (b"\x00\x00\x00\x18ftypheic....", "cv.heic", Fault.WRONG_TYPE, "picture"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "cv.pdf", Fault.WRONG_TYPE, "program"),
        (b"7z\xbc\xaf\x27\x1c", "cv.7z", Fault.WRONG_TYPE, "archive"),
        (packed({"cv.pdf": b"%PDF-1.7"}), "cv.zip", Fault.WRONG_TYPE, "Unpack"),
        (packed({"Index/Document.iwa": b"x"}), "cv.pages", Fault.WRONG_TYPE, "Pages"),
        (packed({"xl/workbook.xml": b"x"}), "cv.xlsx", Fault.WRONG_TYPE, "table"),
        (packed({**DOCX, "word/vbaProject.bin": b"x"}), "cv.docm", Fault.ACTIVE, "macros"),
        (packed({**DOCX, "word/vbaProject.bin": b"x"}), "cv.docx", Fault.ACTIVE, "macros"),
        pytest.param(packed(DOCX)[:60], "cv.docx", Fault.CORRUPT, "damaged", id="cut"),
        pytest.param(BROKEN, "cv.docx", Fault.CORRUPT, "damaged", id="broken within"),
        (b"This is no PDF at all\n", "cv.pdf", Fault.CORRUPT, "damaged"),
        (OLD + "WordDocument".encode("utf-16-le"), "cv.doc", Fault.WRONG_TYPE, ".doc"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "cv.docx", Fault.LOCKED, "password"),
        (bytes(range(256)) * 4, "cv.txt", Fault.WRONG_TYPE, "type"),
        (b"[1, 2", "cv.json", Fault.CORRUPT, "JSON Resume"),
        (b"x" * (MOST_BYTES + 1), "cv.txt", Fault.TOO_LARGE, "10 MB"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_called_by_its_name(
    data: bytes, name: str | None, fault: Fault, words: str
) -> None:
    with pytest.raises(DocumentFault) as raised:
        kind_of(data, name)
    assert raised.value.kind is fault
    assert words in raised.value.words
