"""Makes jobs as the taking of a batch stores them, so that searches and pages have something to find."""

import datetime as dt
import itertools
from typing import Any

from hearback.boards.same_company import block_of, company_key
from hearback.boards.same_title import read_title
from hearback.levels import level_of
from hearback.models import Job, JobSource, now
from hearback.places import Known, find

_numbers = itertools.count(1)
DAY = dt.timedelta(days=1)


def job(
    title: str, company: str = "Harborline Robotics", place: str = "San Francisco, CA", **values: Any
) -> Job:
    """An open job; `pays` is a year's salary in dollars, `ago` how long it is posted, `text` what it says."""
    text = values.pop("text", "You build services and talk to customers.")
    pays, ago = values.pop("pays", None), values.pop("ago", 2 * DAY)
    if pays:
        paid = {"salary_max": pays, "salary_year": pays, "salary_currency": "USD", "salary_period": "year"}
        values = paid | values
    known = find(place) or Known()
    parts = {"text": place, "city": known.city, "region": known.region, "country": known.country}
    fields = {
        "company_key": company_key(company),
        "block": block_of(company_key(company)),
        "title_key": read_title(title).key,
        "places": [parts] if place else [],
        "place_text": place,
        "level": level_of(title),
        "posted_at": now() - ago,
        "description_text": text,
        "description_html": f"<p>{text}</p>",
        "url": f"https://jobs.example/{next(_numbers)}",
        **values,
    }
    return Job.create(title=title, company=company, **fields)


def stands(of: Job, board: str, **values: Any) -> JobSource:
    """A place where a job stands."""
    fields = {"external_id": f"x{next(_numbers)}", "url": of.url, "digest": "x", "given": {}, "rank": 1}
    return JobSource.create(job=of, board=board, **fields | values)
