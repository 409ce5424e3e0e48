"""Each company board's answers come out whole: no row lost, none made up, each value where it belongs."""

import datetime as dt
from pathlib import Path

import pytest

from hearback.boards import ashby, greenhouse, lever, personio, recruitee, smartrecruiters, workable
from hearback.boards.company_board import origin
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.rows import united
from hearback.boards.posting import Batch, Employment, Period, Posting, Remote, Salary
from hearback.boards.source import Ask, Source, ask_board
from hearback.boards.web import Web
from tests.support.board_server import Asked, BoardServer, Reply, of_json

YEAR = Period.YEAR


def _ask(
    board: BoardServer, cache: Path, source: Source, key: str = "tidewater", company: str | None = None
) -> Batch:
    with Web(board.url, cache=cache) as web:
        return ask_board(source, web, Ask(board.url, key, company))


def _places(posting: Posting) -> list[tuple[str | None, str | None, str | None]]:
    return [(place.city, place.region, place.country) for place in posting.places]


def _day(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, tzinfo=dt.UTC)


GREENHOUSE = {
    "jobs": [
        {
            "id": 4410001,
            "internal_job_id": 99,
            "absolute_url": "https://careers.tidewater.test/roles?gh_jid=4410001",
            "title": "Senior Marine Engineer ",
            "company_name": "Tidewater Ferries ",
            "requisition_id": "R-77",
            "location": {"name": "Hamburg, Germany; Remote - Portugal"},
            "first_published": "2026-10-01T08:00:00-04:00",
            "updated_at": "2026-11-01T08:00:00-04:00",
            "application_deadline": "2026-12-24",
            "metadata": [
                {"id": 1, "name": "Workplace Type", "value": "Hybrid", "value_type": "single_select"},
                {"id": 2, "name": "Employment Type", "value": ["Full-time"], "value_type": "multi_select"},
                {"id": 3, "name": "Cost centre", "value": None, "value_type": "short_text"},
            ],
            "content": "&lt;h2&gt;Who we are&lt;/h2&gt;&lt;p&gt;Ferries &amp;amp; more.&lt;/p&gt;",
            "offices": [{"id": 5, "name": "Hamburg", "location": "Hamburg, Germany"}],
            "pay_input_ranges": [
                {
                    "min_cents": 6500000,
                    "max_cents": 8000000,
                    "currency_type": "EUR",
                    "title": "Annual salary",
                },
                {
                    "min_cents": 6000000,
                    "max_cents": 7000000,
                    "currency_type": "EUR",
                    "title": "Annual salary",
                },
            ],
            "something_new": {"deep": [1, 2]},
        },
        {
            "id": 4410002,
            "absolute_url": "https://job-boards.greenhouse.io/tidewater/jobs/4410002",
            "title": "Deckhand",
            "location": {"name": "N/A"},
            "metadata": None,
            "offices": [{"name": "Oslo", "location": None}],
            "updated_at": "2026-11-01T08:00:00-04:00",
            "content": (
                "&lt;p&gt;Work on deck.&lt;/p&gt;&lt;div class=&quot;content-pay-transparency&quot;&gt;"
                "&lt;div class=&quot;title&quot;&gt;Hourly rate:&lt;/div&gt;"
                "&lt;div class=&quot;pay-range&quot;&gt;&lt;span&gt;$31.50&lt;/span&gt;"
                "&lt;span class=&quot;divider&quot;&gt;&amp;mdash;&lt;/span&gt;"
                "&lt;span&gt;$40 CAD&lt;/span&gt;&lt;/div&gt;&lt;/div&gt;"
            ),
        },
        {"id": 4410003, "title": None, "absolute_url": 7, "location": "nowhere"},
    ],
    "meta": {"total": 3},
}


