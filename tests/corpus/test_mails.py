"""The corpus can be read whole, says each thing in words of its own, and is set the same way each time."""

from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from corpus.fill import fill
from corpus.mails import CATEGORIES, SLOTS, BadMail, Template, read, unmarked
from corpus.render import render

ALL = read()


def test_every_category_is_there_in_many_wordings() -> None:
    wordings = {words for mail in ALL for words in mail.decisive}
    assert len(wordings) >= 800
    counts = Counter(mail.category for mail in ALL)
    assert set(counts) == CATEGORIES
    assert min(counts.values()) >= 40


def test_what_decides_is_marked_where_a_status_hangs_on_it() -> None:
    undecided = {"other", "job_alert", "outreach"}
    assert [mail.id for mail in ALL if not mail.decisive and mail.category not in undecided] == []


def test_no_two_mails_decide_in_the_same_words() -> None:
    seen = Counter(words.lower() for mail in ALL for words in mail.decisive)
    assert [words for words, count in seen.items() if count > 1] == []


def test_marks_and_slots_are_gone_from_what_a_reader_sees() -> None:
    for mail in ALL:
        filled = fill(mail, 0)
        shown = f"{filled.sender}\n{filled.subject}\n{filled.body}"
        assert "[[" not in shown and "]]" not in shown, mail.id
        assert not [slot for slot in SLOTS if f"{{{slot}}}" in shown], mail.id


def test_a_mail_is_set_the_same_way_each_time_and_can_be_read() -> None:
    for mail in ALL[::29]:
        raw = render(fill(mail, 1), ALL)
        assert raw == render(fill(mail, 1), ALL)
        parsed = message_from_bytes(raw, policy=policy.default)
        assert parsed["Subject"].strip() == " ".join(fill(mail, 1).subject.split())


def test_another_number_is_another_mail_of_the_same_words() -> None:
    mail = next(mail for mail in ALL if {"company", "role"} <= mail.slots)
    assert fill(mail, 1).company != fill(mail, 2).company


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[We chose another]] today", "We chose another today"),
        ("((we keep it on file)) and", "we keep it on file and"),
        ("call (or write (soon)) us", "call (or write (soon)) us"),
    ],
)
def test_marks_are_taken_away_and_brackets_left(text: str, shown: str) -> None:
    assert unmarked(text) == shown


def test_a_mail_of_the_wrong_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("=== x-1 | rejection | human | en | farm\nsubject: {nothing}\n---\nNo.\n")
    with pytest.raises(BadMail, match="x-1: there is no slot 'nothing'"):
        read(tmp_path)


def test_templates_tell_their_slots() -> None:
    mail = Template("x", "offer", False, "en", "farm", "{company}", "{role}", "[[yes, {first}]]")
    assert mail.slots == {"company", "role", "first"}
    assert mail.decisive == ("yes, {first}",)
