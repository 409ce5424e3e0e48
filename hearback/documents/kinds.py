"""Which kind of file some bytes are: their content decides, and the name only where content says little."""

import codecs
import io
import json
import lzma
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePosixPath

from hearback.documents.faults import DocumentFault, Fault


class Kind(StrEnum):
    """A kind of file that text can be taken out of."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    TXT = "txt"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


MOST_BYTES = 10 * 1024 * 1024
# The first bytes of files that people give by mistake. https://en.wikipedia.org/wiki/List_of_file_signatures
PICTURE = "This is a picture, not a document. Export your CV as PDF from the program you wrote it in."
PROGRAM = "This is a program, not a document. Give your CV as PDF or .docx."
PACKED = "This is an archive. Unpack it, and give us the CV in it."
OTHERS = (
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"7z\xbc\xaf", PACKED),
    (b"Rar!", PACKED),
    (b"\x1f\x8b", PACKED),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_WORD = (
    "This is a file of an old version of Word (.doc), which we do not read. Open it in Word or LibreOffice, "
    "and save it as .docx or PDF."
)
PAGES = "This is an Apple Pages file. In Pages, choose File, Export To, and give us the PDF or Word file."
SHEET = "This is a table or a presentation, not a document. Save your CV as PDF or .docx."
ARCHIVE = "This is an archive (.zip). Unpack it, and give us the CV in it."
NOT_JSON = "This is not JSON as JSON Resume has it. See https://jsonresume.org."
# What zipfile and the libraries that it unpacks with raise on an archive that is damaged, locked or strange.
BAD_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError),
    # NotImplementedError, for ways of packing that it does not know, is one of these.
    RuntimeError,
)
# Text as it is has hardly any of these.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(
    rb"^(?:<!--.*?-->|<\?xml[^>]*>|\s)*<(?:!doctype\s+html|html|head|body|meta|div|p|h1)\b", re.I | re.S
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|\S.*\n(?:=+|-{3,})\s*$)|\*\*\S[^*\n]*\*\*|\[[^]\n]+\]\([^)\n]+\)", re.M
)


def kind_of(data: bytes, filename: str | None = None) -> Kind:
    """The kind of a file. Raises DocumentFault where we read no such file, with words that say what it is."""
    if len(data) > MOST_BYTES:
        raise DocumentFault(Fault.TOO_LARGE)
    if not data.strip(b"\x00\t\n\r\x0b\x0c "):
        raise DocumentFault(Fault.EMPTY, "This file is empty. Is it the one you meant?")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(data)
    # Some programs write a few bytes before the signature. ISO 32000-1, Annex H.3.4.4, allows 1,024.
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(OLD_OFFICE):
        raise _old_office(data)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return Kind.RTF
    for signature, words in OTHERS:
        if data.startswith(signature) and (len(signature) > 2 or _CONTROL.search(data[:512])):
            raise DocumentFault(Fault.WRONG_TYPE, words)
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif") or data[8:12] == b"WEBP":
        raise DocumentFault(Fault.WRONG_TYPE, PICTURE)
    return _written(data, PurePosixPath((filename or "").replace("\\", "/")).suffix.lower())


def _written(data: bytes, suffix: str) -> Kind:
    """Which kind of text this is."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and len(_CONTROL.findall(data[:65536])) > len(data[:65536]) // 100:
        if suffix == ".pdf":
            raise DocumentFault(Fault.CORRUPT)
        raise DocumentFault(Fault.WRONG_TYPE)
    if suffix in (".pdf", ".docx", ".odt"):
        # Text under the name of another kind: what is left of a broken download or a failed export.
        if not _HTML.match(data[:4096].lstrip(codecs.BOM_UTF8)):
            raise DocumentFault(Fault.CORRUPT)
        return Kind.HTML
    start = data.lstrip(codecs.BOM_UTF8).lstrip()
    if start[:1] == b"{" and (suffix == ".json" or _is_json(data)):
        return Kind.JSON
    if suffix == ".json":
        raise DocumentFault(Fault.CORRUPT, NOT_JSON)
    if suffix in (".html", ".htm", ".xhtml") or _HTML.match(start[:4096]):
        return Kind.HTML
    if suffix in (".md", ".markdown"):
        return Kind.MARKDOWN
    if suffix in (".txt", ".text"):
        return Kind.TXT
    # A stranger's name or none: only signs that plain text does not have make it Markdown.
    found = _MARKDOWN.findall(data[:65536].decode("utf-8", "replace"))
    return Kind.MARKDOWN if len(found) >= 2 else Kind.TXT


def _is_json(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except (ValueError, RecursionError):
        return False


def _packed(data: bytes) -> Kind:
    """Which kind of packed document this is, by the names within; nothing is unpacked but one short file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
            types = _first_bytes(archive, "[Content_Types].xml", 65536)
            mimetype = _first_bytes(archive, "mimetype", 128)
    except BAD_ARCHIVE:
        raise DocumentFault(Fault.CORRUPT) from None
    if any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroEnabled" in types:
        raise DocumentFault(Fault.ACTIVE)
    if "word/document.xml" in names or b"wordprocessingml.document.main" in types:
        return Kind.DOCX
    if mimetype.strip().startswith(b"application/vnd.oasis.opendocument.text"):
        return Kind.ODT
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "index.apxl" in names:
        raise DocumentFault(Fault.WRONG_TYPE, PAGES)
    if any(name.startswith(("xl/", "ppt/")) for name in names) or b"opendocument" in mimetype:
        raise DocumentFault(Fault.WRONG_TYPE, SHEET)
    raise DocumentFault(Fault.WRONG_TYPE, ARCHIVE)


def _first_bytes(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as file:
        return file.read(most)


def _old_office(data: bytes) -> DocumentFault:
    """A compound file: old Word, a locked .docx, or another program's."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return DocumentFault(Fault.LOCKED)
    if "WordDocument".encode("utf-16-le") in data:
        return DocumentFault(Fault.WRONG_TYPE, OLD_WORD)
    return DocumentFault(Fault.WRONG_TYPE, SHEET if "Workbook".encode("utf-16-le") in data else None)
