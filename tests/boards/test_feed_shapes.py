"""Feeds are read in the other shapes that they come in, and no part of a row upsets its neighbours."""

import copy
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hearback.boards import (
    adzuna,
    arbeitnow,
    hackernews,
    himalayas,
    jobicy,
    jooble,
    remoteok,
    remotive,
    themuse,
    usajobs,
    weworkremotely,
)
from hearback.boards.paging import Walked
from hearback.boards.posting import Batch, Period, Salary
from hearback.boards.search import Search
from hearback.boards.source import Ask, Source, ask_board
from hearback.boards.web import Web
from hearback.boards.web_json import DEEPEST, read_json
from tests.support.board_server import BoardServer, Reply, of_json

Row = dict[str, Any]
KEYS = {name: "k" for source in (adzuna, usajobs, jooble) for name in source.SOURCE.keys}
# One good row of each board, as it comes.
ROWS: dict[str, Row] = {
    "remotive": {
        "id": 31, "url": "https://remotive.com/remote-jobs/qa/tester-31", "title": "Tester",
        "company_name": "Quarry Lane", "job_type": "full_time", "publication_date": "2026-10-02T08:00:00",
        "candidate_required_location": "Europe", "salary": "€50k - €60k", "description": "<p>Try it.</p>",
    },
    "arbeitnow": {
        "slug": "koch-41", "company_name": "Gasthof Linde", "title": "Koch", "remote": False,
        "description": "<p>Kochen.</p>", "url": "https://www.arbeitnow.com/jobs/koch-41", "tags": [],
        "job_types": ["Vollzeit"], "location": "Bremen", "created_at": 1790000000,
    },
    "remoteok": {
        "slug": "cook-51", "id": "51", "epoch": 1790000000, "date": "2026-09-21T14:13:20+00:00",
        "company": "Salt & Rye", "position": "Menu Writer", "tags": ["food"], "description": "Write menus.",
        "location": "Porto, Portugal", "salary_min": 40000, "salary_max": 50000,
        "url": "https://remoteOK.com/remote-jobs/51", "apply_url": "https://remoteOK.com/l/51",
    },
    "jobicy": {
        "id": 61, "url": "https://jobicy.com/jobs/61-editor", "jobSlug": "61-editor", "jobTitle": "Editor",
        "companyName": "Paper Kite", "jobIndustry": ["Writing"], "jobType": ["full-time"], "jobGeo": "Spain",
        "jobLevel": "Senior", "jobExcerpt": "Edit", "jobDescription": "<p>Edit.</p>",
        "pubDate": "2026-10-01 09:00:00", "salaryMin": "40000", "salaryMax": "50000",
        "salaryCurrency": "EUR", "salaryPeriod": "yearly",
    },
    "themuse": {
        "id": 71, "name": "Buyer", "contents": "<p>Buy.</p>", "publication_date": "2026-09-09T23:00:00Z",
        "company": {"id": 1, "name": "Harbor Goods"}, "locations": [{"name": "Boston, MA"}],
        "levels": [{"name": "Mid Level", "short_name": "mid"}, {"name": "Senior Level", "short_name": "s"}],
        "refs": {"landing_page": "https://www.themuse.com/jobs/harborgoods/buyer-71"},
    },
    "himalayas": {
        "title": "Planner", "excerpt": "Plan", "companyName": "Slate & Fern", "employmentType": "Full Time",
        "minSalary": 50000, "maxSalary": 70000, "currency": "USD", "seniority": ["Senior"],
        "locationRestrictions": ["Canada"], "description": "<p>Plan.</p>", "pubDate": 1790000000,
        "expiryDate": 1795000000, "applicationLink": "https://himalayas.app/jobs/planner-81",
        "guid": "https://himalayas.app/jobs/planner-81",
    },
    "adzuna": {
        "id": "91", "title": "Driver", "company": {"display_name": "Van & Co"},
        "location": {"area": ["US", "Ohio", "Dayton"], "display_name": "Dayton, Ohio"},
        "redirect_url": "https://www.adzuna.com/details/91", "description": "Drive…",
        "created": "2026-10-01T08:00:00Z", "contract_time": "full_time", "salary_min": 40000,
        "salary_max": 45000.5, "salary_is_predicted": "0",
    },
    "usajobs": {
        "MatchedObjectId": "101", "MatchedObjectDescriptor": {
            "PositionID": "PK-101", "PositionTitle": "Park Ranger",
            "PositionURI": "https://www.usajobs.gov:443/job/101", "ApplyURI": ["https://www.usajobs.gov/a/101"],
            "OrganizationName": "Park Service", "PositionLocationDisplay": "Multiple Locations",
            "PositionLocation": [{"LocationName": "Boise, Idaho"}, {"LocationName": "Reno, Nevada"}],
            "PositionSchedule": [{"Name": "Full-time", "Code": "1"}],
            "PositionRemuneration": [{"MinimumRange": "40000", "MaximumRange": "50000",
                                      "RateIntervalCode": "PA"}],
            "PublicationStartDate": "2026-09-20", "ApplicationCloseDate": "2026-10-20",
            "UserArea": {"Details": {"JobSummary": "Walk.", "MajorDuties": ["Look"]}},
        },
    },
    "jooble": {
        "id": -111, "title": "Baker", "location": "Lyon", "snippet": "bake", "salary": "€2,100 per month",
        "type": "Full-time", "link": "https://jooble.org/jdp/111", "company": "Four Bleu",
        "updated": "2026-10-03T00:00:00.0000000",
    },
    "hackernews": {
        "id": 121, "author": "wren", "text": "Wren Tools | Backend Engineer | Oslo | Hybrid<p>Come.",
        "created_at_i": 1790000000, "children": [],
    },
}  # fmt: skip
READ: dict[str, Callable[[list[object]], Batch]] = {
    "remotive": remotive.read,
    "remoteok": remoteok.read,
    "jobicy": jobicy.read,
    "hackernews": hackernews.read,
    "arbeitnow": lambda rows: arbeitnow.read(Walked(tuple(rows), True)),
    "themuse": lambda rows: themuse.read(Walked(tuple(rows), True)),
    "himalayas": lambda rows: himalayas.read(Walked(tuple(rows), True)),
    "adzuna": lambda rows: adzuna.read(Walked(tuple(rows), True), "us"),
    "usajobs": lambda rows: usajobs.read(Walked(tuple(rows), True)),
    "jooble": lambda rows: jooble.read(Walked(tuple(rows), True)),
}
IDS = {
    **dict.fromkeys(ROWS, "id"),
    **{"arbeitnow": "slug", "himalayas": "guid", "usajobs": "MatchedObjectId"},
}
SOURCES = {
    module.SOURCE.name: module.SOURCE
    for module in (
        *(remotive, arbeitnow, remoteok, jobicy, themuse, himalayas, adzuna, usajobs, jooble, hackernews),
        weworkremotely,
    )
}
# What a board would never give, and yet does one day.
ODD: list[object] = [
    *(None, True, 0, -1, 7.5, math.nan, math.inf, -math.inf, 10**300, 10**4000, 1e18, -62135596800),
    *("", " ", "1e309", "-5", "0000-00-00", "99999-01-01", "0001-01-01T00:00:00+23:59", "2026-02-30 25:61"),
    *("Fri, 31 Dec 9999 23:59:59 -2359", "9" * 400, "$1" + "0" * 400, "1²k", "१२३", "http://[::1", "//", "<"),
    *("&#xD800;&#0;&#99999999999;", [], {}, [None], [[]], [{}], [[["x"]]], {"name": None}, {"name": ["x"]}),
    *([1, 2], {"a": {"b": {"c": []}}}, ["x"] * 500, "javascript:alert(1)", "2026-10-01T00:00:00+99:99"),
]


