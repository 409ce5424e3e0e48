"""How well a user's main CV answers jobs: computed when it is shown, so that it is never out of date."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hearback.documents.asks import Asks, asked
from hearback.documents.facts import Facts, facts_of
from hearback.documents.fit import fit
from hearback.documents.fit_words import Reason, reasons
from hearback.models import DocumentVersion, Job, now
from jobs.own_documents import main_cv


@dataclass(frozen=True)
class Suits:
    """The score from 0 to 100, and why, in words."""

    score: int
    reasons: tuple[Reason, ...]


def own_facts(user_id: int) -> Facts | None:
    """What the user's main CV proves; None while there is none."""
    version = main_cv(user_id)
    return _facts(version.id, f"{now():%Y-%m}") if version is not None else None


def suits(facts: Facts, job: Job) -> Suits:
    """How well a CV answers one job, with the reasons."""
    asks = Asks.from_json(job.asks) if job.asks else asked(job.title, job.description_text)
    found = fit(facts, asks, job.places, job.remote)
    return Suits(found.score, reasons(found, facts, asks))


def scores(facts: Facts, job_ids: Sequence[int]) -> dict[int, int]:
    """The scores of these jobs, but for those whose posting was not read yet."""
    rows = Job.select(Job.id, Job.asks, Job.places, Job.remote).where(
        Job.id.in_(list(job_ids) or [0]) & Job.asks.is_null(False)
    )
    return {
        job_id: fit(facts, Asks.from_json(asks), places, remote).score
        for job_id, asks, places, remote in rows.tuples()
    }


# A version never changes; what it proves grows with the months that its last job lasts.
@lru_cache(maxsize=256)
def _facts(version_id: int, month: str) -> Facts:
    return facts_of(DocumentVersion.get_by_id(version_id).cv)
