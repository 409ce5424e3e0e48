"""The table of how mails say when: nearly all of it is read exactly, and none of it wrongly."""

import tomllib
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hearback.mail import calendar_files, dates, sentences
from hearback.mail.verdict import When

TABLE: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("interview_times.toml").read_text(encoding="utf-8")
)
EXACT = 0.97
Moment = date | datetime
# Start, end and zone; a day without a time is a day.
Said = tuple[Moment, datetime | None, str | None]


def zone_of(name: str, own: tzinfo | None) -> tzinfo | None:
    if name == "own":
        return own
    return datetime.fromisoformat(f"2000-01-01T00:00{name}").tzinfo if name[0] in "+-" else ZoneInfo(name)


def said(words: str, own: tzinfo | None) -> Said:
    """One entry of the table: "2026-05-12 10:00-10:45 Europe/Berlin", or "2026-05-12 day"."""
    day, time, *rest = words.split()
    if time == "day":
        return date.fromisoformat(day), None, None
    zone = zone_of(rest[0], own)
    ends = [datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone) for clock in time.split("-")]
    return ends[0], ends[1] if len(ends) == 2 else None, None if rest[0] == "own" else rest[0]


def told(when: When) -> Said:
    """What was read, as an entry of the table would say it."""
    whole = when.end is not None and when.end - when.start == timedelta(days=1)
    if whole and when.start.hour == when.start.minute == 0 and when.timezone is None:
        return when.start.date(), None, None
    return when.start, when.end, when.timezone


def shown(entries: list[Said]) -> list[str]:
    return sorted(f"{start} {end} {zone}" for start, end, zone in entries)


def due(row: dict[str, Any], own: tzinfo | None) -> Moment | None:
    if "deadline" not in row:
        return None
    return said(row["deadline"], own)[0] if " " in row["deadline"] else date.fromisoformat(row["deadline"])


def is_wrong(found: Said, expected: list[Said]) -> bool:
    """Whether an answer misleads: another day, another zone or another time than the mail names."""
    if not isinstance(found[0], datetime):
        days = {entry[0].date() if isinstance(entry[0], datetime) else entry[0] for entry in expected}
        return found[0] not in days
    return (found[0], found[2]) not in {(entry[0], entry[2]) for entry in expected}


def check(row: dict[str, Any]) -> tuple[bool, bool, str]:
    """Whether a row is read exactly, whether anything in it is read wrongly, and what was read."""
    sent = datetime.fromisoformat(row["at"])
    received = datetime.fromisoformat(row.get("received", row["at"])).astimezone(UTC)
    times, deadline = dates.read(sentences.split(row["text"]), received, sent)
    found = [told(when) for when in times]
    expected = [said(words, sent.tzinfo) for words in row["times"]]
    limit = due(row, sent.tzinfo)
    exact = shown(found) == shown(expected) and deadline == limit
    wrong = any(is_wrong(one, expected) for one in found) or deadline not in {None, limit}
    return exact, wrong, f"{row['text']!r} at {row['at']}: {shown(found)}, due {deadline}"


def test_the_table_is_as_large_as_it_should_be() -> None:
    assert len(TABLE["mails"]) >= 220
    assert len({row["at"] for row in TABLE["mails"]}) >= 30
    assert {row["lang"] for row in TABLE["mails"]} == {"en", "de", "fr", "es", "it", "pt", "nl"}


def test_nearly_every_phrase_is_read_exactly() -> None:
    missed = [text for exact, _, text in map(check, TABLE["mails"]) if not exact]
    share = 1 - len(missed) / len(TABLE["mails"])
    assert share >= EXACT, "\n".join([f"{share:.1%}", *missed])


def test_no_phrase_is_read_with_a_wrong_day_zone_or_time() -> None:
    wrong = [text for _, wrong, text in map(check, TABLE["mails"]) if wrong]
    assert not wrong, "\n".join(wrong)


def test_the_words_shown_for_a_time_stand_in_the_mail() -> None:
    for row in TABLE["mails"]:
        sent = datetime.fromisoformat(row["at"])
        times, _ = dates.read(sentences.split(row["text"]), sent, sent)
        whole = " ".join(row["text"].split())
        assert all(when.text and when.text in whole for when in times), row["text"]


@pytest.mark.parametrize("row", TABLE["calendars"], ids=lambda row: row["what"])
def test_a_calendar_file_says_when(row: dict[str, Any]) -> None:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{row.get('method', 'REQUEST')}"]
    lines += [*row.get("before", ()), "BEGIN:VEVENT", "UID:1", "SUMMARY:Interview", *row["event"]]
    lines += [] if row.get("cut") else ["END:VEVENT", "END:VCALENDAR"]
    own = zone_of(row.get("local", "+00:00"), None)
    events = calendar_files.read(["\r\n".join(lines) + "\r\n"], own or UTC)
    expected = [said(words.removesuffix(" cancelled"), own) for words in row["times"]]
    assert shown([told(event.when) for event in events]) == shown(expected)
    assert [event.cancelled for event in events] == [words.endswith("cancelled") for words in row["times"]]
