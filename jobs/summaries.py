"""The weekly summary: what was sent, what was answered, what comes, and who has been silent for long."""

import datetime as dt
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from hearback.charts import Bar, Bars
from hearback.models import Report, Status, User, now
from hearback.notify.letter import Letter
from hearback.words import plural
from hearback.zones import zone
from jobs import figures_week
from jobs.figures_week import Dated, Week
from jobs.histories import histories
from jobs.hours import Every
from jobs.periods import Period
from jobs.report_words import (
    NO_NAME,
    TONES,
    Cell,
    Part,
    Telling,
    cells,
    day,
    from_json,
    moment,
    silence,
    span,
    status_word,
)

KIND = "weekly"
# A list is for reading; the board has the rest.
MOST = 12


def weekly(user_id: int, monday: dt.date, at: dt.datetime | None = None) -> Letter | None:
    """The letter of the week that ended on the day before `monday`; None when there is nothing to tell.

    What it says is kept with the first call: a second one, however late, gives the same letter.
    """
    where = zone(User.get_by_id(user_id).timezone)
    period = Period(Every.WEEK, monday, where).before
    kept = Report.of(user_id, KIND, period.key)
    if kept is None:
        told = summary(user_id, period, at or now())
        if told is None:
            return None
        kept = Report.keep(user_id, KIND, period.key, where.key, at or now(), told.to_json())
    return from_json(kept.content).letter(f"/summaries/{period.key}")


def summary(user_id: int, period: Period, at: dt.datetime) -> Telling | None:
    """What there is to say of a week at a moment; None when that is nothing."""
    week = figures_week.week(histories(user_id, period.start, max(at, period.end)), period, at)
    changed = week.statuses != week.statuses_before
    if not (week.sent or week.answers or week.ahead or week.waiting or changed):
        return None
    return Telling(
        title=f"{span(period.first, period.last)} {period.last.year}",
        news=news(week, at, period.zone),
        intro=f"In the week of {span(period.first, period.last)} you sent "
        f"{plural(week.sent, 'application') if week.sent else 'no application'}.",
        parts=tuple(_parts(week, period, at)),
    )


def news(week: Week, at: dt.datetime, where: ZoneInfo) -> str:
    """The week in one sentence: what a person would say first."""
    said = [plural(week.answers, "answer") if week.answers else "No answer"]
    offers = sum(one.status is Status.OFFER_RECEIVED for one in week.answered)
    if offers:
        said.append(plural(offers, "offer"))
    if week.ahead:
        said.append(f"{plural(len(week.ahead), 'interview')} ahead")
    sentence = ", ".join(said)
    if week.waiting:
        longest = week.waiting[0]
        sentence += f"; {longest.company or NO_NAME} has been silent for {silence(longest.at, at, where)}"
    return f"{sentence}."


def _parts(week: Week, period: Period, at: dt.datetime) -> Iterator[Part]:
    where = period.zone
    rows: list[tuple[Cell, ...]]
    if week.answered:
        rows = [
            (*_who(one), Cell(day(one.at, where)), Cell(status_word(one.status))) for one in week.answered
        ]
        yield _listed("answers", "Answers", ("Company", "Role", "When", "Stands at"), rows)
    if week.ahead:
        rows = [(*_who(one), Cell(moment(one.at, one.until, where))) for one in week.ahead]
        yield _listed("ahead", "Interviews ahead", ("Company", "Role", "When"), rows)
    if week.waiting:
        rows = [
            (*_who(one), Cell(day(one.at, where)), Cell(silence(one.at, at, where))) for one in week.waiting
        ]
        heads = ("Company", "Role", "Last word", "Silent for")
        yield _listed("waiting", "Waiting longest", heads, rows, _given_up(week))
    if week.statuses or week.statuses_before:
        yield _by_status(week)


def _who(one: Dated | figures_week.Answered) -> tuple[Cell, Cell]:
    return Cell(one.company or NO_NAME, one.id), Cell(one.role or "")


def _listed(
    name: str, title: str, heads: tuple[str, ...], rows: Sequence[tuple[Cell, ...]], note: str = ""
) -> Part:
    left = len(rows) - MOST
    more = f"{left} more {'is' if left == 1 else 'are'} on the board." if left > 0 else ""
    return Part(name, title, " ".join(filter(None, (more, note))), heads, tuple(rows[:MOST]), len(heads))


def _given_up(week: Week) -> str:
    if not week.given_up:
        return ""
    longer = plural(week.given_up, "other has", "others have")
    return f"{longer} been silent for over two months: archive what you no longer expect to hear from."


def _by_status(week: Week) -> Part:
    shown = [s for s in Status if week.statuses[s] or week.statuses_before[s]]
    counts = [(s, week.statuses[s], week.statuses_before[s]) for s in shown]
    bars = [
        Bar(status_word(s), TONES[s], now_, f"{now_}, a week before {was}", was) for s, now_, was in counts
    ]
    largest = max(counts, key=lambda count: count[1])
    chart = Bars(
        "Applications by status",
        f"Most are at {status_word(largest[0])}: {largest[1]}. The pale bars are a week before.",
        bars,
    )
    note = "What had ended before the week is left out."
    rows = tuple(cells(status_word(s), now_, was) for s, now_, was in counts)
    return Part("statuses", "By status", note, ("Status", "At the end", "A week before"), rows, 1, chart)
