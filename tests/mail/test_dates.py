"""Times in words, as mail writes them in several languages and zones."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from hearback.mail import dates, sentences

# A Monday, in the sender's offset.
SENT = datetime(2026, 5, 4, 9, 0, tzinfo=timezone(timedelta(hours=2)))


def spans(text: str) -> list[tuple[str, str | None, str | None]]:
    found, _ = dates.read(sentences.split(text), SENT.astimezone(UTC), SENT)
    return [(w.start.isoformat(), w.end.isoformat() if w.end else None, w.timezone) for w in found]


@pytest.mark.parametrize(
    ("text", "start", "end", "zone"),
    [
        ("on Tuesday, May 12 at 3:30 PM ET", "2026-05-12T15:30:00-04:00", None, "America/New_York"),
        ("on 12 May 2026 at 15:30 CEST", "2026-05-12T15:30:00+02:00", None, "Europe/Berlin"),
        ("2026-05-12 09:00 UTC", "2026-05-12T09:00:00+00:00", None, "UTC"),
        (
            "Thursday from 2-3pm PT",
            "2026-05-07T14:00:00-07:00",
            "2026-05-07T15:00:00-07:00",
            "America/Los_Angeles",
        ),
        ("tomorrow at 3", "2026-05-05T15:00:00+02:00", None, None),
        ("at 10am on Friday", "2026-05-08T10:00:00+02:00", None, None),
        ("Friday 11-1 pm", "2026-05-08T11:00:00+02:00", "2026-05-08T13:00:00+02:00", None),
        ("am Dienstag, den 12. Mai um 10 Uhr", "2026-05-12T10:00:00+02:00", None, None),
        ("am 12.05.2026 um 14:30 Uhr", "2026-05-12T14:30:00+02:00", None, None),
        ("le mardi 12 mai à 14h30", "2026-05-12T14:30:00+02:00", None, None),
        ("el martes 12 de mayo a las 10:00", "2026-05-12T10:00:00+02:00", None, None),
        ("martedì 12 maggio alle 10:00", "2026-05-12T10:00:00+02:00", None, None),
        ("na terça-feira, 12 de maio às 10h", "2026-05-12T10:00:00+02:00", None, None),
        ("op dinsdag 12 mei om 10:00", "2026-05-12T10:00:00+02:00", None, None),
        ("5/12/2026 4 PM ET", "2026-05-12T16:00:00-04:00", None, "America/New_York"),
        ("next Friday at noon", "2026-05-15T12:00:00+02:00", None, None),
        ("Monday at 9:00", "2026-05-11T09:00:00+02:00", None, None),
        ("3 January at 9:00", "2027-01-03T09:00:00+02:00", None, None),
        (
            "A 45 minute call on Friday at 9:00",
            "2026-05-08T09:00:00+02:00",
            "2026-05-08T09:45:00+02:00",
            None,
        ),
        ("Date: Friday, 8 May\nTime: 9:00 AM", "2026-05-08T09:00:00+02:00", None, None),
        ("on Wednesday", "2026-05-06T00:00:00+02:00", "2026-05-07T00:00:00+02:00", None),
    ],
)
def test_one_time(text: str, start: str, end: str | None, zone: str | None) -> None:
    assert spans(text) == [(start, end, zone)]


def test_several_proposals_share_a_zone() -> None:
    found = spans(
        "Can you do one of these?\n- Tuesday at 10:00 am\n- Wednesday at 2 pm or 4 pm\nAll times are Eastern."
    )
    assert [start for start, _, _ in found] == [
        "2026-05-05T10:00:00-04:00",
        "2026-05-06T14:00:00-04:00",
        "2026-05-06T16:00:00-04:00",
    ]
    assert {zone for *_, zone in found} == {"America/New_York"}


@pytest.mark.parametrize(
    "text",
    [
        "version 2.10 of 3/4 cups, 10% of $12.50",
        "We may march on, and sun and sat are words",
        "room 12, +49 30 1234567, call 555-0100",
        "99/99/2026 at 31:77, February 31",
        "from 9 to 5",
    ],
)
def test_nothing_is_invented(text: str) -> None:
    assert [start for start, *_ in spans(text) if "T00:00" not in start] == []


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Please finish it by Friday.", "2026-05-08"),
        ("by Friday 5pm ET", "2026-05-08T17:00:00-04:00"),
        ("You have to reply within 3 days.", "2026-05-07"),
        ("within five business days", "2026-05-11"),
        ("within 48 hours", "2026-05-06"),
        ("no later than 12 May 2026", "2026-05-12"),
        ("bis zum 15. Mai", "2026-05-15"),
        ("whenever you like", None),
    ],
)
def test_deadlines(text: str, deadline: str | None) -> None:
    _, found = dates.read(sentences.split(text), SENT, SENT)
    assert (found.isoformat() if found else None) == deadline


def test_without_a_moment_only_full_dates_are_read() -> None:
    found, _ = dates.read(sentences.split("Tuesday at 10:00 or 12 May 2026 at 11:00"), None, None)
    assert [when.start.isoformat() for when in found] == ["2026-05-12T11:00:00+00:00"]
