"""The CV that answers a posting better scores higher, and the reasons say why."""

import datetime as dt

import pytest

from hearback.documents.asks import Asks, asked
from hearback.documents.facts import facts_of
from hearback.documents.fit import fit
from hearback.documents.fit_words import reasons
from hearback.words import listed
from tests.documents.people import EVERYBODY, POSTINGS, PYTHON_SENIOR, cv

TODAY = dt.date(2026, 3, 15)
FACTS = {name: facts_of(one, TODAY) for name, one in EVERYBODY.items()}
# For each posting, people from the best suited to the least.
ORDERS = [
    ("backend", "python_senior > python_junior > analyst > nurse"),
    ("backend", "python_senior > data_scientist > welder"),
    ("backend", "python_senior > react > teacher"),
    ("junior", "python_junior > react > seller"),
    ("frontend", "react > python_senior > marketer"),
    ("icu", "nurse > carer > teacher"),
    ("icu", "nurse > data_scientist"),
    ("care", "carer > seller"),
    ("care", "nurse > python_senior"),
    ("buchhalter", "accountant > bookkeeper > designer"),
    ("science", "data_scientist > analyst > designer"),
    ("science", "data_scientist > python_senior > carer"),
    ("bi", "analyst > python_junior"),
    ("bi", "analyst > marketer"),
    ("marketing", "marketer > seller"),
    ("marketing", "marketer > analyst"),
    ("shop", "seller > warehouse"),
    ("shop", "seller > data_scientist"),
    ("welding", "welder > warehouse"),
    ("warehouse", "warehouse > welder > marketer"),
    ("teaching", "teacher > data_scientist"),
    ("teaching", "teacher > carer"),
    ("design", "designer > react > accountant"),
    ("design", "designer > marketer"),
    ("junior", "python_junior > python_senior"),
]
PAIRS = [
    (posting, better, worse)
    for posting, order in ORDERS
    for better, worse in zip(order.split(" > ")[:-1], order.split(" > ")[1:], strict=True)
]


def _score(who: str, posting: str) -> int:
    return fit(FACTS[who], asked(*POSTINGS[posting])).score


@pytest.mark.parametrize(("posting", "better", "worse"), PAIRS)
def test_who_is_better_suited_scores_higher(posting: str, better: str, worse: str) -> None:
    assert _score(better, posting) > _score(worse, posting)


def test_there_are_enough_pairs_to_tell() -> None:
    assert len(PAIRS) >= 30


@pytest.mark.parametrize("posting", POSTINGS)
def test_the_best_scores_high_and_the_worst_low(posting: str) -> None:
    scores = sorted(_score(who, posting) for who in EVERYBODY)
    assert scores[-1] >= 70
    assert scores[0] <= 25


def test_a_missing_must_costs_more_than_a_missing_wish() -> None:
    facts = facts_of(cv("Engineer", skills=["Python", "Docker"]), TODAY)
    lacks_a_must = fit(facts, Asks(must=("Python", "Rust"), nice=("Docker",)))
    lacks_a_wish = fit(facts, Asks(must=("Python", "Docker"), nice=("Rust",)))
    assert lacks_a_must.score < lacks_a_wish.score
    assert (lacks_a_must.missing, lacks_a_wish.missing_nice) == (("Rust",), ("Rust",))


def test_silence_is_no_fault() -> None:
    bare = Asks(must=("Python",), role=("engineer",))
    told = fit(facts_of(PYTHON_SENIOR, TODAY), bare)
    assert (told.years, told.languages, told.degree, told.place) == (None, None, None, None)
    quiet = cv("Backend engineer", skills=["Python"], city="", country="")
    assert fit(facts_of(quiet, TODAY), bare).score >= 90
    assert fit(facts_of({}, TODAY), Asks()).score == 50


def test_a_skill_counts_by_any_name_and_by_what_proves_it() -> None:
    facts = facts_of(cv(skills=["Next.js", "postgres"]), TODAY)
    assert fit(facts, Asks(must=("React", "JavaScript", "PostgreSQL", "SQL"))).missing == ()


