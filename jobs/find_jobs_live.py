"""A search of the boards themselves, for the command line: asked now, put together, and stored nowhere."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from hearback.boards import registry
from hearback.boards.faults import BoardFault
from hearback.boards.normal.rows import united
from hearback.boards.posting import Batch, Posting
from hearback.boards.same import Card, Same, card_of, same
from hearback.boards.search import Search
from hearback.boards.source import Scope
from hearback.boards.starter import starter
from hearback.config import Settings
from hearback.models import Job, SavedSearch, now
from jobs.find_jobs_wanted import Wanted
from jobs.job_form import Said, fold, given_of
from jobs.job_matches_fit import fitting
from jobs.job_matches_score import score

# So many boards are asked at a time; each host has a limit of its own.
AT_ONCE = 6


@dataclass(frozen=True)
class Asked:
    """One thing that was asked, and what came: an answer, or why there is none."""

    board: str
    company: str
    answer: Batch | BoardFault


@dataclass(frozen=True)
class Fitting:
    """A posting that fits, as a job that is stored nowhere; `fit` is 0 to 100."""

    job: Job
    posting: Posting
    fit: int


def ask_boards(settings: Settings, wanted: Wanted, names: Sequence[str]) -> Iterator[Asked]:
    """Ask each board that can be asked now, or those of `names`; companies' boards by the starter list.

    A board that is named but not asked answers with the fault that says why.
    """
    asked = names or registry.usable(settings)
    targets = [target for name in asked for target in _targets(name, settings)]
    search = Search(wanted.words, wanted.place, wanted.remote == "only", wanted.days)

    def ask(target: tuple[str, str, str]) -> Asked:
        board, key, company = target
        try:
            answer: Batch | BoardFault = registry.fetch(
                board, settings, key=key, company=company or None, search=search
            )
        except BoardFault as fault:
            answer = fault
        return Asked(board, company, answer)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        yield from threads.map(ask, targets)


def ranked(postings: Sequence[Posting], wanted: Wanted) -> list[Fitting]:
    """The postings that fit, each job once, the best first and of those the newest."""
    by_rank = sorted(united(postings), key=lambda one: registry.SOURCES[one.board].rank)
    jobs = {number: (_job(one, number), one) for number, one in enumerate(by_rank, start=1)}
    search = SavedSearch(**_columns(wanted))
    pairs = fitting([search], [job for job, _ in jobs.values()])
    numbers = sorted(job.id for _, _, job in pairs)
    found = [Fitting(job, one, score(wanted, job)[0]) for job, one in map(jobs.__getitem__, numbers)]
    at = now()
    return sorted(_once(found), key=lambda one: (-one.fit, at - (one.job.posted_at or at)))


def _targets(name: str, settings: Settings) -> Iterator[tuple[str, str, str]]:
    if registry.SOURCES[name].scope is not Scope.COMPANY or registry.why_not(name, settings):
        yield name, "", ""
        return
    for company in starter(settings).get(name, ()):
        yield name, company.key, company.name


def _job(posting: Posting, number: int) -> Job:
    columns = fold([Said((False, 0, 0), given_of(posting))])
    return Job(id=number, description_text=posting.description_text, **columns)


def _columns(wanted: Wanted) -> Mapping[str, object]:
    """The same search as a row; `days` was for the boards to heed."""
    lists = ("levels", "employments", "companies")
    plain = ("words", "without", "place", "near", "remote", "salary_min", "salary_currency", "salary_unnamed")
    values: dict[str, object] = {name: getattr(wanted, name) for name in plain}
    return values | {name: list(getattr(wanted, name)) for name in lists}


def _once(found: Sequence[Fitting]) -> Iterator[Fitting]:
    """Each job once: what stands on several boards is taken from the best of them."""
    known: dict[str, list[Card]] = {}
    for one in found:
        card = card_of(one.posting)
        block = known.setdefault(one.job.block, [])
        if not any(same(card, other) is Same.YES for other in block):
            block.append(card)
            yield one