def test_greenhouse(board: BoardServer, cache: Path) -> None:
    board.reply = of_json(GREENHOUSE)
    batch = _ask(board, cache, greenhouse.SOURCE)
    first, second = batch.postings
    assert (batch.rows, batch.full, [one.row for one in batch.skipped]) == (3, True, ["4410003"])
    assert board.paths[0].startswith("/v1/boards/tidewater/jobs?content=true")
    assert (first.external_id, first.title, first.company) == (
        "4410001",
        "Senior Marine Engineer",
        "Tidewater Ferries",
    )
    assert first.url == "https://careers.tidewater.test/roles?gh_jid=4410001"
    assert _places(first) == [("Hamburg", "Hamburg", "DE"), (None, None, "PT")]
    assert (first.remote, first.employment, first.level) == (Remote.HYBRID, Employment.FULL_TIME, "senior")
    assert first.salary == Salary(60000, 80000, "EUR", YEAR)
    assert first.posted_at == dt.datetime(2026, 10, 1, 12, 0, tzinfo=dt.UTC)
    assert (first.valid_through, first.requisition) == (_day(2026, 12, 24), "R-77")
    assert first.description_text == "Who we are\n\nFerries & more."
    assert first.description_html == "<h2>Who we are</h2><p>Ferries &amp; more.</p>"
    assert (second.company, _places(second)) == ("Tidewater", [("Oslo", None, "NO")])
    assert second.salary == Salary(31.5, 40, "CAD", Period.HOUR)


def test_a_greenhouse_answer_that_is_cut_is_not_full(board: BoardServer, cache: Path) -> None:
    board.reply = of_json(GREENHOUSE | {"meta": {"total": 90}})
    assert not _ask(board, cache, greenhouse.SOURCE).full


LEVER = [
    {
        "id": "0d1c4b9e-1111-4222-8333-444455556666",
        "text": "Ship Broker",
        "hostedUrl": "https://jobs.lever.co/tidewater-ferries/0d1c4b9e-1111-4222-8333-444455556666",
        "applyUrl": "https://jobs.lever.co/tidewater-ferries/0d1c4b9e-1111-4222-8333-444455556666/apply",
        "createdAt": 1790000000000,
        "country": "US",
        "workplaceType": "on-site",
        "categories": {
            "commitment": "Part-Time",
            "location": "Cambridge",
            "allLocations": ["Cambridge", "Lyon, France"],
        },
        "description": "<div>Sell ships.</div>",
        "descriptionPlain": "Sell ships.",
        "lists": [{"text": "You will", "content": "<li>Call</li><li>Write</li>"}],
        "additional": "<div>We are kind.</div>",
        "salaryRange": {"min": 70000, "max": 90000, "currency": "USD", "interval": "per-year-salary"},
        "salaryDescription": "<div>Plus commission.</div>",
    },
    {
        "id": "0d1c4b9e-1111-4222-8333-777755556666",
        "text": "Purser (Remote)",
        "hostedUrl": "https://jobs.lever.co/tidewater-ferries/0d1c4b9e-1111-4222-8333-777755556666",
        "createdAt": None,
        "country": None,
        "workplaceType": "unspecified",
        "categories": {"location": "EMEA"},
        "description": "",
        "opening": "",
        "descriptionPlain": "Count the money.\n\nOf guests.",
        "lists": [],
        "salaryRange": None,
    },
]


def test_lever(board: BoardServer, cache: Path) -> None:
    board.reply = of_json(LEVER)
    batch = _ask(board, cache, lever.SOURCE)
    first, second = batch.postings
    assert (batch.rows, batch.full, batch.skipped) == (2, True, ())
    assert (first.company, first.employment, first.remote) == (
        "Tidewater Ferries",
        Employment.PART_TIME,
        Remote.ON_SITE,
    )
    assert _places(first) == [("Cambridge", "Massachusetts", "US"), ("Lyon", "Auvergne-Rhône-Alpes", "FR")]
    assert first.salary == Salary(70000, 90000, "USD", YEAR)
    assert first.posted_at == dt.datetime.fromtimestamp(1790000000, dt.UTC)
    assert first.description_text == (
        "Sell ships.\n\nYou will\n• Call\n• Write\n\nPlus commission.\n\nWe are kind."
    )
    assert first.apply_url and first.apply_url.endswith("/apply")
    assert (second.remote, second.remote_from, second.posted_at) == (Remote.REMOTE, ("EMEA",), None)
    assert second.description_text == "Count the money.\n\nOf guests."
    assert [place.text for place in second.places] == ["EMEA"]


def test_the_name_that_the_user_knows_is_kept(board: BoardServer, cache: Path) -> None:
    board.reply = of_json(LEVER)
    assert _ask(board, cache, lever.SOURCE, company="Tidewater AG").postings[0].company == "Tidewater AG"


