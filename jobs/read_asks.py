"""What new postings ask for, read once and kept, so that pages need not read texts."""

from collections.abc import Sequence

from hearback.chunks import chunks
from hearback.documents.asks import asked
from hearback.models import Job, database

BATCH = 100


def read_asks(job_ids: Sequence[int]) -> None:
    """Read what these jobs ask for where it was not read yet."""
    for ids in chunks(job_ids, BATCH):
        rows = Job.select(Job.id, Job.title, Job.description_text).where(Job.id.in_(ids) & Job.asks.is_null())
        read = [(job.id, asked(job.title, job.description_text).to_json()) for job in rows]
        with database.atomic():
            for job_id, asks in read:
                Job.update(asks=asks).where(Job.id == job_id).execute()
