"""What the texts of jobs say of skills and demands, read once after they were taken in, and kept."""

from collections.abc import Sequence
from typing import Any

from hearback.chunks import chunks
from hearback.documents.asks import asked
from hearback.models import Job, database
from hearback.skills import named

BATCH = 100
# So many are made up for at a time: a killed worker leaves no more.
MOST_LEFT = 5_000


def read_jobs(job_ids: Sequence[int]) -> None:
    """Read the texts of these jobs where that was not done yet."""
    for ids in chunks(job_ids, BATCH):
        columns = (Job.id, Job.title, Job.description_text, Job.skills)
        rows = Job.select(*columns).where(Job.id.in_(ids) & Job.asks.is_null())
        read = [(job.id, _said(job)) for job in rows]
        with database.atomic():
            for job_id, values in read:
                Job.update(values).where(Job.id == job_id).execute()


def read_left() -> None:
    """Read the texts of open jobs that a killed worker left unread."""
    left = Job.select(Job.id).where(Job.asks.is_null() & Job.closed_at.is_null()).limit(MOST_LEFT)
    read_jobs([row[0] for row in left.tuples()])


def _said(job: Job) -> dict[str, Any]:
    """What the posting asks for, and the skills that it names where its board gave none."""
    asks = asked(job.title, job.description_text).to_json()
    if job.skills:
        return {"asks": asks}
    return {"asks": asks, "skills": list(named(f"{job.title}\n{job.description_text}"))}
