"""An application while mails are sorted: which mails it has, and by what the next one knows it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hearback.mail.verdict import ABOUT_MINE, Category


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
    @property
    def parts(self) -> tuple[tuple[int, ...], ...]: ...


def founds(fact: Fact) -> bool:
    """Whether an application can begin with this: a sure mail about one, or the user's own word."""
    if fact.kind == "created":
        return True
    return fact.counts and fact.kind == "mail" and fact.category in ABOUT_MINE


# Compared by what it is and not by what it holds: two of them may look alike.
@dataclass(eq=False)
class Cluster:
    """An application in the making.

    `members` are ids in time order of adding. Names are those that it goes by, the main one first: mails
    give one of each, and the user's hand can make it go by several. `rivals` has for each doubtful member
    the applications that it may as well belong to, and `apart` the splits that made it one of two.
    """

    members: list[int] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    requisitions: list[str] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    acknowledged_at: dt.datetime | None = None
    touched_at: dt.datetime | None = None
    rivals: dict[int, list["Cluster"]] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)

    @property
    def doubtful(self) -> set[int]:
        """Members that may belong to another application, and change nothing until the user says."""
        return set(self.rivals)

    @property
    def company(self) -> str | None:
        """The employer's name as mails state it."""
        return next(iter(self.companies), None)

    @property
    def organisation(self) -> str | None:
        """The name that a sender's address suggests."""
        return next(iter(self.organisations), None)

    @property
    def role(self) -> str | None:
        """The title of the opening."""
        return next(iter(self.roles), None)

    @property
    def requisition(self) -> str | None:
        """The employer's number of the opening."""
        return next(iter(self.requisitions), None)

    def add(self, fact: Fact) -> None:
        """Make `fact` a member that counts, and learn from it."""
        self.members.append(fact.id)
        self.learn(fact)

    def learn(self, fact: Fact) -> None:
        """Know what `fact` tells of the application; of each name the first one stays."""
        self.touched_at = _later(self.touched_at, fact.at)
        self.name(fact)
        self.follow(fact)
        if fact.category == Category.acknowledgment:
            self.acknowledged_at = _later(self.acknowledged_at, fact.at)

    def name(self, fact: Fact) -> None:
        """Take the names that are not known yet."""
        for names, told in zip(self._names(), _told(fact), strict=True):
            if told and not names:
                names.append(told)

    def follow(self, fact: Fact) -> None:
        """Know the conversation of `fact`, so that what goes on with it comes here too."""
        if fact.thread:
            self.threads.add(fact.thread)
        self.references.update(r for r in (fact.reference, *fact.references) if r)

    def take(self, other: "Cluster") -> None:
        """Be one with `other`, and go by its names as well."""
        companies = [*self.companies, *other.companies]
        for one in (self, other):
            # A sender's name is all that stands for an employer whom no mail names.
            if companies and not one.companies:
                companies += one.organisations
        self.companies = list(dict.fromkeys(companies))
        for names, more in list(zip(self._names(), other._names(), strict=True))[1:]:
            names += [name for name in more if name not in names]
        self.members += other.members
        self.threads |= other.threads
        self.references |= other.references
        self.acknowledged_at = _later(self.acknowledged_at, other.acknowledged_at)
        self.touched_at = _later(self.touched_at, other.touched_at)
        self.rivals.update(other.rivals)
        self.apart |= other.apart

    def keep(self, facts: Sequence[Fact]) -> None:
        """Be made of these members alone, in time order; names that none of them gives are forgotten."""
        before = [list(names) for names in self._names()]
        self.members = [fact.id for fact in facts]
        self.rivals = {i: rivals for i, rivals in self.rivals.items() if i in self.members}
        self.companies, self.organisations, self.roles, self.requisitions = [], [], [], []
        self.threads, self.references = set(), set()
        self.acknowledged_at = self.touched_at = None
        certain = [fact for fact in facts if fact.counts and fact.id not in self.rivals]
        founder = next(filter(founds, certain), facts[0])
        for fact in (founder, *(fact for fact in certain if fact is not founder)):
            self.learn(fact)
        for fact in facts:
            if not fact.counts:
                self.follow(fact)
        given = {name for fact in certain for name in _told(fact)}
        for names, old in zip(self._names(), before, strict=True):
            still = [name for name in old if name in given]
            names[:] = [*still, *(name for name in names if name not in still)]

    def _names(self) -> tuple[list[str], list[str], list[str], list[str]]:
        return self.companies, self.organisations, self.roles, self.requisitions


def holding(ids: Iterable[int], clusters: Iterable[Cluster]) -> Cluster | None:
    """The application of the first of `ids` that stands in one."""
    found = list(clusters)
    return next((c for i in ids for c in found if i in c.members), None)


def _told(fact: Fact) -> tuple[str | None, str | None, str | None, str | None]:
    return fact.company, fact.organisation, fact.role, fact.requisition


def _later(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    return max(filter(None, (one, other)), default=None)
