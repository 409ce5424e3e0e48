"""Bytes to text for mail that lies about its encoding."""

import base64
import binascii
import codecs
import quopri
import re
from email.errors import HeaderParseError
from email.header import decode_header

_MULTIBYTE = (
    "utf_16",
    "utf_32",
    "utf_7",
    "iso2022",
    "gb",
    "big5",
    "euc",
    "shift",
    "hz",
    "cp932",
    "cp949",
    "johab",
)
_TEXT_CODECS = (*_MULTIBYTE, "utf", "iso8859", "cp", "koi8", "mac", "ascii", "latin", "tis", "ptcp")
_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=")


def codec(label: str | None) -> str | None:
    """Python's name for a charset label, or None if it is unknown or no charset for text."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name.replace("-", "_").lower()
    except (LookupError, ValueError):
        return None
    # Python also knows "punycode", "rot13" or "unicode_escape": no mail is written in those.
    return name if name.startswith(_TEXT_CODECS) else None


def text_of(data: bytes, label: str | None = None) -> str:
    """`data` as text. Valid UTF-8 wins over a one-byte label; nothing raises."""
    name = codec(label)
    if name is None or not name.startswith(_MULTIBYTE):
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    if name in {None, "iso8859_1", "ascii", "utf_8", "latin_1"}:
        # As browsers do: what calls itself Latin-1 or ASCII is Windows-1252 in practice.
        name = "cp1252"
    return data.decode(name or "cp1252", errors="replace")


def transfer_decoded(data: bytes, encoding: str) -> bytes:
    """The bytes behind a Content-Transfer-Encoding; broken base64 is read as far as it goes."""
    encoding = encoding.strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(data)
    if encoding != "base64":
        return data
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    # One character over a full group carries no byte; padding is put back for the rest.
    kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    try:
        return base64.b64decode(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return data


def header_text(value: str) -> str:
    """A header's value with encoded words and raw bytes (as surrogates) decoded, on one line."""
    raw = clean(value)
    if _ENCODED_WORD.search(raw):
        raw = _decoded_words(raw)
    return " ".join(raw.replace("\0", " ").split())


def clean(text: str) -> str:
    """`text` with raw bytes that were carried as surrogates decoded, and other surrogates gone."""
    try:
        return text_of(text.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")


def _decoded_words(value: str) -> str:
    try:
        parts = decode_header(value)
    except (HeaderParseError, binascii.Error, ValueError):
        return value
    return "".join(part if isinstance(part, str) else text_of(part, label) for part, label in parts)
