"""The boards of companies whose lists say little: each row stays a job, and its own page adds what it can."""

import datetime as dt
from pathlib import Path

import pytest

from hearback.boards import (
    bamboohr,
    breezy,
    eightfold,
    hrmdirect,
    icims,
    jobvite,
    neogov,
    oracle,
    pinpoint,
    rippling,
    teamtailor,
    workday,
)
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.rows import united
from hearback.boards.posting import Batch, Employment, Period, Posting, Remote, Salary
from hearback.boards.source import Ask, Source, ask_board
from hearback.boards.web import Web
from tests.support.board_server import Asked, BoardServer, Reply, of_json, web_page

YEAR, HOUR = Period.YEAR, Period.HOUR
LD = """<script type="application/ld+json">{"@type": "JobPosting", "title": "Other title",
"datePosted": "2026-11-02", "employmentType": "PART_TIME", "description": "<p>Fix roofs.</p>",
"hiringOrganization": {"name": "Roofwell"}}</script>"""


def _ask(board: BoardServer, cache: Path, source: Source, key: str) -> Batch:
    with Web(board.url, cache=cache) as web:
        return ask_board(source, web, Ask(board.url, key))


def _cities(posting: Posting) -> list[str | None]:
    return [place.city for place in posting.places]


def test_bamboohr(board: BoardServer, cache: Path) -> None:
    rows = [
        {
            "id": "11",
            "jobOpeningName": "Roofer",
            "employmentStatusLabel": "Part Time",
            "location": {"city": "Tulsa", "state": "Oklahoma"},
            "locationType": "2",
            "isRemote": None,
        },
        {
            "id": "12",
            "jobOpeningName": "Estimator",
            "location": {"city": None, "state": None},
            "atsLocation": {"city": "Leeds", "country": "United Kingdom"},
            "locationType": "1",
        },
    ]
    opening = {
        "description": "<p>Lay slate.</p>",
        "compensation": "$24 - $30 per hour",
        "datePosted": "2026-11-02",
    }
    board.replies["/careers/list"] = of_json({"meta": {"totalCount": 2}, "result": rows})
    board.replies["/careers/11/detail"] = of_json({"result": {"jobOpening": opening}})
    board.reply = Reply(status=500)
    batch = _ask(board, cache, bamboohr.SOURCE, "roofwell")
    first, second = batch.postings
    assert (batch.rows, batch.full, len(batch.warnings)) == (2, True, 1)
    assert (first.url, first.company) == ("https://roofwell.bamboohr.com/careers/11", "Roofwell")
    assert (first.remote, first.employment) == (Remote.HYBRID, Employment.PART_TIME)
    assert (first.salary, first.description_text) == (Salary(24, 30, "USD", HOUR), "Lay slate.")
    assert (_cities(first), _cities(second)) == (["Tulsa"], ["Leeds"])
    assert (second.remote, second.remote_from) == (Remote.REMOTE, ("GB",))


def test_breezy(board: BoardServer, cache: Path) -> None:
    board.reply = of_json(
        [
            {
                "id": "f00",
                "name": "Roofer",
                "url": "https://roofwell.breezy.hr/p/f00-roofer",
                "published_date": "2026-11-02T09:00:00.000Z",
                "type": {"id": "contract", "name": "Contract"},
                "location": {
                    "name": "Calgary, AB",
                    "city": "Calgary",
                    "country": {"id": "CA", "name": "Canada"},
                    "is_remote": False,
                },
                "salary": "$30 - $40 / hour",
                "company": {"name": "Roofwell Ltd"},
                "locations": [],
            }
        ]
    )
    made = _ask(board, cache, breezy.SOURCE, "roofwell").postings[0]
    assert (made.company, made.employment, made.remote) == ("Roofwell Ltd", Employment.CONTRACT, None)
    assert made.salary == Salary(30, 40, "CAD", HOUR)
    assert [(place.city, place.country) for place in made.places] == [("Calgary", "CA")]


