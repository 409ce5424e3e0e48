"""Boards that are asked for each search get the question in their own words, with their keys, by page."""

import json
from pathlib import Path

import pytest

from hearback import config
from hearback.boards import adzuna, jobspy, jooble, registry, usajobs
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.posting import UNDISCLOSED, Batch, Employment, Period, Place, Remote, Salary
from hearback.boards.same_company import company_key
from hearback.boards.search import Search
from hearback.boards.source import Ask, Source, ask_board
from hearback.boards.web import Web
from tests.support import product
from tests.support.board_server import Asked, BoardServer, Reply, of_json

KEYS = {
    **{"ADZUNA_APP_ID": "app-1", "ADZUNA_APP_KEY": "key-1", "USAJOBS_EMAIL": "jobs@hearback.example"},
    **{"USAJOBS_KEY": "key-2", "JOOBLE_KEY": "key-3"},
}
SETTINGS = product.environment("sqlite:///x.db", "redis://localhost/0")


def _fetch(board: BoardServer, cache: Path, source: Source, search: Search, **keys: str) -> Batch:
    with Web(board.url, cache=cache) as web:
        return ask_board(source, web, Ask(board.url, search=search, keys=KEYS | keys))


def _adzuna(number: int, **more: object) -> dict[str, object]:
    return {
        "id": str(number),
        "title": "<strong>Nurse</strong> Manager",
        "company": {"display_name": "Elm Street Clinic"},
        "location": {"area": ["US", "California", "Alameda County", "Oakland"], "display_name": "Oakland"},
        "redirect_url": f"https://www.adzuna.com/details/{number}?utm_source=app-1",
        "description": "Lead the ward…",
        "created": "2026-10-01T08:00:00Z",
        "contract_time": "part_time",
        "salary_min": 90000,
        "salary_max": 110000,
        "salary_is_predicted": "0",
        **more,
    }


def test_adzuna_is_asked_in_the_country_of_the_place(board: BoardServer, cache: Path) -> None:
    board.reply = of_json({"count": 2, "results": [_adzuna(1), _adzuna(2, salary_is_predicted="1")]})
    search = Search("nurse manager", "Oakland, CA", days=14)
    batch = _fetch(board, cache, adzuna.SOURCE, search)
    (path,) = board.paths
    assert path.startswith("/v1/api/jobs/us/search/1?")
    for part in (
        "what=nurse+manager",
        "where=Oakland%2C+CA",
        "max_days_old=14",
        "app_id=app-1",
        "app_key=key-1",
    ):
        assert part in path
    stated, guessed = batch.postings
    assert (stated.title, stated.company) == ("Nurse Manager", "Elm Street Clinic")
    assert stated.places == (Place("Oakland", "Oakland", "California", "US"),)
    assert stated.salary == Salary(90_000, 110_000, "USD", Period.YEAR)
    assert stated.employment is Employment.PART_TIME
    # What the board estimated itself is nobody's word.
    assert guessed.salary == Salary(90_000, 110_000, "USD", Period.YEAR, guessed=True)
    assert not batch.full


@pytest.mark.parametrize("company", [None, {}, {"display_name": ""}])
def test_a_job_whose_company_is_kept_secret_is_a_job(
    board: BoardServer, cache: Path, company: object
) -> None:
    board.reply = of_json({"results": [_adzuna(1, company=company)]})
    (job,) = _fetch(board, cache, adzuna.SOURCE, Search("nurse", "Oakland, CA")).postings
    assert job.company == UNDISCLOSED and company_key(job.company) == ""


def test_adzuna_is_asked_in_the_operator_s_countries_for_a_search_without_place(
    board: BoardServer, cache: Path
) -> None:
    def reply(asked: Asked) -> Reply:
        if "/jobs/de/" in asked.path:
            return Reply(status=500)
        country = asked.path.split("/")[4]
        return of_json({"results": [_adzuna(1 if country == "gb" else 2, location=None)]})

    board.reply = reply
    search = Search("nurse", remote=True)
    batch = _fetch(board, cache, adzuna.SOURCE, search, ADZUNA_COUNTRIES="gb, de,at")
    assert [path.split("/")[4] for path in board.paths] == ["gb", "de", "at"]
    assert "what=nurse+remote" in board.paths[0]
    assert [job.salary and job.salary.currency for job in batch.postings] == ["GBP", "EUR"]
    # One country that is down costs no other.
    assert "de" in batch.warnings[0]


def test_adzuna_is_not_asked_where_it_is_not(board: BoardServer, cache: Path) -> None:
    with pytest.raises(BoardFault) as told:
        _fetch(board, cache, adzuna.SOURCE, Search("nurse", "Oslo, Norway"))
    assert told.value.kind is Fault.GONE and board.asked == []


