"""What is quoted decides nothing, in whatever client and language; what is passed on is read."""

import html
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.mail.classify import classify
from hearback.mail.parse import ParsedMail, from_fields
from hearback.mail.verdict import Category

_DATA = tomllib.loads(Path(__file__).with_name("threads.toml").read_text(encoding="utf-8"))
THREADS, FORWARDS = _DATA["thread"], _DATA["forward"]
THRESHOLD = 0.8

NO = (
    "Dear Robin,\n\nThank you for applying for the Data Analyst position.\n\n"
    "Unfortunately, we have decided not to move forward with your application.\n\nKim Lee"
)
YES = (
    "Hi Robin,\n\nWe would love to invite you to an interview. Could you share your availability for a call?"
)
GOT = "Dear Robin,\n\nThank you for applying to Fernhill.\n\nWe have received your application."
CHAT = "Thanks, that is kind. The train leaves at noon and the weather is fine."


def below(thread: dict[str, str], old: str) -> str:
    """An earlier mail as a client shows it."""
    quoted = "\n".join(f"> {line}".rstrip() for line in old.split("\n"))
    return thread["text"].format(old=old, quoted=quoted, html=as_html(old))


def as_html(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))


def mail(thread: dict[str, str], new: str, old: str, subject: str = "Re: Fernhill") -> ParsedMail:
    if thread.get("html"):
        return from_fields(
            None, subject, None, f"<html><body>{as_html(new)}{below(thread, old)}</body></html>"
        )
    return from_fields(None, subject, None, f"{new}\n\n{below(thread, old)}\n")


def named(threads: list[dict[str, str]]) -> list[object]:
    return [pytest.param(thread, id=thread["client"]) for thread in threads]


@pytest.mark.parametrize("thread", named([*THREADS, *FORWARDS]))
def test_what_is_new_is_told_from_what_is_quoted(thread: dict[str, str]) -> None:
    new = f"{YES}\n\nKim"
    assert mail(thread, new, NO).fresh == new


@pytest.mark.parametrize("thread", named(THREADS))
def test_a_reply_that_quotes_an_old_rejection_is_no_rejection(thread: dict[str, str]) -> None:
    verdict = classify(mail(thread, YES, NO))
    assert verdict.category is classify(from_fields(None, "Re: Fernhill", None, YES)).category
    assert verdict.category in {Category.scheduling_request, Category.interview_invitation}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(THREADS), st.sampled_from([YES, NO, GOT, CHAT]), st.sampled_from([YES, NO, GOT]))
def test_an_earlier_thread_changes_no_category(thread: dict[str, str], new: str, old: str) -> None:
    alone = classify(from_fields(None, "Re: Fernhill", None, new))
    assert classify(mail(thread, new, old)).category is alone.category


@pytest.mark.parametrize("thread", named(FORWARDS))
@pytest.mark.parametrize("above", ["", "FYI", "Siehe unten."])
def test_a_mail_passed_on_without_a_word_says_what_stands_in_it(thread: dict[str, str], above: str) -> None:
    forwarded = mail(thread, above, NO, "Fwd: Your application")
    assert forwarded.forwarded
    assert forwarded.fresh.startswith("Dear Robin,") and forwarded.fresh.endswith("Kim Lee")
    verdict = classify(forwarded)
    assert verdict.category is Category.rejection
    assert verdict.confidence < THRESHOLD, "it may be another person's, so the user is asked"


def test_a_reply_with_nothing_new_says_nothing() -> None:
    assert mail(THREADS[0], "", NO).fresh == ""


def test_answers_between_quoted_lines_are_new() -> None:
    text = (
        "On Mon, Apr 27, 2026 at 9:12 AM Kim Lee <kim@fernhill.example> wrote:\n\n"
        "> Can you come on Monday?\n\nYes, at ten.\n\n> And on Tuesday?\n\nNo."
    )
    assert from_fields(None, "Re: x", None, text).fresh == "Yes, at ten.\n\nNo."
