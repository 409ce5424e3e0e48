"""Jobs are found by what a person types, alike on both databases."""

import datetime as dt
from collections.abc import Iterator

import pytest

from hearback.models import Job, JobMark, User, database, now
from jobs import find_jobs
from jobs.find_jobs import find
from jobs.find_jobs_wanted import Order, Wanted
from tests.support import product
from tests.support.openings import DAY, job, stands


@pytest.fixture(autouse=True)
def rows(database_url: str) -> Iterator[None]:
    """A database of its own, SQLite and Postgres in turn."""
    with product.running(product.environment(database_url, "redis://127.0.0.1:1/0")):
        database.connect(reuse_if_open=True)
        yield


def titles(**wanted: object) -> list[str]:
    """The titles of what is found, in order."""
    return [one.title for one in find(None, Wanted(**wanted)).jobs]  # type: ignore[arg-type]


FOUND = [
    # What is typed, and the title that it must find.
    ("engineer", "Platform Engineers"),
    ("C++", "C++ Developer"),
    ("c#", "Senior C# Developer"),
    (".NET", ".NET Architect"),
    ("asp.net", "ASP.NET Programmer"),
    ("Node.js", "Node.js Developer"),
    ("nodejs", "Node.js Developer"),
    ("full-stack", "Fullstack Developer"),
    ("frontend", "Front-end Developer"),
    ("front-end", "Frontend Developer"),
    ("IT support", "IT Support Technician"),
    ("it", "IT Support Technician"),
    ("Zurich", "Zürich Sales Lead"),
    ("zürich", "Zurich Sales Lead"),
    ("R&D", "R&D Scientist"),
    ("react/redux", "Developer (React/Redux)"),
    ("redux", "Developer (React/Redux)"),
    ('"data scientist"', "Lead Data Scientist"),
    ("sr developer", "Senior Developer"),
    ("Инженер", "Инженер по данным"),
]


@pytest.mark.parametrize(("typed", "title"), FOUND)
def test_words_are_found_however_they_are_written(typed: str, title: str) -> None:
    job(title, text="Nothing of that sort.")
    job("Baker", text="Bread, early in the morning.")
    assert titles(words=typed) == [title]


def test_all_words_must_stand_somewhere_and_those_in_the_title_come_first() -> None:
    job("Designer", text="You work with a Python engineer.", ago=DAY)
    job("Python Engineer", ago=20 * DAY)
    job("Python Trainer")
    assert titles(words="python engineer") == ["Python Engineer", "Designer"]


def test_skills_company_and_place_are_words_too() -> None:
    job("Developer", company="Tidewater Pay", skills=["Kubernetes", "C#"])
    assert titles(words="developer kubernetes") == titles(words="developer tidewater") == ["Developer"]
    assert titles(words="developer c#") == titles(words="developer francisco") == ["Developer"]


def test_excluded_words_stand_nowhere() -> None:
    job("Backend Engineer", text="Some PHP is left.")
    job("Senior Backend Engineer")
    job("Engineer")
    assert set(titles(words="engineer -senior -php")) == {"Engineer"}
    assert set(titles(words="engineer", without="php senior")) == {"Engineer"}
    assert set(titles(without='php "backend engineer"')) == {"Engineer"}