def _another(name: str, number: int) -> Row:
    row: Row = {**ROWS[name], IDS[name]: number}
    return row | {"applicationLink": f"https://himalayas.app/jobs/{number}"} if name == "himalayas" else row


def _paths(part: object, *before: Any) -> Iterator[tuple[Any, ...]]:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inner:
        yield (*before, key)
        yield from _paths(value, *before, key)


def _with(row: Row, path: tuple[Any, ...], value: object) -> Row:
    changed = copy.deepcopy(row)
    part: Any = changed
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return changed


@pytest.mark.parametrize("name", ROWS)
def test_no_part_of_a_row_upsets_its_neighbours_or_loses_it_unseen(name: str) -> None:
    first, last = _another(name, 9001), _another(name, 9002)
    for path in _paths(ROWS[name]):
        for odd in ODD:
            batch = READ[name]([first, _with(ROWS[name], path, odd), last])
            found = {job.external_id for job in batch.postings}
            assert {"9001", "9002"} <= found, (path, odd)
            withdrawn = name == "hackernews" and path == ("text",) and odd is None
            assert len(batch.postings) + len(batch.skipped) == 3 - withdrawn, (path, odd)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize(
    "huge",
    ["<br/>" * 100_000, " " * 500_000, "a." * 250_000, "<a " * 100_000, "1,0" * 100_000, "A | dev(" * 50_000],
    ids=["breaks", "spaces", "dots", "tags", "amounts", "heads"],
)  # fmt: skip
def test_texts_without_end_are_read_as_others_are(name: str, huge: str) -> None:
    for path in _paths(ROWS[name]):
        # A pattern that goes over such a text again from each of its signs would not come back.
        batch = READ[name]([_with(ROWS[name], path, huge)])
        assert len(batch.postings) + len(batch.skipped) >= 1


