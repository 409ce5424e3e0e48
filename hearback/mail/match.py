"""Which application a mail belongs to: a pure function of one group's facts, in time order.

What a mail says of itself is its verdict; here stands what its surroundings say. Nothing here
knows in which order mails were delivered, so a backfill from newest to oldest ends the same.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, Protocol

from hearback.mail import by_hand
from hearback.mail.clusters import Cluster, Fact, founds, holding
from hearback.mail.names import block, initials, same_company, same_role
from hearback.mail.verdict import Category

# A new acknowledgment this long after the last one is a new application at the same company.
NEW_APPLICATION_AFTER = dt.timedelta(days=30)


class Tie(IntEnum):
    """How strongly a mail is tied to an application, weakest first."""

    NONE = 0
    COMPANY = 1
    THREAD = 2
    REQUISITION = 3
    REPLY = 4


def keys(data: Mapping[str, Any]) -> set[str]:
    """Keys of a mail, by its stored fields: what could ever tie two mails gives both one key."""
    references = (data.get("reference"), *(data.get("references") or ()))
    found = {f"reference:{reference}" for reference in references if reference}
    if data.get("thread"):
        found.add(f"thread:{data['thread']}")
    if data.get("requisition"):
        found.add(f"requisition:{data['requisition'].casefold()[:80]}")
    names = (data.get("company"), data.get("organisation"))
    return found | {
        f"name:{key}" for name in names if name for key in (block(name), initials(name)[:4]) if key
    }


def place(facts: Sequence[Fact]) -> list[Cluster]:
    """Sort one group's facts, given in time order, into applications.

    A mail that nothing ties to an application founds one if it is sure and about an application of
    the user's. The user's own mail and a recruiter's first mail found none, but stand in the one that
    comes of them. Mail that does not count is shown where it would stand and changes nothing.
    """
    clusters: list[Cluster] = []
    loose: list[Fact] = []
    by_id = {fact.id: fact for fact in facts}
    for fact in _in_turn(facts):
        if fact.kind == "created":
            _found(clusters, fact, [])
        elif fact.kind in {"choice", "interview"}:
            _place_choice(fact, by_id, clusters, loose)
        elif fact.kind == "merge":
            by_hand.merge(fact, by_id, clusters)
        elif fact.kind == "split":
            by_hand.split(fact, by_id, clusters)
        else:
            _place_mail(fact, clusters, loose)
    return clusters


def _in_turn(facts: Sequence[Fact]) -> list[Fact]:
    """In time order, but what speaks of mails after the last of them, whatever the clocks said."""
    turn = {fact.id: number for number, fact in enumerate(facts)}

    def moment(fact: Fact) -> tuple[float, int]:
        named = [turn[i] for ids in (fact.targets, *fact.parts) for i in ids if i in turn]
        return max([turn[fact.id], *(later + 0.5 for later in named)]), turn[fact.id]

    return sorted(facts, key=moment)


def _place_mail(fact: Fact, clusters: list[Cluster], loose: list[Fact]) -> None:
    home, rivals = _home(fact, clusters)
    if home is None:
        if founds(fact):
            _found(clusters, fact, loose)
        else:
            loose.append(fact)
    elif fact.counts and not rivals:
        home.add(fact)
        _also_known_as(fact, home)
    else:
        home.members.append(fact.id)
        if fact.counts:
            home.rivals[fact.id] = rivals
        else:
            home.follow(fact)


def _also_known_as(fact: Fact, home: Cluster) -> None:
    """Know a second name of the employer, where more than the name tied the mail to the application.

    An agency names its client late; from then on the client is whom the application is with.
    """
    if fact.company and not _compatible(fact.company, home.companies, same_company):
        by_agency = home.company and fact.organisation and same_company(home.company, fact.organisation)
        home.companies.insert(0 if by_agency else len(home.companies), fact.company)


def _place_choice(fact: Fact, facts: Mapping[int, Fact], clusters: list[Cluster], loose: list[Fact]) -> None:
    """A choice goes with the mail that it was made upon, also when that mail was undone since."""
    about = next((facts[i] for i in fact.targets if i in facts), None)
    if about is None:
        return
    home = holding(fact.targets, clusters) or _home(about, clusters)[0]
    if home is None:
        home = _found(clusters, about, [])
        loose[:] = [f for f in loose if f.id != about.id]
    home.members.append(fact.id)
    home.touched_at = fact.at


def _found(clusters: list[Cluster], fact: Fact, loose: list[Fact]) -> Cluster:
    """Begin an application with `fact`, and draw in earlier loose mail of the same conversation."""
    cluster = Cluster()
    before = [f for f in loose if _converses(f, fact)]
    loose[:] = [f for f in loose if f not in before]
    for earlier in before:
        cluster.members.append(earlier.id)
        cluster.references.update(r for r in (earlier.reference, *earlier.references) if r)
    cluster.add(fact)
    for earlier in before:
        cluster.name(earlier)
    clusters.append(cluster)
    return cluster


def _converses(earlier: Fact, fact: Fact) -> bool:
    """Whether `fact` goes on with the conversation of `earlier`."""
    if earlier.reference and earlier.reference in fact.references:
        return True
    if not earlier.thread or earlier.thread != fact.thread:
        return False
    return _compatible(earlier.company, [fact.company] if fact.company else [], same_company)


def _home(fact: Fact, clusters: list[Cluster]) -> tuple[Cluster | None, list[Cluster]]:
    """The application that `fact` belongs to, and others that it may as well belong to."""
    pinned = holding(fact.targets, clusters)
    if pinned is not None:
        return pinned, []
    ranked = sorted(
        ((tie, _role_known(fact, c), c.touched_at, n) for n, c in enumerate(clusters)
         if (tie := _tie(fact, c)) is not Tie.NONE),
        reverse=True,
    )  # fmt: skip
    if not ranked:
        return None, []
    best, tie = clusters[ranked[0][3]], ranked[0][0]
    if tie is not Tie.COMPANY:
        return best, []
    equal = [clusters[n] for *rank, _, n in ranked[1:] if rank == list(ranked[0][:2])]
    return best, [other for other in equal if _unclear(fact, best, other)]


def _unclear(fact: Fact, best: Cluster, other: Cluster) -> bool:
    """Whether only the user can tell which of two applications a mail with no other tie is about.

    Of two for one role the later goes on, unless the user has told them apart.
    """
    if best.apart & other.apart:
        return True
    return fact.role is None and not _compatible(best.role, other.roles, same_role)


def _role_known(fact: Fact, cluster: Cluster) -> bool:
    return fact.role is not None and bool(cluster.roles)


def _tie(fact: Fact, cluster: Cluster) -> Tie:
    """How `fact` is tied to `cluster`; NONE also when something forbids it."""
    foreign = not _compatible(fact.company, cluster.companies, same_company)
    if foreign and not _goes_on_at_one_desk(fact, cluster):
        return Tie.NONE
    if any(reference in cluster.references for reference in fact.references):
        return Tie.REPLY
    if fact.requisition and cluster.requisitions:
        known = {requisition.casefold() for requisition in cluster.requisitions}
        return Tie.REQUISITION if fact.requisition.casefold() in known else Tie.NONE
    if not _compatible(fact.role, cluster.roles, same_role) or _begins_anew(fact, cluster):
        return Tie.NONE
    if fact.thread and fact.thread in cluster.threads:
        return Tie.THREAD
    return Tie.COMPANY if _one_company(fact, cluster) else Tie.NONE


def _goes_on_at_one_desk(fact: Fact, cluster: Cluster) -> bool:
    """Whether the sender goes on with the conversation, whatever employer the mail names now."""
    desk, desks = fact.organisation, cluster.organisations
    if not desk or not desks or not _compatible(desk, desks, same_company):
        return False
    goes_on = fact.thread in cluster.threads or not cluster.references.isdisjoint(fact.references)
    return goes_on and _compatible(fact.role, cluster.roles, same_role)


def _begins_anew(fact: Fact, cluster: Cluster) -> bool:
    if fact.category != Category.acknowledgment or cluster.acknowledged_at is None:
        return False
    return fact.at - cluster.acknowledged_at > NEW_APPLICATION_AFTER


def _one_company(fact: Fact, cluster: Cluster) -> bool:
    """Whether the names agree: stated ones first, else what the senders' domains suggest."""
    ours = fact.company or fact.organisation
    theirs = cluster.companies or cluster.organisations
    if not ours or not theirs:
        return False
    if _compatible(ours, theirs, same_company):
        return True
    unstated = not (fact.company and cluster.companies)
    hint, hints = fact.organisation, cluster.organisations
    return unstated and bool(hint and hints) and _compatible(hint, hints, same_company)


def _compatible(one: str | None, known: Sequence[str], same: "_Same") -> bool:
    return not one or not known or any(same(one, name) for name in known)


class _Same(Protocol):
    def __call__(self, one: str, other: str, /) -> bool: ...