HOSTILE = [
    *('"', '"""', "(", "a AND", "NOT", "NEAR(", "title:", "*", "a*", "' OR 1=1 --", "%s", "%", "\\", "& | !"),
    *("<->", ":*", "a:b", "^", "{", "--", "-", '-"', "'';", "☃", "𝒳", "a" * 200, "- - -", "OR OR"),
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_sign_is_an_error(typed: str) -> None:
    job("Engineer")
    titles(words=typed)
    titles(without=typed)
    titles(place=typed)
    titles(companies=(typed,))
    titles(words=f"engineer {typed}", place=typed, near=True, remote="too")


def test_a_changed_job_is_found_by_its_new_words_alone_and_a_dropped_one_by_none() -> None:
    one = job("Welder")
    Job.update(title="Plumber", company="Birch").where(Job.id == one.id).execute()
    assert (titles(words="welder"), titles(words="plumber birch")) == ([], ["Plumber"])
    one.delete_instance()
    assert titles(words="plumber") == []


PLACES = [
    ("San Francisco, CA", {"San Francisco, CA", "San Francisco Bay Area"}),
    ("SF", {"San Francisco, CA", "San Francisco Bay Area"}),
    ("California", {"San Francisco, CA", "Oakland, CA", "San Francisco Bay Area"}),
    ("United States", {"San Francisco, CA", "Oakland, CA", "Portland, Maine", "San Francisco Bay Area"}),
    ("Portland, Oregon", set()),
    ("Portland, ME", {"Portland, Maine"}),
    ("Germany", {"Berlin, Germany", "München"}),
    ("munich", {"München"}),
    ("Middle-earth", {"Somewhere in Middle-earth"}),
    ("Oslo", set()),
]


@pytest.mark.parametrize(("typed", "found"), PLACES)
def test_a_place_is_meant_not_spelt(typed: str, found: set[str]) -> None:
    written = ("San Francisco, CA", "Oakland, CA", "San Francisco Bay Area", "Portland, Maine")
    for place in (*written, "Berlin, Germany", "München", "Somewhere in Middle-earth", ""):
        job("Nurse", place=place)
    assert {one.place_text for one in find(None, Wanted(place=typed)).jobs} == found
    assert {one.place_text for one in find(None, Wanted(words="nurse", place=typed)).jobs} == found


def test_towns_nearby_are_found_when_asked_for() -> None:
    job("Nurse", place="Oakland, CA")
    job("Nurse", place="Sacramento, CA")
    assert titles(place="San Francisco") == []
    assert [one.place_text for one in find(None, Wanted(place="San Francisco", near=True)).jobs] == [
        "Oakland, CA"
    ]


def test_one_of_several_places_is_enough() -> None:
    places = [{"text": t, "city": t, "region": None, "country": "FR"} for t in ("Lyon", "Nantes")]
    job("Cook", place="Lyon", places=places)
    assert titles(place="Nantes, France") == ["Cook"]


def test_remote_jobs_count_where_they_may_be_done() -> None:
    job("Anywhere", place="", remote="remote")
    job("World", place="", remote="remote", remote_from=["Worldwide"])
    job("Americas", place="", remote="remote", remote_from=["US", "CA"])
    job("Europe", place="", remote="remote", remote_from=["Europe"])
    job("Office", place="Berlin, Germany", remote="on_site")
    assert set(titles(place="Berlin", remote="too")) == {"Anywhere", "World", "Europe", "Office"}
    assert set(titles(place="Berlin", remote="only")) == {"Anywhere", "World", "Europe"}
    assert set(titles(place="Berlin")) == {"Office"}
    assert set(titles(remote="only")) == {"Anywhere", "World", "Americas", "Europe"}


def test_pay_is_a_years_in_one_currency_and_silence_is_let_through_unless_it_is_not() -> None:
    job("Low", pays=90_000)
    job("High", pays=150_000)
    job("Silent")
    job("Abroad", pays=200_000, salary_currency="EUR")
    assert set(titles(salary_min=120_000)) == {"High", "Silent", "Abroad"}
    assert titles(salary_min=120_000, salary_unnamed=False) == ["High"]
    assert titles(order=Order.SALARY)[:2] == ["High", "Low"]


def test_level_kind_company_age_and_board_narrow() -> None:
    job("Senior Cook", employment="full_time", ago=DAY)
    plain = job("Cook", company="Birch Foods GmbH", ago=9 * DAY)
    stands(plain, "lever")
    assert titles(levels=("senior",)) == ["Senior Cook"]
    # Most jobs that name no level are of the middle one, and most that name no kind are full-time.
    assert titles(levels=("mid",)) == ["Cook"]
    assert set(titles(employments=("full_time",))) == {"Senior Cook", "Cook"}
    assert titles(employments=("contract",)) == []
    assert titles(companies=("birch",)) == titles(companies=("Nobody", "Birch Foods")) == ["Cook"]
    assert titles(companies=("bir",)) == []
    assert titles(days=3) == ["Senior Cook"]
    assert titles(board="lever") == ["Cook"]


def test_closed_and_hidden_jobs_are_not_found() -> None:
    user, other = User.create(email="a@example.com"), User.create(email="b@example.com")
    job("Closed Cook", closed_at=now())
    hidden = job("Cook")
    JobMark.note(user.id, hidden.id, hidden_at=now())
    assert find(user.id, Wanted(words="cook")).jobs == []
    assert [one.title for one in find(other.id, Wanted(words="cook")).jobs] == ["Cook"]


def test_the_newest_come_first_where_nothing_else_tells() -> None:
    for days in (3, 1, 2):
        job(f"Cook {days}", ago=days * DAY)
    assert titles() == titles(order=Order.NEWEST) == ["Cook 1", "Cook 2", "Cook 3"]


def test_pages_hold_still_while_jobs_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_jobs, "PAGE", 2)
    for number in range(5):
        job(f"Cook {number}", ago=dt.timedelta(days=number + 1))
    first = find(None, Wanted(words="cook"), size=2)
    job("Cook, just posted", ago=dt.timedelta(0))
    rest = [find(None, Wanted(words="cook"), page, first.upto, size=2) for page in (2, 3)]
    seen = [one.title for found in (first, *rest) for one in found.jobs]
    assert seen == [f"Cook {number}" for number in range(5)]
    assert (first.total, first.more, first.pages) == (5, False, 3)
    assert find(None, Wanted(words="cook"), 99, first.upto, size=2).page == 3


def test_what_is_too_much_is_counted_as_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_jobs, "MOST", 3)
    job("Pastry Cook", ago=60 * DAY)
    for _ in range(4):
        job("Waiter", text="You carry what the pastry cook bakes.")
    found = find(None, Wanted(words="pastry cook"))
    assert (found.total, found.more) == (3, True)
    # However old, the title that says it is among those that are put in order.
    assert found.jobs[0].title == "Pastry Cook"


def test_a_search_has_a_glimpse_and_no_whole_text() -> None:
    job("Cook", text="x" * 5_000)
    found = find(None, Wanted(words="cook")).jobs[0]
    assert len(found.glimpse) == find_jobs.GLIMPSE
    assert "description_text" not in found.__data__