def _wrapped(name: str) -> list[object]:
    """One row as its board sends it, as those who record answers keep it, and taken out of its wrapper."""
    row = ROWS[name]
    inner = {"hackernews": "children", "arbeitnow": "data", "themuse": "results", "adzuna": "results",
             "usajobs": "SearchResultItems"}.get(name, "jobs")  # fmt: skip
    plain: object = {inner: [row]}
    if name == "usajobs":
        plain = {"SearchResult": plain}
    answers = [plain, [row], {"url": "https://x", "response": plain}, [plain]]
    return answers if name == "hackernews" else [*answers, {inner: {"0": row}}]


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_found_however_its_answer_was_kept(board: BoardServer, cache: Path, name: str) -> None:
    for at, answer in enumerate(_wrapped(name)):
        board.reply = of_json(answer)
        assert [job.board for job in _fetch(board, cache / str(at), name).postings] == [name], answer


def _fetch(board: BoardServer, cache: Path, name: str) -> Batch:
    source: Source = SOURCES[name]
    with Web(board.url, cache=cache) as web:
        return ask_board(source, web, Ask(board.url, search=Search("x"), keys=KEYS))


def test_hacker_news_is_read_from_its_search_and_from_the_site_itself(
    board: BoardServer, cache: Path
) -> None:
    text = "Wren Tools | Backend Engineer | Oslo"
    answer = {
        "objectID": "501",
        "parent_id": 42,
        "story_id": 42,
        "comment_text": text,
        "created_at_i": 1790000000,
    }
    reply = answer | {"objectID": "502", "parent_id": 501, "comment_text": "Lark | Editor | Is it remote?"}
    board.reply = of_json({"hits": [answer, reply]})
    batch = _fetch(board, cache, "hackernews")
    assert [(job.external_id, job.title) for job in batch.postings] == [("501", "Backend Engineer")]
    assert batch.rows == 1 and batch.postings[0].posted_at is not None

    item = {"by": "wren", "id": 601, "parent": 42, "text": text, "time": 1790000000, "type": "comment"}
    gone = {"deleted": True, "id": 602, "parent": 42, "time": 1790000000, "type": "comment"}
    batch = hackernews.read([item, gone])
    assert [job.external_id for job in batch.postings] == ["601"]
    assert (batch.rows, batch.skipped) == (1, ())


