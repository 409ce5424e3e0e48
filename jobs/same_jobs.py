"""The jobs of the table that some postings could be: found by keys, by company and title, and by text."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz

from hearback.boards.posting import Place
from hearback.boards.same import Card, Same, requisition_key, same
from hearback.boards.same_company import block_of, same_company
from hearback.boards.same_text import bands
from hearback.boards.same_title import read_title
from hearback.chunks import chunks
from hearback.models import Job, JobBand, JobSource
from jobs.missing_jobs import Absent

# Jobs that closed longer ago are no longer reposted, but posted anew.
REMEMBERED = dt.timedelta(days=180)
# How alike titles must be, of 100, to be looked at closely.
LIKELY = 80
# So many of one company's titles are looked at closely for one posting.
CLOSEST = 12
# Values of one IN: SQLite takes 32,766, Postgres plans long lists slowly.
IN_CHUNK = 500


@dataclass
class Answer:
    """What a posting is in the table: the job that it is, and those that it is linked with."""

    job: int | None = None
    links: set[int] = field(default_factory=set)


class SameJobs:
    """The jobs that could be the same as some cards, read in a few queries.

    Postings that are taken in one after the other are added with numbers below 0, until they have ids.
    """

    def __init__(self, cards: Iterable[Card], at: dt.datetime, absent: Absent) -> None:
        cards = list(cards)
        self._absent = absent
        # Jobs that their feed no longer lists, and that no row of its answer was put to.
        self._free = set(absent.sources.values())
        self._cards: dict[int, Card] = {}
        self._by_key: defaultdict[str, set[int]] = defaultdict(set)
        self._by_band: defaultdict[int, set[int]] = defaultdict(set)
        # Block, then company, then title: the jobs that have it.
        self._titles: defaultdict[str, dict[str, defaultdict[str, set[int]]]] = defaultdict(dict)
        self._read_keys(cards)
        self._read_bands(cards)
        self._read_blocks(cards, at)
        self._load({job for card in cards for job in self._candidates(card)})

    def find(self, card: Card) -> Answer:
        """The job that this card is, and those that it is linked with."""
        answers: dict[Same, list[int]] = {Same.YES: [], Same.LINK: [], Same.NO: []}
        for job in self._candidates(card):
            other = self._cards.get(job)
            if other is not None:
                answers[same(card, other)].append(job)
        return Answer(self._choose(card, answers[Same.YES]), set(answers[Same.LINK]))

    def add(self, job: int, card: Card) -> None:
        """Let later cards meet this one; where the job is known already, it has this card's keys as well."""
        self._free.discard(job)
        known = self._cards.get(job)
        self._cards[job] = card if known is None else _joined(known, card)
        for key in card.ats | card.addresses:
            self._by_key[key].add(job)
        if known is None:
            self._title(card.company, card.title.key, job)
            for band in bands(card.mark):
                self._by_band[band].add(job)

    def _choose(self, card: Card, jobs: list[int]) -> int | None:
        """The one job that it is. Where only names say so and several fit, none can be told apart."""
        sure = [job for job in jobs if self._cards[job].ats & card.ats]
        sure = sure or [job for job in jobs if self._cards[job].addresses & card.addresses]
        if sure or len(jobs) == 1:
            # Those of this batch come last: they may be copies themselves.
            return min(sure or jobs, key=lambda job: (job < 0, abs(job)))
        if free := [job for job in jobs if job in self._free]:
            # Equal jobs got other ids at once: each takes one of the old ones.
            return min(free)
        cities = {place.city for place in card.places if place.city}
        there = [job for job in jobs if cities & {place.city for place in self._cards[job].places}]
        return there[0] if len(there) == 1 else None

    def _candidates(self, card: Card) -> set[int]:
        found: set[int] = set()
        for key in card.ats | card.addresses:
            found |= self._by_key.get(key, set())
        for band in bands(card.mark):
            found |= self._by_band.get(band, set())
        return found | self._by_title(card)

    def _by_title(self, card: Card) -> set[int]:
        found: set[int] = set()
        for company, titles in self._titles.get(block_of(card.company), {}).items():
            if not same_company(company, card.company):
                continue
            key = card.title.key
            if key in titles:
                found |= titles[key]
                continue
            if len(titles) <= CLOSEST:
                found.update(*titles.values())
                continue
            likely = ((fuzz.token_set_ratio(key, title, score_cutoff=LIKELY), title) for title in titles)
            for _, title in sorted((pair for pair in likely if pair[0]), reverse=True)[:CLOSEST]:
                found |= titles[title]
        return found

    def _title(self, company: str, title: str, job: int) -> None:
        if company:
            self._titles[block_of(company)].setdefault(company, defaultdict(set))[title].add(job)

    def _read_keys(self, cards: Iterable[Card]) -> None:
        for column, keys in (
            (JobSource.ats_key, {key for card in cards for key in card.ats}),
            (JobSource.address_key, {key for card in cards for key in card.addresses}),
            (JobSource.apply_key, {key for card in cards for key in card.addresses}),
        ):
            for some in chunks(sorted(keys), IN_CHUNK):
                for key, job in JobSource.select(column, JobSource.job).where(column.in_(some)).tuples():
                    self._by_key[key].add(job)

    def _read_bands(self, cards: Iterable[Card]) -> None:
        wanted = sorted({band for card in cards for band in bands(card.mark)})
        for some in chunks(wanted, IN_CHUNK):
            for band, job in JobBand.select(JobBand.band, JobBand.job).where(JobBand.band.in_(some)).tuples():
                self._by_band[band].add(job)

    def _read_blocks(self, cards: Iterable[Card], at: dt.datetime) -> None:
        blocks = sorted({block_of(card.company) for card in cards if card.company})
        lately = Job.closed_at.is_null() | (Job.closed_at > at - REMEMBERED)
        for some in chunks(blocks, IN_CHUNK):
            rows = Job.select(Job.id, Job.company_key, Job.title_key).where(Job.block.in_(some) & lately)
            for job, company, title in rows.tuples():
                self._title(company, title, job)

    def _load(self, jobs: set[int]) -> None:
        for some in chunks(sorted(jobs), IN_CHUNK):
            sources = defaultdict(list)
            for row in JobSource.select(*_OF_SOURCE).where(JobSource.job.in_(some)).tuples():
                job, source, gone_at, *rest = row
                listed = gone_at is None and source not in self._absent.sources
                sources[job].append((listed, *rest))
            for row in Job.select(*_OF_JOB).where(Job.id.in_(some)).dicts():
                card = _card(row, sources[row["id"]])
                anew = self._absent.renamed and row["id"] in self._free
                self._cards[row["id"]] = replace(card, posted_at=None) if anew else card


