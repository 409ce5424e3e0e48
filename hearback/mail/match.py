"""Which application a mail belongs to: a pure function of one group's facts, in time order.

What a mail says of itself is its verdict; here stands what its surroundings say. Nothing here
knows in which order mails were delivered, so a backfill from newest to oldest ends the same.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Protocol

from hearback.mail.names import block, same_company, same_role
from hearback.mail.verdict import ABOUT_MINE, Category

# A new acknowledgment this long after the last one is a new application at the same company.
NEW_APPLICATION_AFTER = dt.timedelta(days=30)


class Fact(Protocol):
    """What the matching needs to know of a mail or an act."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> dt.datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def counts(self) -> bool: ...
    @property
    def category(self) -> str | None: ...
    @property
    def company(self) -> str | None: ...
    @property
    def organisation(self) -> str | None: ...
    @property
    def role(self) -> str | None: ...
    @property
    def requisition(self) -> str | None: ...
    @property
    def thread(self) -> str | None: ...
    @property
    def reference(self) -> str | None: ...
    @property
    def references(self) -> tuple[str, ...]: ...
    @property
    def targets(self) -> tuple[int, ...]: ...


class Tie(IntEnum):
    """How strongly a mail is tied to an application, weakest first."""

    NONE = 0
    COMPANY = 1
    THREAD = 2
    REQUISITION = 3
    REPLY = 4


@dataclass
class Cluster:
    """An application in the making: its members' ids in time order, and what is known of it."""

    members: list[int] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)
    company: str | None = None
    organisation: str | None = None
    role: str | None = None
    requisition: str | None = None
    threads: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    acknowledged_at: dt.datetime | None = None
    touched_at: dt.datetime | None = None

    def add(self, fact: Fact) -> None:
        """Make `fact` a member that counts, and learn from it."""
        self.members.append(fact.id)
        self.touched_at = fact.at
        self.company = self.company or fact.company
        self.organisation = self.organisation or fact.organisation
        self.role = self.role or fact.role
        self.requisition = self.requisition or fact.requisition
        self.follow(fact)
        if fact.category == Category.acknowledgment:
            self.acknowledged_at = fact.at

    def follow(self, fact: Fact) -> None:
        """Know the conversation of `fact`, so that what goes on with it comes here too."""
        if fact.thread:
            self.threads.add(fact.thread)
        self.references.update(r for r in (fact.reference, *fact.references) if r)


def keys(data: Mapping[str, Any]) -> set[str]:
    """Keys of a mail, by its stored fields: what could ever tie two mails gives both one key."""
    references = (data.get("reference"), *(data.get("references") or ()))
    found = {f"reference:{reference}" for reference in references if reference}
    if data.get("thread"):
        found.add(f"thread:{data['thread']}")
    if data.get("requisition"):
        found.add(f"requisition:{data['requisition'].casefold()[:80]}")
    names = (data.get("company"), data.get("organisation"))
    return found | {f"name:{block(name)}" for name in names if name and block(name)}


def place(facts: Sequence[Fact]) -> list[Cluster]:
    """Sort one group's facts, given in time order, into applications.

    A mail that nothing ties to an application founds one if it is sure and about an application of
    the user's. The user's own mail and a recruiter's first mail found none, but stand in the one that
    comes of them. Mail that does not count is shown where it would stand and changes nothing.
    """
    clusters: list[Cluster] = []
    loose: list[Fact] = []
    for fact in facts:
        if fact.kind == "created":
            _found(clusters, fact, [])
        elif fact.kind == "choice":
            _place_choice(fact, facts, clusters, loose)
        else:
            _place_mail(fact, clusters, loose)
    return clusters


def _place_mail(fact: Fact, clusters: list[Cluster], loose: list[Fact]) -> None:
    home, certain = _home(fact, clusters)
    if home is None:
        if fact.counts and fact.category in ABOUT_MINE and fact.kind == "mail":
            _found(clusters, fact, loose)
        else:
            loose.append(fact)
    elif fact.counts and certain:
        home.add(fact)
    else:
        home.members.append(fact.id)
        if fact.counts:
            home.doubtful.add(fact.id)
        else:
            home.follow(fact)


