"""Finding the group of an event, and uniting groups that turn out to touch."""

from collections.abc import Iterable

from hearback.models.application import Application
from hearback.models.event import Event
from hearback.models.group import Link, MailGroup


def join_group(user_id: int, keys: Iterable[str]) -> int:
    """Find or make the group that has any of `keys`, uniting those that now touch; return its id.

    The caller holds the user's lock. A group only ever grows: a larger one folds to the same result.
    """
    wanted = sorted(set(keys))
    known = dict(
        Link.select(Link.key, Link.group).where((Link.user == user_id) & Link.key.in_(wanted)).tuples()
    )
    groups = sorted(set(known.values()))
    home: int = groups[0] if groups else MailGroup.create(user=user_id).id
    if len(groups) > 1:
        _unite(home, groups[1:])
    fresh = [{"user": user_id, "key": key, "group": home} for key in wanted if key not in known]
    if fresh:
        Link.insert_many(fresh).execute()
    return home


def _unite(home: int, others: list[int]) -> None:
    for table in (Event, Link, Application):
        table.update(group=home).where(table.group.in_(others)).execute()
    MailGroup.delete().where(MailGroup.id.in_(others)).execute()
