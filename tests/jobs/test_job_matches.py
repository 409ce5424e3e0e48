"""New jobs meet the saved searches they fit, and their users hear of each once."""

import datetime as dt
from collections.abc import Iterator

import pytest
from redis import Redis

from hearback.models import Job, JobMark, JobMatch, News, Notification, SavedSearch, Tell, User, database, now
from hearback.notify.letter import Letter
from jobs import acts, job_marks, saved_searches
from jobs.find_jobs import find
from jobs.find_jobs_wanted import Wanted
from jobs.job_matches import GATHER, match_missed, match_new, tell_all
from jobs.job_matches_tell import tell
from jobs.queues import queues
from jobs.refusals import BadAct, NotFound
from jobs.saved_searches import Manners
from tests.support import product
from tests.support.openings import DAY, job

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def user(database_url: str, redis_url: str) -> Iterator[User]:
    """Somebody on each of the databases, beside a Redis."""
    with product.running(product.environment(database_url, redis_url)):
        database.connect(reuse_if_open=True)
        yield User.create(email="robin@example.com")


def looks_for(
    user: User, manners: Manners | None = None, ago: dt.timedelta = DAY, **wanted: object
) -> SavedSearch:
    """A search that the user saved some time ago."""
    number = saved_searches.add(user.id, Wanted(**wanted), manners or Manners())  # type: ignore[arg-type]
    SavedSearch.update(created_at=now() - ago).where(SavedSearch.id == number).execute()
    return SavedSearch.get_by_id(number)


def later(monkeypatch: pytest.MonkeyPatch, by: dt.timedelta) -> None:
    """Let the moment of telling come."""
    moment = now() + by
    monkeypatch.setattr("jobs.job_matches_tell.now", lambda: moment)


def letters() -> list[Letter]:
    """What users were told, in order."""
    rows = Notification.select().where(Notification.kind == News.JOB_MATCHES).order_by(Notification.id)
    return [Letter.from_json(row.data) for row in rows]


CASES = [
    # A search, a job, and whether they fit: the same by the page's search.
    ({"words": "backend engineer"}, {"title": "Senior Backend Engineers"}, True),
    ({"words": "backend engineer"}, {"title": "Baker"}, False),
    ({"words": "c++"}, {"title": "C++ Developer"}, True),
    ({"words": "c++"}, {"title": "C Developer"}, False),
    ({"words": "engineer", "without": "senior"}, {"title": "Senior Engineer"}, False),
    ({"words": "python"}, {"title": "Engineer", "skills": ["Python"]}, True),
    ({"words": "zurich"}, {"title": "Zürich Lead"}, True),
    ({"place": "SF"}, {"title": "Cook"}, True),
    ({"place": "Oakland", "near": True}, {"title": "Cook"}, True),
    ({"place": "Oakland"}, {"title": "Cook"}, False),
    ({"place": "San Francisco"}, {"title": "Cook", "place": "San Francisco Bay Area"}, True),
    (
        {"place": "Lyon, France"},
        {"title": "Cook", "places": [{"text": "Lyon", "city": "Lyon", "region": None, "country": "FR"}]},
        True,
    ),
    (
        {"place": "Berlin", "remote": "too"},
        {"title": "Cook", "remote": "remote", "remote_from": ["Europe"]},
        True,
    ),
    (
        {"place": "Berlin", "remote": "too"},
        {"title": "Cook", "remote": "remote", "remote_from": ["US"]},
        False,
    ),
    ({"place": "Berlin", "remote": "only"}, {"title": "Cook", "place": "Berlin", "remote": "on_site"}, False),
    ({"remote": "only"}, {"title": "Cook", "remote": "hybrid"}, False),
    ({"place": "Middle-earth"}, {"title": "Cook", "place": "Middle-earth"}, True),
    ({"salary_min": 100_000}, {"title": "Cook", "pays": 90_000}, False),
    ({"salary_min": 100_000}, {"title": "Cook"}, True),
    ({"salary_min": 100_000, "salary_unnamed": False}, {"title": "Cook"}, False),
    ({"levels": ("senior",)}, {"title": "Senior Cook"}, True),
    ({"levels": ("senior",)}, {"title": "Cook"}, False),
    ({"levels": ("mid",)}, {"title": "Cook"}, True),
    ({"employments": ("contract",)}, {"title": "Cook"}, False),
    ({"companies": ("harborline",)}, {"title": "Cook"}, True),
    ({"companies": ("bor",)}, {"title": "Cook"}, False),
]