def test_adzuna_takes_a_second_page_where_the_first_is_full(board: BoardServer, cache: Path) -> None:
    def reply(asked: Asked) -> Reply:
        number = int(asked.path.split("/")[6].partition("?")[0])
        return of_json(
            {"results": [_adzuna(number * 100 + at) for at in range(adzuna.PAGE if number == 1 else 3)]}
        )

    board.reply = reply
    batch = _fetch(board, cache, adzuna.SOURCE, Search("nurse", "Oakland, CA"))
    assert len(batch.postings) == batch.rows == adzuna.PAGE + 3


def _usajobs(**more: object) -> dict[str, object]:
    job = {
        "PositionID": "FS-26-0107",
        "PositionTitle": "Forestry Technician",
        "PositionURI": "https://www.usajobs.gov:443/job/800100200",
        "ApplyURI": ["https://www.usajobs.gov:443/job/800100200?PostingChannelID="],
        "OrganizationName": "Forest Service",
        "PositionLocationDisplay": "Multiple Locations",
        "PositionLocation": [
            {
                "LocationName": "Denver, Colorado",
                "CountryCode": "United States",
                "CityName": "Denver, Colorado",
            },
            {"LocationName": "Boise, Idaho", "CountryCode": "United States", "CityName": "Boise, Idaho"},
        ],
        "PositionSchedule": [{"Name": "Full-time", "Code": "1"}],
        "PositionOfferingType": [{"Name": "Permanent", "Code": "15317"}],
        "PositionRemuneration": [{"MinimumRange": "21.5", "MaximumRange": "30.0", "RateIntervalCode": "PH"}],
        "PublicationStartDate": "2026-09-20T00:00:00.0000",
        "ApplicationCloseDate": "2026-10-20T23:59:59.9970",
        "QualificationSummary": "One season in the woods.",
        "UserArea": {"Details": {"JobSummary": "Keep trails.", "MajorDuties": ["Cut", "Clear"]}},
        **more,
    }
    return {"MatchedObjectId": "800100200", "MatchedObjectDescriptor": job}


def _found(*rows: object) -> Reply:
    return of_json({"SearchResult": {"SearchResultCount": len(rows), "SearchResultItems": list(rows)}})


def test_usajobs(board: BoardServer, cache: Path) -> None:
    board.reply = _found(_usajobs())
    batch = _fetch(board, cache, usajobs.SOURCE, Search("forestry", "Denver, CO", remote=True, days=90))
    assert "Keyword=forestry" in board.paths[0] and "RemoteIndicator=True" in board.paths[0]
    assert "DatePosted=60" in board.paths[0]
    asked = next(one for one in board.asked if one.path != "/robots.txt")
    assert asked.headers["User-Agent"] == "jobs@hearback.example"
    assert asked.headers["Authorization-Key"] == "key-2"
    (job,) = batch.postings
    assert (job.external_id, job.requisition) == ("800100200", "FS-26-0107")
    assert [place.city for place in job.places] == ["Denver", "Boise"]
    assert job.salary == Salary(21.5, 30, "USD", Period.HOUR)
    assert job.employment is Employment.FULL_TIME
    assert job.valid_through is not None and job.valid_through.day == 20
    for words in ("Keep trails.", "Clear", "One season"):
        assert words in job.description_text


@pytest.mark.parametrize(
    ("code", "salary"),
    [
        ("PA", Salary(2000, 3000, "USD", Period.YEAR)),
        ("BW", Salary(1000, 1500, "USD", Period.WEEK)),
        ("SY", Salary(2000, 3000, "USD", None)),
    ],
)
def test_usajobs_pays_for_what_its_code_says(
    board: BoardServer, cache: Path, code: str, salary: Salary
) -> None:
    pay = [{"MinimumRange": "2000", "MaximumRange": "3000", "RateIntervalCode": code}]
    board.reply = _found(_usajobs(PositionRemuneration=pay))
    assert _fetch(board, cache, usajobs.SOURCE, Search("x")).postings[0].salary == salary


def test_usajobs_from_anywhere_is_from_the_united_states(board: BoardServer, cache: Path) -> None:
    where = {"PositionLocation": None, "PositionLocationDisplay": "Anywhere in the U.S. (remote job)"}
    board.reply = _found(_usajobs(**where, UserArea={"Details": {"RemoteIndicator": True}}))
    (job,) = _fetch(board, cache, usajobs.SOURCE, Search("x")).postings
    assert (job.remote, job.remote_from, job.places[0].country) == (Remote.REMOTE, ("US",), "US")


