"""Any chart from the plain values that a database row holds of it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from hearback.charts.bars import Bar, Bars, draw_bars
from hearback.charts.sankey import Flow, Node, Sankey, draw_sankey
from hearback.charts.svg import picture

Chart = Bars | Sankey
# The widths of a page at a desk and of one on a phone, in pixels: words keep their size on both.
WIDE, SLIM = 680, 316


def chart_to_json(chart: Chart) -> dict[str, Any]:
    """Plain values of a chart."""
    return {"kind": "bars" if isinstance(chart, Bars) else "sankey", **asdict(chart)}


def chart_from_json(data: Mapping[str, Any]) -> Chart:
    """The chart that `chart_to_json` gave. Raises KeyError or TypeError for anything else."""
    named = {"title": data["title"], "description": data["description"]}
    if data["kind"] == "bars":
        return Bars(**named, bars=[Bar(**bar) for bar in data["bars"]])
    return Sankey(
        **named,
        columns=list(data["columns"]),
        nodes=[Node(**node) for node in data["nodes"]],
        flows=[Flow(**flow) for flow in data["flows"]],
    )


def draw(chart: Chart, width: float = WIDE, margin: float = 0) -> str:
    """The chart as SVG, without colours: whoever shows it brings the style sheet."""
    if isinstance(chart, Bars):
        height, parts = draw_bars(chart, width)
    else:
        height, parts = draw_sankey(chart, width, height=300 if width >= WIDE / 2 else 260)
    return picture(width, height, chart.title, chart.description, parts, margin)