_OF_JOB = (Job.id, Job.title, Job.company_key, Job.places, Job.remote, Job.requisition, Job.posted_at,
           Job.closed_at, Job.text_mark)  # fmt: skip
_OF_SOURCE = (JobSource.job, JobSource.id, JobSource.gone_at, JobSource.board, JobSource.feed,
              JobSource.ats_key, JobSource.address_key, JobSource.apply_key)  # fmt: skip


def _card(row: Mapping[str, Any], sources: list[tuple[Any, ...]]) -> Card:
    """The card of a job. A board that lists it no more does not say that another row is another job."""
    return Card(
        title=read_title(row["title"]),
        company=row["company_key"],
        places=tuple(Place(**place) for place in row["places"]),
        remote=row["remote"],
        requisition=requisition_key(row["requisition"]),
        posted_at=row["posted_at"],
        closed_at=row["closed_at"],
        mark=row["text_mark"],
        stands=frozenset((board, feed) for listed, board, feed, *_ in sources if listed),
        ats=frozenset(_known(ats for listed, _, _, ats, *_ in sources if listed)),
        addresses=frozenset(_known(key for *_, address, apply in sources for key in (address, apply))),
    )


def _known(keys: Iterable[str | None]) -> Iterator[str]:
    return (key for key in keys if key)


def _joined(one: Card, other: Card) -> Card:
    return replace(
        one,
        stands=one.stands | other.stands,
        ats=one.ats | other.ats,
        addresses=one.addresses | other.addresses,
    )