def test_jooble_has_its_key_in_the_address(board: BoardServer, cache: Path) -> None:
    row = {
        "id": -4021007733,
        "title": "Baker",
        "location": "Lyon",
        "snippet": "&nbsp;...early <b>baker</b>...",
        "salary": "€2,100 - €2,400 per month",
        "source": "x.example",
        "type": "Full-time",
        "link": "https://jooble.org/jdp/-4021007733",
        "company": "Four du Rhône",
        "updated": "2026-10-03T00:00:00.0000000",
    }
    board.reply = of_json({"totalCount": 1, "jobs": [row]})
    batch = _fetch(board, cache, jooble.SOURCE, Search("baker", "Lyon"))
    asked = next(one for one in board.asked if one.path != "/robots.txt")
    assert (asked.method, asked.path) == ("POST", "/api/key-3")
    assert json.loads(asked.body)["keywords"] == "baker" and json.loads(asked.body)["location"] == "Lyon"
    (job,) = batch.postings
    assert (job.external_id, job.company) == ("-4021007733", "Four du Rhône")
    assert job.salary == Salary(2100, 2400, "EUR", Period.MONTH)
    assert job.posted_at is not None and "early baker" in job.description_text


@pytest.mark.parametrize("source", [adzuna.SOURCE, usajobs.SOURCE, jooble.SOURCE, jobspy.SOURCE])
def test_a_board_without_its_key_is_not_asked(board: BoardServer, cache: Path, source: Source) -> None:
    with Web(board.url, cache=cache) as web, pytest.raises(BoardFault) as told:
        ask_board(source, web, Ask(board.url, search=Search("cook")))
    assert told.value.kind is Fault.UNAUTHORISED
    assert source.keys[0] in told.value.words and board.asked == []


SPY = """
class Table:
    def to_json(self, **_):
        import json
        return json.dumps(ROWS)


def scrape_jobs(**question):
    import sys
    if question["search_term"] == "fall":
        raise Exception("429 Response - Blocked by Indeed for too many requests")
    print("JobSpy:Glassdoor - Glassdoor: location not parsed", file=sys.stderr)
    assert question["site_name"] == ["indeed", "glassdoor"] and question["hours_old"] == 72
    return Table()


ROWS = [
    {"id": "in-1", "site": "indeed", "job_url": "https://www.indeed.com/viewjob?jk=1", "title": "Welder",
     "company": "Iron & Sons", "location": "Tulsa, OK, US", "job_type": "fulltime", "interval": "hourly",
     "min_amount": 25.0, "max_amount": 32.0, "currency": "USD", "is_remote": False,
     "salary_source": "direct_data",
     "date_posted": "2026-10-01T00:00:00.000", "description": None},
    {"id": "in-2", "site": "indeed", "job_url": None, "title": "No address", "company": "Iron & Sons"},
]
"""


def test_jobspy_runs_apart_and_what_it_says_is_told(
    board: BoardServer, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jobspy.py").write_text(SPY)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    sites = {"JOBSPY_SITES": "indeed, glassdoor"}
    batch = _fetch(board, cache, jobspy.SOURCE, Search("welder", "Tulsa, OK", days=3), **sites)
    (job,) = batch.postings
    assert (job.title, job.salary) == ("Welder", Salary(25, 32, "USD", Period.HOUR))
    assert batch.rows == 2 and len(batch.skipped) == 1
    assert batch.warnings == ("JobSpy:Glassdoor - Glassdoor: location not parsed",)

    with pytest.raises(BoardFault) as told:
        _fetch(board, cache, jobspy.SOURCE, Search("fall"), **sites)
    assert "Blocked by Indeed" in told.value.words


def test_jobspy_that_is_not_installed_says_how_to_install_it(
    board: BoardServer, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.path", [])
    with pytest.raises(BoardFault) as told:
        _fetch(board, cache, jobspy.SOURCE, Search("x"), JOBSPY_SITES="indeed")
    assert "pip install python-jobspy" in told.value.words


def test_every_board_has_a_setting_for_its_address() -> None:
    named = set(config.BOARDS)
    assert {name for name in registry.SOURCES if name != "jobspy"} <= named
    # The example lists them all, so that an operator finds them.
    example = (Path(__file__).parents[2] / ".env.example").read_text()
    assert not [name for name in named if f"{name.upper()}_URL" not in example]
    assert not [name for name in config.BOARD_KEYS if f"\n{name}=" not in example]


def test_only_boards_whose_keys_are_set_can_be_asked() -> None:
    bare = registry.usable(config.from_environ(SETTINGS))
    assert "remotive" in bare and not {"adzuna", "usajobs", "jooble", "jobspy"} & set(bare)
    assert "jooble" in registry.usable(config.from_environ(SETTINGS | {"JOOBLE_KEY": "x"}))


def test_a_board_is_asked_at_the_address_of_its_setting(board: BoardServer, tmp_path: Path) -> None:
    board.reply = of_json({"jobs": []})
    more = {"REMOTIVE_URL": f"{board.url}/mirror/", "BOARD_CACHE": str(tmp_path)}
    assert registry.fetch("remotive", config.from_environ(SETTINGS | more)).full
    assert board.paths == ["/mirror/api/remote-jobs"]
