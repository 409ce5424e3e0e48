"""The rules by which mails, choices and the clock become a status."""

import datetime as dt
from typing import Any

import pytest

from hearback.models.application import fold
from hearback.models.event import Fact, Kind, Standing
from hearback.models.status import SAYS, Status, after_mail

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
LATER = START + dt.timedelta(days=400)


def story(*steps: Any) -> list[Fact]:
    """Facts a day apart: a category is a mail, "user:STATUS" a choice, a Fact itself."""
    facts = []
    for number, step in enumerate(steps):
        at = START + dt.timedelta(days=number)
        name, day = f"s{number}", {"id": number, "at": at, "tiebreak": f"s{number}"}
        if isinstance(step, dict):
            facts.append(Fact(**{"kind": Kind.MAIL, "standing": Standing.COUNTS, **day, **step}))
        elif step.startswith("user:"):
            facts.append(Fact(kind=Kind.CHOICE, standing=Standing.COUNTS, status=step[5:], **day))
        else:
            facts.append(Fact(kind=Kind.MAIL, standing=Standing.COUNTS, category=step, **day))
        assert facts[-1].tiebreak == name
    return facts


def status(*steps: Any, now: dt.datetime = LATER, doubtful: frozenset[int] = frozenset()) -> str:
    return fold(story(*steps), doubtful, now).status.value


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["acknowledgment"], "applied"),
        (["acknowledgment", "under_review"], "under_review"),
        (["acknowledgment", "information_request"], "under_review"),
        (["acknowledgment", "assessment"], "assessment"),
        (["acknowledgment", "interview_invitation"], "interview_scheduled"),
        (["acknowledgment", "scheduling_request"], "interview_scheduled"),
        (["acknowledgment", "offer"], "offer_received"),
        (["acknowledgment", "rejection"], "rejected"),
        (["acknowledgment", "interview_change"], "applied"),
        (["acknowledgment", "outreach"], "applied"),
        # A late receipt pulls nothing back.
        (["offer", "acknowledgment"], "offer_received"),
        (["interview_invitation", "under_review"], "interview_scheduled"),
        (["interview_invitation", "assessment"], "interview_scheduled"),
        (["rejection", "acknowledgment"], "rejected"),
        (["rejection", "under_review"], "rejected"),
        # Only an interview, an assessment or an offer opens a closed door.
        (["rejection", "interview_invitation"], "interview_scheduled"),
        (["rejection", "assessment"], "assessment"),
        (["rejection", "offer"], "offer_received"),
        (["offer", "rejection"], "rejected"),
        # The user's word outranks what came before it, and decisions outrank what comes after.
        (["rejection", "user:applied"], "applied"),
        (["user:draft", "acknowledgment"], "applied"),
        (["acknowledgment", "user:withdrawn", "offer"], "withdrawn"),
        (["offer", "user:offer_accepted", "rejection"], "offer_accepted"),
        (["offer", "user:offer_declined", "rejection"], "offer_declined"),
        (["acknowledgment", "user:archived", "rejection"], "rejected"),
        (["acknowledgment", "user:archived", "under_review"], "archived"),
        (["acknowledgment", "user:withdrawn", "user:applied", "rejection"], "rejected"),
    ],
)
def test_a_story_ends_in_its_status(steps: list[str], expected: str) -> None:
    assert status(*steps) == expected


@pytest.mark.parametrize("decided", ["withdrawn", "offer_accepted", "offer_declined"])
@pytest.mark.parametrize("category", sorted(SAYS))
def test_no_mail_takes_back_what_the_user_decided(decided: str, category: str) -> None:
    assert after_mail(Status(decided), category) is None


@pytest.mark.parametrize("standing", [Standing.UNSURE, Standing.VOID])
def test_what_does_not_count_changes_nothing(standing: Standing) -> None:
    assert status("acknowledgment", {"category": "rejection", "standing": standing}) == "applied"


def test_what_may_belong_to_another_application_changes_nothing() -> None:
    assert status("acknowledgment", "rejection", doubtful=frozenset({1})) == "applied"


def invitation(day: int, hours: int = 1, **more: Any) -> dict[str, Any]:
    begin = START + dt.timedelta(days=day)
    return {
        "category": "interview_invitation",
        "dates": ((begin, begin + dt.timedelta(hours=hours)),),
        **more,
    }


def test_an_interview_is_completed_when_it_has_ended_and_not_before() -> None:
    steps = ("acknowledgment", invitation(day=5))
    end = START + dt.timedelta(days=5, hours=1)
    assert status(*steps, now=end - dt.timedelta(seconds=1)) == "interview_scheduled"
    folded = fold(story(*steps), frozenset(), end)
    assert folded.status is Status.INTERVIEW_COMPLETED
    assert folded.completed == [end]
    assert fold(story(*steps), frozenset(), START).clock_due == end


def test_of_two_interviews_the_last_one_counts() -> None:
    steps = ("acknowledgment", invitation(day=5), invitation(day=9))
    assert status(*steps, now=START + dt.timedelta(days=6)) == "interview_scheduled"
    assert status(*steps, now=START + dt.timedelta(days=10)) == "interview_completed"


def test_a_second_round_follows_a_completed_one() -> None:
    steps = ("acknowledgment", invitation(day=1), "under_review", "scheduling_request")
    assert status(*steps) == "interview_scheduled"


def test_a_moved_interview_ends_at_its_new_time() -> None:
    begin = START + dt.timedelta(days=20)
    moved = {"category": "interview_change", "interview": "moved", "dates": ((begin, None),)}
    steps = ("acknowledgment", invitation(day=5), moved)
    assert status(*steps, now=START + dt.timedelta(days=10)) == "interview_scheduled"
    assert status(*steps, now=START + dt.timedelta(days=21)) == "interview_completed"


def test_a_cancelled_interview_is_not_held() -> None:
    cancelled = {"category": "interview_change", "interview": "cancelled"}
    steps = ("acknowledgment", invitation(day=5), cancelled)
    assert status(*steps) == "interview_scheduled"
    assert [i["state"] for i in fold(story(*steps), frozenset(), LATER).interviews] == ["cancelled"]


def test_a_proposed_time_is_not_yet_an_interview() -> None:
    proposed = invitation(day=5) | {"category": "scheduling_request", "interview": "proposed"}
    assert status("acknowledgment", proposed) == "interview_scheduled"


def test_a_status_says_which_mail_caused_it() -> None:
    folded = fold(story("acknowledgment", "under_review", "acknowledgment", "rejection"), frozenset(), LATER)
    assert folded.status_event == 3
    assert folded.effects == {0: Status.APPLIED, 1: Status.UNDER_REVIEW, 3: Status.REJECTED}
