"""The job of a career page comes out whole in the shapes, mistakes and encodings of real sites."""

import datetime as dt
import json
from pathlib import Path

import pytest

from hearback.boards import jsonld, ld_lenient
from hearback.boards.posting import Batch, Employment, Period, Posting, Salary
from hearback.boards.source import Ask, ask_board
from hearback.boards.web import Web
from tests.support.board_server import BoardServer, Reply

Node = dict[str, object]
JOB: Node = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Lamplighter",
    "description": "<p>Light the lamps.</p>",
    "identifier": {"@type": "PropertyValue", "name": "Lumen", "value": "L-1"},
    "hiringOrganization": {"@type": "Organization", "name": "Lumen"},
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Graz", "addressCountry": "AT"}},
}
WHOLE = json.dumps(JOB)


def _html(*blocks: object, body: str = "") -> str:
    texts = [block if isinstance(block, str) else json.dumps(block) for block in blocks]
    scripts = "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)
    return f"<html><head>{scripts}</head><body>{body}</body></html>"


def _read(
    board: BoardServer, cache: Path, page: str | bytes, kind: str = "text/html; charset=utf-8"
) -> Batch:
    board.reply = Reply(page if isinstance(page, bytes) else page.encode(), headers={"Content-Type": kind})
    with Web(board.url, cache=cache) as web:
        return ask_board(jsonld.SOURCE, web, Ask(board.url, "https://lumen.test/jobs/1", "Fallback"))


def _one(board: BoardServer, cache: Path, **parts: object) -> Posting:
    batch = _read(board, cache, _html(JOB | parts))
    assert (batch.rows, batch.skipped, len(batch.postings)) == (1, (), 1)
    return batch.postings[0]


MISTAKES = {
    "a comment beside a name": WHOLE.replace('"title"', '// what\n"title"'),
    "a comment in a line": WHOLE.replace('"title"', '/* what */ "title"'),
    "other quotes": WHOLE.replace('"', "'"),
    "bare names": WHOLE.replace('"title"', "title").replace('"description"', "description"),
    "quotes within quotes": WHOLE.replace("Light the lamps", 'Light "the", lamps'),
    "a missing comma": WHOLE.replace(', "description"', '\n"description"'),
    "a missing value": WHOLE[:-1] + ', "validThrough": , "url": undefined, "x": NaN}',
    "a bracket too many": WHOLE + "}",
    "a bracket too few": WHOLE[:-1],
    "a variable": f"window.job = {WHOLE};",
    "a mark of the order of bytes": "\ufeff" + WHOLE,
}


@pytest.mark.parametrize("block", MISTAKES.values(), ids=MISTAKES.keys())
def test_what_is_no_json_is_read_as_it_was_meant(board: BoardServer, cache: Path, block: str) -> None:
    batch = _read(board, cache, _html(block))
    assert [(one.title, one.company, one.external_id) for one in batch.postings] == [
        ("Lamplighter", "Lumen", "L-1")
    ]
    assert batch.postings[0].description_text.replace('"', "").replace(",", "") == "Light the lamps."
    assert batch.skipped == ()


def test_a_description_that_breaks_off_is_kept_with_a_warning(board: BoardServer, cache: Path) -> None:
    long = json.dumps(
        {"@type": "JobPosting", "title": "Lamplighter", "description": "<p>" + "light " * 80 + "</p>"}
    )
    batch = _read(board, cache, _html(long[:-40]))
    assert [one.title for one in batch.postings] == ["Lamplighter"]
    assert batch.warnings == ("Block 1 of the page breaks off. Parts of its job may be missing.",)


def test_a_title_that_breaks_off_is_no_title() -> None:
    assert ld_lenient.read('{"@type": "JobPosting", "title": "Lam') == (
        {"@type": "JobPosting", "title": None},
        False,
    )


@pytest.mark.parametrize(
    "text", ["", "none", "]", "[" * 500, "{" * 500, '{"a" "b"}', '{"a":"\\', "{/*", "[//"]
)
def test_what_nobody_meant_ends(text: str) -> None:
    found = ld_lenient.read(text)
    assert found is None or not found[1] or found[0] in ({}, [])