def test_pinpoint_keeps_hidden_pay_hidden(board: BoardServer, cache: Path) -> None:
    row = {
        "id": "9",
        "title": "Surveyor",
        "path": "/postings/9",
        "description": "<p>Measure.</p>",
        "benefits_header": "Perks",
        "benefits": "<p>A van</p>",
        "workplace_type": "onsite",
        "compensation_minimum": 40000,
        "compensation_maximum": 50000,
        "compensation_currency": "GBP",
        "compensation_frequency": "year",
        "compensation_visible": True,
        "employment_type": "permanent_full_time",
        "deadline_at": "2026-12-01T12:00:00Z",
        "location": {"city": "Leeds", "name": "Leeds HQ"},
        "job": {"requisition_id": "R9"},
    }
    board.reply = of_json({"data": [row, row | {"id": "10", "compensation_visible": False}]})
    shown, hidden = _ask(board, cache, pinpoint.SOURCE, "roofwell").postings
    assert shown.url == "https://roofwell.pinpointhq.com/postings/9"
    assert shown.salary == Salary(40000, 50000, "GBP", YEAR)
    assert (shown.remote, shown.employment, shown.requisition) == (Remote.ON_SITE, Employment.FULL_TIME, "R9")
    assert shown.description_text == "Measure.\n\nPerks\n\nA van"
    assert _cities(shown) == ["Leeds"]
    assert hidden.salary is None


def test_rippling_is_one_job_for_all_its_places(board: BoardServer, cache: Path) -> None:
    row = {"uuid": "u-1", "name": "Surveyor", "url": "https://ats.rippling.com/roofwell/jobs/u-1"}
    rows = [row | {"workLocation": {"label": label}} for label in ("Remote (Ohio, US)", "Boston, MA")]
    detail = {
        "companyName": "Roofwell Inc",
        "description": {"company": "<p>We roof.</p>", "role": "<p>You measure.</p>"},
        "employmentType": {"label": "SALARIED_FT", "id": "Salaried, full-time"},
        "createdOn": "2026-11-02T00:00:00Z",
        "payRangeDetails": [
            {"rangeStart": 90000, "rangeEnd": 100000, "currency": "USD", "frequency": "YEAR"},
            {"rangeStart": 80000, "rangeEnd": 95000, "currency": "USD", "frequency": "YEAR"},
        ],
    }
    board.replies["/platform/api/ats/v1/board/roofwell/jobs"] = of_json(rows)
    board.replies["/platform/api/ats/v1/board/roofwell/jobs/u-1"] = of_json(detail)
    batch = _ask(board, cache, rippling.SOURCE, "roofwell")
    assert (batch.rows, len(batch.postings), batch.warnings) == (2, 2, ())
    (made,) = united(batch.postings)
    assert (made.company, made.remote, made.employment) == (
        "Roofwell Inc",
        Remote.REMOTE,
        Employment.FULL_TIME,
    )
    assert [(one.city, one.region) for one in made.places] == [(None, "Ohio"), ("Boston", "Massachusetts")]
    assert made.salary == Salary(80000, 100000, "USD", YEAR)
    assert made.description_text == "We roof.\n\nYou measure."
    assert len([path for path in board.paths if path.endswith("u-1")]) == 1


def test_teamtailor(board: BoardServer, cache: Path) -> None:
    node = {
        "@type": "JobPosting",
        "identifier": {"name": "Roofwell", "value": 701},
        "jobLocation": [
            {"address": {"addressLocality": "Malmö", "addressRegion": "Sweden", "addressCountry": "SE"}}
        ],
        "employmentType": "FULL_TIME",
    }
    item = {
        "id": "a-b",
        "title": "Takläggare",
        "url": "https://karriar.roofwell.test/jobs/701-taklaggare",
        "date_published": "2026-11-02T08:00:00+01:00",
        "content_html": "<p>Lägg tak.</p>",
        "_jobposting": node,
    }
    board.reply = of_json({"title": "Roofwell", "items": [item, item | {"id": "c", "_jobposting": None}]})
    first, second = _ask(board, cache, teamtailor.SOURCE, "roofwell").postings
    assert (first.external_id, first.company, first.employment) == ("701", "Roofwell", Employment.FULL_TIME)
    assert (_cities(first), first.description_text) == (["Malmö"], "Lägg tak.")
    assert first.posted_at == dt.datetime(2026, 11, 2, 7, 0, tzinfo=dt.UTC)
    assert (second.external_id, second.title, second.places) == ("c", "Takläggare", ())


