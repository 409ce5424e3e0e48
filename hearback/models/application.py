"""An application, whose status is the fold of its events in the order in which they happened."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Protocol

from peewee import CharField, ForeignKeyField, JSONField

from hearback.models.absorbed import Absorbed, absorbed
from hearback.models.base import Row, UtcField
from hearback.models.event import Event, Fact, Kind, Standing, originals_of
from hearback.models.follow_up import FollowUp
from hearback.models.group import MailGroup
from hearback.models.interview import Interview, Interviews, InterviewState
from hearback.models.lesson import known_facts
from hearback.models.meeting import Meeting, write_meetings
from hearback.models.status import STAGES, Stage, Status, after_mail
from hearback.models.user import User


class Application(Row):
    """A row computed from events; `anchor` is the event that first founded it, its identity."""

    user = ForeignKeyField(User, backref="applications", on_delete="CASCADE")
    group = ForeignKeyField(MailGroup, on_delete="CASCADE", index=True)
    anchor = ForeignKeyField(Event, unique=True, on_delete="CASCADE")
    company = CharField(max_length=255, null=True)
    role = CharField(max_length=255, null=True)
    requisition = CharField(max_length=80, null=True)
    status = CharField(max_length=24)
    status_event = ForeignKeyField(Event, null=True, on_delete="SET NULL", backref="caused")
    status_at = UtcField()
    began_at = UtcField()
    last_event_at = UtcField()
    interviews = JSONField(default=list)
    completed_at = JSONField(default=list)
    clock_due_at = UtcField(null=True, index=True)
    # When the schedule must look again whether a reminder to follow up is due; None for never.
    follow_up_at = UtcField(null=True)
    changed_at = UtcField()

    anchor_id: int
    status_event_id: int | None
    user_id: int

    class Meta:
        table_name = "applications"
        indexes = ((("user", "changed_at"), False), (("follow_up_at", "id"), False))

    def stand_on(self, anchor_id: int) -> None:
        """Take another event as the anchor; what the user said of reminders comes along."""
        FollowUp.move(self.anchor_id, anchor_id)
        self.anchor = anchor_id
        self.save(only=[Application.anchor])


class Placed(Protocol):
    """What the matching says belongs together."""

    @property
    def members(self) -> Sequence[int]: ...
    @property
    def doubtful(self) -> AbstractSet[int]: ...
    @property
    def company(self) -> str | None: ...
    @property
    def organisation(self) -> str | None: ...
    @property
    def role(self) -> str | None: ...
    @property
    def requisition(self) -> str | None: ...


@dataclass
class Folded:
    """What one application's events come to."""

    status: Status
    status_event: int | None
    status_at: dt.datetime
    effects: dict[int, Status]
    interviews: list[dict[str, Any]]
    completed: list[dt.datetime]
    clock_due: dt.datetime | None
    meetings: list[Interview]


@dataclass(frozen=True)
class Change:
    """An event that now sets the status of an application and did not before."""

    application_id: int
    event_id: int
    status: Status


@dataclass
class _Fold:
    """The running state of one fold."""

    status: Status | None = None
    cause: int | None = None
    since: dt.datetime | None = None
    effects: dict[int, Status] = field(default_factory=dict)
    interviews: Interviews = field(default_factory=Interviews)
    completed: list[dt.datetime] = field(default_factory=list)

    def set(self, status: Status, fact: Fact) -> None:
        self.status, self.cause, self.since = status, fact.id, fact.at
        self.effects[fact.id] = status

    def tick(self, at: dt.datetime) -> None:
        """Let the clock pass `at`: when the last confirmed interview is over, it was held."""
        if self.status is not Status.INTERVIEW_SCHEDULED or self.since is None:
            return
        end = self.interviews.last_end(self.since)
        if end is not None and end <= at:
            self.status, self.cause, self.since = Status.INTERVIEW_COMPLETED, None, end
            self.completed.append(end)

    def step(self, fact: Fact) -> None:
        self.tick(fact.at)
        if fact.kind in {Kind.CREATED, Kind.CHOICE} and fact.status:
            self.set(Status(fact.status), fact)
        elif fact.kind == Kind.MAIL and fact.category:
            self.interviews.take(fact)
            self._after(fact, fact.category)
        elif fact.kind == Kind.INTERVIEW and self.interviews.by_hand(fact):
            self._after(fact, "interview_invitation")

    def _after(self, fact: Fact, category: str) -> None:
        status = after_mail(self.status, category)
        if status is not None:
            self.set(status, fact)


def fold(members: Sequence[Fact], doubtful: AbstractSet[int], now: dt.datetime) -> Folded:
    """Compute an application from its facts, given in the order in which they happened.

    Pure: the same facts and the same `now` give the same result. Facts that do not count, or that
    may belong to another application (`doubtful`), change nothing.
    """
    state = _Fold()
    for fact in members:
        if fact.counts and fact.id not in doubtful:
            state.step(fact)
    state.tick(now)
    status = state.status or Status.APPLIED
    closed_at = state.since if STAGES[status] is Stage.CLOSED else None
    meetings = state.interviews.standing(now, closed_at)
    return Folded(
        status=status,
        status_event=state.cause,
        status_at=state.since or members[0].at,
        effects=state.effects,
        interviews=state.interviews.as_json(),
        completed=state.completed,
        clock_due=min((i.end for i in meetings if i.state is InterviewState.CONFIRMED), default=None),
        meetings=meetings,
    )