@pytest.mark.parametrize(("wanted", "offered", "fits"), CASES)
def test_a_new_job_fits_a_search_as_the_page_would_find_it(
    user: User, wanted: dict[str, object], offered: dict[str, object], fits: bool
) -> None:
    looks_for(user, **wanted)
    new = job(**offered)  # type: ignore[arg-type]
    match_new([new.id])
    assert [match.job_id for match in JobMatch.select()] == ([new.id] if fits else [])
    assert [one.id for one in find(user.id, Wanted(**wanted)).jobs] == ([new.id] if fits else [])  # type: ignore[arg-type]


def test_a_match_says_how_well_and_why(user: User) -> None:
    wanted = {
        "words": "backend engineer",
        "place": "San Francisco",
        "salary_min": 140_000.0,
        "levels": ("senior",),
    }
    looks_for(user, **wanted)
    best = job("Senior Backend Engineer", pays=180_000)
    vague = job("Senior Engineer", text="Backend work.")
    match_new([best.id, vague.id])
    first, second = JobMatch.select().order_by(JobMatch.score.desc())
    assert (first.job_id, first.score, second.job_id) == (best.id, 100, vague.id)
    assert second.score < 80
    assert first.reasons == [
        [True, "“backend” and “engineer” in the title"],
        [True, "In San Francisco, CA"],
        [True, "Pays up to $180,000 a year"],
        [True, "Senior, as you want"],
    ]
    assert [None, "Names no salary"] in second.reasons
    assert second.reasons[0] == [True, "“backend” in the description, “engineer” in the title"]


