"""What a user says of whole applications: two are one, or one is two. Each is an event that can be undone."""

from collections.abc import Collection, Sequence

from hearback.models import Application, Event, Kind, Notification, Standing, join_group
from jobs.acts import BadAct, NotFound, alone, done, own_application, own_key, record

# What an application is made of; all else that stands in it speaks of these.
MADE_OF = (Kind.MAIL, Kind.SENT, Kind.CREATED)


def merge(user_id: int, application_id: int, other_id: int, token: str) -> int:
    """Say that two applications are one; return the id that both have from now on.

    It goes by the names of both, so that mail that comes under either finds it. `application_id` gives
    the names that are shown. Raises NotFound and BadAct.
    """
    with alone(user_id):
        if (act := done(user_id, Kind.MERGE, token)) is not None:
            return _home(act)
        one, other = own_application(user_id, application_id), own_application(user_id, other_id)
        if one.id == other.id:
            raise BadAct("The other application is this one itself; choose another.")
        # The newer row goes on: SQLite may give the number of the newest to a stranger once it is gone.
        taken, kept = sorted((one, other), key=lambda row: row.id)
        Notification.update(application=kept.id).where(Notification.application == taken.id).execute()
        absorbed = {"id": taken.id, "anchor": taken.anchor_id}
        parts = [_ids(_members(one)), _ids(_members(other))]
        return _home(unite(user_id, Kind.MERGE, parts, token, absorbed=absorbed))


def split(user_id: int, application_id: int, event_ids: Collection[int], token: str) -> int:
    """Make an application of its own of some entries of one; return its id.

    Later mail of their conversations follows them. Raises NotFound and BadAct.
    """
    with alone(user_id):
        if (act := done(user_id, Kind.SPLIT, token)) is not None:
            return _home(act)
        application = own_application(user_id, application_id)
        members = _members(application)
        going = [event for event in members if event.id in event_ids]
        staying = [event for event in members if event.id not in event_ids]
        if len(going) != len(set(event_ids)):
            raise NotFound("An entry that you checked is not part of this application any more.")
        _check_both_count(going, staying)
        anchor = Event.get_by_id(application.anchor_id)
        if any(_same_mail(event, anchor) for event in going):
            # The page stays with what was left here.
            application.stand_on(staying[0].id)
        return _home(unite(user_id, Kind.SPLIT, [_ids(going), _ids(staying)], token))


def unite(user_id: int, kind: Kind, parts: Sequence[Sequence[int]], token: str, **more: object) -> int:
    """Record an act upon the events of `parts`, in the one group of all that it speaks of; return its id."""
    named = Event.select().where(Event.id.in_([i for part in parts for i in part]))
    group = join_group(user_id, {own_key(event) for event in named})
    return record(user_id, group, kind, token, parts=parts, **more)


def _home(act: int) -> int:
    """Where the first part of an act stands: for a merge the whole, for a split what was split off."""
    first = Event.get_by_id(act).data["parts"][0]
    places = Event.select(Event.application_id).where(
        Event.id.in_(first) & Event.application_id.is_null(False)
    )
    home = places.limit(1).scalar()
    if home is None:
        raise NotFound("This application is not here any more.")
    return int(home)


def _members(application: Application) -> list[Event]:
    """What an application is made of: what counts first, and of that what it is known by."""
    own = Event.application_id == application.id
    events = list(Event.select().where(own & (Event.user == application.user_id) & Event.kind.in_(MADE_OF)))
    return sorted(
        events,
        key=lambda e: (not _counts(e), e.id != application.anchor_id, e.happened_at, e.tiebreak),
    )


def _check_both_count(going: Sequence[Event], staying: Sequence[Event]) -> None:
    if not going:
        raise BadAct("No entry is checked; check those that belong to another application.")
    if not any(map(_counts, staying)):
        raise BadAct("Nothing that counts would be left here; check only what belongs elsewhere.")
    if not any(event.standing in {Standing.COUNTS, Standing.DOUBTFUL} for event in going):
        raise BadAct("Nothing that counts is checked; say first what these mails are.")


def _counts(event: Event) -> bool:
    return bool(event.standing == Standing.COUNTS)


def _same_mail(one: Event, other: Event) -> bool:
    identity = one.data.get("identity")
    return one.id == other.id or (identity is not None and identity == other.data.get("identity"))


def _ids(events: Sequence[Event]) -> list[int]:
    return [event.id for event in events]
