"""Open jobs, each once whatever the number of places it stands in, and those places."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    FloatField,
    ForeignKeyField,
    JSONField,
    TextField,
)

from hearback.models.base import Row, UtcField, now
from hearback.models.board_feed import BoardFeed


class WhyClosed(StrEnum):
    """Why a job left the searches: too old, past the date that it named, or gone from all its boards."""

    AGE = "age"
    EXPIRED = "expired"
    GONE = "gone"


class Job(Row):
    """One job. What no board gives is null or empty; jobs/take_jobs.py folds it from its sources.

    `places` is a list of {text, city, region, country}, `place_text` the same in one line. `remote_from`
    are country codes or the boards' own words. `salary_year` is the maximum, else the minimum, brought to a
    year in `salary_currency`, for filters. `level` is one of hearback.levels.
    """

    title = TextField()
    company = TextField()
    # The company without legal forms, "acme robotics", and the title in its bare words.
    company_key = CharField(max_length=255, index=True)
    title_key = CharField(max_length=255)
    # Jobs that could be one stand in one block: the letters of the company's key in order.
    block = CharField(max_length=64, index=True)
    places = JSONField(default=list)
    place_text = TextField(default="")
    remote = CharField(max_length=16, null=True)
    remote_from = JSONField(default=list)
    salary_min = FloatField(null=True)
    salary_max = FloatField(null=True)
    salary_currency = CharField(max_length=3, null=True)
    salary_period = CharField(max_length=8, null=True)
    # Read out of prose, or of a currency or period that the board does not state.
    salary_guessed = BooleanField(default=False)
    salary_year = FloatField(null=True)
    employment = CharField(max_length=16, null=True)
    level = CharField(max_length=16, null=True)
    requisition = CharField(max_length=64, null=True)
    posted_at = UtcField(null=True)
    valid_through = UtcField(null=True, index=True)
    description_html = TextField(default="")
    description_text = TextField(default="")
    url = TextField()
    apply_url = TextField(null=True)
    apply_email = TextField(null=True)
    skills = JSONField(default=list)
    # What the posting asks for, as hearback.documents reads it; null until it was read.
    asks = JSONField(null=True)
    # Which texts are alike, see hearback.boards.same_text; empty where there is too little text.
    text_mark = CharField(max_length=64, default="")
    # The smallest id among reposts of this job and the same text from other agencies.
    alike_id = BigIntegerField(null=True, index=True)
    first_seen_at = UtcField(default=now)
    last_seen_at = UtcField(default=now)
    # When anything that a page shows changed last.
    changed_at = UtcField(default=now)
    closed_at = UtcField(null=True)
    closed_why = CharField(max_length=8, null=True)

    class Meta:
        table_name = "jobs"
        indexes = (
            # Searches read open jobs from the newest on; the expiry reads them from the oldest on.
            (("closed_at", "posted_at"), False),
            (("closed_at", "first_seen_at"), False),
            (("closed_at", "salary_year"), False),
        )

    @classmethod
    def close(cls, ids: Sequence[int], why: WhyClosed, at: dt.datetime) -> int:
        """Close those of `ids` that are open; return how many were."""
        closed: int = (
            cls.update(closed_at=at, closed_why=why, changed_at=at)
            .where(cls.id.in_(list(ids)) & cls.closed_at.is_null())
            .execute()
        )
        return closed


class JobSource(Row):
    """One place where a job stands: a row of one board's feed.

    `given` is what the board said, without the description, so that the job can be folded from all its
    sources in any order. `described` is the length of its description: the first source that has one
    gives the job's. `rank` is the board's: 0 a company's own, 1 a curated feed, 2 an aggregator.
    """

    job = ForeignKeyField(Job, on_delete="CASCADE", backref="sources")
    board = CharField(max_length=32)
    feed = CharField(max_length=255, default="")
    external_id = CharField(max_length=255)
    board_feed = ForeignKeyField(BoardFeed, null=True, on_delete="SET NULL")
    url = TextField()
    apply_url = TextField(null=True)
    # "greenhouse:acme:123": the job's id in an applicant tracking system, whoever links to it.
    ats_key = CharField(max_length=255, null=True, index=True)
    # The canonical addresses of the page and of where one applies, without what only tells where the
    # reader came from.
    address_key = CharField(max_length=512, null=True, index=True)
    apply_key = CharField(max_length=512, null=True, index=True)
    digest = CharField(max_length=40)
    given = JSONField()
    described = BigIntegerField(default=0)
    rank = BigIntegerField()
    first_seen_at = UtcField(default=now)
    last_seen_at = UtcField(default=now)
    # Full fetches in a row that did not list it.
    missed = BigIntegerField(default=0)
    gone_at = UtcField(null=True)

    job_id: int
    board_feed_id: int | None

    class Meta:
        table_name = "job_sources"
        indexes = ((("board", "feed", "external_id"), True), (("board", "job"), False))


class JobBand(Row):
    """A part of a job's text mark: texts that are alike share at least one."""

    job = ForeignKeyField(Job, on_delete="CASCADE")
    band = BigIntegerField(index=True)

    job_id: int

    class Meta:
        table_name = "job_bands"