def test_workday_walks_its_pages_and_reads_each_jobs_own(board: BoardServer, cache: Path) -> None:
    def row(number: int) -> dict[str, object]:
        return {
            "title": f"Roofer {number}",
            "externalPath": f"/job/Ohio---Dayton/Roofer_R{number}-1",
            "locationsText": "2 Locations" if number else "Dayton, OH",
            "postedOn": "Posted 30+ Days Ago",
            "bulletFields": [f"R{number}"],
        }

    def page(asked: Asked) -> Reply:
        question = asked.json
        start = question["offset"] if isinstance(question, dict) else 0
        return of_json({"total": 21, "jobPostings": [row(n) for n in range(start, min(start + 20, 21))]})

    detail = {
        "jobPostingInfo": {
            "jobDescription": "<p>Lay tiles.</p>",
            "location": "Dayton, OH",
            "additionalLocations": ["Lima, OH"],
            "startDate": "2026-09-02",
            "timeType": "Full time",
            "jobReqId": "R1",
            "remoteType": "Hybrid",
            "externalUrl": "https://roofwell.wd5.myworkdayjobs.com/Ext/job/Ohio---Dayton/Roofer_R1-1",
        }
    }
    board.replies["/wday/cxs/roofwell/Ext/jobs"] = page
    board.replies["/wday/cxs/roofwell/Ext/job/Ohio---Dayton/Roofer_R1-1"] = of_json(detail)
    board.reply = Reply(status=404)
    batch = _ask(board, cache, workday.SOURCE, "roofwell.wd5/Ext")
    assert (batch.rows, len(batch.postings), batch.full) == (21, 21, True)
    bare, whole, other = batch.postings[:3]
    assert bare.url == "https://roofwell.wd5.myworkdayjobs.com/Ext/job/Ohio---Dayton/Roofer_R0-1"
    assert (bare.external_id, bare.company, bare.posted_at, bare.requisition) == (
        "R0-1",
        "Roofwell",
        None,
        "R0",
    )
    assert [_cities(one) for one in (bare, whole, other)] == [["Dayton"], ["Dayton", "Lima"], ["Dayton"]]
    assert (whole.remote, whole.employment) == (Remote.HYBRID, Employment.FULL_TIME)
    assert (whole.posted_at, whole.description_text) == (dt.datetime(2026, 9, 2, tzinfo=dt.UTC), "Lay tiles.")


def test_eightfold(board: BoardServer, cache: Path) -> None:
    row = {
        "id": 88,
        "name": "Roofer",
        "canonicalPositionUrl": "https://roofwell.eightfold.ai/careers/job/88",
        "location": "Dayton, Ohio, United States",
        "locations": ["Dayton, Ohio, United States", "Lima, Ohio, United States"],
        "job_description": "<p>Lay tiles.</p>",
        "t_create": 1790000000,
        "work_location_option": "onsite",
    }
    board.reply = of_json({"positions": [row], "count": 1})
    made = _ask(board, cache, eightfold.SOURCE, "roofwell/roofwell.test").postings[0]
    assert "domain=roofwell.test" in board.paths[0]
    assert (_cities(made), made.remote, made.company) == (["Dayton", "Lima"], Remote.ON_SITE, "Roofwell")
    assert made.posted_at == dt.datetime.fromtimestamp(1790000000, dt.UTC)


def test_oracle(board: BoardServer, cache: Path) -> None:
    row = {
        "Id": "300",
        "Title": "Roofer",
        "PostedDate": "2026-11-02",
        "PrimaryLocation": "DAYTON, OH, United States",
        "secondaryLocations": [{"Name": "LIMA, OH, United States"}],
    }
    detail = {
        "ExternalDescriptionStr": "<p>Lay tiles.</p>",
        "ExternalQualificationsStr": "<p>No fear</p>",
        "WorkplaceType": "On-site",
        "JobSchedule": "Part time",
    }
    rest = "/hcmRestApi/resources/latest/recruitingCEJobRequisition"
    board.replies[f"{rest}s"] = of_json({"items": [{"requisitionList": [row]}]})
    board.replies[f"{rest}Details"] = of_json({"items": [detail]})
    made = _ask(board, cache, oracle.SOURCE, "roof.fa.us2/CX_1001").postings[0]
    assert (
        made.url == "https://roof.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1001/job/300"
    )
    assert (_cities(made), made.remote, made.employment) == (
        ["Dayton", "Lima"],
        Remote.ON_SITE,
        Employment.PART_TIME,
    )
    assert made.description_text == "Lay tiles.\n\nQualifications\n\nNo fear"


