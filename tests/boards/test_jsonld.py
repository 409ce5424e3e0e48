"""A career page's jobs are read from whatever it holds for machines, and one broken block hides no other."""

import datetime as dt
import json
from pathlib import Path

import pytest

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.jsonld import SOURCE, posting_of_page
from hearback.boards.posting import Batch, Employment, Period, Remote, Salary
from hearback.boards.source import Ask, ask_board
from hearback.boards.web import Web
from tests.support.board_server import BoardServer, Reply, web_page

JOB = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Glass Blower",
    "hiringOrganization": {"@type": "Organization", "name": "Vitrea", "sameAs": "https://vitrea.test"},
    "identifier": {"@type": "PropertyValue", "name": "Vitrea", "value": "GB-7"},
    "datePosted": "2026-11-02",
    "validThrough": "2026-12-31T23:59",
    "employmentType": ["FULL_TIME", "CONTRACTOR"],
    "jobLocation": {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Murano",
            "addressRegion": "Veneto",
            "addressCountry": {"@type": "Country", "name": "IT"},
        },
    },
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "minValue": 28000, "maxValue": "34.000", "unitText": "YEAR"},
    },
    "description": "&lt;p&gt;Blow &amp;amp; shape glass.&lt;/p&gt;",
}


def _page(*blocks: object, head: str = "", body: str = "") -> Reply:
    scripts = "".join(
        f'<script type="application/ld+json">{one if isinstance(one, str) else json.dumps(one)}</script>'
        for one in blocks
    )
    return web_page(f"<!doctype html><html><head>{head}{scripts}</head><body>{body}</body></html>")


def _read(board: BoardServer, cache: Path, reply: Reply, company: str | None = None) -> Batch:
    board.reply = reply
    with Web(private=True, cache=cache) as web:
        return posting_of_page(web, f"{board.url}/jobs/7", company)


def _without(*names: str, **parts: object) -> dict[str, object]:
    return {key: value for key, value in JOB.items() if key not in names} | parts


def test_a_whole_posting(board: BoardServer, cache: Path) -> None:
    batch = _read(board, cache, _page(JOB))
    made = batch.postings[0]
    assert (batch.rows, batch.skipped) == (1, ())
    assert (made.title, made.company, made.external_id) == ("Glass Blower", "Vitrea", "GB-7")
    assert (made.url, made.company_url) == (f"{board.url}/jobs/7", "https://vitrea.test")
    assert [(one.text, one.city, one.region, one.country) for one in made.places] == [
        ("Murano, Veneto, Italy", "Murano", "Veneto", "IT")
    ]
    assert made.salary == Salary(28000, 34000, "EUR", Period.YEAR)
    assert made.employment is Employment.FULL_TIME
    assert made.posted_at == dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    assert made.valid_through == dt.datetime(2026, 12, 31, 23, 59, tzinfo=dt.UTC)
    assert made.description_html == "<p>Blow &amp; shape glass.</p>"


@pytest.mark.parametrize(
    "broken", ["", "   ", "{", '{"@type": "JobPosting", "title": "Ha', "not json", "[]", "null"]
)
def test_an_empty_or_broken_block_hides_no_other(board: BoardServer, cache: Path, broken: str) -> None:
    batch = _read(board, cache, _page(broken, {"@type": "Organization", "name": "Vitrea"}, JOB, broken))
    assert [one.title for one in batch.postings] == ["Glass Blower"]


def test_a_broken_block_is_named(board: BoardServer, cache: Path) -> None:
    batch = _read(board, cache, _page(JOB, '{"@type": "JobPosting", "title": "Ha'))
    assert [(one.row, one.reason) for one in batch.skipped] == [
        ("block 2", "is JSON that breaks off or has mistakes")
    ]


