"""The boards' answers come out whole in the shapes that differ from the common one."""

from pathlib import Path

import pytest

from hearback.boards import ashby, greenhouse, lever, personio, recruitee, smartrecruiters, workable
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Employment, Period, Posting, Remote, Salary
from hearback.boards.source import Ask, Source, ask_board
from hearback.boards.web import Web
from tests.support.board_server import BoardServer, Reply, of_json

YEAR = Period.YEAR
Row = dict[str, object]


def _ask(board: BoardServer, cache: Path, source: Source, answer: object) -> Batch:
    board.reply = answer if isinstance(answer, Reply) else of_json(answer)
    with Web(board.url, cache=cache) as web:
        return ask_board(source, web, Ask(board.url, "kelpworks"))


def _one(board: BoardServer, cache: Path, source: Source, answer: object) -> Posting:
    batch = _ask(board, cache, source, answer)
    assert len(batch.postings) == 1
    return batch.postings[0]


def _texts(posting: Posting) -> list[str]:
    return [place.text for place in posting.places]


def _greenhouse(number: int = 1, **parts: object) -> Row:
    address = f"https://boards.greenhouse.io/kelpworks/jobs/{number}"
    row = {"id": number, "title": f"Diver {number}", "absolute_url": address}
    return row | {"location": {"name": "Oslo, Norway"}, "metadata": None} | parts


def _lever(number: int = 1, **parts: object) -> Row:
    address = f"https://jobs.lever.co/kelpworks/{number}"
    return {"id": f"l{number}", "text": f"Diver {number}", "hostedUrl": address} | parts


def _ashby(number: int = 1, **parts: object) -> Row:
    return {
        "id": f"a{number}",
        "title": f"Diver {number}",
        "jobUrl": f"https://jobs.ashbyhq.com/kelpworks/a{number}",
    } | parts


def _workable(number: int = 1, **parts: object) -> Row:
    return {
        "shortcode": f"W{number}",
        "title": f"Diver {number}",
        "url": f"https://apply.workable.com/j/W{number}",
    } | parts


def _smart(number: int = 1, **parts: object) -> Row:
    return {"id": f"{number}", "name": f"Diver {number}", "releasedDate": "2026-10-01T00:00:00.000Z"} | parts


def _recruitee(number: int = 1, **parts: object) -> Row:
    return {
        "id": number,
        "title": f"Diver {number}",
        "slug": f"diver-{number}",
        "careers_url": f"https://kelpworks.recruitee.com/o/diver-{number}",
    } | parts


WRAPPED = {
    "departments": (
        greenhouse.SOURCE,
        {"departments": [{"id": 5, "jobs": [_greenhouse(1)]}, {"id": 6, "jobs": [_greenhouse(2)]}]},
    ),
    "departments within each other": (
        greenhouse.SOURCE,
        {
            "departments": [
                {"jobs": [_greenhouse(1)], "children": [{"jobs": [_greenhouse(2)], "children": []}]}
            ]
        },
    ),
    "a list of boards": (greenhouse.SOURCE, [{"jobs": [_greenhouse(1)]}, {"jobs": [_greenhouse(2)]}]),
    "postings by team": (
        lever.SOURCE,
        [{"title": "Sea", "postings": [_lever(1)]}, {"title": "Land", "postings": [_lever(2)]}],
    ),
    "postings by company": (lever.SOURCE, {"kelpworks": [_lever(1), _lever(2)]}),
    "postings of a page of a site": (
        ashby.SOURCE,
        {
            "data": {
                "jobBoard": {"teams": [{"id": "t", "name": "Sea"}], "jobPostings": [_ashby(1), _ashby(2)]}
            }
        },
    ),
    "rows under another name": (recruitee.SOURCE, {"result": {"vacancies": [_recruitee(1), _recruitee(2)]}}),
}


@pytest.mark.parametrize(("source", "answer"), WRAPPED.values(), ids=WRAPPED.keys())
def test_rows_are_found_however_they_are_wrapped(
    board: BoardServer, cache: Path, source: Source, answer: object
) -> None:
    batch = _ask(board, cache, source, answer)
    assert (batch.rows, batch.skipped) == (2, ())
    assert [one.title for one in batch.postings] == ["Diver 1", "Diver 2"]


SINGLE = {
    "greenhouse": (greenhouse.SOURCE, _greenhouse()),
    "lever": (lever.SOURCE, _lever()),
    "ashby": (ashby.SOURCE, {"data": {"jobPosting": _ashby()}}),
    "workable": (workable.SOURCE, _workable()),
    "smartrecruiters": (smartrecruiters.SOURCE, _smart(jobAd={"sections": {}})),
    "recruitee": (recruitee.SOURCE, {"offer": _recruitee()}),
}


@pytest.mark.parametrize(("source", "answer"), SINGLE.values(), ids=SINGLE.keys())
def test_one_job_alone_is_one_row(board: BoardServer, cache: Path, source: Source, answer: object) -> None:
    assert _one(board, cache, source, answer).title == "Diver 1"