ASHBY = {
    "apiVersion": "1",
    "jobs": [
        {
            "id": "aa000000-0000-4000-8000-000000000001",
            "title": "Staff Software Engineer",
            "employmentType": "FullTime",
            "location": "Remote (Canada)",
            "isRemote": True,
            "isListed": True,
            "workplaceType": "Remote",
            "address": {"postalAddress": {"addressCountry": "Canada"}},
            "secondaryLocations": [
                {
                    "location": "Montréal Office",
                    "address": {
                        "postalAddress": {
                            "addressLocality": "Montreal",
                            "addressRegion": "QC",
                            "addressCountry": "Canada",
                        }
                    },
                }
            ],
            "publishedAt": "2026-10-20T10:00:00.123+00:00",
            "jobUrl": "https://jobs.ashbyhq.com/Quillwork/aa000000-0000-4000-8000-000000000001",
            "applyUrl": "https://jobs.ashbyhq.com/Quillwork/aa000000-0000-4000-8000-000000000001/application",
            "descriptionHtml": "<p style='min-height:1.5em'>Write tools.</p>",
            "compensation": {
                "compensationTierSummary": "CA$150K – CA$180K • 0.1% – 0.3%",
                "compensationTiers": [
                    {
                        "components": [
                            {
                                "compensationType": "EquityPercentage",
                                "interval": "NONE",
                                "currencyCode": None,
                                "minValue": 0.1,
                                "maxValue": 0.3,
                            },
                            {
                                "compensationType": "Salary",
                                "interval": "1 YEAR",
                                "currencyCode": "CAD",
                                "minValue": 150000,
                                "maxValue": 180000,
                            },
                            {
                                "compensationType": "Bonus",
                                "interval": "1 YEAR",
                                "currencyCode": "CAD",
                                "minValue": 5000,
                                "maxValue": 9000,
                            },
                        ]
                    }
                ],
                "summaryComponents": [],
            },
        },
        {
            "id": "aa000000-0000-4000-8000-000000000002",
            "title": "Support Agent",
            "employmentType": "Intern",
            "location": "Berlin",
            "isRemote": None,
            "workplaceType": None,
            "address": None,
            "jobUrl": "https://jobs.ashbyhq.com/Quillwork/aa000000-0000-4000-8000-000000000002",
            "descriptionPlain": "Help people.",
            "compensation": {
                "scrapeableCompensationSalarySummary": "€22 - €25 per hour",
                "compensationTiers": None,
            },
        },
        {"id": "aa000000-0000-4000-8000-000000000003", "title": "Secret role", "isListed": False},
    ],
}


def test_ashby(board: BoardServer, cache: Path) -> None:
    board.reply = of_json(ASHBY)
    batch = _ask(board, cache, ashby.SOURCE)
    first, second = batch.postings
    assert (batch.rows, batch.skipped) == (3, ())
    assert (first.company, first.level, first.employment) == ("Quillwork", "staff", Employment.FULL_TIME)
    assert _places(first) == [(None, None, "CA"), ("Montréal", "Quebec", "CA")]
    assert (first.remote, first.remote_from) == (Remote.REMOTE, ("CA",))
    assert first.salary == Salary(150000, 180000, "CAD", YEAR)
    assert first.posted_at == dt.datetime(2026, 10, 20, 10, 0, tzinfo=dt.UTC)
    assert second.salary == Salary(22, 25, "EUR", Period.HOUR)
    assert (second.employment, second.remote) == (Employment.INTERNSHIP, None)
    assert _places(second) == [("Berlin", "Berlin", "DE")]


def _workable_row(**parts: object) -> dict[str, object]:
    return {
        "title": "Harbour Pilot",
        "shortcode": "AB12CD34EF",
        "employment_type": "Full-time",
        "telecommuting": False,
        "url": "https://apply.workable.com/j/AB12CD34EF",
        "application_url": "https://apply.workable.com/j/AB12CD34EF/apply",
        "published_on": "2026-11-01",
        "country": "Greece",
        "city": "Piraeus",
        "state": "Attica",
        "experience": "Entry level",
        "locations": [
            {"country": "Greece", "countryCode": "GR", "city": "Piraeus", "region": "Attica", "hidden": False}
        ],
        "description": "<p>Guide ships.</p>",
    } | parts


