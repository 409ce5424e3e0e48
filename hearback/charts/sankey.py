"""A Sankey: how many went from where to where, as bands whose thickness is the number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hearback.charts.svg import LETTER_WIDTH, Drawn, number, shortened, tag, text

NODE_WIDTH = 10
# Between two nodes of a column there must be room for the label of a thin one.
GAP = 18
THINNEST = 3
HEAD = 28
LABEL_GAP = 7
LINE = 16

# Where words stand: from, to and at which height.
_Box = tuple[float, float, float]


@dataclass(frozen=True)
class Node:
    """A place in a column (0 is the left one), with its label and the tone of what leaves it."""

    key: str
    label: str
    column: int
    tone: str


@dataclass(frozen=True)
class Flow:
    """How many went from one node to another."""

    source: str
    target: str
    value: int


@dataclass(frozen=True)
class Sankey:
    """Nodes, in order from above within their column, and what flows between them."""

    title: str
    description: str
    columns: Sequence[str]
    nodes: Sequence[Node]
    flows: Sequence[Flow]


@dataclass
class _Place:
    """Where a node stands, and how far down its sides bands have begun and ended."""

    x: float
    y: float
    height: float
    left: float = 0.0
    right: float = 0.0


def draw_sankey(chart: Sankey, width: float, height: float = 300) -> Drawn:
    """The flows, that wide; `height` is of the bands, without the columns' heads."""
    totals = {node.key: _total(node, chart.flows) for node in chart.nodes}
    shown = [node for node in chart.nodes if totals[node.key]]
    scale = _scale(chart, shown, totals, height)
    step = (width - NODE_WIDTH) / max(len(chart.columns) - 1, 1)
    places = _places(shown, totals, scale, step)
    parts = [_head(words, column, len(chart.columns), step) for column, words in enumerate(chart.columns)]
    order = {node.key: place for place, node in enumerate(chart.nodes)}
    tones = {node.key: node.tone for node in chart.nodes}
    # Bands leave and arrive in the order of the nodes that they lead to, so that few cross.
    for flow in sorted(chart.flows, key=lambda f: (order[f.source], order[f.target])):
        if flow.value:
            parts.append(_band(places[flow.source], places[flow.target], flow, scale, tones[flow.target]))
    taken: list[_Box] = []
    for node in shown:
        place, last = places[node.key], node.column == len(chart.columns) - 1
        label = _label(f"{shortened(node.label, step - 44)} {totals[node.key]}", place, last, taken)
        block = tag("rect", x=place.x, y=place.y, width=NODE_WIDTH, height=place.height, rx=2, kind="solid")
        parts.append(tag("g", block + label, data_tone=node.tone))
    bottom = max((place.y + place.height for place in places.values()), default=HEAD)
    return bottom + GAP / 2, parts


def _total(node: Node, flows: Sequence[Flow]) -> int:
    """What flows through a node: into it, or in the first column out of it."""
    into = sum(flow.value for flow in flows if flow.target == node.key)
    return max(into, sum(flow.value for flow in flows if flow.source == node.key))


def _scale(chart: Sankey, shown: Sequence[Node], totals: Mapping[str, int], height: float) -> float:
    """Pixels for each one that flows: the fullest column decides."""
    scales = []
    for column in range(len(chart.columns)):
        own = [totals[node.key] for node in shown if node.column == column]
        if own:
            scales.append((height - GAP * (len(own) - 1)) / sum(own))
    # Few applications must not become bands as thick as a hand.
    return min([24.0, *scales])


def _places(shown: Sequence[Node], totals: Mapping[str, int], scale: float, step: float) -> dict[str, _Place]:
    places: dict[str, _Place] = {}
    filled: dict[int, float] = {}
    for node in shown:
        y = filled.get(node.column, float(HEAD))
        tall = max(totals[node.key] * scale, THINNEST)
        places[node.key] = _Place(node.column * step, y, tall)
        filled[node.column] = y + tall + GAP
    return places


def _band(start: _Place, end: _Place, flow: Flow, scale: float, tone: str) -> str:
    thick = max(flow.value * scale, 1.0)
    y1, y2 = start.y + start.right, end.y + end.left
    start.right += flow.value * scale
    end.left += flow.value * scale
    x1, x2 = start.x + NODE_WIDTH, end.x
    middle = (x1 + x2) / 2
    n = number
    path = (
        f"M{n(x1)} {n(y1)}C{n(middle)} {n(y1)} {n(middle)} {n(y2)} {n(x2)} {n(y2)}"
        f"V{n(y2 + thick)}C{n(middle)} {n(y2 + thick)} {n(middle)} {n(y1 + thick)} {n(x1)} {n(y1 + thick)}Z"
    )
    return tag("g", tag("path", d=path, kind="band"), data_tone=tone)


def _label(words: str, place: _Place, last: bool, taken: list[_Box]) -> str:
    """A node's words beside it, moved up or down where others stand already; `taken` grows by their place."""
    long = len(words) * LETTER_WIDTH
    left = place.x - LABEL_GAP - long if last else place.x + NODE_WIDTH + LABEL_GAP
    middle = place.y + place.height / 2
    free = (
        middle + shift
        for shift in (0, LINE, -LINE, 2 * LINE, -2 * LINE)
        if not any(
            abs(middle + shift - y) < LINE and left < end and begin < left + long for begin, end, y in taken
        )
    )
    y = next(free, middle)
    taken.append((left, left + long, y))
    return text(left + long if last else left, y + 5, words, "word halo", "end" if last else "start")


def _head(words: str, column: int, columns: int, step: float) -> str:
    anchor = "start" if column == 0 else "end" if column == columns - 1 else "middle"
    x = column * step + {"start": 0, "middle": NODE_WIDTH / 2, "end": NODE_WIDTH}[anchor]
    return text(x, 12, words, "head", anchor)