SHAPES = {
    "wrapped values": {
        "@type": "http://schema.org/JobPosting",
        "http://schema.org/title": [{"@value": "Lamplighter"}],
        "http://schema.org/hiringOrganization": [{"http://schema.org/name": [{"@value": "Lumen"}]}],
        "http://schema.org/identifier": [{"@value": "L-1"}],
        "http://schema.org/jobLocation": {"@list": [{"http://schema.org/address": "Graz, Austria"}]},
    },
    "references": {
        "@graph": [
            JOB | {"hiringOrganization": {"@id": "#us"}, "jobLocation": {"@id": "#here"}},
            {"@id": "#us", "@type": "Organization", "name": "Lumen"},
            {"@id": "#here", "@type": "Place", "address": {"@id": "#street"}},
            {"@id": "#street", "addressLocality": "Graz", "addressCountry": "AT"},
        ]
    },
    "a type with www": JOB | {"@type": "https://www.schema.org/JobPosting"},
    "a title in a list": JOB | {"title": ["Lamplighter"]},
    "a title under another name": {k: v for k, v in JOB.items() if k != "title"}
    | {"jobTitle": "Lamplighter"},
}


@pytest.mark.parametrize("value", SHAPES.values(), ids=SHAPES.keys())
def test_values_however_they_are_wrapped(board: BoardServer, cache: Path, value: object) -> None:
    (made,) = _read(board, cache, _html(value)).postings
    assert (made.title, made.company, made.external_id) == ("Lamplighter", "Lumen", "L-1")
    assert [place.city for place in made.places] == ["Graz"]


def test_references_that_turn_in_a_circle_end(board: BoardServer, cache: Path) -> None:
    turning = {"@id": "#a", "name": "Lumen", "address": {"@id": "#a"}}
    assert _read(board, cache, _html(JOB | {"jobLocation": {"@id": "#a"}}, turning)).postings


def test_the_sites_own_name_is_no_number_of_a_job(board: BoardServer, cache: Path) -> None:
    own = {"@type": "PropertyValue", "name": "Lumen", "value": "Lumen"}
    jobs = [JOB | {"title": title, "identifier": own} for title in ("Lamplighter", "Wick Cutter", "Clerk")]
    batch = _read(board, cache, _html(*jobs))
    assert [one.title for one in batch.postings] == ["Lamplighter", "Wick Cutter", "Clerk"]


def test_jobs_with_one_number_and_other_titles_are_kept_apart(board: BoardServer, cache: Path) -> None:
    jobs = [JOB | {"title": title, "identifier": "1"} for title in ("Lamplighter", "Clerk", "Lamplighter")]
    batch = _read(board, cache, _html(*jobs))
    assert [one.title for one in batch.postings] == ["Lamplighter", "Clerk"]


@pytest.mark.parametrize(
    ("employer", "name", "address"),
    [
        ({"name": ["Lumen", "Lux"]}, "Lumen", None),
        ({"name": "Lumen", "sameAs": ["https://lumen.test"]}, "Lumen", "https://lumen.test"),
        ({"name": "Lumen", "sameAs": ["https://www.instagram.com/lumen"]}, "Lumen", None),
        ("https://lumen.test", "Fallback", "https://lumen.test"),
        ({"logo": "https://lumen.test/logo.png"}, "Fallback", None),
        (17, "Fallback", None),
    ],
)
def test_the_employer_in_more_shapes(
    board: BoardServer, cache: Path, employer: object, name: str, address: str | None
) -> None:
    made = _one(board, cache, hiringOrganization=employer)
    assert (made.company, made.company_url) == (name, address)