def test_workable_is_one_job_though_it_stands_once_for_each_place(board: BoardServer, cache: Path) -> None:
    other = [{"country": "Malta", "countryCode": "MT", "city": "Valletta", "region": None, "hidden": False}]
    board.reply = of_json({"name": "Tidewater", "jobs": [_workable_row(), _workable_row(locations=other)]})
    batch = _ask(board, cache, workable.SOURCE, key="tw")
    assert (batch.rows, len(batch.postings)) == (2, 2)
    (made,) = united(batch.postings)
    assert (made.company, made.employment, made.level) == ("Tidewater", Employment.FULL_TIME, "junior")
    assert _places(made) == [("Piraeus", "Attica", "GR"), ("Valletta", None, "MT")]
    assert (made.posted_at, made.description_text) == (_day(2026, 11, 1), "Guide ships.")
    assert made.remote is None


def test_workable_in_pages_ends_at_the_last_token(board: BoardServer, cache: Path) -> None:
    def page(asked: Asked) -> Reply:
        number = 2 if asked.json == {"token": "next"} else 1
        row = {
            "id": number,
            "shortcode": f"00000000{number:02}",
            "title": "Stoker",
            "published": "2026-11-01T00:00:00.000Z",
            "type": "part",
            "workplace": "hybrid",
            "location": {"country": "Norway", "countryCode": "NO", "city": "Bergen", "region": "Vestland"},
        }
        return of_json({"total": 2, "results": [row], **({"nextPage": "next"} if number == 1 else {})})

    board.replies["/api/v1/widget/accounts/tw"] = Reply(status=404)
    board.replies["/api/v3/accounts/tw/jobs"] = page
    batch = _ask(board, cache, workable.SOURCE, key="tw")
    assert [one.url for one in batch.postings] == [
        "https://apply.workable.com/tw/j/0000000001",
        "https://apply.workable.com/tw/j/0000000002",
    ]
    assert batch.postings[0].remote is Remote.HYBRID
    assert _places(batch.postings[0]) == [("Bergen", "Vestland", "NO")]


def _smart_row(number: int) -> dict[str, object]:
    return {
        "id": f"74400000000{number:04}",
        "name": f"Cook {number}",
        "refNumber": f"REF{number}",
        "company": {"identifier": "Tidewater1", "name": "Tidewater"},
        "releasedDate": "2026-11-01T06:30:00.000Z",
        "location": {
            "city": "Gdańsk",
            "region": "Pomorskie",
            "country": "pl",
            "remote": False,
            "hybrid": True,
            "fullLocation": "Gdańsk, Poland",
        },
        "typeOfEmployment": {"id": "permanent", "label": "Full-time"},
        "experienceLevel": {"id": "entry_level", "label": "Entry Level"},
    }


def test_smartrecruiters_walks_pages_and_asks_for_descriptions(board: BoardServer, cache: Path) -> None:
    rows = [_smart_row(number) for number in range(103)]
    detail = {
        "applyUrl": "https://jobs.smartrecruiters.com/Tidewater1/1-cook",
        "jobAd": {
            "sections": {
                "companyDescription": {"title": "Company", "text": "<p>We sail.</p>"},
                "jobDescription": {"title": "Job", "text": "<p>You cook.</p>"},
                "qualifications": {"title": "", "text": ""},
                "videos": {"urls": []},
            }
        },
    }

    def listed(asked: Asked) -> Reply:
        start = int(asked.path.partition("offset=")[2])
        return of_json(
            {"offset": start, "limit": 100, "totalFound": 103, "content": rows[start : start + 100]}
        )

    board.replies["/v1/companies/tidewater1/postings"] = listed
    board.replies["/v1/companies/tidewater1/postings/744000000000000"] = of_json(detail)
    board.replies["/v1/companies/tidewater1/postings/744000000000001"] = Reply(status=500)
    board.reply = Reply(b"<html>", headers={"Content-Type": "text/html"})
    batch = _ask(board, cache, smartrecruiters.SOURCE, key="tidewater1")
    assert (batch.rows, len(batch.postings), batch.full, batch.skipped) == (103, 103, True, ())
    assert batch.warnings == ("102 of 103 jobs are without the details of their own page.",)
    first, second = batch.postings[:2]
    assert first.description_text == "Company\n\nWe sail.\n\nJob\n\nYou cook."
    assert first.apply_url == "https://jobs.smartrecruiters.com/Tidewater1/1-cook"
    assert second.description_text == ""
    assert (second.url, second.company) == (
        "https://jobs.smartrecruiters.com/Tidewater1/744000000000001",
        "Tidewater",
    )
    assert (second.remote, second.level, second.requisition) == (Remote.HYBRID, "junior", "REF1")
    assert second.employment is Employment.FULL_TIME
    assert _places(second) == [("Gdańsk", "Pomorskie", "PL")]


