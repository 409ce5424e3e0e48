"""What the user says of whole applications holds for all of their mail, also for what came in late."""

import datetime as dt
from typing import Any

from hearback.mail import match
from hearback.models.event import Fact, Kind, Standing

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
ACME = {"company": "Acme", "role": "Data Engineer"}


def mail(day: int, category: str = "under_review", **more: Any) -> dict[str, Any]:
    return {"kind": Kind.MAIL, "at": START + dt.timedelta(days=day), "category": category, **more}


def merge(day: int, one: list[int], other: list[int]) -> dict[str, Any]:
    return {"kind": Kind.MERGE, "at": START + dt.timedelta(days=day), "parts": (tuple(one), tuple(other))}


def split(day: int, going: list[int], staying: list[int]) -> dict[str, Any]:
    return merge(day, going, staying) | {"kind": Kind.SPLIT}


def clusters(*steps: dict[str, Any]) -> list[Any]:
    numbered = [{"id": n, "tiebreak": f"{n}", "standing": Standing.COUNTS, **s} for n, s in enumerate(steps)]
    return match.place(sorted((Fact(**step) for step in numbered), key=lambda fact: fact.at))


def placed(*steps: dict[str, Any]) -> list[list[int]]:
    return sorted(sorted(cluster.members) for cluster in clusters(*steps))


def test_mail_dated_before_a_split_and_not_seen_then_follows_its_conversation() -> None:
    mails = (mail(0, thread="a", **ACME), mail(1, thread="b", **ACME))
    late = mail(2, thread="b", **ACME)
    assert placed(*mails, split(9, [1], [0]), late) == [[0], [1, 3]]


def test_mail_that_was_seen_to_stay_stays_though_it_is_of_that_conversation() -> None:
    mails = (mail(0, thread="a", **ACME), mail(1, thread="b", **ACME), mail(2, thread="b", **ACME))
    assert placed(*mails, split(9, [1], [0, 2])) == [[0, 2], [1]]
    later = mail(10, thread="b", **ACME)
    assert placed(*mails, split(9, [1], [0, 2]), later) == [[0, 2], [1, 4]]


def test_mail_that_names_no_conversation_stays_where_it_was() -> None:
    mails = (mail(0, **ACME), mail(1, **ACME), mail(2, **ACME))
    assert placed(*mails, split(9, [1], [0, 2])) == [[0, 2], [1]]


def test_a_split_says_nothing_once_one_side_has_nothing_that_counts() -> None:
    gone = mail(0, **ACME, standing=Standing.VOID)
    assert placed(mail(-1, **ACME), gone, split(9, [1], [0])) == [[0, 1]]


def test_halves_can_be_one_again_and_then_ask_nothing() -> None:
    mails = (mail(0, **ACME), mail(1, **ACME), split(5, [1], [0]), merge(6, [0], [1]))
    found = clusters(*mails, mail(9, **ACME))
    assert [(sorted(c.members), c.doubtful) for c in found] == [([0, 1, 4], set())]


def test_of_three_that_were_one_any_two_are_told_apart() -> None:
    mails = (mail(0, **ACME), mail(1, **ACME), mail(2, **ACME))
    found = clusters(*mails, split(5, [1], [0, 2]), split(6, [2], [0]), mail(9, **ACME))
    assert sorted(len(rivals) for c in found for rivals in c.rivals.values()) == [2]


def test_a_name_that_only_the_sender_gives_is_a_name_too() -> None:
    both = (mail(0, **ACME), mail(1, organisation="Zenith"), merge(5, [0], [1]))
    assert placed(*both, mail(9, company="Zenith GmbH")) == [[0, 1, 3]]


def test_a_name_leaves_with_the_mail_that_gave_it() -> None:
    both = (mail(0, **ACME), mail(1, company="Zenith"), merge(5, [0], [1]), split(6, [1], [0]))
    assert [cluster.companies for cluster in clusters(*both)] == [["Acme"], ["Zenith"]]


def test_a_clock_that_is_behind_makes_no_difference() -> None:
    assert placed(mail(3, **ACME), mail(4, company="Zenith"), merge(1, [0], [1])) == [[0, 1]]
    assert placed(mail(3, **ACME), mail(4, **ACME), split(1, [1], [0])) == [[0], [1]]
