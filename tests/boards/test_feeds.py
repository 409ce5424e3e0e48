"""Each feed is read as its board writes it: every row comes out, with all that the board says of it."""

import datetime as dt
from pathlib import Path

import pytest

from hearback.boards import (
    arbeitnow,
    hackernews,
    hackernews_head,
    himalayas,
    jobicy,
    remoteok,
    remotive,
    themuse,
    weworkremotely,
)
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.rows import Unreadable
from hearback.boards.posting import Batch, Employment, Period, Place, Posting, Remote, Salary
from hearback.boards.source import Ask, Source, ask_board
from hearback.boards.web import Web
from tests.support.board_server import Asked, BoardServer, Reply, of_json, web_page


def _fetch(board: BoardServer, cache: Path, source: Source) -> Batch:
    with Web(board.url, cache=cache) as web:
        return ask_board(source, web, Ask(board.url))


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_remotive(board: BoardServer, cache: Path) -> None:
    row = {
        "id": 88121,
        "url": "https://remotive.com/remote-jobs/devops/sre-88121",
        "title": "Site Reliability Engineer",
        "company_name": "Gl&ouml;ckner &amp; Co",
        "tags": ["kubernetes"],
        "job_type": "contract",
        "publication_date": "2026-09-30T10:11:12",
        "candidate_required_location": "USA, Canada",
        "salary": "$120k - $150k /year",
        "description": "<h1>Us</h1><script>x()</script><p>Keep it up.</p>",
    }
    board.reply = of_json(
        {"0-legal-notice": "Mention us", "job-count": 1, "total-job-count": 1, "jobs": [row]}
    )
    batch = _fetch(board, cache, remotive.SOURCE)
    assert board.paths == ["/api/remote-jobs"] and batch.full
    (job,) = batch.postings
    assert (job.board, job.feed, job.external_id) == ("remotive", "", "88121")
    assert (job.title, job.company) == ("Site Reliability Engineer", "Glöckner & Co")
    assert job.places == (Place("USA", country="US"), Place("Canada", country="CA"))
    assert job.remote is Remote.REMOTE and set(job.remote_from) == {"US", "CA"}
    # Which dollar is meant, nobody says.
    assert job.salary == Salary(120_000, 150_000, "USD", Period.YEAR, guessed=True)
    assert job.employment is Employment.CONTRACT
    assert job.posted_at == _at("2026-09-30T10:11:12")
    assert "script" not in job.description_html and "Keep it up." in job.description_text


def test_remotive_is_full_only_where_it_gives_all_that_it_has(board: BoardServer, cache: Path) -> None:
    board.reply = of_json({"total-job-count": 40, "jobs": []})
    assert not _fetch(board, cache, remotive.SOURCE).full


def _arbeitnow(slug: str, **more: object) -> dict[str, object]:
    return {
        "slug": slug,
        "company_name": "Möbelhaus Nord",
        "title": "Tischler (m/w/d)",
        "remote": False,
        "description": "<p>Holz.</p>",
        "url": f"https://www.arbeitnow.com/jobs/companies/nord/{slug}",
        "tags": [],
        "job_types": ["Vollzeit"],
        "location": "Hamburg",
        "created_at": 1790000000,
        **more,
    }


def test_arbeitnow_walks_its_pages(board: BoardServer, cache: Path) -> None:
    def reply(asked: Asked) -> Reply:
        number = int(asked.path.rpartition("=")[2])
        rows = [_arbeitnow(f"p{number}-{at}") for at in range(3)]
        return of_json(
            {"data": rows, "links": {"next": "https://x/?page=9" if number < 3 else None}, "meta": {}}
        )

    board.reply = reply
    batch = _fetch(board, cache, arbeitnow.SOURCE)
    assert len(batch.postings) == batch.rows == 9 and batch.full
    job = batch.postings[0]
    assert job.places == (Place("Hamburg", "Hamburg", "Hamburg", "DE"),)
    assert (job.employment, job.remote) == (Employment.FULL_TIME, None)
    assert job.posted_at == dt.datetime.fromtimestamp(1790000000, dt.UTC)


def test_a_board_that_gives_one_page_for_every_number_gives_it_once(board: BoardServer, cache: Path) -> None:
    board.reply = of_json({"data": [_arbeitnow("a", remote=True)], "links": {"next": "https://x/?page=2"}})
    batch = _fetch(board, cache, arbeitnow.SOURCE)
    assert [job.external_id for job in batch.postings] == ["a"] and batch.rows == 1
    assert batch.postings[0].remote is Remote.REMOTE


