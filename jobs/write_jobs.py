"""Writing postings that are new or changed: the rows of their jobs, their sources, and their texts' marks."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from peewee import SqliteDatabase

from hearback.boards.identity import address_key, ats_key
from hearback.boards.posting import Posting
from hearback.boards.registry import SOURCES
from hearback.boards.same import Card, card_of
from hearback.boards.same_text import bands
from hearback.chunks import chunks
from hearback.models import BoardFeed, Job, JobBand, JobSource, database
from jobs.job_ends import reopen
from jobs.job_form import BROUGHT, Said, digest_of, fold, given_of

# Texts are cut here: what is longer is no description.
MOST_TEXT = 100_000
BULK = 500
# Pages of any site, where a user says that a company's jobs are there.
ANY_PAGE = "jsonld"

_INSERT_BANDS = "INSERT INTO job_bands (job_id, band) VALUES "


class Row:
    """A posting on its way into the table. `job` is below 0 until the job has an id.

    What takes long to read of it is read once, and only where it is needed.
    """

    def __init__(self, posting: Posting, brought: bool = False) -> None:
        self.posting = posting
        self.brought = brought
        self.given = given_of(posting)
        self.digest = digest_of(self.given, posting)
        self.source: int | None = None
        self.job: int | None = None
        self.links: set[int] = set()

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes its source unique."""
        return self.posting.board, self.posting.feed, self.posting.external_id

    @cached_property
    def card(self) -> Card:
        """What tells it from other jobs."""
        return card_of(self.posting)

    @cached_property
    def texts(self) -> dict[str, Any]:
        """The description, and what is read out of it."""
        text = self.posting.description_text[:MOST_TEXT]
        return {
            "description_html": self.posting.description_html[: 4 * MOST_TEXT],
            "description_text": text,
            "text_mark": self.card.mark,
            "skills": self.given["skills"],
            # Both are read out of the text later, see read_jobs.py: that takes longer than all the rest.
            "asks": None,
        }

    @property
    def rank(self) -> int:
        """Its board's rank; what a user brought from anywhere comes after all that boards say."""
        if self.brought:
            return BROUGHT
        source = SOURCES.get(self.posting.board)
        return source.rank if source is not None else 0

    def read(self) -> None:
        """Read all of it now."""
        _ = self.texts


def is_brought(board: str, feed: BoardFeed | None) -> bool:
    """Whether only a user says that this page is a company's own."""
    return board == ANY_PAGE and (feed is None or feed.by == "user")


def insert_jobs(rows: Sequence[Row], at: dt.datetime) -> list[int]:
    """Write the jobs that have no id yet, of which one may stand in several rows; return their ids."""
    by_number: dict[int, list[Row]] = {}
    for row in rows:
        if row.job is not None and row.job < 0:
            by_number.setdefault(row.job, []).append(row)
    if not by_number:
        return []
    firsts = [rows[0] for rows in by_number.values()]
    values = [
        {**_columns([row]), **row.texts, "first_seen_at": at, "last_seen_at": at, "changed_at": at}
        for row in firsts
    ]
    ids = [job_id for (job_id,) in Job.insert_many(values).returning(Job.id).tuples().execute()]
    numbers = dict(zip(by_number, ids, strict=True))
    for row in rows:
        row.job = numbers.get(row.job or 0, row.job)
        row.links = {numbers.get(job, job) for job in row.links}
    _write_bands(firsts)
    return ids


def _columns(rows: Sequence[Row]) -> dict[str, Any]:
    return fold([Said((False, row.rank, number), row.given) for number, row in enumerate(rows)])


def _write_bands(rows: Iterable[Row]) -> None:
    """Written out: building these many small rows by the query builder took longer than writing them."""
    mark = "?" if isinstance(database.obj, SqliteDatabase) else "%s"
    values = [(row.job, band) for row in rows for band in bands(row.card.mark)]
    for some in chunks(values, BULK):
        places = ", ".join([f"({mark}, {mark})"] * len(some))
        flat = [value for pair in some for value in pair]
        database.execute_sql(_INSERT_BANDS + places, flat)


def write_sources(rows: Sequence[Row], feed: BoardFeed | None, at: dt.datetime) -> None:
    new = []
    for row in rows:
        values: dict[str, Any] = {
            "digest": row.digest,
            "given": row.given,
            "described": len(row.posting.description_text),
            "url": row.posting.url,
            "apply_url": row.posting.apply_url,
            **_keys(row.posting),
            "last_seen_at": at,
            "missed": 0,
            "gone_at": None,
            "board_feed": feed.id if feed is not None else None,
            "rank": row.rank,
        }
        if row.source is not None:
            JobSource.update(values).where(JobSource.id == row.source).execute()
            continue
        posting = row.posting
        own = {"board": posting.board, "feed": posting.feed, "external_id": posting.external_id}
        new.append({**values, **own, "job": row.job, "first_seen_at": at})
    if new:
        JobSource.insert_many(new).execute()


def _keys(posting: Posting) -> dict[str, str | None]:
    page, apply = address_key(posting.url), address_key(posting.apply_url)
    key = ats_key(posting.url, posting.apply_url)
    return {"ats_key": key, "address_key": page, "apply_key": None if apply == page else apply}


def refold(jobs: set[int], rows: Sequence[Row], at: dt.datetime) -> None:
    """Fold the jobs anew of which a source changed, or that got one."""
    if not jobs:
        return
    by_job: dict[int, list[JobSource]] = {}
    for source in JobSource.select().where(JobSource.job.in_(sorted(jobs))).order_by(JobSource.id):
        by_job.setdefault(source.job_id, []).append(source)
    for job, sources in by_job.items():
        values = fold([_said(source) for source in sources])
        known = [source for source in sources if source.rank != BROUGHT] or sources
        describer = min((s for s in known if s.described), key=lambda s: (s.rank, s.id), default=None)
        row = next(
            (r for r in rows if r.job == job and describer is not None and r.key == _key(describer)), None
        )
        if row is not None:
            values |= row.texts
            JobBand.delete().where(JobBand.job == job).execute()
            _write_bands([row])
        elif not values["skills"]:
            values.pop("skills")
        Job.update({**values, "last_seen_at": at, "changed_at": at}).where(Job.id == job).execute()
    reopen(sorted(jobs), at)


def _said(source: JobSource) -> Said:
    return Said((source.gone_at is not None, source.rank, source.id), source.given)


def _key(source: JobSource) -> tuple[str, str, str]:
    return source.board, source.feed, source.external_id
