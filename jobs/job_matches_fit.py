"""Which of a few new jobs fit which of many searches, as the full-text search itself would say."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from hearback.models import Job, SavedSearch
from jobs.find_jobs_wanted import Area, Wanted, area, lies_in, of_search, open_from
from jobs.find_jobs_where import UNSAID
from jobs.job_words import Phrase, Term, fts5, plain, terms, tokens

# The same stems as those of the index that pages search in.
INDEX = """CREATE VIRTUAL TABLE jobs_text USING fts5(title, company, skills, places, description,
 tokenize='porter unicode61 remove_diacritics 2')"""
PUT = "INSERT INTO jobs_text(rowid, title, company, skills, places, description) VALUES (?, ?, ?, ?, ?, ?)"


def fitting(
    searches: Iterable[SavedSearch], jobs: Sequence[Job]
) -> Iterator[tuple[SavedSearch, Wanted, Job]]:
    """Each search with each of the jobs that fit it."""
    by_id = {job.id: job for job in jobs}
    with closing(_Words(jobs)) as words:
        for search in searches:
            wanted = of_search(search)
            where = area(wanted.place, wanted.near)
            for job_id in words.hold(wanted.words, wanted.without):
                if fits(wanted, where, by_id[job_id]):
                    yield search, wanted, by_id[job_id]


class _Words:
    """A full-text index of a few jobs, in memory. Equal searches are asked once."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._index = sqlite3.connect(":memory:")
        self._index.execute(INDEX)
        self._index.executemany(PUT, [(job.id, *_texts(job)) for job in jobs])
        self._all = [job.id for job in jobs]
        self._known: dict[tuple[str, str], list[int]] = {}

    def hold(self, words: str, without: str) -> list[int]:
        """Ids of the jobs that hold all of the words, and none of those that must not occur."""
        if (words, without) not in self._known:
            asked = terms(words, without)
            found = self._holding(fts5(asked)) if fts5(asked) else self._all
            if asked and not fts5(asked):
                never = fts5([replace(asked[0], phrases=_phrases(asked), excluded=False)])
                found = sorted(set(found) - set(self._holding(never)))
            self._known[words, without] = found
        return self._known[words, without]

    def close(self) -> None:
        """Give the memory back."""
        self._index.close()

    def _holding(self, query: str) -> list[int]:
        rows = self._index.execute("SELECT rowid FROM jobs_text WHERE jobs_text MATCH ?", [query])
        return [row[0] for row in rows]


def fits(wanted: Wanted, where: Area | None, job: Job) -> bool:
    """Whether a job meets all that a search asks for but its words; as find_jobs_where.py asks for it."""
    if (where is not None or wanted.remote == "only") and not _placed(wanted, where, job):
        return False
    if wanted.salary_min and not _pays(wanted, job):
        return False
    for name, values in (("level", wanted.levels), ("employment", wanted.employments)):
        if values and (getattr(job, name) or UNSAID[name]) not in values:
            return False
    names = [name for name in map(tokens, wanted.companies) if name]
    spaced = f" {' '.join(tokens(job.company))} "
    return not names or any(f" {' '.join(name)} " in spaced for name in names)


def _placed(wanted: Wanted, where: Area | None, job: Job) -> bool:
    away = job.remote == "remote" and (where is None or open_from(job.remote_from, where) is not False)
    if wanted.remote == "only" or where is None:
        return away
    return there(where, job) or (wanted.remote == "too" and away)


def there(where: Area, job: Job) -> bool:
    """Whether one of a job's places lies in the area."""
    named = tokens(job.place_text)
    known_ones = (where.known, *where.around) if where.known else where.around
    if any(lies_in(place, known) for place in job.places for known in known_ones):
        return True
    if where.known is None:
        return all(word in named for word in where.words)
    city = tokens(where.known.city or "")
    for place in job.places:
        same = (place.get("country"), place.get("region")) == (where.known.country, where.known.region)
        if city and same and not place.get("city") and " ".join(city) in " ".join(named):
            return True
        bare = place.get("city") == where.known.city and not place.get("region")
        if city and bare and place.get("country") == where.known.country:
            return True
    return False


def _pays(wanted: Wanted, job: Job) -> bool:
    if job.salary_year is None or job.salary_currency != wanted.salary_currency:
        return wanted.salary_unnamed
    return bool(job.salary_year >= (wanted.salary_min or 0))


def _phrases(never: Sequence[Term]) -> tuple[Phrase, ...]:
    return tuple(phrase for term in never for phrase in term.phrases)


def _texts(job: Job) -> tuple[str, ...]:
    skills = " ".join(job.skills)
    return (*map(plain, (job.title, job.company, skills, job.place_text, job.description_text)),)


def posted_before(job: Job, at: dt.datetime) -> bool:
    """Whether a job was there before a moment, as far as its board says."""
    return job.posted_at is None or bool(job.posted_at < at)