def test_remoteok_leaves_out_its_notice_and_takes_0_for_no_salary(board: BoardServer, cache: Path) -> None:
    job = {
        "slug": "remote-nurse-educator-501",
        "id": "501",
        "epoch": 1790000000,
        "date": "2026-09-21T14:13:20+00:00",
        "company": "Caf&eacute; &amp; Care",
        "position": "Nurse Educator â\x80\x94 Nights",
        "tags": ["health"],
        "description": "Weâ\x80\x99re hiring<br/><br/>Please mention the word **CALM** and tag RMTI3 when"
        " applying to show you read the job post completely (#RMTI3). This is a beta feature.",
        "location": "Lisbon, Portugal, ",
        "salary_min": 0,
        "salary_max": 0,
        "url": "https://remoteOK.com/remote-jobs/501",
        "apply_url": "https://remoteOK.com/l/501",
    }
    paid = {**job, "id": "502", "salary_min": 70000, "salary_max": 110000, "location": "Probably worldwide"}
    board.reply = of_json([{"last_updated": 1, "legal": "Link back to us."}, job, paid])
    batch = _fetch(board, cache, remoteok.SOURCE)
    assert batch.rows == 2 and not batch.full
    first, second = batch.postings
    assert (first.title, first.company) == ("Nurse Educator — Nights", "Café & Care")
    # What tells the company who asked is not its own.
    assert first.description_text in {"We’re hiring", "We're hiring"}
    assert first.salary is None
    assert first.places[0].city == "Lisbon" and first.places[0].country == "PT"
    assert second.salary == Salary(70_000, 110_000, "USD", Period.YEAR)
    assert second.apply_url == "https://remoteOK.com/l/501"


@pytest.mark.parametrize(
    ("pay", "salary"),
    [
        ({}, None),
        (
            {"annualSalaryMin": "90000", "annualSalaryMax": "120000", "salaryCurrency": "USD"},
            Salary(90_000, 120_000, "USD", Period.YEAR),
        ),
        (
            {"salaryMin": 30, "salaryMax": 45, "salaryCurrency": "EUR", "salaryPeriod": "hourly"},
            Salary(30, 45, "EUR", Period.HOUR),
        ),
        ({"salaryMin": 0, "salaryMax": 0, "salaryCurrency": "USD", "salaryPeriod": "yearly"}, None),
    ],
)
def test_jobicy(board: BoardServer, cache: Path, pay: dict[str, object], salary: Salary | None) -> None:
    row = {
        "id": 9001,
        "url": "https://jobicy.com/jobs/9001-copywriter",
        "jobSlug": "9001-copywriter",
        "jobTitle": "Copywriter",
        "companyName": "Ink &amp; Oak",
        "jobIndustry": ["Copywriting &amp; Content"],
        "jobType": ["Part-Time"],
        "jobGeo": "Europe,  USA",
        "jobLevel": "Senior",
        "jobExcerpt": "Words",
        "jobDescription": "<p>Words, all day.</p>",
        "pubDate": "2026-10-01 09:00:00",
        **pay,
    }
    board.reply = of_json({"jobCount": 1, "jobs": [row], "success": True})
    (job,) = _fetch(board, cache, jobicy.SOURCE).postings
    assert board.paths == ["/api/v2/remote-jobs?count=100"]
    assert (job.title, job.company, job.level) == ("Copywriter", "Ink & Oak", "senior")
    assert job.places == (Place("Europe"), Place("USA", country="US"))
    assert job.remote is Remote.REMOTE and set(job.remote_from) == {"Europe", "US"}
    assert (job.employment, job.salary) == (Employment.PART_TIME, salary)
    assert job.posted_at == _at("2026-10-01T09:00")


def test_the_muse(board: BoardServer, cache: Path) -> None:
    def reply(asked: Asked) -> Reply:
        number = int(asked.path.partition("page=")[2].partition("&")[0])
        row = {
            "id": 70 + number,
            "name": "Data Analyst",
            "contents": "<p>Numbers.</p>",
            "short_name": "data-analyst",
            "publication_date": "2026-09-09T23:00:00Z",
            "type": "external",
            "company": {"id": 1, "name": "Tidewater"},
            "locations": [{"name": "Flexible / Remote"}, {"name": "Boston, MA"}],
            "categories": [{"name": "Data"}],
            "levels": [{"name": "Entry Level", "short_name": "entry"}],
            "refs": {"landing_page": f"https://www.themuse.com/jobs/tidewater/{number}"},
        }
        return of_json({"page": number, "page_count": 2, "results": [row]})

    board.reply = reply
    batch = _fetch(board, cache, themuse.SOURCE)
    assert [job.external_id for job in batch.postings] == ["70", "71"] and batch.full
    job = batch.postings[0]
    assert (job.company, job.level, job.remote) == ("Tidewater", "junior", Remote.REMOTE)
    assert job.places == (Place("Boston, MA", "Boston", "Massachusetts", "US"),)