WHOLE = json.dumps(JOB)
MENDED = {
    "a comma before the end": WHOLE[:-1] + ",}",
    "a comma in a list": WHOLE.replace('"CONTRACTOR"]', '"CONTRACTOR",\n]'),
    "line ends in a string": WHOLE.replace("Glass Blower", "Glass\n Blower"),
    "a comment around it": f"<!--\n{WHOLE}\n-->",
    "a CDATA section": f"//<![CDATA[\n{WHOLE}\n//]]>",
    "a semicolon after it": WHOLE + ";",
    "two values in one block": '{"@type": "WebSite"}\n' + WHOLE,
    "entities for quotes": WHOLE.replace("&lt;p&gt;Blow &amp;amp; shape glass.&lt;/p&gt;", "Glass").replace(
        '"', "&quot;"
    ),
    "a lone backslash": WHOLE.replace("shape glass", "shape \\d glass"),
}


@pytest.mark.parametrize("block", MENDED.values(), ids=MENDED.keys())
def test_common_mistakes_are_mended(board: BoardServer, cache: Path, block: str) -> None:
    batch = _read(board, cache, _page(block))
    assert [(one.title, one.external_id) for one in batch.postings] == [("Glass Blower", "GB-7")]
    assert batch.skipped == ()


NESTED = {
    "a graph": {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, JOB]},
    "a list": [{"@type": "BreadcrumbList", "itemListElement": []}, JOB],
    "a list of types": _without("@type") | {"@type": ["Thing", "JobPosting"]},
    "a type by its address": _without("@type") | {"@type": "http://schema.org/JobPosting"},
    "an entity of a page": {"@type": "WebPage", "mainEntity": JOB},
    "an item of a list": {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": JOB}]},
    "names with a prefix": {
        **{f"schema:{key}": value for key, value in _without("@type", "@context").items()},
        "@type": "schema:JobPosting",
    },
}


@pytest.mark.parametrize("value", NESTED.values(), ids=NESTED.keys())
def test_postings_are_found_wherever_they_stand(board: BoardServer, cache: Path, value: object) -> None:
    assert [one.title for one in _read(board, cache, _page(value)).postings] == ["Glass Blower"]


