"""What boards give becomes each job once, with all its places, in whatever order it comes and how often."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import permutations

import pytest

from hearback.boards.posting import Batch, Posting, Remote, Skipped
from hearback.models import Job, JobSource, database
from jobs.read_jobs import read_jobs, read_left
from jobs.take_jobs import Taken, take
from tests.jobs.postings import AT, DAY, HOUR, LEDGER, batch, feed, one_job, pay, posting, sources
from tests.support import product

SHOWN = (
    Job.title, Job.company, Job.url, Job.apply_url, Job.place_text, Job.remote, Job.salary_min,
    Job.salary_max, Job.salary_guessed, Job.employment, Job.level, Job.posted_at, Job.valid_through,
    Job.description_text,
)  # fmt: skip


@pytest.fixture(autouse=True)
def running(database_url: str, redis_url: str) -> Iterator[None]:
    with product.running(product.environment(database_url, redis_url)), database.connection_context():
        yield


def counted(taken: Taken) -> tuple[int, int, int]:
    return taken.new, taken.changed, taken.closed


def test_a_posting_becomes_a_job_with_all_that_it_says() -> None:
    given = posting(
        title="Senior Backend Engineer (m/w/d)",
        salary=pay(70_000, 90_000),
        remote=Remote.HYBRID,
        apply_url="https://greenhouse.example/tidewater/1/apply",
        description_text="You write Python and PostgreSQL.",
        description_html="<p>You write Python and PostgreSQL.</p>",
    )
    taken = take(feed(), batch(given), AT)
    job = one_job()
    assert counted(taken) == (1, 0, 0)
    assert taken.ids == [job.id]
    assert (job.title, job.company, job.company_key) == (given.title, "Tidewater Labs", "tidewater labs")
    assert (job.places[0]["city"], job.places[0]["country"], job.place_text) == (
        "Berlin",
        "DE",
        "Berlin, Germany",
    )
    assert (job.salary_min, job.salary_max, job.salary_currency, job.salary_year) == (
        70_000,
        90_000,
        "EUR",
        90_000,
    )
    assert (job.level, job.remote, job.posted_at) == ("senior", "hybrid", AT - 2 * DAY)
    assert job.url == given.url
    assert job.first_seen_at == job.last_seen_at == AT


def test_skills_and_what_is_asked_for_are_read_out_of_each_text_once() -> None:
    text = "You need three years of Python. PostgreSQL is a plus."
    given = posting(description_text=text)
    own = posting("2", "Data Analyst", description_text=text, skills=("Excel",))
    take(feed(), batch(given, own), AT)
    read_left()
    first, second = Job.select().order_by(Job.id)
    assert {"Python", "PostgreSQL"} <= set(first.skills)
    assert (first.asks["years"], second.skills) == (3, ["Excel"])
    changed = replace(given, description_text="You need Django and Kubernetes.")
    taken = take(feed(), batch(changed, own), AT + HOUR)
    assert taken.unread == [first.id]
    read_jobs(taken.unread)
    skills = set(Job.get_by_id(first.id).skills)
    assert {"Django", "Kubernetes"} <= skills
    assert "Python" not in skills


def test_the_same_answer_again_changes_nothing_but_when_it_was_seen() -> None:
    given = batch(posting("1"), posting("2", "Data Analyst"))
    take(feed(), given, AT)
    assert counted(take(feed(), given, AT + HOUR)) == (0, 0, 0)
    assert Job.select().count() == JobSource.select().count() == 2
    assert {job.last_seen_at for job in Job.select()} == {AT + HOUR}
    assert {job.changed_at for job in Job.select()} == {AT}


def test_what_changed_is_shown_and_counted() -> None:
    take(feed(), batch(posting()), AT)
    changed = posting(salary=pay(80_000), description_text="Now with a salary.")
    assert counted(take(feed(), batch(changed), AT + HOUR)) == (0, 1, 0)
    job = one_job()
    assert (job.salary_min, job.description_text, job.changed_at) == (80_000, "Now with a salary.", AT + HOUR)


def test_a_row_that_stands_twice_in_one_answer_is_one() -> None:
    assert counted(take(feed(), batch(posting(), posting()), AT)) == (1, 0, 0)


def copies() -> list[Posting]:
    """One job on its company's board, in a curated feed and at an aggregator."""
    own = posting(
        title="Backend Engineer (m/w/d)",
        url="https://boards.greenhouse.io/tidewater/jobs/4412345",
        description_text=LEDGER,
    )
    curated = posting(
        "77", board="remotive", company="Tidewater Labs GmbH", remote=Remote.REMOTE, description_text="Short."
    )
    aggregated = posting(
        "A9",
        board="adzuna",
        title="Backend Engineer",
        place="Berlin",
        url="https://adzuna.example/ad/9",
        apply_url="https://job-boards.greenhouse.io/tidewater/jobs/4412345?gh_src=adzuna",
        salary=pay(60_000, 65_000, guessed=True),
        valid_through=AT + 3 * DAY,
        description_text="Backend Engineer at Tidewater …",
    )
    return [own, curated, aggregated]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_one_job_of_three_boards_is_the_same_in_any_order(order: tuple[int, ...]) -> None:
    given = copies()
    for number, which in enumerate(order):
        take(None, Batch((given[which],)), AT + number * HOUR)
    job = one_job()
    assert len(sources()) == 3
    shown = dict(zip((column.name for column in SHOWN), Job.select(*SHOWN).tuples().get(), strict=True))
    assert shown == {
        "title": "Backend Engineer (m/w/d)",
        "company": "Tidewater Labs",
        "url": "https://boards.greenhouse.io/tidewater/jobs/4412345",
        "apply_url": None,
        "place_text": "Berlin, Germany",
        "remote": "remote",
        "salary_min": 60_000,
        "salary_max": 65_000,
        "salary_guessed": True,
        "employment": None,
        "level": None,
        "posted_at": AT - 2 * DAY,
        # An aggregator's own date does not end the job.
        "valid_through": None,
        "description_text": LEDGER,
    }
    assert job.closed_at is None


