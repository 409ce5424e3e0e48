"""Each local day, week and month has one moment for every hour, whatever the clocks do there."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from hearback.zones import zone
from jobs.hours import DAY, Every, clock_time, latest, moment

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
]
# Ordinary ones, and hours that are skipped or doubled in one of these zones.
HOURS = ["09:00", "10:00", "00:00", "00:30", "01:30", "02:00", "02:15", "02:30", "23:45"]


def moments(every: Every, hour: str, name: str, year: int) -> list[dt.datetime]:
    at, end = dt.datetime(year, 1, 1, tzinfo=dt.UTC), dt.datetime(year + 1, 1, 1, tzinfo=dt.UTC)
    at -= dt.timedelta(microseconds=1)
    found = []
    while (at := latest(every, clock_time(hour), zone(name), at)[2]) < end:
        found.append(at)
    return found


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("hour", HOURS)
def test_every_local_day_has_one_moment(name: str, hour: str) -> None:
    found = moments(Every.DAY, hour, name, 2026)
    days = [at.astimezone(ZoneInfo(name)).date() for at in found]
    assert len(found) in {365, 366}
    assert all(after - before == DAY for before, after in pairwise(days))
    wanted = clock_time(hour)
    late = [at for at in found if at.astimezone(ZoneInfo(name)).time() != wanted]
    # Only in the night in which the clocks skip it, and then by as much as they skip.
    assert len(late) <= 1
    for at in late:
        local = at.astimezone(ZoneInfo(name))
        assert local.time() > wanted
        assert local - (local - DAY).replace(hour=wanted.hour, minute=wanted.minute) - DAY in {
            dt.timedelta(hours=1),
            dt.timedelta(minutes=30),
        }


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("hour", HOURS)
def test_weeks_begin_on_mondays_and_months_on_the_first(name: str, hour: str) -> None:
    weeks, months = moments(Every.WEEK, hour, name, 2026), moments(Every.MONTH, hour, name, 2026)
    assert {at.astimezone(ZoneInfo(name)).weekday() for at in weeks} == {0}
    assert {at.astimezone(ZoneInfo(name)).day for at in months} == {1}
    assert len(weeks) in {52, 53} and len(months) in {12, 13}


def test_the_first_of_a_doubled_hour_and_the_end_of_a_skipped_one() -> None:
    berlin, half_past_two = zone("Europe/Berlin"), dt.time(2, 30)
    assert moment(dt.date(2026, 10, 25), half_past_two, berlin).hour == 0
    assert moment(dt.date(2026, 3, 29), half_past_two, berlin).astimezone(berlin).time() == dt.time(3, 30)
    howe = zone("Australia/Lord_Howe")
    assert moment(dt.date(2026, 10, 4), dt.time(2), howe).astimezone(howe).time() == dt.time(2, 30)


def test_a_day_that_a_zone_left_out_gives_nothing_twice() -> None:
    # Samoa had no 30 December 2011.
    found = moments(Every.DAY, "09:00", "Pacific/Apia", 2011)
    days = [at.astimezone(ZoneInfo("Pacific/Apia")).date() for at in found]
    assert dt.date(2011, 12, 30) not in days
    assert len(set(days)) == len(days)
    nine = dt.time(9)
    assert (
        moment(dt.date(2011, 12, 30), nine, zone("Pacific/Apia")) == found[days.index(dt.date(2011, 12, 31))]
    )


def test_the_latest_is_past_and_the_next_is_to_come() -> None:
    at = dt.datetime(2026, 5, 4, 8, tzinfo=dt.UTC)
    ten = dt.time(10)
    # It is Monday, ten in the morning in Berlin, to the second.
    assert latest(Every.WEEK, ten, zone("Europe/Berlin"), at) == (dt.date(2026, 5, 4), at, at + 7 * DAY)
    before = latest(Every.WEEK, ten, zone("Europe/Berlin"), at - dt.timedelta(microseconds=1))
    assert before == (dt.date(2026, 4, 27), at - 7 * DAY, at)
    assert latest(Every.MONTH, ten, zone("America/New_York"), at)[0] == dt.date(2026, 5, 1)


@pytest.mark.parametrize("text", ["9:00", "24:00", "09:00:00", "0900", "", "nine"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        clock_time(text)


def test_an_unknown_zone_is_utc() -> None:
    assert zone("Mars/Olympus") == ZoneInfo("UTC")