@pytest.mark.parametrize(
    ("place", "remote", "least", "most"),
    [
        ({"city": "Leeds", "region": None, "country": "GB"}, "on_site", 1.0, 1.0),
        ({"city": "Bristol", "region": None, "country": "GB"}, "on_site", 0.2, 0.6),
        ({"city": "Lisbon", "region": None, "country": "PT"}, "on_site", 0.0, 0.1),
        ({"city": "Bristol", "region": None, "country": "GB"}, "remote", 0.9, 1.0),
    ],
)
def test_what_is_near_suits_and_remote_work_is_near(
    place: dict[str, str | None], remote: str, least: float, most: float
) -> None:
    found = fit(FACTS["python_senior"], Asks(), [place], remote).place
    assert found is not None and least <= found <= most


def test_years_are_counted_once_however_many_jobs_they_stand_in() -> None:
    both = cv(
        jobs=[
            ("Engineer", "Brightwater", "2020-01", "2021-12", ["Go services"]),
            ("Engineer", "Fernhill", "2021-01", "2022-12", ["Go and Python services"]),
        ]
    )
    facts = facts_of(both, TODAY)
    assert facts.years == pytest.approx(3)
    assert facts.skills["Python"].years == pytest.approx(2)
    future = cv(jobs=[("Engineer", "Brightwater", "2025-03", "2031-12", [])])
    assert facts_of(future, TODAY).years == pytest.approx(1)
    by_years = cv(jobs=[("Engineer", "Brightwater", "2019", "2021", [])])
    assert facts_of(by_years, TODAY).years == pytest.approx(2)


def test_a_skill_shows_where_it_stands() -> None:
    proof = FACTS["python_senior"].skills["PostgreSQL"].proofs[0]
    assert proof.path == "work[0].highlights[0]"
    assert "PostgreSQL" in proof.text


def test_a_degree_that_is_not_finished_is_not_had() -> None:
    studying = cv(
        education=[("Master", "Physics", "University of York", "2027-06"), ("BSc", "Physics", "", "2024")]
    )
    assert facts_of(studying, TODAY).degree == "bachelor"


def test_reasons_say_what_matches_and_what_misses() -> None:
    asks = asked(*POSTINGS["icu"])
    said = {reason.words: reason.fits for reason in reasons(fit(FACTS["nurse"], asks), FACTS["nurse"], asks)}
    assert any("Wound care" in words and fits for words, fits in said.items())
    assert said["You speak Spanish."] is True
    assert said["The posting asks for a bachelor's degree; you have a bachelor's degree."] is True
    missing = reasons(fit(FACTS["carer"], asks), FACTS["carer"], asks)
    assert any("Wound care" in one.words and one.fits is False for one in missing)
    assert any("3 years" in one.words for one in missing)


def test_long_lists_are_cut() -> None:
    assert listed([]) == ""
    assert listed(["Go"]) == "Go"
    assert listed(["Go", "SQL", "R"]) == "Go, SQL and R"
    assert listed([str(place) for place in range(12)], 3) == "0, 1, 2 and 9 more"


def test_any_shape_of_cv_is_borne() -> None:
    for broken in (
        {"basics": None, "work": "none"},
        {"work": [None, 3, {"position": 5, "startDate": "soon"}], "skills": [{"keywords": [1, None, "Go"]}]},
        {
            "education": [{"studyType": None}],
            "languages": [{"language": "Klingon"}],
            "basics": {"location": []},
        },
    ):
        assert 0 <= fit(facts_of(broken, TODAY), asked(*POSTINGS["backend"])).score <= 100


def test_another_city_is_not_said_to_be_far_and_another_country_is_named() -> None:
    asks = asked("Nurse", "Requirements\n- Wound care")
    facts = facts_of(cv(label="Nurse", city="Leeds", country="GB"), dt.date(2026, 3, 15))
    for place, fits, words in (
        ({"city": "Leeds", "country": "GB"}, True, "The place suits Leeds."),
        ({"city": "Bradford", "country": "GB"}, None, "It is in another place than Leeds."),
        ({"city": "Lyon", "country": "FR"}, False, "It is in another country than Leeds."),
    ):
        said = {one.words: one.fits for one in reasons(fit(facts, asks, [place]), facts, asks)}
        assert said[words] is fits


def test_a_tig_welder_is_not_told_that_tig_welding_is_missing() -> None:
    facts = facts_of(cv(label="Welder", skills=["TIG", "MIG", "Pipe welding"]), dt.date(2026, 3, 15))
    asks = asked("Welder", "Requirements\n- TIG welding\n- MIG welding")
    assert not fit(facts, asks).missing