RECRUITEE = {
    "offers": [
        {
            "id": 31,
            "title": "Betriebsleiter:in",
            "status": "published",
            "company_name": "Fährwerk GmbH",
            "careers_url": "https://jobs.faehrwerk.test/o/betriebsleiterin",
            "careers_apply_url": "https://jobs.faehrwerk.test/o/betriebsleiterin/c/new",
            "mailbox_email": "job.x1@faehrwerk.recruitee.com",
            "published_at": "2026-10-05 07:00:00 UTC",
            "close_at": "2026-12-31",
            "remote": False,
            "hybrid": False,
            "on_site": True,
            "employment_type_code": "parttime_permanent",
            "experience_code": "manager",
            "salary": {"min": "4.200", "max": 5000, "currency": "EUR", "period": "month"},
            "locations": [
                {
                    "city": "Kiel",
                    "state": "Schleswig-Holstein",
                    "country": "Deutschland",
                    "country_code": "DE",
                },
                {"city": "Aarhus", "state": None, "country": "Denmark", "country_code": "DK"},
            ],
            "description": "<p>Fähren</p>",
            "requirements": "<ul><li>Patent</li></ul>",
        },
        {
            "id": 32,
            "title": None,
            "careers_url": "https://jobs.faehrwerk.test/o/koch",
            "remote": True,
            "hybrid": True,
            "salary": {"min": None, "max": None, "currency": None, "period": None},
            "location": "Rostock, Germany",
            "description": None,
            "translations": {"de": {"title": "Koch", "description": "<p>Kochen</p>"}},
        },
        {"id": 33, "title": "Entwurf", "status": "draft"},
    ]
}


def test_recruitee(board: BoardServer, cache: Path) -> None:
    board.reply = of_json(RECRUITEE)
    batch = _ask(board, cache, recruitee.SOURCE, key="faehrwerk")
    first, second = batch.postings
    assert (batch.rows, batch.skipped, board.paths) == (3, (), ["/api/offers/"])
    assert (first.company, first.remote, first.level) == ("Fährwerk GmbH", Remote.ON_SITE, "manager")
    assert first.salary == Salary(4200, 5000, "EUR", Period.MONTH)
    assert first.employment is Employment.PART_TIME
    assert _places(first) == [("Kiel", "Schleswig-Holstein", "DE"), ("Århus", None, "DK")]
    assert (first.posted_at, first.valid_through) == (
        dt.datetime(2026, 10, 5, 7, 0, tzinfo=dt.UTC),
        _day(2026, 12, 31),
    )
    assert first.apply_email == "job.x1@faehrwerk.recruitee.com"
    assert first.description_text == "Fähren\n• Patent"
    assert (second.remote, second.salary, second.company) == (Remote.REMOTE, None, "Faehrwerk")
    assert (second.title, second.description_text) == ("Koch", "Kochen")
    assert _places(second) == [("Rostock", "Mecklenburg-Western Pomerania", "DE")]


PERSONIO = """<?xml version="1.0" encoding="UTF-8"?>
<workzag-jobs>
  <position>
    <id>501</id><subcompany>Werft &amp; Söhne KG</subcompany>
    <office>Kiel</office><additionalOffices><office>Remote</office><office>Wien</office></additionalOffices>
    <name>Schweißer (m/w/d)</name>
    <jobDescriptions>{texts}</jobDescriptions>
    <employmentType>permanent</employmentType><seniority>entry-level</seniority><schedule>part-time</schedule>
    <createdAt>2026-10-15T08:00:00+0200</createdAt>
  </position>
  <position>
    <id>502</id><office>Kiel</office><name>Praktikum Schiffbau</name>
    <jobDescriptions/>
    <employmentType>intern</employmentType><schedule>full-time</schedule>
  </position>
</workzag-jobs>"""
TEXTS = (
    "<jobDescription><name>Aufgaben</name><value><![CDATA[<ul><li>Schweißen &amp; messen</li></ul>]]></value>"
    "</jobDescription>"
)