def test_himalayas(board: BoardServer, cache: Path) -> None:
    def reply(asked: Asked) -> Reply:
        offset = int(asked.path.rpartition("=")[2])
        row = {
            "title": "Product Manager",
            "excerpt": "Own it",
            "companyName": "Fjord Pay",
            "employmentType": "Full Time",
            "minSalary": 95000,
            "maxSalary": None,
            "currency": "CAD",
            "seniority": ["Mid-level"],
            "locationRestrictions": [{"alpha2": "GE", "name": "Georgia", "slug": "georgia"}],
            "description": "<p>Own the roadmap.</p>",
            "pubDate": 1790000000000,
            "expiryDate": 1795000000000,
            "applicationLink": f"https://himalayas.app/companies/fjord-pay/jobs/pm-{offset}",
            "guid": f"https://himalayas.app/companies/fjord-pay/jobs/pm-{offset}",
        }
        return of_json({"totalCount": 33, "limit": 20, "offset": offset, "jobs": [row]})

    board.reply = reply
    batch = _fetch(board, cache, himalayas.SOURCE)
    assert board.paths == ["/jobs/api?limit=20&offset=0", "/jobs/api?limit=20&offset=20"]
    assert batch.full and batch.rows == 2
    job = batch.postings[0]
    # The board's code says which Georgia is meant.
    assert job.places == (Place("Georgia", country="GE"),) and job.remote_from == ("GE",)
    assert job.salary == Salary(95_000, None, "CAD", Period.YEAR)
    assert job.posted_at == dt.datetime.fromtimestamp(1790000000, dt.UTC)
    assert job.valid_through == dt.datetime.fromtimestamp(1795000000, dt.UTC)


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss"><channel><title>Remote jobs</title>
<item><title>Harbour &amp; Mill: Senior Ruby Developer</title><region>Anywhere in the World</region>
<category>Back-End Programming</category><type>Full-Time</type>
<description>&lt;p&gt;&lt;strong&gt;Home:&lt;/strong&gt; Leeds&lt;/p&gt;&lt;p&gt;Ship it.&lt;/p&gt;
</description>
<pubDate>Thu, 01 Oct 2026 12:00:00 +0000</pubDate><expires_at>Sat, 31 Oct 2026 12:00:00 +0000</expires_at>
<guid>https://weworkremotely.com/remote-jobs/harbour-mill-senior-ruby-developer</guid>
<link>https://weworkremotely.com/remote-jobs/harbour-mill-senior-ruby-developer</link></item>
<item><title>A title without its company</title><region>USA Only</region>
<link>https://weworkremotely.com/remote-jobs/two</link><guid>https://weworkremotely.com/remote-jobs/two</guid></item>
<item><title>Olive: Ops Lead: Nights</title><region>USA Only</region><type>Contract</type>
<link>https://weworkremotely.com/remote-jobs/three</link><guid>https://weworkremotely.com/remote-jobs/three</guid></item>
</channel></rss>
"""


def test_we_work_remotely(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(RSS.encode(), headers={"Content-Type": "application/rss+xml"})
    batch = _fetch(board, cache, weworkremotely.SOURCE)
    assert (batch.rows, len(batch.skipped), batch.warnings) == (3, 1, ())
    first, second = batch.postings
    assert (first.company, first.title, first.level) == ("Harbour & Mill", "Senior Ruby Developer", "senior")
    assert first.remote is Remote.REMOTE and first.remote_from == ("Worldwide",)
    assert first.employment is Employment.FULL_TIME and "Ship it." in first.description_text
    assert (first.posted_at, first.valid_through) == (_at("2026-10-01T12:00"), _at("2026-10-31T12:00"))
    assert (second.company, second.title) == ("Olive", "Ops Lead: Nights")
    assert second.remote_from == ("US",)


def test_a_feed_of_xml_that_breaks_off_gives_what_stands_before(board: BoardServer, cache: Path) -> None:
    board.reply = Reply(RSS[: RSS.index("A title without")].encode())
    batch = _fetch(board, cache, weworkremotely.SOURCE)
    assert [job.company for job in batch.postings] == ["Harbour & Mill"]
    assert batch.warnings


def test_no_answer_names_a_file_of_this_machine(board: BoardServer, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS)
    board.reply = Reply(str(tmp_path / "feed.xml").encode())
    with pytest.raises(BoardFault) as told:
        _fetch(board, cache, weworkremotely.SOURCE)
    assert told.value.kind is Fault.SHAPE


@pytest.mark.parametrize("reply", [web_page(), of_json({"jobs": []}), Reply(b"")])
def test_what_is_no_feed_of_xml_is_a_changed_shape(board: BoardServer, cache: Path, reply: Reply) -> None:
    board.reply = reply
    with pytest.raises(BoardFault) as told:
        _fetch(board, cache, weworkremotely.SOURCE)
    assert told.value.kind is Fault.SHAPE


def _thread(*texts: str | None) -> dict[str, object]:
    children = [
        {"id": 900 + at, "author": "someone", "text": text, "created_at_i": 1790000000, "children": []}
        for at, text in enumerate(texts)
    ]
    return {"id": 42, "type": "story", "title": "Ask HN: Who is hiring? (October 2026)", "children": children}


def _hn(board: BoardServer, cache: Path, *texts: str | None) -> Batch:
    hits = [
        {
            "objectID": "41",
            "title": "Ask HN: Freelancer? Seeking freelancer? (October 2026)",
            "created_at_i": 99,
        },
        {"objectID": "40", "title": "Ask HN: Who wants to be hired? (October 2026)", "created_at_i": 98},
        {"objectID": "30", "title": "Ask HN: Who is hiring? (September 2026)", "created_at_i": 20},
        {"objectID": "42", "title": "Ask HN: Who is hiring? (October 2026)", "created_at_i": 97},
    ]
    board.replies["/api/v1/search_by_date"] = of_json({"hits": hits})
    board.replies["/api/v1/items/42"] = of_json(_thread(*texts))
    return _fetch(board, cache, hackernews.SOURCE)


def test_hacker_news_reads_the_parts_of_a_first_line_in_any_order(board: BoardServer, cache: Path) -> None:
    batch = _hn(
        board,
        cache,
        "Brightwater Labs | Senior Backend Engineer | Berlin, Germany | Full-time | Hybrid | €75k-€95k"
        '<p>Water. <a href="https:&#x2F;&#x2F;brightwater.example&#x2F;jobs&#x2F;7">https:&#x2F;...</a>',
        "Ferrous Yard (YC W24) | London, UK | ONSITE | Rust Developer | contract"
        "<p>Mail jane [at] ferrousyard [dot] io",
    )
    first, second = batch.postings
    assert (first.external_id, first.company, first.title) == (
        "900",
        "Brightwater Labs",
        "Senior Backend Engineer",
    )
    assert first.url == "https://news.ycombinator.com/item?id=900"
    assert first.apply_url == "https://brightwater.example/jobs/7"
    assert (first.remote, first.employment, first.level) == (Remote.HYBRID, Employment.FULL_TIME, "senior")
    assert first.places[0].city == "Berlin"
    assert first.salary is not None and (first.salary.minimum, first.salary.currency) == (75_000, "EUR")
    assert (second.company, second.title) == ("Ferrous Yard", "Rust Developer")
    assert (second.remote, second.employment) == (Remote.ON_SITE, Employment.CONTRACT)
    assert second.places[0].city == "London" and second.apply_email == "jane@ferrousyard.io"


@pytest.mark.parametrize(
    ("line", "company", "titles", "places"),
    [
        (
            "Cedar Grid | https://cedar.example | Software Engineer (Backend / Infra) | Oslo (Hybrid)",
            "Cedar Grid",
            ["Software Engineer (Backend / Infra)"],
            ["Oslo"],
        ),
        (
            "Pike (https://pike.example) | Data Engineers | Remote (US/Canada) or NYC",
            "Pike",
            ["Data Engineers"],
            ["US", "Canada", "NYC"],
        ),
        (
            "Quill Security - Senior Security Engineer - Remote US - Full time",
            "Quill Security",
            ["Senior Security Engineer"],
            ["US"],
        ),
        (
            "Helio | Staff / Senior Software Engineers | London (Hybrid 3 days) | Visa sponsorship",
            "Helio",
            ["Staff / Senior Software Engineers"],
            ["London"],
        ),
        (
            "Company: Fathom | Role: Product Engineer | Location: Paris, France",
            "Fathom",
            ["Product Engineer"],
            ["Paris, France"],
        ),
        (
            "Dune | Pittsburgh, PA | Robotics Engineer – Perception; Controls Engineer",
            "Dune",
            ["Robotics Engineer – Perception", "Controls Engineer"],
            ["Pittsburgh, PA"],
        ),
        (
            "Arbor|Senior iOS Engineer|Remote (USA)|FT|$170,000 – $200,000",
            "Arbor",
            ["Senior iOS Engineer"],
            ["USA"],
        ),
        ("Lead Designer | Vela | Lisbon", "Vela", ["Lead Designer"], ["Lisbon"]),
        (
            "Ironbark | Engineering Manager | Sydney or Remote within Australia",
            "Ironbark",
            ["Engineering Manager"],
            ["Sydney", "Australia"],
        ),
    ],
)
def test_the_first_lines_of_comments(line: str, company: str, titles: list[str], places: list[str]) -> None:
    head = hackernews_head.read_head(line, [])
    assert (head.company, list(head.titles), list(head.places)) == (company, titles, places)


@pytest.mark.parametrize(
    "line",
    [
        "Tessel | Rust, Python, ML | Full-time",
        "Kite is hiring an engineer.",
        "Kite, Engineer, Remote",
        "|||",
        "",
    ],
)
def test_a_first_line_that_says_too_little_is_not_guessed_at(line: str) -> None:
    with pytest.raises(Unreadable):
        hackernews_head.read_head(line, [])


def test_several_roles_in_one_comment_are_several_jobs(board: BoardServer, cache: Path) -> None:
    batch = _hn(
        board,
        cache,
        "Nimbus | Engineering Manager, Senior iOS Engineer, and Data Scientist | REMOTE (US only)<p>Hello",
        "Opaline | Multiple roles | Toronto<p>- Staff Data Engineer<p>- Product Manager, Growth"
        "<p>We are forty people.",
    )
    assert [(job.external_id, job.title) for job in batch.postings] == [
        ("900", "Engineering Manager"),
        ("900-2", "Senior iOS Engineer"),
        ("900-3", "Data Scientist"),
        ("901", "Staff Data Engineer"),
        ("901-2", "Product Manager, Growth"),
    ]
    assert batch.postings[0].remote is Remote.REMOTE and batch.postings[0].remote_from == ("US",)
    assert batch.rows == 2


def test_a_comment_that_is_no_job_is_skipped_with_a_reason(board: BoardServer, cache: Path) -> None:
    batch = _hn(
        board,
        cache,
        "Is anybody else seeing fewer posts this month?",
        None,
        "Tallow | Vienna | Full-time<p>We make candles.",
        "Moss | Gardener, Team Lead | Graz",
    )
    assert [skipped.row for skipped in batch.skipped] == ["900", "902"]
    assert all(skipped.reason for skipped in batch.skipped)
    # A comment that was deleted is none.
    assert batch.rows == 3 and batch.postings[0].company == "Moss"


def test_a_month_without_a_thread_is_told(board: BoardServer, cache: Path) -> None:
    board.reply = of_json({"hits": [{"objectID": "1", "title": "Ask HN: Who wants to be hired?"}]})
    with pytest.raises(BoardFault) as told:
        _fetch(board, cache, hackernews.SOURCE)
    assert told.value.kind is Fault.SHAPE


@pytest.mark.parametrize(
    ("where", "countries", "remote_from"),
    [
        ("Americas, Europe", [None, None], {"Americas", "Europe"}),
        ("US/Canada", ["US", "CA"], {"US", "CA"}),
        ("Bosnia and Herzegovina", ["BA"], {"BA"}),
        ("Anywhere in the World", [None], {"Worldwide"}),
        ("Austin, TX", ["US"], {"US"}),
        ("", [], set()),
    ],
)
def test_where_those_may_live_who_work_from_anywhere(
    board: BoardServer, cache: Path, where: str, countries: list[str | None], remote_from: set[str]
) -> None:
    row = {
        "id": 1,
        "url": "https://remotive.com/remote-jobs/1",
        "title": "Writer",
        "company_name": "Ink",
        "candidate_required_location": where,
    }
    board.reply = of_json({"jobs": [row]})
    (job,) = _fetch(board, cache, remotive.SOURCE).postings
    assert [place.country for place in job.places] == countries
    assert set(job.remote_from) == remote_from


def test_no_posting_is_without_what_everybody_needs(board: BoardServer, cache: Path) -> None:
    jobs: list[Posting] = list(_hn(board, cache, "Moss | Gardener, Team Lead | Graz").postings)
    assert all(job.title and job.company and job.url.startswith("https://") for job in jobs)
