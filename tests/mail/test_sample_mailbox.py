"""The sample mailbox: every mail that came in gets its class, and nearly all get their names."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hearback.mail.classify import classify
from hearback.mail.names import same_company, same_role
from hearback.mail.parse import parse
from hearback.mail.verdict import INTERVIEWING, KEEPS_CONTENT, STATUS_CHANGING, Category, Verdict
from sandbox import sample

EXPECTED: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).parents[1].joinpath("data", "expected_sample.json").read_text(encoding="utf-8")
)["mails"]
# Mail of the mailbox's owner is known by its label, before it is read.
NAMES = [name for name, mail in EXPECTED.items() if mail["category"] != "outgoing"]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
# Reading is measured, not perfect; what is not sure is asked.
WRONG = 0.05
LEAST_COMPANIES = 0.88
LEAST_ROLES = 0.90


@cache
def verdicts() -> dict[str, Verdict]:
    """The verdict on each mail, as of one day."""
    return {mail.name: classify(parse(mail.raw), mail.received) for mail in sample.messages(NOW)}


def family(category: Category) -> Category:
    """An invitation that asks for a time may be called either."""
    if category in INTERVIEWING:
        return Category.interview_invitation
    return Category.other if category is Category.job_alert else category


def test_nearly_every_mail_gets_its_class() -> None:
    wrong = [
        name
        for name in NAMES
        if family(verdicts()[name].category) != family(Category(EXPECTED[name]["category"]))
    ]
    assert len(wrong) <= WRONG * len(NAMES), wrong


def test_no_status_is_changed_by_mistake_and_most_are_changed_unasked() -> None:
    wrong, due, sure = [], 0, 0
    for name in NAMES:
        verdict, wanted = verdicts()[name], Category(EXPECTED[name]["category"])
        if verdict.category in STATUS_CHANGING and verdict.confidence >= 0.8:
            wrong += [name] if family(verdict.category) != family(wanted) else []
        if wanted in STATUS_CHANGING:
            due += 1
            sure += verdict.confidence >= 0.8
    assert not wrong
    assert sure / due >= 0.85, f"{sure} of {due}"


@pytest.mark.parametrize(
    ("field", "same", "least"),
    [("company", same_company, LEAST_COMPANIES), ("role", same_role, LEAST_ROLES)],
)
def test_names_are_found(field: str, same: Any, least: float) -> None:
    said = {
        name: (EXPECTED[name][field], getattr(verdicts()[name], field))
        for name in NAMES
        if EXPECTED[name][field] and EXPECTED[name]["category"] in KEEPS_CONTENT
    }
    missed = {name: pair for name, pair in said.items() if not pair[1] or not same(*pair)}
    assert 1 - len(missed) / len(said) >= least, missed


@pytest.mark.parametrize("name", [name for name in NAMES if EXPECTED[name]["interviews"]])
def test_interviews_stand_at_their_time(name: str) -> None:
    wanted = []
    for interview in EXPECTED[name]["interviews"]:
        start = sample.moment(f"{interview['start']} {interview['zone'] or ''}".strip(), NOW)
        minutes = interview["minutes"]
        wanted.append((start, start + timedelta(minutes=minutes) if minutes else None))
    assert [(when.start, when.end) for when in verdicts()[name].dates] == wanted
