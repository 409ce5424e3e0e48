"""The monthly report: how far applications got, how often and how fast employers answered, against before."""

import datetime as dt
from collections.abc import Iterator

from hearback.models import Report, User, now
from hearback.notify.letter import Letter
from hearback.words import plural
from hearback.zones import zone
from jobs.figures_month import Month, Tally, count_month
from jobs.histories import histories
from jobs.hours import Every
from jobs.periods import Period
from jobs.report_charts import by_source, compared, funnel, funnel_table
from jobs.report_words import NO_NAME, Cell, Part, Telling, cells, days, from_json, month_name

KIND = "monthly"
# Of more companies than this a table is no help.
MOST = 12
TALLY_HEADS = ("All", "Answered", "Interview", "Offer", "Rejected")
TALLY_NOTE = "All applications that were in play, whenever they were sent."


def monthly(user_id: int, first: dt.date, at: dt.datetime | None = None) -> Letter | None:
    """The letter of the month that ended on the day before `first`; None when there is nothing to tell.

    What it says is kept with the first call: a second one, however late, gives the same letter.
    """
    where = zone(User.get_by_id(user_id).timezone)
    period = Period(Every.MONTH, first, where).before
    kept = Report.of(user_id, KIND, period.key)
    if kept is None:
        told = report(user_id, period)
        if told is None:
            return None
        kept = Report.keep(user_id, KIND, period.key, where.key, at or now(), told.to_json())
    return from_json(kept.content).letter(f"/reports/{period.key}")


def report(user_id: int, period: Period) -> Telling | None:
    """What there is to say of a month; None when nothing happened in it."""
    month, before = Month(), Month()
    for one in histories(user_id, period.before.start, period.end):
        count_month(month, one, period)
        count_month(before, one, period.before)
    if month.quiet:
        return None
    in_play = sum(month.flows.values())
    return Telling(
        title=f"{month_name(period)} {period.first.year}",
        news=news(month, before, period),
        intro=f"{plural(in_play, 'application was', 'applications were')} in play in {month_name(period)}: "
        f"{month.sent} sent in it, {in_play - month.sent} open from before.",
        parts=tuple(_parts(month, before, period)),
    )


def news(month: Month, before: Month, period: Period) -> str:
    """The month in one sentence, and whether answers came faster."""
    said = [f"{month.sent or 'none'} sent", plural(month.answers, "answer") if month.answers else "no answer"]
    for count, word in (
        (month.interviews, "interview"),
        (month.offers, "offer"),
        (month.rejections, "rejection"),
    ):
        if count:
            said.append(plural(count, word))
    sentence = f"{month_name(period)}: {', '.join(said)}"
    if month.wait is not None:
        sentence += f"; answers took {days(month.wait)}{_faster(month.wait, before, period)}"
    return f"{sentence}."


def _faster(wait: dt.timedelta, before: Month, period: Period) -> str:
    if before.wait is None or days(before.wait) == days(wait):
        return ""
    return f", in {month_name(period.before)} {days(before.wait)}"


def _parts(month: Month, before: Month, period: Period) -> Iterator[Part]:
    if month.flows:
        yield Part(
            "funnel",
            "Where they went",
            "Each application counts once, by the furthest stage that it has reached.",
            *funnel_table(month),
            1,
            funnel(month, period),
        )
    yield _against(month, before, period)
    if month.sources:
        ranked = sorted(month.sources.items(), key=lambda item: (-item[1].in_play, item[0]))
        rows = tuple(cells(name, *_figures(tally)) for name, tally in ranked)
        yield Part("sources", "By source", TALLY_NOTE, ("Source", *TALLY_HEADS), rows, 1, by_source(ranked))
        yield _companies(month)


def _against(month: Month, before: Month, period: Period) -> Part:
    name, name_before = month_name(period), month_name(period.before)
    rows = (
        cells("Sent", month.sent, before.sent),
        cells("Answers", month.answers, before.answers),
        cells("Response rate", _percent(month.rate), _percent(before.rate)),
        cells("Median time to answer", _wait(month), _wait(before)),
        cells("Interviews", month.interviews, before.interviews),
        cells("Offers", month.offers, before.offers),
        cells("Rejections", month.rejections, before.rejections),
    )
    note = (
        "Each month is measured at its own end. The response rate is the part of what was sent in the month "
        "that had an answer by then."
    )
    chart = compared(month, before, name_before)
    return Part("compared", f"Against {name_before}", note, ("", name, name_before), rows, 1, chart)


def _companies(month: Month) -> Part:
    """The companies with which most happened, and the others in one row."""
    ranked = sorted(
        month.companies.items(), key=lambda item: (*(-f for f in _weight(item[1])), item[0].lower())
    )
    rows = [(Cell(name or NO_NAME), *cells(*_figures(tally))) for name, tally in ranked[:MOST]]
    if rest := [tally for _, tally in ranked[MOST:]]:
        sums = [sum(figures) for figures in zip(*map(_figures, rest), strict=True)]
        rows.append(cells(plural(len(rest), "other company", "other companies"), *sums))
    return Part("companies", "By company", "", ("Company", *TALLY_HEADS), tuple(rows))


def _weight(tally: Tally) -> tuple[int, ...]:
    return tally.offers, tally.interviews, tally.answered, tally.in_play


def _figures(tally: Tally) -> tuple[int, ...]:
    return (
        tally.in_play, tally.answered, tally.interviews, tally.offers, tally.rejected
    )  # fmt: skip


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{round(rate * 100)}%"


def _wait(month: Month) -> str:
    return "–" if month.wait is None else days(month.wait)