ICIMS = """<ul><li class="iCIMS_JobCardItem"><div class="col-xs-6 header left">
<span class="sr-only">Job Locations</span><span>US-OH-Dayton</span></div><a class="iCIMS_Anchor"
href="https://careers-roofwell.icims.com/jobs/42/roofer/job?in_iframe=1"><span class="sr-only">Title</span>
<h3>Roofer &amp; Tiler</h3></a></li></ul>"""
JOBVITE = """<table class="jv-job-list"><tr><td><a href="/roofwell/job/oAbC1">Roofer &amp; Tiler</a></td>
<td class="jv-job-list-location">Dayton, Ohio</td></tr></table>"""
HRMDIRECT = """<table><tr class="reqitem" data-req-id="42"><td class="posTitle"><a
href="job-opening.php?req=42&amp;req_loc=7&amp;#job">Roofer &amp; Tiler</td><td class="cities">Dayton</td>
<td class="state">OH</td><td>11/01/2026</td></tr></table>"""


@pytest.mark.parametrize(
    ("source", "key", "listing", "url"),
    [
        (icims.SOURCE, "careers-roofwell", ICIMS, "https://careers-roofwell.icims.com/jobs/42/roofer/job"),
        (jobvite.SOURCE, "roofwell", JOBVITE, "https://jobs.jobvite.com/roofwell/job/oAbC1"),
        (
            hrmdirect.SOURCE,
            "roofwell",
            HRMDIRECT,
            "https://roofwell.hrmdirect.com/employment/job-opening.php?req=42&req_loc=7",
        ),
    ],
)
def test_lists_made_for_people(
    board: BoardServer, cache: Path, source: Source, key: str, listing: str, url: str
) -> None:
    def page(asked: Asked) -> Reply:
        one_job = "/job/" in asked.path or "/roofer/" in asked.path or "job-opening.php" in asked.path
        return web_page(LD if one_job else listing)

    board.reply = page
    batch = _ask(board, cache, source, key)
    made = batch.postings[0]
    assert (batch.rows, batch.full, batch.skipped, batch.warnings) == (1, True, (), ())
    assert (made.title, made.url, made.company) == ("Roofer & Tiler", url, "Roofwell")
    assert (_cities(made), made.employment) == (["Dayton"], Employment.PART_TIME)
    assert made.description_text == "Fix roofs."
    assert made.posted_at is not None


@pytest.mark.parametrize("source", [icims.SOURCE, jobvite.SOURCE, hrmdirect.SOURCE])
def test_another_page_is_no_empty_list(board: BoardServer, cache: Path, source: Source) -> None:
    board.reply = web_page()
    with pytest.raises(BoardFault) as fault:
        _ask(board, cache, source, "roofwell")
    assert fault.value.kind is Fault.SHAPE


NEOGOV = """<?xml version="1.0"?><rss xmlns:joblisting="http://www.neogov.com/namespaces/JobListing"><channel>
<title>City of Lindale</title><item><guid>https://www.governmentjobs.com/careers/lindale/jobs/5</guid>
<link>https://www.governmentjobs.com/careers/lindale/jobs/5</link><title>Park Keeper</title>
<description>&lt;p&gt;Mow.&lt;/p&gt;</description><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate>
<joblisting:jobId>5</joblisting:jobId><joblisting:minimumSalary>21.5</joblisting:minimumSalary>
<joblisting:maximumSalary>25</joblisting:maximumSalary><joblisting:salaryCurrency>USD</joblisting:salaryCurrency>
<joblisting:salaryInterval>Hour</joblisting:salaryInterval>
<joblisting:location>Dayton, Ohio</joblisting:location>
<joblisting:advertiseToDateTimeUTC>Sun, 20 Dec 2026 04:59:00:0</joblisting:advertiseToDateTimeUTC>
<joblisting:qualifications>&lt;p&gt;Kind&lt;/p&gt;</joblisting:qualifications></item></channel></rss>"""


def test_neogov(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(NEOGOV.encode(), headers={"Content-Type": "application/rss+xml"})
    made = _ask(board, cache, neogov.SOURCE, "lindale").postings[0]
    assert (made.external_id, made.company) == ("5", "City of Lindale")
    assert (made.salary, _cities(made)) == (Salary(21.5, 25, "USD", HOUR), ["Dayton"])
    assert made.valid_through == dt.datetime(2026, 12, 20, 4, 59, tzinfo=dt.UTC)
    assert made.description_text == "Mow.\n\nQualifications\n\nKind"