def _place_choice(fact: Fact, facts: Sequence[Fact], clusters: list[Cluster], loose: list[Fact]) -> None:
    """A choice goes with the mail that it was made upon, also when that mail was undone since."""
    about = next((f for f in facts if f.id in fact.targets), None)
    if about is None:
        return
    home = _holding(fact.targets, clusters) or _home(about, clusters)[0]
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
        cluster.company = cluster.company or earlier.company
        cluster.organisation = cluster.organisation or earlier.organisation
        cluster.role = cluster.role or earlier.role
    clusters.append(cluster)
    return cluster


def _converses(earlier: Fact, fact: Fact) -> bool:
    """Whether `fact` goes on with the conversation of `earlier`."""
    if earlier.reference and earlier.reference in fact.references:
        return True
    if not earlier.thread or earlier.thread != fact.thread:
        return False
    return _compatible(earlier.company, fact.company, same_company)


def _holding(targets: tuple[int, ...], clusters: list[Cluster]) -> Cluster | None:
    for target in targets:
        for cluster in clusters:
            if target in cluster.members:
                return cluster
    return None


def _home(fact: Fact, clusters: list[Cluster]) -> tuple[Cluster | None, bool]:
    """The application that `fact` belongs to, and whether that is certain."""
    pinned = _holding(fact.targets, clusters)
    if pinned is not None:
        return pinned, True
    ranked = sorted(
        ((tie, _role_known(fact, c), c.touched_at, n) for n, c in enumerate(clusters)
         if (tie := _tie(fact, c)) is not Tie.NONE),
        reverse=True,
    )  # fmt: skip
    if not ranked:
        return None, True
    best = clusters[ranked[0][3]]
    rivals = [clusters[n] for tie, known, _, n in ranked[1:] if (tie, known) == ranked[0][:2]]
    # Of two applications for one role the later goes on; between two roles only the user can tell.
    certain = fact.role is not None or ranked[0][0] is not Tie.COMPANY
    return best, certain or all(_compatible(r.role, best.role, same_role) for r in rivals)


def _role_known(fact: Fact, cluster: Cluster) -> bool:
    return fact.role is not None and cluster.role is not None


def _tie(fact: Fact, cluster: Cluster) -> Tie:
    """How `fact` is tied to `cluster`; NONE also when something forbids it."""
    if not _compatible(fact.company, cluster.company, same_company):
        return Tie.NONE
    if any(reference in cluster.references for reference in fact.references):
        return Tie.REPLY
    if fact.requisition and cluster.requisition:
        same = fact.requisition.casefold() == cluster.requisition.casefold()
        return Tie.REQUISITION if same else Tie.NONE
    if not _compatible(fact.role, cluster.role, same_role) or _begins_anew(fact, cluster):
        return Tie.NONE
    if fact.thread and fact.thread in cluster.threads:
        return Tie.THREAD
    return Tie.COMPANY if _one_company(fact, cluster) else Tie.NONE


def _begins_anew(fact: Fact, cluster: Cluster) -> bool:
    if fact.category != Category.acknowledgment or cluster.acknowledged_at is None:
        return False
    return fact.at - cluster.acknowledged_at > NEW_APPLICATION_AFTER


def _one_company(fact: Fact, cluster: Cluster) -> bool:
    """Whether the names agree: stated ones first, else what the senders' domains suggest."""
    ours = fact.company or fact.organisation
    theirs = cluster.company or cluster.organisation
    if not ours or not theirs:
        return False
    if same_company(ours, theirs):
        return True
    hints = fact.organisation, cluster.organisation
    unstated = not (fact.company and cluster.company)
    return unstated and bool(hints[0] and hints[1] and same_company(hints[0], hints[1]))


def _compatible(one: str | None, other: str | None, same: "_Same") -> bool:
    return not one or not other or same(one, other)


class _Same(Protocol):
    def __call__(self, one: str, other: str, /) -> bool: ...
