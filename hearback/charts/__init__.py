"""Pictures of figures, drawn once as SVG: pages colour them by their own style sheet, mails get a PNG."""

from hearback.charts.bars import Bar, Bars
from hearback.charts.draw import SLIM, WIDE, Chart, chart_from_json, chart_to_json, draw
from hearback.charts.paint import TONES, png
from hearback.charts.sankey import Flow, Node, Sankey

__all__ = [
    "SLIM", "TONES", "WIDE", "Bar", "Bars", "Chart", "Flow", "Node", "Sankey", "chart_from_json",
    "chart_to_json", "draw", "png",
]  # fmt: skip
