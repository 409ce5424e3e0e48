"""Whatever a board does to text, a person reads it as it was meant, and nothing in it can act."""

import pytest

from hearback.boards.normal.addresses import mail, web
from hearback.boards.normal.depth import nests_deeper
from hearback.boards.normal.markup import joined, plain, safe_html
from hearback.boards.normal.text import clean, named, readable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Data\u00a0Engineer \n (m/w/d) ", "Data Engineer (m/w/d)"),
        ("R&amp;amp;D Lead", "R&D Lead"),
        ("Entwickler in MÃ¼nchen", "Entwickler in München"),
        ("Chef de projet \u2013 Lyon", "Chef de projet – Lyon"),
        ("<b>Nurse</b> (RN)", "Nurse (RN)"),
        ("C++ < C#", "C++ < C#"),
        ("Zero\u200bwidth\ufeff", "Zerowidth"),
        (4021, "4021"),
        ("", None),
        ("  ", None),
        ("null", None),
        ("N/A", None),
        (None, None),
        (True, None),
        ({"name": "x"}, None),
        (["x"], None),
    ],
)
def test_one_line_is_clean(written: object, read: str | None) -> None:
    assert clean(written) == read


def test_a_line_is_bounded() -> None:
    assert len(clean("word " * 10_000) or "") <= 500


def test_names_come_as_text_or_inside_an_object() -> None:
    assert named({"label": "Part-time"}) == "Part-time"
    assert named("Part-time") == "Part-time"
    assert named({"id": 1}) is None
    assert readable("north-star_labs") == "North Star Labs"
    assert readable("OpenWeave") == "OpenWeave"


def test_escaped_html_is_opened_and_made_safe() -> None:
    escaped = (
        "&lt;h1&gt;About us&lt;/h1&gt;&lt;p style=&quot;color:red&quot; class=&quot;x&quot;&gt;"
        "We build &amp;amp; run"
        "&amp;nbsp;ferries.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    )
    assert safe_html(escaped) == "<h2>About us</h2><p>We build &amp; run ferries.</p>"
    assert plain(escaped) == "About us\n\nWe build & run ferries."


@pytest.mark.parametrize(
    "hostile",
    [
        "<p onclick=alert(1)>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<img src=x onerror=alert(1)>x",
        "<svg><script>alert(1)</script></svg>x",
        "&lt;img src=x onerror=alert(1)&gt;x",
        "<iframe src='//evil.example'></iframe>x",
        "<style>p{background:url(x)}</style>x",
        "<p style='background:url(x)' class='y' id='z'>x</p>",
    ],
)
def test_nothing_in_a_description_can_act(hostile: str) -> None:
    shown = safe_html(hostile)
    for bad in (
        "script",
        "onerror",
        "onclick",
        "javascript",
        "data:",
        "style",
        "class",
        "img",
        "iframe",
        "id=",
    ):
        assert bad not in shown
    assert "x" in plain(hostile)


def test_links_go_to_the_web_and_to_mail_alone() -> None:
    assert safe_html('<a href="https://a.test/x" target=_blank>here</a>') == (
        '<a href="https://a.test/x" rel="noopener nofollow">here</a>'
    )
    assert 'href="mailto:jobs@a.test"' in safe_html('<a href="mailto:jobs@a.test">mail</a>')
    assert "href" not in safe_html('<a href="/apply">apply</a>')


def test_lists_and_tables_read_well_as_text() -> None:
    html = (
        "<p>You will:</p><ul><li><p>Plan &amp; ship</p></li><li>Measure<br>and tell</li></ul>"
        "<table><tr><td>Pay</td><td>4.200 €</td></tr></table><div>Bye</div><div>&nbsp;</div>"
    )
    assert plain(html) == "You will:\n• Plan & ship\n• Measure\nand tell\n\nPay | 4.200 €\n\nBye"


def test_plain_text_keeps_its_paragraphs() -> None:
    text = "About us\r\n\r\nWe sail.\nWe like it.\n\n5 < 7 & more"
    assert safe_html(text) == "<p>About us</p><p>We sail.<br>We like it.</p><p>5 &lt; 7 &amp; more</p>"
    assert plain(text) == "About us\n\nWe sail.\nWe like it.\n\n5 < 7 & more"


def test_ends_of_lines_that_came_as_letters_are_lines() -> None:
    assert plain("Your task\\n\\nBuild it") == "Your task\n\nBuild it"
    assert "\\n" not in safe_html("<p>One</p>\\n\\n<p>Two</p>")


def test_sections_get_headings_and_empty_ones_are_left_out() -> None:
    shown = joined(("Tasks", "<p>Weld</p>"), ("Empty", " "), (None, None), (None, "<p>Bye</p>"))
    assert shown == "<h3>Tasks</h3><p>Weld</p>\n<p>Bye</p>"


@pytest.mark.parametrize("nothing", [None, 5, {}, "", "<p> </p>", "&nbsp;"])
def test_no_description_is_empty(nothing: object) -> None:
    assert safe_html(nothing) == ""


@pytest.mark.parametrize(
    "deep",
    [
        "<div>",
        "<div/>",
        "<b class='/'>",
        "<path/>",
        "<svg><div><path/>",
        "<svg><foreignObject><path/>",
        "<x-y>",
    ],
)
def test_depth_is_told_however_it_is_made(deep: str) -> None:
    assert nests_deeper(deep * 300, 200)


@pytest.mark.parametrize(
    "flat",
    [
        "<div>x</div>",
        "<p>x",
        "<li>x<br/>",
        "<svg><path d='M0 0'/><g><use href='#a'/></g></svg>",
        "<tr><td><img src='/x.png'>",
        "<a href='/x/y/'>x</a>",
        "5 < 6 ",
    ],
)
def test_much_that_stands_side_by_side_is_not_deep(flat: str) -> None:
    assert not nests_deeper(flat * 300, 10)


def test_deep_and_long_markup_ends() -> None:
    assert safe_html("<div>" * 30_000 + "Sail with us") == "<p>Sail with us</p>"
    assert plain("<div>" * 500 + "Sail with us" + "</div>" * 500) == "Sail with us"
    assert len(plain("word " * 200_000)) <= 200_000


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (" https://jobs.acme.test/a?b=1&amp;c=2 ", "https://jobs.acme.test/a?b=1&c=2"),
        ("//jobs.acme.test/a", "https://jobs.acme.test/a"),
        ("javascript:alert(1)", None),
        ("ftp://a.test/x", None),
        ("jobs.acme.test", None),
        ("https://user:secret@a.test/", None),
        ("https://a.test/with space", None),
        ("https://a.test:port/", None),
        ("https://", None),
        (None, None),
        (7, None),
    ],
)
def test_only_web_addresses_are_followed(value: object, address: str | None) -> None:
    assert web(value) == address


def test_relative_addresses_are_made_whole() -> None:
    assert web("/jobs/7", "https://a.test/careers") == "https://a.test/jobs/7"
    assert web("javascript:alert(1)", "https://a.test/") is None


def test_mail_addresses_that_people_read() -> None:
    assert mail("mailto:jobs@acme.test?subject=Job") == "jobs@acme.test"
    assert mail("Send it to people.team+de@acme-labs.test, please.") == "people.team+de@acme-labs.test"
    assert mail("no-reply@acme.test") is None
    assert mail("see acme.test") is None