@pytest.mark.parametrize(
    ("money", "paid"),
    [
        (
            {"@type": "MonetaryAmount", "currency": "USD", "value": 52000},
            Salary(52000, None, "USD", Period.YEAR, True),
        ),
        (
            {"currency": "GBP", "value": {"value": "21.50", "unitText": "HOUR"}},
            Salary(21.5, None, "GBP", Period.HOUR),
        ),
        (
            {"currency": "USD", "minValue": 60000, "maxValue": 70000, "unitText": "YEAR"},
            Salary(60000, 70000, "USD", Period.YEAR),
        ),
        (
            [{"currency": "EUR", "value": {"minValue": 3000, "maxValue": 3500, "unitText": "MONTH"}}],
            Salary(3000, 3500, "EUR", Period.MONTH),
        ),
        ("€3.000 - €3.500 per month", Salary(3000, 3500, "EUR", Period.MONTH)),
        (
            {"currency": "USD", "value": {"value": "$18 - $20", "unitText": "HUR"}},
            Salary(18, 20, "USD", Period.HOUR),
        ),
        ({"currency": "USD", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, None),
        ({"currency": "USD", "value": {"value": "Competitive"}}, None),
        (None, None),
        ({}, None),
        ("", None),
    ],
)
def test_salaries_in_their_many_shapes(
    board: BoardServer, cache: Path, money: object, paid: Salary | None
) -> None:
    assert _read(board, cache, _page(JOB | {"baseSalary": money})).postings[0].salary == paid


def test_a_number_takes_the_currency_beside_it(board: BoardServer, cache: Path) -> None:
    made = _read(board, cache, _page(JOB | {"baseSalary": 90000, "salaryCurrency": "CHF"})).postings[0]
    assert made.salary == Salary(90000, None, "CHF", Period.YEAR, guessed=True)


@pytest.mark.parametrize(
    ("where", "cities"),
    [
        ("Lyon, France", ["Lyon"]),
        ({"@type": "Place", "address": "Lyon, France"}, ["Lyon"]),
        ({"@type": "Place", "name": "Lyon"}, ["Lyon"]),
        (
            [
                {"address": {"addressLocality": "Lyon", "addressCountry": "FR"}},
                {"address": {"addressLocality": "Nantes", "addressCountry": "FR"}},
            ],
            ["Lyon", "Nantes"],
        ),
        ({"address": [{"addressLocality": "Lyon"}, {"addressLocality": "Nantes"}]}, ["Lyon", "Nantes"]),
        ({"@type": "PostalAddress", "addressLocality": "Lyon"}, ["Lyon"]),
        ({"address": {"addressLocality": ["Lyon"], "addressCountry": {"name": ["FR", "FR"]}}}, ["Lyon"]),
        (None, []),
        ({}, []),
        (7, []),
    ],
)
def test_places_in_their_many_shapes(
    board: BoardServer, cache: Path, where: object, cities: list[str]
) -> None:
    made = _read(board, cache, _page(JOB | {"jobLocation": where})).postings[0]
    assert [place.city for place in made.places] == cities


def test_names_count_where_one_address_is_repeated(board: BoardServer, cache: Path) -> None:
    same = {"addressLocality": "Lyon", "addressCountry": "FR"}
    where = [{"name": "Lyon, France", "address": same}, {"name": "Porto, Portugal", "address": same}]
    made = _read(board, cache, _page(JOB | {"jobLocation": where})).postings[0]
    assert [place.city for place in made.places] == ["Lyon", "Porto"]


def test_remote_work_and_from_where(board: BoardServer, cache: Path) -> None:
    from_where = [{"@type": "Country", "name": "USA"}, {"@type": "Country", "name": "Canada"}]
    job = _without("jobLocation", jobLocationType="TELECOMMUTE", applicantLocationRequirements=from_where)
    made = _read(board, cache, _page(job)).postings[0]
    assert (made.remote, made.remote_from, made.places) == (Remote.REMOTE, ("US", "CA"), ())


def test_parts_beside_the_description_are_kept_once(board: BoardServer, cache: Path) -> None:
    job = JOB | {
        "description": "<p>Blow glass. Know fire.</p>",
        "qualifications": "Know fire.",
        "jobBenefits": ["Lunch", "Boat"],
        "responsibilities": "Shape it",
    }
    made = _read(board, cache, _page(job)).postings[0]
    assert made.description_text == (
        "Blow glass. Know fire.\n\nResponsibilities\n\nShape it\n\nBenefits\n• Lunch\n• Boat"
    )


@pytest.mark.parametrize(
    ("employer", "known", "head", "company"),
    [
        ("Vitrea", "Vitrea Spa", "", "Vitrea"),
        (None, "Vitrea Spa", "", "Vitrea Spa"),
        ({"name": None}, None, '<meta property="og:site_name" content="Vitrea Careers">', "Vitrea Careers"),
        ([], None, '<meta property="og:url" content="https://jobs.vitrea.test/7">', "Vitrea"),
    ],
)
def test_the_employer_may_be_text_or_only_known_to_us(
    board: BoardServer, cache: Path, employer: object, known: str | None, head: str, company: str
) -> None:
    page = _page(JOB | {"hiringOrganization": employer}, head=head)
    assert _read(board, cache, page, known).postings[0].company == company


def test_a_posting_without_a_title_is_named_and_loses_no_other(board: BoardServer, cache: Path) -> None:
    batch = _read(board, cache, _page(_without("title"), JOB))
    assert (batch.rows, len(batch.postings)) == (2, 1)
    assert batch.skipped[0].reason == "has no title that can be read"


def test_two_jobs_without_addresses_are_two(board: BoardServer, cache: Path) -> None:
    batch = _read(board, cache, _page([_without("identifier"), _without("identifier", title="Cutter")]))
    assert len({one.external_id for one in batch.postings}) == 2


MICRODATA = """
<div itemscope itemtype="https://schema.org/JobPosting">
  <h1 itemprop="title">Glass Cutter</h1>
  <div itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization">
    <span itemprop="name">Vitrea</span></div>
  <div itemprop="jobLocation" itemscope itemtype="https://schema.org/Place">
    <div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">
      <span itemprop="addressLocality">Ghent</span><meta itemprop="addressCountry" content="BE"></div></div>
  <time itemprop="datePosted" datetime="2026-11-02">last week</time>
  <meta itemprop="employmentType" content="PART_TIME">
  <div itemprop="description"><p>Cut it.</p><ul><li>Well</li></ul></div>
</div>"""


def test_microdata(board: BoardServer, cache: Path) -> None:
    made = _read(board, cache, _page("", body=MICRODATA)).postings[0]
    assert (made.title, made.company, made.employment) == ("Glass Cutter", "Vitrea", Employment.PART_TIME)
    assert [(place.city, place.country) for place in made.places] == [("Gent", "BE")]
    assert made.posted_at == dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    assert made.description_text == "Cut it.\n• Well"


FOR_PEOPLE = f"""
<nav>Home</nav><main><h1>Night Porter</h1><ul><li>Location: Bruges, Belgium</li>
<li>Contract type: Part-time</li>
<li>Salary: €2.100 - €2.300 per month</li></ul><p>{"Guard the door at night. " * 20}</p>
<a href="/apply">Apply now</a></main>"""


def test_a_page_for_people_alone_is_read_with_a_warning(board: BoardServer, cache: Path) -> None:
    batch = _read(board, cache, _page("", body=FOR_PEOPLE), "Hotel Zwin")
    made = batch.postings[0]
    assert "as people see it" in batch.warnings[0]
    assert (made.title, made.company, made.employment) == ("Night Porter", "Hotel Zwin", Employment.PART_TIME)
    assert [place.country for place in made.places] == ["BE"]
    assert made.salary == Salary(2100, 2300, "EUR", Period.MONTH)
    assert "Home" not in made.description_text


@pytest.mark.parametrize(
    "body", ["<h1>Sign in</h1><button>Log in</button>", FOR_PEOPLE.replace("Apply now", "More"), ""]
)
def test_a_page_that_shows_no_job_says_so(board: BoardServer, cache: Path, body: str) -> None:
    with pytest.raises(BoardFault) as fault:
        _read(board, cache, _page("", body=body))
    assert fault.value.kind is Fault.SHAPE


def test_a_page_made_to_keep_us_busy_is_refused(board: BoardServer, cache: Path) -> None:
    with pytest.raises(BoardFault, match="nests deeper"):
        _read(board, cache, _page(JOB, body="<div>" * 60_000))


def test_a_private_page_is_not_asked_for(board: BoardServer, cache: Path) -> None:
    board.reply = _page(JOB)
    with pytest.raises(BoardFault) as fault, Web(cache=cache) as web:
        posting_of_page(web, f"{board.url}/jobs/7")
    assert fault.value.kind is Fault.FORBIDDEN_ADDRESS
    assert board.asked == []


def _list(board: BoardServer, cache: Path) -> Batch:
    with Web(board.url, cache=cache) as web:
        return ask_board(SOURCE, web, Ask(board.url, "https://vitrea.test/careers"))


def test_a_list_leads_to_the_pages_of_its_jobs(board: BoardServer, cache: Path) -> None:
    items = [{"@type": "ListItem", "position": n, "url": f"/jobs/{n}"} for n in (1, 2, 3)]
    foreign = {"@type": "ListItem", "url": "https://elsewhere.test/jobs/9"}
    board.replies["/careers"] = _page({"@type": "ItemList", "itemListElement": [*items, foreign]})
    board.replies["/jobs/1"] = _page(_without("identifier", title="Cutter"))
    board.replies["/jobs/2"] = Reply(status=404)
    board.replies["/jobs/3"] = _page(_without("identifier", title="Polisher"))
    batch = _list(board, cache)
    assert [one.title for one in batch.postings] == ["Cutter", "Polisher"]
    assert [one.row for one in batch.skipped] == ["/jobs/2"]
    assert (batch.rows, batch.full) == (3, False)
    assert batch.postings[0].feed == "https://vitrea.test/careers"


def test_links_that_look_like_jobs_are_followed_where_there_is_no_list(
    board: BoardServer, cache: Path
) -> None:
    links = '<a href="/about">About</a><a href="/jobs/cutter#top">Cutter</a><a href="/jobs/cutter">Cut</a>'
    board.replies["/careers"] = _page(body=links)
    board.replies["/jobs/cutter"] = _page(JOB)
    batch = _list(board, cache)
    assert [one.title for one in batch.postings] == ["Glass Blower"]
    assert board.paths == ["/careers", "/jobs/cutter"]
