"""The signs on a page of a PDF, each with its place, size and style, in the order of PDFium's text.

https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/fpdf_text.h
"""

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass

import pypdfium2.raw as c

from hearback.documents.extract.tidy import is_private

# Names of fonts that say bold: "Calibri-Bold", "CMBX10", "NimbusRomNo9L-Medi", "Lato-Heavy".
_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd\b|cmbx|cmssbx|sfbx|ecbx|ecsx|[-]medi$", re.I)
_ITALIC = re.compile(r"ital|oblique|slanted|[-,](?:it|obl)\b|cmti|cmsl|sfti|ecti|kursiv", re.I)
# Fonts of pictures, whose letters mean an icon and no letter.
_ICONS = re.compile(r"awesome|icon|material|marvosym|webding|feather|emoji|fontello", re.I)
# Fonts of signs that Word takes its bullets from, and which of their signs are bullets: squares, discs,
# diamonds, arrows and ticks. The others are telephones and envelopes.
_SIGNS = re.compile(r"dingbat|wingding|symbol", re.I)
_BULLETS = frozenset(b"lmnopqrstuvwxz\x9e\x9f\xa7\xa8\xb7\xd8\xe0\xe8\xf0\xfc\xfe")
_PRIVATE_BULLETS = frozenset("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf06f\uf02d")
_PRIVATE = "\ue000"
# Names that say nothing, such as F1 or TT4: only then is the width of a font's stems asked, which says 665 of
# Georgia and 475 of others that look the same.
_NAMELESS = re.compile(r"^(?:\W*|[A-Za-z]{1,4}\W?\d+|g_.*|font\d*|unnamed.*)$", re.I)
BOLD_WEIGHT = 700
# Below this many points nobody reads it.
SMALLEST = 2.5
_FORCE_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6
_INVISIBLE, _FILL_AND_STROKE, _CLIP_ONLY = 3, 2, 7


@dataclass(frozen=True, slots=True)
class Style:
    """What the glyphs of one text object share. `turn` is its rotation in degrees, anti-clockwise."""

    size: float
    bold: bool
    italic: bool
    icons: bool
    # Its font has signs in the places of letters.
    signs: bool
    unseen: bool
    turn: int


@dataclass(slots=True)
class Glyph:
    """One sign. Left, right and baseline are points from the page's lower left corner, as turned upright."""

    sign: str
    x0: float
    x1: float
    base: float
    style: Style


def glyphs_of(page: c.FPDF_PAGE, text: c.FPDF_TEXTPAGE, most: int) -> list[Glyph | None]:
    """The page's signs in reading order as PDFium has it; None stands where it sees a line end.

    At most `most` signs are taken, spaces among them.
    """
    styles: dict[int, Style] = {}
    found: list[Glyph | None] = []
    box, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    last = _nothing()
    for index in range(min(c.FPDFText_CountChars(text), most)):
        code = c.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            if found and found[-1] is not None:
                found.append(None)
            continue
        thing = c.FPDFText_GetTextObject(text, index)
        address = ctypes.addressof(thing.contents) if thing else 0
        if address and address not in styles:
            styles[address] = _style(text, index, thing)
        last = styles[address] if address else last
        # PDFium writes 2 where it takes a hyphen for one at a line's end.
        sign = _meant("-" if code == 2 else chr(code), last)
        c.FPDFText_GetLooseCharBox(text, index, box)
        c.FPDFText_GetCharOrigin(text, index, x, y)
        glyph = _upright(sign, box, x.value, y.value, last)
        if address or sign == " ":
            found.append(glyph)
    return found


def _nothing() -> Style:
    return Style(0.0, False, False, False, False, False, 0)


def _meant(sign: str, style: Style) -> str:
    """The sign that is seen: a bullet, or one that stands for an icon, where the font says so."""
    if style.signs and (sign.isalnum() or is_private(sign) or ord(sign) in range(0x7F, 0x100)):
        return "•" if ord(sign) & 0xFF in _BULLETS else _PRIVATE
    return "•" if sign in _PRIVATE_BULLETS and not style.icons else sign


def _upright(sign: str, box: c.FS_RECTF, x: float, y: float, style: Style) -> Glyph:
    """The glyph as if its line ran from left to right; a line that climbs is put as one to be read so."""
    if style.turn == 90:
        return Glyph(sign, box.bottom, box.top, -x, style)
    if style.turn == 270:
        return Glyph(sign, -box.top, -box.bottom, x, style)
    if style.turn == 180:
        return Glyph(sign, -box.right, -box.left, -y, style)
    return Glyph(sign, box.left, box.right, y, style)


def _style(text: c.FPDF_TEXTPAGE, index: int, thing: c.FPDF_PAGEOBJECT) -> Style:
    matrix = c.FS_MATRIX()
    c.FPDFText_GetMatrix(text, index, matrix)
    stretch = math.hypot(matrix.c, matrix.d)
    turn = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
    size = c.FPDFText_GetFontSize(text, index) * stretch
    name, flags = _font(text, index)
    mode = c.FPDFTextObj_GetTextRenderMode(thing)
    heavy = _NAMELESS.match(name) is not None and c.FPDFText_GetFontWeight(text, index) >= BOLD_WEIGHT
    return Style(
        size=round(abs(size), 2),
        bold=bool(_BOLD.search(name) or flags & _FORCE_BOLD or mode == _FILL_AND_STROKE or heavy),
        italic=_ITALIC.search(name) is not None or bool(flags & _ITALIC_FLAG),
        icons=_ICONS.search(name) is not None,
        signs=_SIGNS.search(name) is not None,
        unseen=mode in (_INVISIBLE, _CLIP_ONLY),
        turn=turn,
    )


def _font(text: c.FPDF_TEXTPAGE, index: int) -> tuple[str, int]:
    flags, room = ctypes.c_int(0), ctypes.create_string_buffer(128)
    c.FPDFText_GetFontInfo(text, index, room, 128, flags)
    name = room.value.decode("utf-8", "replace")
    # A subset's mark, as in "ABCDEF+Lato-Bold", says nothing of the style.
    return name.rpartition("+")[2], max(flags.value, 0)


def is_icon(glyph: Glyph) -> bool:
    """Whether a sign is a picture: of a font of pictures, or of a font's private signs."""
    return glyph.style.icons or is_private(glyph.sign) or unicodedata.category(glyph.sign) == "Cn"
