"""Signs of a page put together to segments: what stands on one line without a wide gap in it."""

import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hearback.documents.extract.bullets import ALONE
from hearback.documents.extract.pdf.glyphs import Glyph, is_icon
from hearback.documents.extract.tidy import tidy
from hearback.documents.lines import Span

# In sizes of the font. Justified text stretches its spaces to about one; columns and tabs leave more.
WIDE_GAP = 1.7
# A space that was never written, and that PDFium did not see, shows as a gap of at least this.
SPACE = 0.33
# How far a sign may stand off the baseline, as small figures above the line do.
OFF_LINE = 0.42

_ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¸": "\u0327",
    "ˇ": "\u030c",
}

_DOTLESS = {"ı": "i", "ȷ": "j"}


@dataclass(slots=True)
class Segment:
    """A run of signs on one baseline. Measures as in Glyph; `order` is its place in the file's own order."""

    order: int
    glyphs: list[Glyph] = field(default_factory=list)
    x0: float = 0.0
    x1: float = 0.0
    base: float = 0.0
    size: float = 0.0
    turn: int = 0

    def close(self) -> "Segment":
        """Take the measures of what is in it."""
        inked = [glyph for glyph in self.glyphs if glyph.sign != " "]
        sizes = [glyph.style.size for glyph in inked]
        self.size = statistics.median(sizes)
        self.x0, self.x1 = min(g.x0 for g in inked), max(g.x1 for g in inked)
        self.base = statistics.median_low([glyph.base for glyph in inked])
        self.turn = inked[0].style.turn
        return self

    @property
    def text(self) -> str:
        """The words, tidied."""
        return tidy("".join(glyph.sign for glyph in self.glyphs))

    def spans(self) -> list[Span]:
        """The runs of one style; together they are the text."""
        found: list[Span] = []
        for glyph in self.glyphs:
            style = glyph.style
            last = found[-1] if found else None
            alike = last and (last.bold, last.italic, last.size) == (style.bold, style.italic, style.size)
            if last and (alike or glyph.sign == " "):
                found[-1] = Span(last.text + glyph.sign, last.bold, last.italic, last.size)
            else:
                found.append(Span(glyph.sign, style.bold, style.italic, style.size))
        return found


def segments_of(glyphs: Sequence[Glyph | None]) -> list[Segment]:
    """The segments in the file's own order, without icons, and with what was spaced out drawn together."""
    done: list[Segment] = []
    open_: Segment | None = None
    previous: Glyph | None = None
    space = icon = False
    for glyph in glyphs:
        if glyph is None or glyph.sign == " " or glyph.sign == "\u00a0":
            space = True
            continue
        if is_icon(glyph) and not _is_bullet_sign(glyph):
            icon = True
            continue
        # An icon between two texts sets them apart, as in "me@example.org (icon) 030 123".
        if open_ is None or previous is None or icon or _apart(previous, glyph):
            open_ = Segment(order=len(done))
            done.append(open_)
        elif space or glyph.x0 - previous.x1 > SPACE * max(glyph.style.size, 1.0):
            open_.glyphs.append(Glyph(" ", previous.x1, glyph.x0, previous.base, previous.style))
        open_.glyphs.append(glyph)
        previous, space, icon = glyph, False, False
    return [_drawn_together(segment.close()) for segment in done]


def _is_bullet_sign(glyph: Glyph) -> bool:
    return glyph.sign in ALONE and not glyph.sign.isalpha() and not glyph.style.icons


def _apart(left: Glyph, right: Glyph) -> bool:
    """Whether two signs that follow each other belong to different segments."""
    size = max(left.style.size, right.style.size, 1.0)
    if left.base == right.base and abs(left.x0 - right.x0) < 0.1 and abs(left.x1 - right.x1) < 0.1:
        # The letters of a ligature share one place.
        return False
    gap = right.x0 - left.x1
    # A sign whose bullet was set in a fallback font may overlap a little; one that starts again is elsewhere.
    return (
        left.style.turn != right.style.turn
        or abs(left.base - right.base) > OFF_LINE * size
        or gap > WIDE_GAP * min(max(left.style.size, 1.0), max(right.style.size, 1.0))
        or gap < -0.7 * size
    )


def _drawn_together(segment: Segment) -> Segment:
    """Take out the spaces of a text that is spaced out for looks, such as "J O H N  D O E"."""
    words = "".join(glyph.sign for glyph in segment.glyphs).split(" ")
    singles = sum(len(word) == 1 and word.isalnum() for word in words)
    if len(words) < 4 or singles < 0.8 * len(words):
        return segment
    inked = [glyph for glyph in segment.glyphs if glyph.sign != " "]
    gaps = [right.x0 - left.x1 for left, right in pairwise(inked)]
    border = max(1.6 * statistics.median(gaps), 0.1 * segment.size)
    kept = inked[:1]
    for glyph, gap in zip(inked[1:], gaps, strict=True):
        if gap > border:
            kept.append(Glyph(" ", glyph.x0 - gap, glyph.x0, glyph.base, glyph.style))
        kept.append(glyph)
    segment.glyphs = kept
    return segment


def composed(glyphs: Sequence[Glyph | None]) -> list[Glyph | None]:
    """The signs, an accent that was drawn over its letter put onto it: old LaTeX writes é as two."""
    kept: list[Glyph | None] = []
    for glyph in glyphs:
        accent = kept[-1] if kept else None
        if glyph and accent and accent.sign in _ACCENTS and _over(accent, glyph):
            sign = unicodedata.normalize("NFC", _DOTLESS.get(glyph.sign, glyph.sign) + _ACCENTS[accent.sign])
            if len(sign) == 1:
                kept[-1] = Glyph(sign, glyph.x0, glyph.x1, glyph.base, glyph.style)
                continue
        kept.append(glyph)
    return kept


def _over(accent: Glyph, letter: Glyph) -> bool:
    middle = (accent.x0 + accent.x1) / 2
    near = abs(letter.base - accent.base) < letter.style.size
    return letter.sign.isalpha() and near and letter.x0 <= middle <= letter.x1