def _xml(text: str) -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "application/xml"})


def test_personio(board: BoardServer, cache: Path) -> None:
    board.reply = _xml(PERSONIO.format(texts=TEXTS))
    batch = _ask(board, cache, personio.SOURCE, key="werft")
    first, second = batch.postings
    assert (batch.rows, batch.full, batch.skipped) == (2, True, ())
    assert (first.company, first.url) == ("Werft & Söhne KG", "https://werft.jobs.personio.de/job/501")
    assert [place.text for place in first.places] == ["Kiel", "Remote", "Wien"]
    assert (first.employment, first.level) == (Employment.PART_TIME, "junior")
    assert first.posted_at == dt.datetime(2026, 10, 15, 6, 0, tzinfo=dt.UTC)
    assert first.description_text == "Aufgaben\n• Schweißen & messen"
    assert (second.employment, second.company) == (Employment.INTERNSHIP, "Werft")


def test_personio_takes_english_texts_where_there_are_no_others(board: BoardServer, cache: Path) -> None:
    english = _xml(PERSONIO.format(texts=TEXTS.replace("Aufgaben", "Tasks")))
    board.reply = lambda asked: english if "language=en" in asked.path else _xml(PERSONIO.format(texts=""))
    batch = _ask(board, cache, personio.SOURCE, key="werft")
    assert batch.postings[0].description_text.startswith("Tasks")


def test_a_feed_that_breaks_off_keeps_what_came(board: BoardServer, cache: Path) -> None:
    board.reply = _xml(PERSONIO.format(texts=TEXTS)[:-200])
    batch = _ask(board, cache, personio.SOURCE, key="werft")
    assert batch.postings[0].external_id == "501"
    assert not batch.full


def test_no_entity_of_a_feed_reaches_a_file(board: BoardServer, cache: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    bomb = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><workzag-jobs><position><id>1</id>'
        "<name>Cook &e;</name></position></workzag-jobs>"
    )
    board.reply = _xml(bomb)
    batch = _ask(board, cache, personio.SOURCE, key="werft")
    assert "hidden" not in str(batch)


@pytest.mark.parametrize(
    "source", [greenhouse.SOURCE, lever.SOURCE, ashby.SOURCE, workable.SOURCE, recruitee.SOURCE]
)
@pytest.mark.parametrize("answer", [{"message": "moved"}, "text", 5, None])
def test_another_shape_is_said(board: BoardServer, cache: Path, source: Source, answer: object) -> None:
    board.reply = of_json(answer)
    with pytest.raises(BoardFault) as fault:
        _ask(board, cache, source)
    assert fault.value.kind is Fault.SHAPE


def test_a_web_page_is_no_feed(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(b"<!doctype html><html><body>Hi</body></html>", headers={"Content-Type": "text/html"})
    with pytest.raises(BoardFault, match="web page"):
        _ask(board, cache, personio.SOURCE)


def test_a_board_without_jobs_is_no_fault(board: BoardServer, cache: Path) -> None:
    board.reply = of_json({"jobs": [], "meta": {"total": 0}})
    batch = _ask(board, cache, greenhouse.SOURCE)
    assert (batch.postings, batch.rows, batch.full) == ((), 0, True)
    board.reply = _xml("<workzag-jobs></workzag-jobs>")
    assert _ask(board, cache, personio.SOURCE).rows == 0


@pytest.mark.parametrize("key", ["", "evil.test/#", "a/../b", "x@y", "-", "..", "a b"])
def test_no_key_leads_to_another_host(key: str) -> None:
    with pytest.raises(BoardFault):
        made = origin("https://{company}.jobs.personio.de", key)
        assert made.endswith(".jobs.personio.de")
        greenhouse.fetch(Web(cache=Path("/nowhere")), Ask("https://boards.invalid", key))


def test_a_companys_host_is_made_of_its_key() -> None:
    assert origin("https://{company}.recruitee.com", "Acme-2") == "https://acme-2.recruitee.com"
    assert origin("http://127.0.0.1:5000", "whatever") == "http://127.0.0.1:5000"