def refold(
    group_id: int,
    place: Callable[[Sequence[Fact]], Sequence[Placed]],
    threshold: float,
    now: dt.datetime,
) -> list[Change]:
    """Fold one group again and write what came of it; return which events newly set a status.

    The caller holds the user's lock within a transaction. `place` is the matching.
    """
    events = list(Event.select().where(Event.group == group_id).order_by(Event.happened_at, Event.tiebreak))
    known = known_facts(events, threshold)
    clusters = place(known)
    originals, taken = originals_of(events), absorbed(events)
    rows = _rows(group_id, clusters, originals, taken)
    rows |= _orphans(group_id, [c for c in clusters if id(c) not in rows], rows.values(), events)
    by_id = {fact.id: fact for fact in known}
    standings = {fact.id: fact.standing for fact in known}
    homes: dict[int, tuple[int, str | None]] = {}
    meetings: dict[int, list[Interview]] = {}
    changes: list[Change] = []
    for cluster in clusters:
        members = sorted((by_id[i] for i in cluster.members), key=lambda f: (f.at, f.tiebreak))
        folded = fold(members, cluster.doubtful, now)
        values = _values(cluster, members, folded)
        if (row := rows.get(id(cluster))) is None:
            row = _create(
                group_id, members, taken, originals, {**values, "changed_at": now, "follow_up_at": now}
            )
        else:
            _update(row, values, now)
        meetings[row.id] = folded.meetings
        standings.update(dict.fromkeys(cluster.doubtful, Standing.DOUBTFUL))
        homes.update((f.id, (row.id, folded.effects.get(f.id))) for f in members)
    for event in events:
        home, effect = homes.get(event.id, (None, None))
        if home is not None and effect is not None and event.effect != effect:
            changes.append(Change(home, event.id, Status(effect)))
        _place_event(event, home, effect, standings.get(event.id, Standing.COUNTS))
    kept = {row.id for row in rows.values()} | {home for home, _ in homes.values()}
    Application.delete().where(
        (Application.group == group_id) & Application.id.not_in(list(kept) or [0])
    ).execute()
    if events:
        write_meetings(events[0].user_id, meetings, now)
    return changes


def _rows(
    group_id: int, clusters: Sequence[Placed], originals: Mapping[int, int], taken: Sequence[Absorbed]
) -> dict[int, Application]:
    """The existing row of each cluster (by the cluster's id()): where its anchor stands now.

    The anchor may be a file's copy of a mail that Gmail has brought since, which then stands for it.
    Where two rows are one now the older goes on, unless a merge says which.
    """
    rows: dict[int, Application] = {}
    yielding = {one.id for one in taken if one.stands}
    known = Application.select().where(Application.group == group_id)
    for row in sorted(known, key=lambda row: (row.id in yielding, row.id)):
        for cluster in clusters:
            if originals.get(row.anchor_id, row.anchor_id) in cluster.members:
                rows.setdefault(id(cluster), row)
    return rows


def _orphans(
    group_id: int, clusters: Sequence[Placed], used: Collection[Application], events: Sequence[Event]
) -> dict[int, Application]:
    """Rows whose anchor stands nowhere now, by the cluster (its id()) of what stood beside the anchor.

    Who takes out the mail that began an application, and leaves others, stays on its page.
    """
    if not clusters:
        return {}
    homes = {event.id: event.application_id for event in events}
    taken = {row.id for row in used}
    rows: dict[int, Application] = {}
    for row in Application.select().where(Application.group == group_id).order_by(Application.id):
        beside = (c for c in clusters if id(c) not in rows and row.id in map(homes.get, c.members))
        if row.id not in taken and (cluster := next(beside, None)) is not None:
            row.stand_on(cluster.members[0])
            rows[id(cluster)] = row
    return rows


def _create(
    group_id: int,
    members: Sequence[Fact],
    taken: Sequence[Absorbed],
    originals: Mapping[int, int],
    values: dict[str, Any],
) -> Application:
    """Store a new application; one that a merge had taken in comes back under its old id."""
    own = {fact.id for fact in members}
    founder = next((f.id for f in members if f.counts), members[0].id)
    user_id = Event.get_by_id(founder).user_id
    for one in taken:
        back = not one.stands and originals.get(one.anchor, one.anchor) in own
        if back and not Application.select().where(Application.id == one.id).exists():
            values |= {"id": one.id}
            founder = originals.get(one.anchor, one.anchor)
            break
    return Application.create(user=user_id, group=group_id, anchor=founder, **values)


def _values(cluster: Placed, members: Sequence[Fact], folded: Folded) -> dict[str, Any]:
    """What an application's row holds."""
    return {
        "company": _short(cluster.company or cluster.organisation, 255),
        "role": _short(cluster.role, 255),
        "requisition": _short(cluster.requisition, 80),
        "status": folded.status.value,
        "status_event_id": folded.status_event,
        "status_at": folded.status_at,
        "began_at": members[0].at,
        "last_event_at": max([members[-1].at, *folded.completed]),
        "interviews": folded.interviews,
        "completed_at": [moment.isoformat() for moment in folded.completed],
        "clock_due_at": folded.clock_due,
    }


def _update(row: Application, values: dict[str, Any], now: dt.datetime) -> None:
    """Write what changed; leave the row alone when nothing did."""
    if (row.company, row.role) != (values["company"], values["role"]):
        # Calendars know an interview by these too. That does not make it new: reminders go by `changed_at`.
        Meeting.update(sequence=Meeting.sequence + 1).where(Meeting.application == row.id).execute()
    if any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        row.changed_at = row.follow_up_at = now  # type: ignore[assignment]
        row.save()


def _place_event(event: Event, home: int | None, effect: str | None, standing: str) -> None:
    if (event.application_id, event.effect, event.standing) != (home, effect, standing):
        Event.update(application_id=home, effect=effect, standing=standing).where(
            Event.id == event.id
        ).execute()


def _short(text: str | None, limit: int) -> str | None:
    return text[:limit] if text else None
