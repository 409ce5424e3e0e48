"""Bytes to text for mail that lies about its encoding."""

import base64
import binascii
import codecs
import quopri
import re
from functools import lru_cache

# Of these the label is believed before UTF-8: their bytes can be valid UTF-8 and mean something else.
_MULTIBYTE = ("utf_16", "utf_32", "gb", "big5", "euc", "shift", "cp932", "cp949", "cp950", "johab")
_ESCAPED = ("utf_7", "iso2022", "hz")
_EBCDIC = ("cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140")
_LABELLED = (*_MULTIBYTE, *_ESCAPED, *_EBCDIC)
_TEXT_CODECS = (
    *_LABELLED,
    *("utf", "iso8859", "cp", "koi8", "kz", "mac", "ascii", "latin", "tis", "ptcp", "hp_roman"),
)
# Mail is labelled with the older name of a charset and written in its extension; browsers do the same.
_EXTENDED = {
    "iso8859_1": "cp1252",
    "latin_1": "cp1252",
    "ascii": "cp1252",
    "utf_8": "cp1252",
    "iso8859_9": "cp1254",
    "iso8859_11": "cp874",
    "tis_620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "cp950",
    "iso2022_jp": "iso2022_jp_ext",
}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/\r\n]")
_NUMBERED = re.compile(r"(?:x-)?(?:windows|win|cp|ms)[-_ ]?(\d{3,5})", re.I)
_WORD = re.compile(
    r"=\?([^?*\s]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?]*)\?=(\s+(?==\?[^?\s]+\?[bBqQ]\?))?"
)


@lru_cache(maxsize=256)
def codec(label: str | None) -> str | None:
    """Python's name for a charset label, or None if it is unknown or no charset for text."""
    label = (label or "").strip(" \t\r\n\"';").lower()
    numbered = _NUMBERED.fullmatch(label)
    tries = (
        label,
        label.removeprefix("x-"),
        label.removesuffix("-i").removesuffix("-e"),
        label.removesuffix("mb4"),
    )
    for known in (f"cp{numbered[1]}" if numbered else "", *tries):
        try:
            name = codecs.lookup(known).name.replace("-", "_").lower()
        except (LookupError, ValueError):
            continue
        # Python also knows "punycode", "rot13" or "unicode_escape": no mail is written in those.
        return name if name.startswith(_TEXT_CODECS) else None
    return None


def text_of(data: bytes, label: str | None = None) -> str:
    """`data` as text, by its marks, its label or what it looks like; nothing raises."""
    name = codec(label)
    if name is not None and name.startswith(_LABELLED) and (text := _by_label(data, name)) is not None:
        return text
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" in data:
        return data.decode("utf_16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(_EXTENDED.get(name or "ascii", name or "cp1252"), errors="replace")


def _by_label(data: bytes, name: str) -> str | None:
    """`data` in a charset whose label counts, None if it cannot be in that."""
    if name.startswith(_MULTIBYTE):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = ""
        # Letters of three bytes are no chance; neither is a wide charset without control characters.
        wide = name.startswith(("utf_16", "utf_32"))
        if any(char >= "\u0800" for char in text) or (wide and text and not _CONTROL.search(data)):
            return text
    try:
        return data.decode(_EXTENDED.get(name, name))
    except UnicodeDecodeError:
        return None


def transfer_decoded(data: bytes, encoding: str) -> bytes:
    """The bytes behind a Content-Transfer-Encoding; broken base64 is read as far as it goes."""
    encoding = encoding.strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(data)
    # Padding ends it; what a gateway puts below is no part of it.
    coded = data.partition(b"=")[0]
    if encoding != "base64" or not coded.strip() or len(_NO_BASE64.findall(coded)) * 20 > len(coded):
        # What has words in it is no base64, whatever the header says.
        return data
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", coded)
    # One character over a full group carries no byte; padding is put back for the rest.
    kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    try:
        return base64.b64decode(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return data


def header_text(value: str) -> str:
    """A header's value with encoded words and raw bytes (as surrogates) decoded, on one line."""
    raw = clean(value)
    if "=?" in raw:
        raw = _decoded_words(raw)
    return " ".join(raw.replace("\0", " ").split())


def clean(text: str) -> str:
    """`text` with raw bytes that were carried as surrogates decoded, and other surrogates gone."""
    try:
        return text_of(text.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")


def _decoded_words(value: str) -> str:
    """Encoded words as text. Long ones are cut anywhere, so bytes are joined before they are decoded."""
    found: list[str] = []
    held, held_label, end = b"", "", 0
    for word in _WORD.finditer(value):
        label = word[1].lower()
        if held and (word.start() > end or label != held_label):
            found.append(text_of(held, held_label))
            held = b""
        found.append(value[end : word.start()])
        encoding = "base64" if word[2] in "bB" else "quoted-printable"
        coded = word[3].encode("utf-8", "surrogateescape")
        if encoding == "quoted-printable":
            coded = coded.replace(b"_", b"=20")
        held, held_label, end = held + transfer_decoded(coded, encoding), label, word.end()
    return "".join((*found, text_of(held, held_label) if held else "", value[end:]))