def test_lists_within_rows_are_no_rows() -> None:
    rows = [{"id": 1, "data": [{"id": 2}]}, {"id": 3, "data": []}]
    assert rows_in({"data": rows, "meta": {"data": [{"id": 4}]}}, "data") == rows


def _own(name: str, value: object) -> Row:
    return _greenhouse(metadata=[{"id": 1, "name": name, "value": value}])


@pytest.mark.parametrize(
    ("fields", "paid"),
    [
        (
            [("Salary Range", {"unit": "CAD", "min_value": "90000.0", "max_value": "120000.0"})],
            (90000, 120000, "CAD"),
        ),
        ([("Pay", {"amount": "61000.0", "unit": "EUR"})], (61000, None, "EUR")),
        ([("Compensation", "£60,000 - £70,000 per annum")], (60000, 70000, "GBP")),
        ([("Salary min", 40000), ("Salary max", "50,000")], (40000, 50000, None)),
        ([("Salary band", "4"), ("Bonus pay", "£5,000")], None),
    ],
)
def test_pay_in_a_companys_own_fields_of_greenhouse(
    board: BoardServer,
    cache: Path,
    fields: list[tuple[str, object]],
    paid: tuple[float, float, str] | None,
) -> None:
    metadata = [{"name": name, "value": value} for name, value in fields]
    found = _one(board, cache, greenhouse.SOURCE, {"jobs": [_greenhouse(metadata=metadata)]}).salary
    assert (found and (found.minimum, found.maximum, found.currency)) == paid


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("Remote", True, Remote.REMOTE),
        ("Remote?", "Yes", Remote.REMOTE),
        ("Hybrid", True, Remote.HYBRID),
        ("Remote", False, None),
        ("Is this job remote?", "No", None),
        ("Workplace Type", ["On-site"], Remote.ON_SITE),
    ],
)
def test_remote_work_in_a_companys_own_fields_of_greenhouse(
    board: BoardServer, cache: Path, name: str, value: object, where: Remote | None
) -> None:
    assert _one(board, cache, greenhouse.SOURCE, {"jobs": [_own(name, value)]}).remote is where


def test_a_place_may_be_text_and_a_company_known_by_its_address(board: BoardServer, cache: Path) -> None:
    address = "https://job-boards.eu.greenhouse.io/sea-farm/jobs/1"
    made = _one(board, cache, greenhouse.SOURCE, [_greenhouse(location="Lyon, France", absolute_url=address)])
    assert (_texts(made), made.company) == (["Lyon, France"], "Sea Farm")


def test_a_form_within_a_site_names_no_company(board: BoardServer, cache: Path) -> None:
    address = "https://boards.greenhouse.io/embed/job_app?for=kelpworks&token=1"
    made = _one(board, cache, greenhouse.SOURCE, [_greenhouse(absolute_url=address)])
    assert (made.company, made.url) == ("Kelpworks", address)


@pytest.mark.parametrize("interval", ["bi-week-salary", "semi-month-salary", "one-time"])
def test_half_a_period_is_not_taken_for_a_whole_one(board: BoardServer, cache: Path, interval: str) -> None:
    pay = {"min": 3000, "max": 4000, "currency": "USD", "interval": interval}
    assert _one(board, cache, lever.SOURCE, [_lever(salaryRange=pay)]).salary == Salary(3000, 4000, "USD")


def test_a_wide_area_is_no_city_of_a_country(board: BoardServer, cache: Path) -> None:
    row = _lever(country="CA", categories={"location": "EMEA Remote", "commitment": "正社員"})
    made = _one(board, cache, lever.SOURCE, [row])
    assert [(place.text, place.city) for place in made.places] == [("EMEA Remote", None)]
    assert made.employment is Employment.FULL_TIME


@pytest.mark.parametrize(
    ("pay", "paid"),
    [
        ({"compensationTierSummary": "0.1% – 0.3%"}, None),
        (
            {"compensationTierSummary": "$50K – $90K Equity • $100K – $120K • Offers Bonus"},
            (100000, 120000, "USD"),
        ),
        ({"compensationTierSummary": "Offers Equity"}, None),
        ("€60K – €80K", (60000, 80000, "EUR")),
    ],
)
def test_equity_is_no_salary(
    board: BoardServer, cache: Path, pay: object, paid: tuple[float, float, str] | None
) -> None:
    found = _one(board, cache, ashby.SOURCE, {"jobs": [_ashby(compensation=pay)]}).salary
    assert (found and (found.minimum, found.maximum, found.currency)) == paid


def test_ashby_places_may_be_text_or_named(board: BoardServer, cache: Path) -> None:
    flat = {"addressLocality": "Austin", "addressRegion": "TX", "addressCountry": "US"}
    row = _ashby(location={"name": "Austin HQ"}, address=flat, secondaryLocations=["Paris"])
    made = _one(board, cache, ashby.SOURCE, {"jobs": [row]})
    assert [(place.city, place.country) for place in made.places] == [("Austin", "US"), ("Paris", "FR")]