def test_a_stated_salary_outranks_a_better_boards_guess() -> None:
    take(None, Batch((posting(salary=pay(50_000, guessed=True)),)), AT)
    take(None, Batch((posting("9", board="adzuna", salary=pay(70_000)),)), AT)
    job = one_job()
    assert (job.salary_min, job.salary_guessed) == (70_000, False)


def test_when_the_leading_board_drops_it_the_job_stays_with_what_it_has() -> None:
    own, _, aggregated = copies()
    take(feed(), batch(own), AT)
    take(None, Batch((aggregated,)), AT)
    for day in (1, 2, 3):
        take(feed(), batch(posting("5", "Recruiter")), AT + day * DAY)
    job = Job.get(Job.title != "Recruiter")
    # It leads to where it still stands, and has the description of the better board.
    assert (job.closed_at, job.url, job.description_text) == (None, aggregated.url, LEDGER)
    take(None, Batch((replace(aggregated, title="Backend Engineer Go"),)), AT + 4 * DAY)
    job = Job.get_by_id(job.id)
    assert (job.title, job.url, job.description_text) == ("Backend Engineer Go", aggregated.url, LEDGER)


def test_other_levels_cities_and_numbers_stay_apart() -> None:
    rows = [
        posting("1", "Engineer II"),
        posting("2", "Engineer III"),
        posting("3", "Senior Engineer II"),
        posting("4", "Engineer II", place="Munich, Germany"),
    ]
    take(None, Batch(tuple(replace(row, board="lever") for row in rows)), AT)
    take(None, Batch((posting("9", "Engineer II", board="adzuna", place="Munich"),)), AT)
    assert Job.select().count() == 4
    assert sources()[-1][2] == sources()[3][2]


def test_a_copy_that_fits_several_jobs_is_put_to_none() -> None:
    take(feed(), batch(posting("1", place="Berlin, Germany"), posting("2", place="Munich, Germany")), AT)
    take(None, Batch((posting("9", board="adzuna", place=""),)), AT)
    assert Job.select().count() == 3
    take(None, Batch((posting("10", board="adzuna", place="Munich"),)), AT)
    assert Job.select().count() == 3


def test_a_repost_is_linked_and_not_merged() -> None:
    take(None, Batch((posting("1", posted_at=AT - 60 * DAY),)), AT)
    take(None, Batch((posting("2", board="lever", posted_at=AT),)), AT)
    first, second = Job.select().order_by(Job.id)
    assert first.alike_id == second.alike_id == first.id


def test_one_text_of_several_agencies_is_linked() -> None:
    names = ("Northgate Talent", "Keystone Recruiting", "Stafflink")
    for number, name in enumerate(names):
        text = f"{name} is hiring. {LEDGER}"
        take(None, Batch((posting(str(number), board="adzuna", company=name, description_text=text),)), AT)
    take(
        None,
        Batch((posting("9", "Recruiter", board="adzuna", company="Other", description_text=LEDGER),)),
        AT,
    )
    *agencies, other = Job.select().order_by(Job.id)
    assert {job.alike_id for job in agencies} == {agencies[0].id}
    assert other.alike_id is None


