"""Jobs that are linked, not one: reposts, and one text by several agencies."""

from hearback.models import Job


def link(job: int | None, others: set[int]) -> None:
    """Put a job and those like it into one group, named by the smallest id in it.

    All in the group carry that id, the smallest too.
    """
    if job is None or not others - {job}:
        return
    members = {job, *others}
    rows = list(Job.select(Job.id, Job.alike_id).where(Job.id.in_(sorted(members))).tuples())
    groups = {alike for _, alike in rows if alike is not None}
    if groups:
        members |= {row[0] for row in Job.select(Job.id).where(Job.alike_id.in_(sorted(groups))).tuples()}
    smallest = min(members)
    Job.update(alike_id=smallest).where(Job.id.in_(sorted(members))).execute()
