"""The pages of weekly summaries and monthly reports, and their charts as pictures."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template
from flask_login import current_user, login_required

from hearback.charts import SLIM, WIDE, draw
from hearback.models import Report
from jobs import report_pictures, reports, summaries
from jobs.hours import Every
from jobs.periods import Period, parse
from jobs.report_words import Telling, from_json
from webapp import layout

pages = Blueprint("reports", __name__)

# The newest are listed; each page leads to the one before it.
LISTED = {summaries.KIND: 26, reports.KIND: 24}
ENDPOINTS = {Every.WEEK: "reports.week", Every.MONTH: "reports.month"}


@dataclass(frozen=True)
class Line:
    """A report in the list: its name in addresses, its title, and what it said."""

    key: str
    title: str
    news: str


@pages.get("/reports")
@login_required  # type: ignore[untyped-decorator]
def index() -> str:
    """This week so far, and what was told of those before."""
    clock = layout.clock()
    today = clock.local(clock.now).date()
    this_week = Period(Every.WEEK, Every.WEEK.first(today), clock.zone)
    this_month = Period(Every.MONTH, Every.MONTH.first(today), clock.zone)
    told = summaries.summary(current_user.id, this_week, clock.now)
    return render_template(
        "reports.html",
        news=told.news if told else None,
        week=this_week.key,
        month=this_month.key,
        weekly=_lines(summaries.KIND),
        monthly=_lines(reports.KIND),
    )


@pages.get("/summaries/<key>")
@login_required  # type: ignore[untyped-decorator]
def week(key: str) -> str:
    """A week as it was told; one that was not is counted now."""
    return _page(Every.WEEK, summaries.KIND, key)


@pages.get("/reports/<key>")
@login_required  # type: ignore[untyped-decorator]
def month(key: str) -> str:
    """A month as it was told; one that was not is counted now."""
    return _page(Every.MONTH, reports.KIND, key)


@pages.get("/<any(summaries, reports):place>/<key>/<name>.png")
@login_required  # type: ignore[untyped-decorator]
def picture(place: str, key: str, name: str) -> Response:
    """A chart as the picture that the mail carried."""
    found = report_pictures.of_report(current_user.id, report_pictures.KINDS[place], key, name)
    if found is None:
        abort(404)
    return Response(found, mimetype="image/png")


def _page(every: Every, kind: str, key: str) -> str:
    clock = layout.clock()
    period = _period(every, key)
    kept = Report.of(current_user.id, kind, key)
    if period.start > clock.now:
        abort(404)
    told = from_json(kept.content) if kept else _count(period)
    return render_template(
        "report.html",
        told=told,
        period=period,
        endpoint=ENDPOINTS[every],
        word=every.value,
        made_at=kept.made_at if kept else None,
        over=period.end <= clock.now,
        next_key=Period(every, every.following(period.first), period.zone).key,
        draw=lambda chart, slim: draw(chart, SLIM if slim else WIDE),
    )


def _period(every: Every, key: str) -> Period:
    try:
        return parse(every, key, layout.clock().zone)
    except ValueError:
        abort(404)


def _count(period: Period) -> Telling | None:
    if period.every is Every.WEEK:
        return summaries.summary(current_user.id, period, layout.clock().now)
    return reports.report(current_user.id, period)


def _lines(kind: str) -> list[Line]:
    """What was told, newest first."""
    own = (Report.user == current_user.id) & (Report.kind == kind)
    rows = Report.select(Report.period, Report.content).where(own).order_by(Report.period.desc())
    return [Line(row.period, row.content["title"], row.content["news"]) for row in rows.limit(LISTED[kind])]
