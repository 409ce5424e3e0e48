"""HTML mail is read as its reader sees it, and says the same as its text."""

import html
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.mail.classify import classify
from hearback.mail.html_text import DEEPEST, LONGEST_HTML, read
from hearback.mail.parse import from_fields

SEEN = "<p>We have received your application.</p>"
TEXT = "We have received your application."


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;opacity:0">X</div>',
        '<div style="display : NONE !important">X</div>',
        "<div hidden>X</div>",
        '<span style="font-size:0px">X</span>',
        '<span style="font-size:0">X <b>X</b></span>',
        '<div style="font:0/0 a">X</div>',
        '<div style="font: italic bold 0px/1.2 Arial">X</div>',
        '<div style="font-size:0.0000001px">X</div>',
        '<div style="font-size:0"><span style="font-size:.5em">X</span></div>',
        '<style>.pre{display:none} /* never closed .pre{}</style><div class="pre">X</div>',
        '<style>@media print{.a{color:red}}.pre{opacity: 0 }</style><div class="pre">X</div>',
        '<div style="font-size:0;color:#333"><p style="font-size:100%">X</p></div>',
        '<div style="max-height:0;overflow:hidden">X</div>',
        '<div style="height:0px;overflow:hidden">X</div>',
        '<div style="visibility:hidden">X</div>',
        '<div style="opacity: 0.0;">X</div>',
        '<div style="position:absolute;left:-9999px">X</div>',
        '<div style="text-indent:-9999px">X</div>',
        '<p style="color:#fff">X</p>',
        '<p><font color="white">X</font></p>',
        '<div style="background-color:#fefefe"><span style="color: rgb(255, 255, 255)">X</span></div>',
        '<table bgcolor="#0A66C2"><tr><td style="color:#0a66c2">X</td></tr></table>',
        '<style>.pre{display:none!important}</style><div class="pre">X</div>',
        "<head><style>@media print{.a{color:red}} span.pre, #other {mso-hide:all; display:none}</style></head>"
        '<div id="other">X</div>',
        "<!-- X --><script>X</script><style>X</style><title>X</title><noscript>X</noscript>",
        "<!--[if mso]><p>X</p><![endif]-->",
        "&#847;&zwnj;&nbsp;&#8199;&#65279;&shy;&#x2007;&#10240;&#12644;&#8203;",
    ],
)
def test_what_the_reader_does_not_see_is_left_out(hidden: str) -> None:
    assert read(f"<html><body>{hidden}{SEEN}</body></html>").text == TEXT


@pytest.mark.parametrize(
    "seen",
    [
        # Page builders shrink the cell and give its text a size of its own.
        f'<td style="direction:ltr;font-size:0px;padding:20px 0"><div style="font-size:13px">{SEEN}</div></td>',
        f'<td style="font-size:0"><span style="font-size:medium">{SEEN}</span></td>',
        f'<div style="font-size:0.9em">{SEEN}</div>',
        f'<div style="font-size:.5em">{SEEN}</div>',
        f'<td style="font-size:0"><div style="font: italic bold 12px/1.2 Arial">{SEEN}</div></td>',
        f'<td style="font-size:0"><div style="font-size:12.8000001907349px">{SEEN}</div></td>',
        f'<div style="opacity:;opacity: .5">{SEEN}</div>',
        f'<div style="mso-hide:all">{SEEN}</div>',
        f'<div style="line-height:0">{SEEN}</div>',
        f'<div style="opacity:0.9;max-height:none">{SEEN}</div>',
        f'<div style="padding-left:-1px;min-height:0;border-left:0">{SEEN}</div>',
        f'<table bgcolor="#0A66C2"><tr><td style="color:#ffffff">{SEEN}</td></tr></table>',
        f'<div style="background:#000 url(x.png)"><p style="color:#000">{SEEN}</p></div>',
        f'<div style="background:linear-gradient(#111,#222);color:#fff">{SEEN}</div>',
        f'<style>.dark{{background:#111}}</style><div class="dark"><p style="color:#fff">{SEEN}</p></div>',
        f'<div style="color:#fff"><div style="color:#333">{SEEN}</div></div>',
        f'<style>@media (max-width:600px){{.wide{{display:none}}}}</style><div class="wide">{SEEN}</div>',
        f'<div style="background-color:transparent;color:inherit">{SEEN}</div>',
    ],
)
def test_what_the_reader_sees_is_read(seen: str) -> None:
    assert read(f"<html><body><table><tr>{seen}</tr></table></body></html>").text == TEXT


def test_a_button_in_white_keeps_its_link() -> None:
    page = read('<a href="https://x.example/book" style="color:#ffffff">Pick a time</a>')
    assert page.links == [("https://x.example/book", "Pick a time")]


def test_tables_are_read_row_by_row() -> None:
    page = read(
        "<table><tr><th>Position</th><td>Data Analyst</td></tr><tr><td>When</td><td><p>Monday</p></td></tr></table>"
    )
    assert [line for line in page.text.split("\n") if line] == ["Position Data Analyst", "When", "Monday"]


def test_lines_of_preformatted_text_stay_lines() -> None:
    page = read("<pre>Dear Robin,\n\nWe have received\nyour application.\n&gt; old</pre>")
    assert page.text == "Dear Robin,\n\nWe have received\nyour application.\n> old"