def missing_after(*batches: Batch) -> Job:
    """What becomes of a job that the first batch has, after these, a day apart."""
    take(feed(), batch(posting("1"), posting("2", "Recruiter")), AT)
    job = Job.get(Job.title == "Backend Engineer")
    for day, given in enumerate(batches, 1):
        target = feed()
        take(target, given, AT + day * DAY)
        target.empty_since = AT + day * DAY if not given.postings else None
        target.save()
    return Job.get_by_id(job.id)


LEFT = posting("2", "Recruiter")
WITHOUT = batch(LEFT)


def test_what_two_full_answers_in_a_row_do_not_list_is_gone() -> None:
    assert missing_after(WITHOUT).closed_at is None
    job = missing_after(WITHOUT, WITHOUT)
    assert (job.closed_at, job.closed_why) == (AT + 2 * DAY, "gone")
    assert Job.get(Job.title == "Recruiter").closed_at is None


@pytest.mark.parametrize(
    "other",
    [
        replace(WITHOUT, full=False),
        replace(WITHOUT, stale=True),
        batch(LEFT, posting("1")),
        replace(WITHOUT, skipped=(Skipped("1", "no title"),)),
        replace(WITHOUT, skipped=(Skipped("row 7", "no title"),)),
        batch(),
    ],
    ids=[
        "partial",
        "stale",
        "listed again",
        "could not be read",
        "some row could not be read",
        "suddenly empty",
    ],
)
@pytest.mark.parametrize("last", [True, False], ids=["last", "first"])
def test_an_answer_that_proves_nothing_does_not_count(other: Batch, last: bool) -> None:
    assert missing_after(*([WITHOUT, other] if last else [other, WITHOUT])).closed_at is None


def test_a_board_that_is_empty_twice_has_nothing_open() -> None:
    assert missing_after(batch()).closed_at is None
    assert missing_after(batch(), batch()).closed_why == "gone"
    assert Job.select().where(Job.closed_at.is_null()).count() == 0


def test_what_comes_back_is_open_again() -> None:
    job = missing_after(WITHOUT, WITHOUT)
    taken = take(feed(), batch(posting("1"), LEFT), AT + 5 * DAY)
    job = Job.get_by_id(job.id)
    assert (job.closed_at, job.closed_why, counted(taken)) == (None, None, (0, 0, 0))


def test_a_job_that_stands_elsewhere_stays_open() -> None:
    take(None, Batch((posting("77", board="remotive"),)), AT)
    assert missing_after(WITHOUT, WITHOUT).closed_at is None


def test_old_jobs_are_kept_and_not_told_as_new() -> None:
    taken = take(feed(), batch(posting(posted_at=AT - 120 * DAY), posting("2", valid_through=AT - DAY)), AT)
    assert (taken.new, taken.ids) == (2, [])


def test_a_job_without_company_is_only_itself() -> None:
    rows = [
        posting(str(n), board="adzuna", company="Confidential", url=f"https://a.example/{n}") for n in (1, 2)
    ]
    take(None, Batch(tuple(replace(row, feed=row.external_id) for row in rows)), AT)
    assert Job.select().count() == 2


def test_odd_texts_go_in_as_they_are() -> None:
    text = "Ünïcode 🚀 'quoted' \"double\" %s {0} \\ end"
    take(feed(), batch(posting(title=text, company=text, description_text=text)), AT)
    job = one_job()
    assert (job.title, job.company, job.description_text) == (text, text, text)


def test_two_workers_that_take_two_boards_at_once_make_each_job_once() -> None:
    kinds = ("Backend", "Frontend", "Data", "Network", "Security", "Sales")
    places = ("Berlin", "Munich", "Hamburg", "Paris", "London")
    rows = [(f"{kind} Engineer", place) for kind in kinds for place in places]
    boards = ("greenhouse", "remotive", "adzuna", "arbeitnow")

    def work(board: str) -> int:
        given = [posting(str(n), title, board, place=place) for n, (title, place) in enumerate(rows)]
        with database.connection_context():
            return take(None, Batch(tuple(given)), AT).new

    with ThreadPoolExecutor(len(boards)) as threads:
        made = list(threads.map(work, boards))
    assert sum(made) == Job.select().count() == len(rows)
    assert JobSource.select().count() == len(rows) * len(boards)
