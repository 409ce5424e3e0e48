"""Charts say what their figures are, whatever the names in them, and look alike on page and in mail."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hearback.charts import (
    SLIM,
    TONES,
    WIDE,
    Bar,
    Bars,
    Flow,
    Node,
    Sankey,
    chart_from_json,
    chart_to_json,
    draw,
    png,
)

SVG = "{http://www.w3.org/2000/svg}"
STYLES = Path(__file__).resolve().parents[2] / "webapp" / "static" / "hearback.css"
HOSTILE = "<script>&\"'\u0000 日本"
BARS = Bars(
    "By source",
    "LinkedIn 3 of 5.",
    [Bar("LinkedIn", "review", 3, "3 of 5", 5), Bar("Empty", "no", 0, "0", 0)],
)
FUNNEL = Sankey(
    "Where they went",
    "Of 6, 2 got an interview.",
    ("In play", "Got as far as", "End"),
    [
        Node("new", "Sent", 0, "sent"),
        Node("old", "From before", 0, "quiet"),
        Node("mid", "Interview", 1, "talk"),
        Node("none", "Applied", 1, "sent"),
        Node("end", "Still open", 2, "sent"),
        Node("never", "Withdrawn", 2, "quiet"),
    ],
    [Flow("new", "none", 4), Flow("old", "mid", 2), Flow("none", "end", 4), Flow("mid", "end", 2)],
)


@pytest.mark.parametrize("chart", [BARS, FUNNEL])
@pytest.mark.parametrize("width", [WIDE, SLIM])
def test_a_chart_has_a_name_a_description_and_stays_within_its_width(
    chart: Bars | Sankey, width: int
) -> None:
    root = ElementTree.fromstring(draw(chart, width))
    assert root.findtext(f"{SVG}title") == chart.title
    assert root.findtext(f"{SVG}desc") == chart.description
    for box in root.iter(f"{SVG}rect"):
        assert (
            0 <= float(box.attrib["x"]) <= float(box.attrib["x"]) + float(box.attrib["width"]) <= width + 0.01
        )


def test_a_sankey_shows_each_number_once_and_leaves_out_what_nobody_reached() -> None:
    words = [text.text for text in ElementTree.fromstring(draw(FUNNEL)).iter(f"{SVG}text")]
    assert {"Sent 4", "From before 2", "Interview 2", "Applied 4", "Still open 6"} <= set(words)
    assert not [word for word in words if word and "Withdrawn" in word]


def test_a_band_is_as_thick_as_its_number() -> None:
    root = ElementTree.fromstring(draw(FUNNEL))
    heights = [float(box.attrib["height"]) for box in root.iter(f"{SVG}rect")]
    sent, before, _, _, still_open = heights
    assert sent == pytest.approx(before * 2)
    assert still_open == pytest.approx(sent + before)


def test_labels_do_not_lie_upon_each_other_on_a_phone() -> None:
    nodes = [Node("a", "Sent in Oct", 0, "sent"), Node("b", "Interview and more", 1, "talk")]
    nodes += [Node("c", "Offer declined", 2, "quiet")]
    chart = Sankey("", "", ("", "", ""), nodes, [Flow("a", "b", 9), Flow("b", "c", 9)])
    _, middle, last = [
        float(text.attrib["y"])
        for text in ElementTree.fromstring(draw(chart, SLIM)).iter(f"{SVG}text")
        if text.attrib["class"] == "word halo"
    ]
    assert abs(middle - last) >= 15


def test_names_cannot_break_out_of_a_chart() -> None:
    svg = draw(Bars(HOSTILE, HOSTILE, [Bar(HOSTILE, "sent", 1, HOSTILE)]))
    assert "<script" not in svg
    ElementTree.fromstring(svg)


@pytest.mark.parametrize("chart", [BARS, FUNNEL, Bars("Nothing", "Nothing.", [])])
def test_a_chart_outlives_its_row_in_the_database(chart: Bars | Sankey) -> None:
    assert draw(chart_from_json(chart_to_json(chart))) == draw(chart)


@pytest.mark.parametrize("chart", [BARS, FUNNEL, Bars(HOSTILE, HOSTILE, [Bar(HOSTILE, "sent", 1, HOSTILE)])])
def test_a_mail_gets_a_picture_that_is_the_same_on_every_machine(chart: Bars | Sankey) -> None:
    first, second = png(chart), png(chart)
    assert first.startswith(b"\x89PNG\r\n")
    assert first == second
    assert int.from_bytes(first[16:20]) == 1120
    assert len(first) < 150_000


def test_pictures_have_the_colours_of_the_pages() -> None:
    styles = STYLES.read_text()
    for tone, pair in TONES.items():
        for name, colour in zip((tone, f"{tone}-ground"), pair, strict=True):
            found = re.search(rf"--{name}: light-dark\((#\w+),", styles)
            assert found and found[1] == colour, name
