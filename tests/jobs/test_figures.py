"""The figures of summaries and reports, by hand-made histories and against a naive count."""

import datetime as dt
import random
from collections import Counter
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from hearback.models import STAGES, Stage, Status
from jobs import figures_month, figures_week
from jobs.histories import History
from jobs.hours import Every
from jobs.periods import Period, parse

UTC = ZoneInfo("UTC")
OCTOBER = Period(Every.MONTH, dt.date(2026, 10, 1), UTC)
WEEK = Period(Every.WEEK, dt.date(2026, 10, 12), UTC)
MONDAY = dt.datetime(2026, 10, 19, 10, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def day(number: float, month: int = 10) -> dt.datetime:
    """A moment of 2026, by its day of a month; fractions are hours of it."""
    return dt.datetime(2026, month, 1, 12, tzinfo=dt.UTC) + DAY * (number - 1)


def history(
    *steps: tuple[dt.datetime, Status], answers: tuple[dt.datetime, ...] = (), **more: object
) -> History:
    known = {"id": 1, "company": "Acme", "role": None, "source": "LinkedIn", **more}
    words = tuple(sorted({*answers, *(at for at, _ in steps)}))
    return History(steps=steps, answers=answers, words=words, **known)  # type: ignore[arg-type]


APPLIED, REVIEW, REJECTED = Status.APPLIED, Status.UNDER_REVIEW, Status.REJECTED
TALK, OFFER, DRAFT = Status.INTERVIEW_SCHEDULED, Status.OFFER_RECEIVED, Status.DRAFT


def test_a_month_counts_what_was_sent_answered_and_how_fast() -> None:
    month = figures_month.month(
        [
            history((day(3), APPLIED), (day(5), REVIEW), answers=(day(5), day(6))),
            history((day(4), APPLIED), (day(8), REJECTED), answers=(day(8),)),
            history((day(28), APPLIED)),
            history((day(20, 9), APPLIED), (day(10), OFFER), answers=(day(10),)),
        ],
        OCTOBER,
    )
    assert (month.sent, month.sent_answered, month.answers) == (3, 2, 4)
    assert month.rate == pytest.approx(2 / 3)
    assert month.wait == DAY * 4
    assert (month.offers, month.rejections) == (1, 1)


def test_a_draft_is_sent_when_it_stops_being_one() -> None:
    month = figures_month.month(
        [history((day(20, 9), DRAFT), (day(2), APPLIED)), history((day(5), DRAFT))], OCTOBER
    )
    assert month.sent == 1
    assert sum(month.flows.values()) == 1


def test_a_month_is_told_as_it_was_at_its_end() -> None:
    one = history((day(3), APPLIED), (day(4, 11), REJECTED), answers=(day(4, 11),))
    month = figures_month.month([one], OCTOBER)
    assert month.rate == 0
    assert month.flows == {("new", "applied", "open"): 1}


def test_an_application_that_opens_again_is_in_play_again() -> None:
    one = history((day(1, 9), APPLIED), (day(9, 9), REJECTED), (day(6), TALK), answers=(day(9, 9), day(6)))
    assert figures_month.month([one], OCTOBER).flows == {("old", "interview", "open"): 1}
    assert figures_month.month([one], Period(Every.MONTH, dt.date(2026, 11, 1), UTC)).flows == {
        ("old", "interview", "open"): 1
    }


def test_what_had_ended_before_the_month_is_not_in_play() -> None:
    one = history((day(1, 9), APPLIED), (day(9, 9), REJECTED), answers=(day(9, 9),))
    month = figures_month.month([one], OCTOBER)
    assert month.quiet
    assert not month.flows


def test_an_application_that_begins_with_an_answer_says_nothing_of_how_long_answers_take() -> None:
    month = figures_month.month([history((day(3), TALK), answers=(day(3),))], OCTOBER)
    assert month.wait is None
    assert month.rate == 1


def test_the_funnel_keeps_every_application_and_its_furthest_stage() -> None:
    month = figures_month.month(
        [
            history((day(1), APPLIED), (day(3), TALK), (day(9), REJECTED)),
            history((day(1), APPLIED), (day(3), REJECTED)),
            history((day(1), APPLIED), meetings=((day(7), day(7) + HOUR),)),
            history((day(1), APPLIED), (day(9), OFFER), (day(11), Status.OFFER_ACCEPTED)),
        ],
        OCTOBER,
    )
    assert month.flows == {
        ("new", "interview", "rejected"): 1,
        ("new", "applied", "rejected"): 1,
        ("new", "interview", "open"): 1,
        ("new", "offer", "offer_accepted"): 1,
    }


@pytest.mark.parametrize(
    ("zone", "sent", "month"),
    [
        # Half past ten in the evening of 31 October in New York is November in UTC.
        ("America/New_York", "2026-11-01T02:30:00+00:00", "2026-10"),
        ("UTC", "2026-11-01T02:30:00+00:00", "2026-11"),
        ("Asia/Kolkata", "2026-10-31T18:30:00+00:00", "2026-11"),
        ("Asia/Kolkata", "2026-10-31T18:29:59+00:00", "2026-10"),
        ("Pacific/Apia", "2026-10-31T11:00:00+00:00", "2026-11"),
        ("Australia/Lord_Howe", "2026-10-31T12:59:59+00:00", "2026-10"),
    ],
)
def test_a_month_ends_at_the_readers_midnight(zone: str, sent: str, month: str) -> None:
    one = history((dt.datetime.fromisoformat(sent), APPLIED))
    months = {key: parse(Every.MONTH, key, ZoneInfo(zone)) for key in ("2026-10", "2026-11")}
    assert [key for key, period in months.items() if figures_month.month([one], period).sent] == [month]


@pytest.mark.parametrize(
    "key", ["2026-10-01", "2026-13", "2026-W54", "W44", "", "0001-01", "2026-W00", "9999-W52"]
)
def test_what_names_no_period_is_refused(key: str) -> None:
    for every in (Every.WEEK, Every.MONTH):
        with pytest.raises(ValueError):
            parse(every, key, UTC)


def test_a_week_that_ends_with_the_clocks_set_back_is_an_hour_longer() -> None:
    week = parse(Every.WEEK, "2026-W43", ZoneInfo("Europe/Berlin"))
    assert week.end - week.start == DAY * 7 + HOUR
    assert (week.key, week.before.key) == ("2026-W43", "2026-W42")


def test_a_week_says_what_came_what_comes_and_who_is_silent() -> None:
    week = figures_week.week(
        [
            history((day(1), APPLIED), id=1),
            history((day(14), APPLIED), id=2),
            history(
                (day(2), APPLIED), (day(13), TALK), answers=(day(13),), meetings=((day(22), day(22.1)),), id=3
            ),
            history((day(2, 7), APPLIED), id=4),
            history((day(3), APPLIED), (day(5), REVIEW), answers=(day(5),), id=5),
        ],
        WEEK,
        MONDAY,
    )
    assert (week.sent, week.answers) == (1, 1)
    assert [one.id for one in week.answered] == [3]
    assert [one.id for one in week.ahead] == [3]
    assert [one.id for one in week.waiting] == [1, 5]
    assert week.given_up == 1
    assert week.statuses == {APPLIED: 3, TALK: 1, REVIEW: 1}
    assert week.statuses_before == {APPLIED: 3, REVIEW: 1}


def test_who_answered_on_the_morning_of_the_telling_is_silent_no_more() -> None:
    one = history((day(1), APPLIED), (day(19) - HOUR * 4, REVIEW), answers=(day(19) - HOUR * 4,))
    week = figures_week.week([one], WEEK, MONDAY)
    assert not week.waiting
    assert not week.answers


def test_an_interview_that_is_over_is_not_ahead() -> None:
    one = history((day(1), APPLIED), (day(5), TALK), meetings=((day(19) - HOUR * 5, day(19) - HOUR * 4),))
    assert not figures_week.week([one], WEEK, MONDAY).ahead


def _random_history(number: int, chance: random.Random) -> History:
    at = day(1, 8) + DAY * chance.uniform(0, 100)
    steps, answers = [(at, chance.choice([DRAFT, APPLIED, APPLIED, APPLIED, TALK]))], []
    for _ in range(chance.randrange(5)):
        at += DAY * chance.uniform(0, 25)
        steps.append((at, chance.choice(list(Status)[1:])))
        if chance.random() < 0.7:
            answers.append(at)
    meetings = ((at, at + HOUR),) if chance.random() < 0.2 else ()
    source = chance.choice(["LinkedIn", "Indeed", "Employers’ own sites"])
    return history(*steps, answers=tuple(answers), meetings=meetings, id=number, source=source,
                   company=f"Company {chance.randrange(40)}")  # fmt: skip


def test_a_large_random_history_counts_as_a_naive_count_does() -> None:
    chance = random.Random(5)
    everything = [_random_history(number, chance) for number in range(4000)]
    month = figures_month.month(everything, OCTOBER)
    start, end = dt.datetime(2026, 10, 1, tzinfo=dt.UTC), dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    closed = {status for status, stage in STAGES.items() if stage is Stage.CLOSED}
    sent, answered, answers, waits, in_play = 0, 0, 0, [], Counter[str]()
    for one in everything:
        went = [at for at, status in one.steps if status != "draft"]
        past = [status for at, status in one.steps if at < start]
        until = [status for at, status in one.steps if at < end]
        if not went or went[0] >= end or until[-1] == "draft":
            continue
        mine = start <= went[0] < end
        sent += mine
        answered += mine and any(at < end for at in one.answers)
        answers += len([at for at in one.answers if start <= at < end])
        begins = next(status for _, status in one.steps if status != "draft")
        if one.answers and start <= one.answers[0] < end and begins == "applied":
            waits.append((one.answers[0] - went[0]).total_seconds())
        if len(until) > len(past) or (past and past[-1] not in closed):
            in_play[one.source] += 1
    assert (month.sent, month.sent_answered, month.answers) == (sent, answered, answers)
    assert month.wait is not None
    assert month.wait.total_seconds() == pytest.approx(max(median(waits), 0), abs=1)
    assert {source: tally.in_play for source, tally in month.sources.items()} == in_play
    assert sum(month.flows.values()) == in_play.total()
    assert sum(tally.in_play for tally in month.companies.values()) == in_play.total()
