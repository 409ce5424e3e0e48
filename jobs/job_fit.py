"""How well a user's main CV answers jobs: computed when it is shown, so that it is never out of date."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from hearback.documents.asks import Asks, asked
from hearback.documents.facts import Facts, facts_of
from hearback.documents.fit import fit
from hearback.documents.fit_words import Reason, reasons
from hearback.models import DocumentVersion, Job, now
from jobs.own_documents import main_cv_key


@dataclass(frozen=True)
class Suits:
    """The score from 0 to 100, and why, in words."""

    score: int
    reasons: tuple[Reason, ...]


def own_facts(user_id: int) -> Facts | None:
    """What the user's main CV proves; None while there is none."""
    key = main_cv_key(user_id)
    return _facts(*key, f"{now():%Y-%m}") if key is not None else None


def suits(facts: Facts, job: Job) -> Suits:
    """How well a CV answers one job, with the reasons; the posting is read if that was not done yet."""
    asks = Asks.from_json(job.asks) if job.asks else asked(job.title, job.description_text)
    found = fit(facts, asks, job.places, job.remote)
    return Suits(found.score, reasons(found, facts, asks))


def score(facts: Facts, job: Job) -> int | None:
    """The score alone, from `asks`, `places` and `remote`; None where the posting was not read yet."""
    if not job.asks:
        return None
    return fit(facts, Asks.from_json(job.asks), job.places, job.remote).score


# A version never changes, but its id may be given again once it is deleted; the time tells the two apart.
# What a CV proves grows with the months that its last job lasts.
@lru_cache(maxsize=256)
def _facts(version_id: int, created_at: dt.datetime, month: str) -> Facts | None:
    row = DocumentVersion.get_or_none(
        (DocumentVersion.id == version_id) & (DocumentVersion.created_at == created_at)
    )
    return facts_of(row.cv) if row is not None and row.cv else None
