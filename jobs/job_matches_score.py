"""How well a job fits a search, 0 to 100, and why in words: from the search alone, without a CV."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hearback.levels import rank
from hearback.models import Job
from hearback.words import listed
from jobs.find_jobs_wanted import Area, Wanted, area, lies_in, open_from
from jobs.find_jobs_where import UNSAID
from jobs.job_words import Term, terms, tokens
from jobs.job_words_pay import money, pay

# Words of one stem differ at most so much at their ends: "engineer", "engineers", "engineering".
ENDING = 3
SHORTEST_STEM = 4
# What each part of a search weighs in the score.
WEIGHTS = {"words": 50, "place": 25, "salary": 15, "level": 10, "employment": 5, "company": 10}
EMPLOYMENTS = {
    "full_time": "Full-time",
    "part_time": "Part-time",
    "contract": "Contract",
    "temporary": "Temporary",
    "internship": "Internship",
    "volunteer": "Volunteer",
}
# Most jobs say nothing of a part; that is neither for nor against them.
UNKNOWN = 0.5


@dataclass(frozen=True)
class Reason:
    """One part of a search as a job meets it: `fits` is None where the posting does not say."""

    part: str
    value: float
    fits: bool | None
    words: str


def score(wanted: Wanted, job: Job) -> tuple[int, list[Reason]]:
    """0 to 100, and the reasons, those that weigh most first; 100 where nothing was asked."""
    reasons = list(_reasons(wanted, job))
    whole = sum(WEIGHTS[reason.part] for reason in reasons)
    if not whole:
        return 100, []
    return round(100 * sum(WEIGHTS[one.part] * one.value for one in reasons) / whole), reasons


def stored(reasons: Sequence[Reason]) -> list[list[object]]:
    """Reasons as a row keeps them."""
    return [[reason.fits, reason.words] for reason in reasons]


def _reasons(wanted: Wanted, job: Job) -> Iterator[Reason]:
    asked = [term for term in terms(wanted.words) if not term.excluded]
    if asked:
        yield _words(asked, job)
    where = area(wanted.place, wanted.near)
    if where is not None or wanted.remote == "only":
        yield _place(where, wanted, job)
    if wanted.salary_min:
        yield _salary(wanted, job)
    if wanted.levels:
        yield _level(wanted.levels, job)
    if wanted.employments:
        yield _employment(wanted.employments, job)
    if wanted.companies:
        yield Reason("company", 1.0, True, f"At {job.company}, as you want")


def _words(asked: Sequence[Term], job: Job) -> Reason:
    title = tokens(job.title)
    there = [term.text for term in asked if any(_stands(phrase, title) for phrase in term.phrases)]
    rest = [term.text for term in asked if term.text not in there]
    if not rest:
        return Reason("words", 1.0, True, f"{_quoted(there)} in the title")
    share = len(there) / len(asked)
    words = f"{_quoted(rest)} in the description" + (f", {_quoted(there)} in the title" if there else "")
    return Reason("words", 0.4 + 0.4 * share, True, words)


def _stands(phrase: Sequence[str], text: Sequence[str]) -> bool:
    starts = range(len(text) - len(phrase) + 1)
    return any(all(map(_alike, phrase, text[at : at + len(phrase)])) for at in starts)


def _alike(one: str, other: str) -> bool:
    """Whether two words have one stem, near enough to say where a word stands."""
    short, long = sorted((one, other), key=len)
    stem = len(short) >= SHORTEST_STEM and len(long) - len(short) <= ENDING
    return one == other or (stem and long.startswith(short))


def _place(where: Area | None, wanted: Wanted, job: Job) -> Reason:
    if where is None:
        return Reason("place", 1.0, True, "Remote")
    if wanted.remote != "only" and (there := _there(where, job)) is not None:
        return there
    if job.remote != "remote":
        return Reason("place", 0.0, False, f"In {job.place_text}" if job.place_text else "Names no place")
    opened = open_from(job.remote_from, where)
    if opened:
        return Reason("place", 1.0, True, "Remote, open to where you are")
    if opened is None and _abroad(where, job):
        return Reason("place", 0.4, None, f"Remote; it names {job.place_text}, and not from where")
    if opened is None:
        return Reason("place", 0.8, True, "Remote; it does not say from where")
    return Reason("place", 0.0, False, f"Remote, but only from {', '.join(job.remote_from)}")


def _abroad(where: Area, job: Job) -> bool:
    """Whether a remote job names places, all in other countries: most such are open to these alone."""
    named = {place["country"] for place in job.places if place.get("country")}
    return bool(named and where.open_to) and named.isdisjoint(where.open_to)


def _there(where: Area, job: Job) -> Reason | None:
    for place in job.places:
        # An area such as Europe has countries around no place of its own.
        within = (where.known,) if where.known else where.around
        if any(lies_in(place, known) for known in within):
            return Reason("place", 1.0, True, f"In {place['text']}")
    for place in job.places:
        if any(lies_in(place, known) for known in where.around):
            return Reason("place", 0.8, True, f"In {place['text']}, near {where.text}")
    named = tokens(job.place_text)
    words = tokens(where.known.city) if where.known and where.known.city else where.words
    if _stands(words, named):
        return Reason("place", 0.9, True, f"In {job.place_text}")
    return None


def _salary(wanted: Wanted, job: Job) -> Reason:
    if job.salary_year is None:
        return Reason("salary", UNKNOWN, None, "Names no salary")
    words = pay(job.salary_min, job.salary_max, job.salary_currency, job.salary_period)
    words += ", as we read the text" if job.salary_guessed else ""
    if job.salary_currency != wanted.salary_currency:
        return Reason("salary", UNKNOWN, None, f"Pays {words}")
    if wanted.salary_min and job.salary_year < wanted.salary_min:
        wish = money(wanted.salary_min, wanted.salary_currency)
        return Reason("salary", 0.0, False, f"Pays {words}, less than {wish}")
    return Reason("salary", 0.9 if job.salary_guessed else 1.0, True, f"Pays {words}")


def _level(levels: Sequence[str], job: Job) -> Reason:
    if job.level is None:
        named = UNSAID["level"] in levels
        return Reason("level", UNKNOWN, True if named else None, "The title names no level")
    if job.level in levels:
        return Reason("level", 1.0, True, f"{job.level.capitalize()}, as you want")
    higher = (rank(job.level) or 0) > max(rank(level) or 0 for level in levels)
    return Reason("level", 0.0, False, f"{job.level.capitalize()}, {'above' if higher else 'not'} your level")


def _employment(employments: Sequence[str], job: Job) -> Reason:
    if job.employment is None:
        return Reason("employment", UNKNOWN, None, "Does not say whether it is full-time")
    fits = job.employment in employments
    return Reason("employment", float(fits), fits, EMPLOYMENTS.get(job.employment, job.employment))


def _quoted(words: Sequence[str]) -> str:
    return listed([f"“{word}”" for word in words])