@pytest.mark.parametrize(
    ("pay", "paid"),
    [
        (
            {"price": 40000, "priceCurrency": "EUR", "unitText": "YEAR"},
            Salary(40000, None, "EUR", Period.YEAR),
        ),
        (
            {
                "currency": "EUR",
                "value": {"value": 40000, "minValue": 0, "maxValue": 0, "unitText": ["YEAR"]},
            },
            Salary(40000, None, "EUR", Period.YEAR),
        ),
        (
            {"percentile10": 40000, "percentile90": 50000, "currency": "EUR", "duration": "P1Y"},
            Salary(40000, 50000, "EUR", Period.YEAR),
        ),
        (
            {"currency": {"name": "EUR"}, "value": {"minValue": {"@value": "20"}, "unitText": "HOUR"}},
            Salary(20, None, "EUR", Period.HOUR),
        ),
        ({"currency": "EUR", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, None),
    ],
)
def test_pay_in_more_shapes(board: BoardServer, cache: Path, pay: object, paid: Salary | None) -> None:
    assert _one(board, cache, baseSalary=pay).salary == paid


@pytest.mark.parametrize(
    ("address", "cities"),
    [
        ({"addressLocality": ["Graz", "Linz"], "addressCountry": "AT"}, ["Graz", "Linz"]),
        ({"addressLocality": "Graz; Linz | Wien", "addressCountry": "AT"}, ["Graz", "Linz", "Vienna"]),
        ({"addressLocality": "Zürich / Bern", "addressCountry": "CH"}, ["Zürich", "Bern"]),
        ({"name": "Rome, Italy"}, ["Rome"]),
        ({"addressLocality": "Bundesweit", "addressCountry": "DE"}, [None]),
    ],
)
def test_several_towns_in_one_address(
    board: BoardServer, cache: Path, address: object, cities: list[str | None]
) -> None:
    made = _one(board, cache, jobLocation={"@type": "Place", "address": address})
    assert [place.city for place in made.places] == cities


def test_markup_whose_lists_came_escaped_is_opened(board: BoardServer, cache: Path) -> None:
    made = _one(board, cache, description="<p>Light</p>&lt;ul&gt;&lt;li&gt;lamps&lt;/li&gt;&lt;/ul&gt;")
    assert made.description_text == "Light\n• lamps"


RDFA = """
<div vocab="https://schema.org/" typeof="JobPosting">
  <h1 property="title">Lamplighter</h1>
  <span property="hiringOrganization" typeof="Organization"><b property="name">Lumen</b></span>
  <p property="jobLocation" typeof="Place"><span property="address" typeof="PostalAddress">
    <span property="addressLocality">Graz</span> <meta property="addressCountry" content="AT"></span></p>
  <time property="datePosted" content="2026-10-01">last month</time>
  <meta property="employmentType" content="PART_TIME">
  <div property="description"><p>Light the lamps.</p></div>
</div>"""


@pytest.mark.parametrize("prefix", ["", "schema:"])
@pytest.mark.parametrize("block", [None, '{"@type": "JobPosting"}'])
def test_rdfa_is_read_where_no_json_tells_more(
    board: BoardServer, cache: Path, prefix: str, block: str | None
) -> None:
    body = RDFA.replace('property="', f'property="{prefix}').replace('typeof="', f'typeof="{prefix}')
    (made,) = _read(board, cache, _html(*([block] if block else []), body=body)).postings
    assert (made.title, made.company, made.employment) == ("Lamplighter", "Lumen", Employment.PART_TIME)
    assert made.posted_at == dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    assert ([place.city for place in made.places], made.description_text) == (["Graz"], "Light the lamps.")


ENCODED = {
    "UTF-16 as it says": ("utf-16", "text/html; charset=utf-16"),
    "UTF-16 by its mark": ("utf-16", "text/html"),
    "Latin-1 as it says": ("latin-1", "text/html; charset=iso-8859-1"),
    "Windows-1252 that says nothing": ("cp1252", "text/html"),
    "UTF-8 that says nothing": ("utf-8", "text/html"),
}


@pytest.mark.parametrize(("encoding", "kind"), ENCODED.values(), ids=ENCODED.keys())
def test_pages_in_their_encodings(board: BoardServer, cache: Path, encoding: str, kind: str) -> None:
    page = _html(json.dumps(JOB | {"title": "Lampenwärter"}, ensure_ascii=False))
    assert [one.title for one in _read(board, cache, page.encode(encoding), kind).postings] == [
        "Lampenwärter"
    ]


ODD: list[object] = [
    None,
    True,
    -1,
    1e300,
    "",
    "x" * 5000,
    [],
    [None, {}, [[]], 3],
    {},
    {"name": {}},
    {"@value": {}},
]


@pytest.mark.parametrize("odd", ODD, ids=[str(at) for at in range(len(ODD))])
def test_a_part_of_any_type_never_loses_other_jobs(board: BoardServer, cache: Path, odd: object) -> None:
    names = [*JOB, "baseSalary", "datePosted", "validThrough", "employmentType", "url", "applicationContact"]
    names += ["jobLocationType", "applicantLocationRequirements", "mainEntityOfPage", "skills", "@id"]
    other = JOB | {"title": "Clerk", "identifier": "L-2"}
    blocks = [JOB | {name: odd, "identifier": f"{name}-{at}"} for at, name in enumerate(names)]
    titles = [one.title for one in _read(board, cache, _html(*blocks, other)).postings]
    assert "Clerk" in titles
    assert titles.count("Lamplighter") >= len(names) - 3
