"""What a user does with a job: save it, hide it, say that they applied; and what is known of that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peewee import JOIN

from hearback.boards.same_company import company_key
from hearback.models import Application, Event, Job, JobMark, Kind, Status, User, database, now
from jobs import acts
from jobs.job_words import tokens
from jobs.refusals import NotFound

# Words of a title that two names of one job may differ in.
BESIDE = frozenset({"the", "a", "an", "of", "for", "and", "in", "m", "f", "d", "w", "x", "remote", "hybrid"})


@dataclass(frozen=True)
class Marks:
    """A user's marks on one job; `application_id` is their application to it, by mark or by name."""

    saved: bool = False
    hidden: bool = False
    application_id: int | None = None

    @property
    def applied(self) -> bool:
        """Whether the user applied to it."""
        return self.application_id is not None


def marks_of(user_id: int, jobs: Sequence[Job]) -> dict[int, Marks]:
    """The user's marks on these jobs, by the job's id."""
    ids = [job.id for job in jobs] or [0]
    rows = {
        row.job_id: row
        for row in JobMark.select(JobMark, Event)
        .join(Event, JOIN.LEFT_OUTER)
        .where((JobMark.user == user_id) & JobMark.job.in_(ids))
    }
    by_company = _applications(user_id) if jobs else {}
    found = {}
    for job in jobs:
        row = rows.get(job.id)
        # An application that was taken back has no event any more that stands in it.
        own = row.anchor.application_id if row is not None and row.anchor is not None else None
        found[job.id] = Marks(
            saved=row is not None and row.saved_at is not None,
            hidden=row is not None and row.hidden_at is not None,
            application_id=own or _by_name(job, by_company.get(job.company_key, ())),
        )
    return found


def save(user_id: int, job_id: int, saved: bool = True) -> None:
    """Keep a job on the user's list, or take it off. Raises NotFound."""
    _mark(user_id, job_id, saved_at=now() if saved else None)


def hide(user_id: int, job_id: int, hidden: bool = True) -> None:
    """Show a job to this user no more, or again. Raises NotFound."""
    _mark(user_id, job_id, hidden_at=now() if hidden else None)


def applied(user_id: int, job_id: int, token: str) -> tuple[int, int | None]:
    """Note that the user applied: an application on the board, once, which remembers the job.

    Returns the application's id and, where this made it, the event that undoing takes back.
    """
    job = job_of(job_id)
    with database.atomic():
        User.lock(user_id)
        known = marks_of(user_id, [job])[job.id].application_id
        if known is not None:
            return known, None
        application_id = acts.add(user_id, job.company, job.title[:255], Status.APPLIED, token)
        act = acts.done(user_id, Kind.CREATED, token)
        JobMark.note(user_id, job_id, applied_at=now(), anchor=act)
    return application_id, act


def job_of(job_id: int) -> Job:
    """The job of that id; raises NotFound."""
    found: Job | None = Job.get_or_none(Job.id == job_id)
    if found is None:
        raise NotFound("This job is not here any more.")
    return found


def _mark(user_id: int, job_id: int, **values: object) -> None:
    job_of(job_id)
    JobMark.note(user_id, job_id, **values)  # type: ignore[arg-type]
    User.touch(user_id)


def _applications(user_id: int) -> dict[str, list[tuple[int, str]]]:
    """The user's applications by the company's key: id and role."""
    found: dict[str, list[tuple[int, str]]] = {}
    rows = Application.select(Application.id, Application.company, Application.role)
    for application_id, company, role in rows.where(Application.user == user_id).tuples():
        if company and role:
            found.setdefault(company_key(company), []).append((application_id, role))
    return found


def _by_name(job: Job, applications: Iterable[tuple[int, str]]) -> int | None:
    title = _bare(job.title)
    return next((number for number, role in applications if _bare(role) == title), None)


def _bare(title: str) -> frozenset[str]:
    return frozenset(tokens(title)) - BESIDE
