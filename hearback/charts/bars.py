"""Horizontal bars, each under its own words, so that the same drawing fits a desk, a phone and a mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearback.charts.svg import Drawn, shortened, tag, text

ROW = 44
BAR_TOP = 24
THICK, THIN = 12, 6
NOTE_ROOM = 190


@dataclass(frozen=True)
class Bar:
    """A value under its label. `behind` is drawn behind it: what it is a part of, or what it was before.

    `note` is the figure in words, at the right end; `tone` is a colour of the style sheet.
    """

    label: str
    tone: str
    value: float
    note: str
    behind: float | None = None


@dataclass(frozen=True)
class Bars:
    """Some bars on one scale, with the chart's name and what it says."""

    title: str
    description: str
    bars: Sequence[Bar]


def draw_bars(chart: Bars, width: float) -> Drawn:
    """The bars, that wide."""
    most = max([1.0, *(max(bar.value, bar.behind or 0) for bar in chart.bars)])
    rows = [_row(bar, place * ROW, width, width / most) for place, bar in enumerate(chart.bars)]
    return max(len(rows), 1) * ROW, rows


def _row(bar: Bar, top: float, width: float, scale: float) -> str:
    note_room = min(NOTE_ROOM, width / 2)
    parts = [
        text(0, top + 16, shortened(bar.label, width - note_room), "word"),
        text(width, top + 16, bar.note, "figure", "end"),
    ]
    if bar.behind is not None:
        parts.append(_bar(top + BAR_TOP, bar.behind * scale, THICK, "ground"))
        parts.append(_bar(top + BAR_TOP + (THICK - THIN) / 2, bar.value * scale, THIN, "solid"))
    else:
        parts.append(_bar(top + BAR_TOP, bar.value * scale, THICK, "solid"))
    return tag("g", "".join(parts), data_tone=bar.tone)


def _bar(top: float, length: float, thick: float, kind: str) -> str:
    return tag(
        "rect", x=0, y=float(top), width=float(length), height=float(thick), rx=min(3, thick / 2), kind=kind
    )