@pytest.mark.parametrize(
    "broken",
    [
        "<p>We have <b>received</i> your application.",
        "<div><table><p>We have received your application.</table></div></div></p>",
        "<html><body><p>We have received your application.</p",
        "<p style='color:#333>'>We have received your application.</p>",
        "<<p>>We have received your application.</p>".replace("<<p>>", "<p>"),
        "<p>We have received<o:p></o:p> your<![if !supportLists]> <![endif]>application.</p>",
        "<P ALIGN=LEFT><FONT FACE=Arial>We have received your&nbsp;application.</FONT></P>",
        "We have received your application.<br><unknown-tag/>",
    ],
)
def test_broken_pages_are_read(broken: str) -> None:
    assert read(broken).text == TEXT


def test_text_from_right_to_left_loses_only_its_marks() -> None:
    page = read('<p dir="rtl">\u202bתודה על פנייתך\u202c \u200f\u2067מספר 12\u2069</p>')
    assert page.text == "תודה על פנייתך מספר 12"


def test_pictures_within_a_large_page_leave_room_for_its_text() -> None:
    picture = '<img src="data:image/png;base64,' + "iVBORw0K" * (LONGEST_HTML // 4) + '">'
    assert read(picture + SEEN).text == TEXT


def test_the_work_grows_with_the_size_and_no_faster() -> None:
    """Twice the page gives at most twice the text, for whatever a page repeats."""
    for unit in (
        "<div>a</div>",
        "<p style='color:#fff'>a",
        "<span class=a id=b>a</span>",
        "<td>a",
        "&amp;a ",
    ):
        lengths = [len(read("<html>" + unit * count).text) for count in (20_000, 40_000)]
        assert lengths[1] <= 2 * lengths[0] + 10
    assert len(read("<html>" + "<blockquote type=cite>" * (DEEPEST - 1) + "a").text) < 10


LETTERS = [
    "Thank you for applying to Fernhill. We have received your application for the Data Analyst position.",
    "Unfortunately, we will not be moving forward with your application.",
    "Could you share your availability for a call on Tuesday at 10am?",
    "We are pleased to offer you the position. Please find the offer letter attached.",
    "Please complete the coding challenge by Friday.",
    "Your interview on Monday has to be rescheduled. Does 5 May at 14:00 work for you?",
    "Save 20% on your next order! These shoes are waiting for you.",
]
DRESSES = {
    "paragraphs": "<html><body>{paragraphs}</body></html>",
    "lines": "<div dir='ltr'>{lines}</div>",
    "blocks": "<div>{blocks}</div>",
    "a table": "<table bgcolor='#eee'><tr><td><table><tr><td>{paragraphs}</td></tr></table></td></tr></table>",
    "Word": "<div class=WordSection1><p class=MsoNormal><span lang=EN-US>{spans}</span></p></div>",
    "a preheader": "<div style='display:none'>We regret to inform you. We offer you the job.</div>{paragraphs}",
    "a footer": "{paragraphs}<p style='font-size:11px'>You are receiving this email because you applied.</p>",
    "preformatted": "<pre>{text}</pre>",
}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=4), st.sampled_from(sorted(DRESSES)))
def test_html_and_text_of_one_letter_get_one_category(parts: list[str], dress: str) -> None:
    text = "\n\n".join(["Dear Robin,", *parts, "Kim Lee"])
    escaped = [html.escape(part) for part in ("Dear Robin,", *parts, "Kim Lee")]
    page = DRESSES[dress].format(
        paragraphs="".join(f"<p>{part}</p>\n" for part in escaped),
        lines="<br><br>\n".join(escaped),
        blocks="<div><br></div>".join(f"<div>{part}</div>" for part in escaped),
        spans="<o:p></o:p></span></p><p class=MsoNormal><span>".join(escaped),
        text=html.escape(text),
    )
    plain = classify(from_fields(None, "Fernhill", None, text))
    assert classify(from_fields(None, "Fernhill", None, page)).category is plain.category


def effort(page: str) -> float:
    """The processor time that reading a page takes."""
    start = time.process_time()
    read(page)
    return time.process_time() - start


@pytest.mark.parametrize(
    "hostile", ["font:", "font:a ", "font-size:1", "opacity:", "opacity:0", "font:a" * 300]
)
def test_a_style_made_to_be_slow_takes_no_longer_than_others_of_its_length(hostile: str) -> None:
    slow, plain = (f"{name:1980}x"[-1981:] for name in (hostile, "margin:"))
    pages = [f'<p style="{style}">{SEEN}</p>' * 20 for style in (plain, slow)]
    # Both are measured on one machine in one moment; what backtracks takes a hundred times as long.
    usual, worst = (min(effort(page) for _ in range(3)) for page in pages)
    assert worst < 20 * usual


@pytest.mark.parametrize("hostile", ["a ", "/*", "{", "{}{", "a{display:none"])
def test_a_style_sheet_made_to_be_slow_takes_no_longer_than_others_of_its_length(hostile: str) -> None:
    size = 40_000
    sheets = [(unit * size)[:size] for unit in (".wide { margin: 0 }\n", hostile)]
    sheets[1] = sheets[1][: size // 2] + "}" * (size // 2) if hostile == "{" else sheets[1]
    usual, worst = (min(effort(f"<style>{sheet}</style>{SEEN}") for _ in range(2)) for sheet in sheets)
    assert worst < 20 * usual