def test_workable_states_of_a_posting_are_no_places(board: BoardServer, cache: Path) -> None:
    rows = [
        _workable(1, state="published", location="Athens, Greece", type="part"),
        _workable(2, state="closed"),
        _workable(3, state="draft"),
    ]
    made = _one(board, cache, workable.SOURCE, {"jobs": rows})
    assert (_texts(made), made.employment) == (["Athens, Greece"], Employment.PART_TIME)


@pytest.mark.parametrize(
    ("pay", "paid"),
    [
        ({"salary_from": 40000, "salary_to": 50000, "salary_currency": "eur"}, (40000, 50000, "EUR", YEAR)),
        ({"min": "20", "max": "25", "currency": "USD", "unit": "hour"}, (20, 25, "USD", Period.HOUR)),
        ("€3.000 - €4.000 per month", (3000, 4000, "EUR", Period.MONTH)),
        ({"min": None, "max": 0, "currency": "EUR"}, None),
        (["odd"], None),
    ],
)
def test_pay_in_many_shapes(
    board: BoardServer, cache: Path, pay: object, paid: tuple[float, float, str, Period] | None
) -> None:
    for source, row in ((workable.SOURCE, _workable(salary=pay)), (recruitee.SOURCE, _recruitee(salary=pay))):
        found = _one(board, cache, source, [row]).salary
        assert (found and (found.minimum, found.maximum, found.currency, found.period)) == paid


def test_smartrecruiters_fields_may_be_text(board: BoardServer, cache: Path) -> None:
    own = [{"fieldLabel": "Working Model", "valueLabel": "Hybrid"}]
    parts: Row = {"typeOfEmployment": "Part-time", "company": "Kelp SE", "location": "Kiel, Germany"}
    made = _one(board, cache, smartrecruiters.SOURCE, [_smart(customField=own) | parts])
    assert (made.company, made.employment, made.remote) == ("Kelp SE", Employment.PART_TIME, Remote.HYBRID)
    assert _texts(made) == ["Kiel, Germany"]


def test_smartrecruiters_jobs_that_are_not_active_are_left_out(board: BoardServer, cache: Path) -> None:
    batch = _ask(board, cache, smartrecruiters.SOURCE, [_smart(1, active=False), _smart(2, active=True)])
    assert [one.title for one in batch.postings] == ["Diver 2"]


def _feed(text: str) -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "application/xml"})


POSITION = (
    "<position><id>7</id><name>Taucher</name><offices><office>Kiel</office><office>Wien</office></offices>"
    "<jobDescriptions><jobDescription><name>Aufgaben</name><value>Text <p>Tauchen &amp; <b>bergen</b></p>"
    "<br/><ul><li>tief</li></ul></value></jobDescription></jobDescriptions></position>"
)


@pytest.mark.parametrize("around", ["{}", "<workzag-jobs>{}</workzag-jobs>", "<a><b>{}</b></a>"])
def test_personio_markup_that_is_not_escaped_is_kept(board: BoardServer, cache: Path, around: str) -> None:
    made = _one(board, cache, personio.SOURCE, _feed(around.format(POSITION)))
    assert made.description_text == "Aufgaben\n\nText\n\nTauchen & bergen\n• tief"
    assert _texts(made) == ["Kiel", "Wien"]


ROWS = [
    (greenhouse.SOURCE, _greenhouse(2, content="<p>x</p>", offices=[{"name": "Oslo"}], pay_input_ranges=[])),
    (lever.SOURCE, _lever(2, categories={"location": "Oslo"}, lists=[], salaryRange={}, createdAt=1)),
    (ashby.SOURCE, _ashby(2, address={}, secondaryLocations=[], compensation={}, employmentType="Intern")),
    (workable.SOURCE, _workable(2, locations=[], salary={}, employment_type="", description="")),
    (smartrecruiters.SOURCE, _smart(2, location={}, typeOfEmployment={}, jobAd={}, customField=[])),
    (recruitee.SOURCE, _recruitee(2, salary={}, locations=[], translations={}, employment_type_code="")),
]
ODD: list[object] = [
    None,
    True,
    -1,
    1e400,
    "",
    "x" * 5000,
    "\ud800",
    [],
    [None, {}, [[]], 3],
    {},
    {"name": {}},
]


@pytest.mark.parametrize(("source", "row"), ROWS, ids=[source.name for source, _ in ROWS])
def test_a_field_of_any_type_never_loses_its_neighbours(source: Source, row: Row) -> None:
    class Answers(Web):
        """A way to a board that gives one answer."""

        stale, warnings = False, ()

        def __init__(self, answer: object) -> None:
            self.answer = answer

        def get_json(self, *asked: object) -> object:
            return self.answer

    for name in row:
        for odd in ODD:
            broken = row | {name: odd}
            rows = [row | {"id": "n1", "shortcode": "N1"}, broken, row | {"id": "n3", "shortcode": "N3"}]
            batch = source.fetch(Answers(rows), Ask("https://board.test", "kelpworks"))
            kept = {one.external_id.lower() for one in batch.postings}
            assert {"n1", "n3"} <= kept, (name, odd)