@pytest.mark.parametrize(
    ("area", "currency"),
    [(["UK", "London"], "GBP"), (["Deutschland"], "EUR"), (["US", "Ohio"], "USD"), ([], "USD"), (7, "USD")],
)  # fmt: skip
def test_adzuna_pays_in_the_money_of_the_place(area: object, currency: str) -> None:
    where = {"area": area, "display_name": "Somewhere"}
    (job,) = READ["adzuna"]([ROWS["adzuna"] | {"location": where}]).postings
    assert job.salary == Salary(40_000, 45_000.5, currency, Period.YEAR)


@pytest.mark.parametrize(
    ("pay", "period"),
    [
        ({"RateIntervalCode": "Per Year"}, Period.YEAR),
        ({"RateIntervalCode": "Per Hour"}, Period.HOUR),
        ({"Description": "Per Day"}, Period.DAY),
        ({"RateIntervalCode": "School Year"}, None),
        ({"RateIntervalCode": "Bi-weekly"}, Period.WEEK),
    ],
)
def test_usajobs_names_periods_in_words_too(pay: Row, period: Period | None) -> None:
    path = ("MatchedObjectDescriptor", "PositionRemuneration")
    row = _with(ROWS["usajobs"], path, [{"MinimumRange": "40", "MaximumRange": "50", **pay}])
    (job,) = READ["usajobs"]([row]).postings
    assert job.salary is not None and job.salary.period is period


def test_usajobs_gives_the_descriptor_alone_too() -> None:
    (job,) = READ["usajobs"]([ROWS["usajobs"]["MatchedObjectDescriptor"]]).postings
    assert (job.external_id, job.title) == ("PK-101", "Park Ranger")
    assert [place.city for place in job.places] == ["Boise", "Reno"]


def test_remote_ok_without_its_notice_loses_no_job(board: BoardServer, cache: Path) -> None:
    second = ROWS["remoteok"] | {"id": "52", "url": "/remote-jobs/52", "legal": "Mention us."}
    board.reply = of_json([ROWS["remoteok"], second])
    batch = _fetch(board, cache, "remoteok")
    assert [job.url for job in batch.postings] == [
        "https://remoteOK.com/remote-jobs/51",
        "https://remoteok.com/remote-jobs/52",
    ]


def test_we_work_remotely_may_leave_out_the_space_behind_a_company() -> None:
    feed = (
        "<rss version='2.0'><channel><item><title>Kiln:Potter: Nights</title>"
        "<link>https://weworkremotely.com/remote-jobs/1</link></item></channel></rss>"
    )
    (job,) = weworkremotely.read(feed.encode()).postings
    assert (job.company, job.title) == ("Kiln:Potter", "Nights")
    (job,) = weworkremotely.read(feed.replace(": Nights", "").encode()).postings
    assert (job.company, job.title) == ("Kiln", "Potter")


def test_json_that_no_database_could_hold_is_mended(board: BoardServer, cache: Path) -> None:
    body = json.dumps({"jobs": [ROWS["remotive"] | {"url": "https://remotive.com/\ud83d", "id": "a\x00"}]})
    board.reply = Reply(body.encode(), headers={"Content-Type": "application/json"})
    (job,) = _fetch(board, cache, "remotive").postings
    assert (job.url, job.title) == ("https://remotive.com/\ufffd", "Tester")
    # Two halves that belong together are one sign.
    assert read_json(b'["\\ud83d\\ude00"]') == ["\U0001f600"]


@pytest.mark.parametrize("kept", [b"application/json", b"text/plain"])
def test_json_that_nests_without_end_is_a_changed_shape(board: BoardServer, cache: Path, kept: bytes) -> None:
    for depth in (DEEPEST + 1, 900, 980, 50_000):
        row = json.dumps(ROWS["remotive"]).encode()[:-1] + b', "x": ' + b"[" * depth + b"]" * depth + b"}"
        board.reply = Reply(b'{"jobs": [' + row + b"]}", headers={"Content-Type": kept.decode()})
        with (
            Web(board.url, cache=cache / str(depth)) as web,
            pytest.raises(Exception, match="something else"),
        ):
            web.get_json(f"{board.url}/jobs")