def test_each_match_is_told_once_and_a_round_is_one_letter(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = looks_for(user, words="cook")
    jobs = [job("Cook"), job("Pastry Cook")]
    for _ in range(2):
        match_new([one.id for one in jobs])
    match_new([job("Head Cook").id])
    tell([search.id])
    assert letters() == []
    later(monkeypatch, GATHER)
    tell([search.id])
    tell([search.id])
    (letter,) = letters()
    assert letter.subject == "3 new jobs for “cook”: Cook at Harborline Robotics, and 2 more"
    assert [row[0] for row in letter.sections[0].table[1:]] == ["Cook", "Pastry Cook", "Head Cook"]
    assert letter.link is not None and letter.link.path == f"/jobs/searches/{search.id}"


def test_the_next_letter_of_a_search_waits_for_its_next_round(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = looks_for(user, Manners(every_hours=6), words="cook")
    match_new([job("Cook").id])
    later(monkeypatch, GATHER)
    tell([search.id])
    match_new([job("Pastry Cook").id])
    later(monkeypatch, GATHER * 2)
    tell([search.id])
    assert len(letters()) == 1
    later(monkeypatch, GATHER + 6 * HOUR)
    tell([search.id])
    assert [letter.subject for letter in letters()][1:] == [
        "1 new job for “cook”: Pastry Cook at Harborline Robotics"
    ]


def test_daily_searches_come_together_at_the_users_hour(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    User.update(timezone="Asia/Tokyo", reminder_hour="08:30").where(User.id == user.id).execute()
    searches = [looks_for(user, Manners(tell=Tell.DAILY), words=words) for words in ("cook", "waiter")]
    match_new([job("Cook").id, job("Waiter").id])
    due = {row.tell_at for row in SavedSearch.select()}
    assert {f"{moment.astimezone(dt.timezone(9 * HOUR)):%H:%M}" for moment in due} == {"08:30"}
    later(monkeypatch, DAY)
    tell([one.id for one in searches])
    (letter,) = letters()
    assert letter.subject.startswith("2 new jobs for your searches: ")
    assert [section.title for section in letter.sections] == ["cook", "waiter"]


def test_what_a_new_search_finds_at_first_is_shown_and_not_told(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = job("Cook")
    search = looks_for(user, words="cook", ago=dt.timedelta(0))
    old, new = job("Old Cook", ago=5 * DAY), job("New Cook", ago=-HOUR)
    match_new([old.id, new.id])
    assert {match.job_id for match in JobMatch.select()} == {known.id, old.id, new.id}
    later(monkeypatch, DAY)
    tell([search.id])
    assert [letter.subject for letter in letters()] == [
        "1 new job for “cook”: New Cook at Harborline Robotics"
    ]


def test_nobody_hears_of_what_is_closed_hidden_paused_or_unwanted(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_for(user, Manners(tell=Tell.NEVER), words="waiter")
    paused, plain = looks_for(user, words="baker"), looks_for(user, words="cook")
    closed, hidden = job("Closed Cook"), job("Hidden Cook")
    match_new([job("Waiter").id, job("Baker").id, closed.id, hidden.id])
    Job.update(closed_at=now()).where(Job.id == closed.id).execute()
    JobMark.note(user.id, hidden.id, hidden_at=now())
    saved_searches.pause(user.id, paused.id, True)
    later(monkeypatch, DAY)
    tell([paused.id, plain.id])
    assert letters() == []
    assert SavedSearch.select().where(SavedSearch.tell_at.is_null(False)).count() == 0


def test_a_flushed_redis_loses_no_letter(user: User, redis_url: str) -> None:
    search = looks_for(user, words="cook")
    match_new([job("Cook").id])
    SavedSearch.update(tell_at=now() - HOUR).where(SavedSearch.id == search.id).execute()
    tell_all()
    with Redis.from_url(redis_url) as client:
        client.flushall()
    tell_all()
    (queued,) = queues.default.get_jobs()
    assert queued.args == [[search.id]]
    queued.perform()
    queued.perform()
    assert len(letters()) == 1


def test_new_jobs_whose_call_was_lost_are_matched_later(user: User, redis_url: str) -> None:
    looks_for(user, words="cook")
    lost = job("Cook", first_seen_at=now() - HOUR)
    match_new([job("Head Cook", first_seen_at=now() - HOUR).id])
    job("Pastry Cook")
    job("Closed Cook", first_seen_at=now() - HOUR, closed_at=now())
    match_missed()
    (queued,) = queues.default.get_jobs()
    assert queued.args == [[lost.id]]
    queued.perform()
    with Redis.from_url(redis_url) as client:
        client.flushall()
    match_missed()
    assert queues.default.get_jobs() == []
    assert JobMatch.select().where(JobMatch.job == lost.id).count() == 1


def test_removed_searches_match_nothing_and_come_back_as_they_were(user: User) -> None:
    search = looks_for(user, words="cook")
    saved_searches.remove(user.id, search.id)
    match_new([job("Cook").id])
    assert JobMatch.select().count() == 0
    saved_searches.restore(user.id, search.id)
    match_new([job("Head Cook").id])
    assert JobMatch.select().count() == 1


def test_a_changed_search_is_filled_anew(user: User) -> None:
    cook, baker = job("Cook"), job("Baker")
    search = looks_for(user, words="cook")
    assert [match.job_id for match in JobMatch.select()] == [cook.id]
    saved_searches.change(user.id, search.id, Wanted(words="baker"), Manners(name="Bread"))
    assert [match.job_id for match in JobMatch.select()] == [baker.id]
    assert SavedSearch.get().name == "Bread"


def test_the_same_search_twice_is_one_and_none_asks_for_nothing(user: User) -> None:
    first = saved_searches.add(user.id, Wanted(words="cook", place="Oslo"), Manners())
    assert saved_searches.add(user.id, Wanted(words="cook", place="Oslo"), Manners()) == first
    with pytest.raises(BadAct, match="Write what you look for"):
        saved_searches.add(user.id, Wanted(days=3), Manners())
    with pytest.raises(BadAct, match="every_hours is 5"):
        saved_searches.add(user.id, Wanted(words="x"), Manners(every_hours=5))


def test_i_applied_makes_one_application_that_can_be_taken_back(user: User) -> None:
    new = job("Cook")
    number, act = job_marks.applied(user.id, new.id, "token-1")
    assert act is not None
    assert job_marks.applied(user.id, new.id, "token-2") == (number, None)
    assert job_marks.marks_of(user.id, [new])[new.id].application_id == number
    acts.undo(user.id, act, "token-3")
    assert not job_marks.marks_of(user.id, [new])[new.id].applied
    assert job_marks.applied(user.id, new.id, "token-4")[1] is not None


def test_an_application_on_the_board_marks_the_job_of_that_name(user: User) -> None:
    number = acts.add(user.id, "Harborline Robotics, Inc.", "Backend Engineer (m/f/d)", "applied", "t")
    jobs = [job("Backend Engineer"), job("Frontend Engineer"), job("Backend Engineer", company="Birch")]
    marks = job_marks.marks_of(user.id, jobs)
    assert [marks[one.id].application_id for one in jobs] == [number, None, None]


def test_another_users_search_is_not_there(user: User) -> None:
    search = looks_for(user, words="cook")
    other = User.create(email="mallory@example.com")
    for act in (saved_searches.remove, saved_searches.restore, saved_searches.own_search):
        with pytest.raises(NotFound):
            act(other.id, search.id)
    with pytest.raises(NotFound):
        saved_searches.change(other.id, search.id, Wanted(words="x"), Manners())
