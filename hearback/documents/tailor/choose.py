"""Chooses and orders what a CV says by what a posting asks for. Nothing is written anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hearback.documents.asks_pieces import Part, pieces
from hearback.documents.facts_statements import entries, text, texts
from hearback.documents.tailor.numbers import numbers_in
from hearback.documents.tailor.posting import Posting
from hearback.documents.tailor.stems import stems_of, visible
from hearback.documents.tailor.words import stems
from hearback.skills import named, proven

# What counts how much in a statement: a skill that is a must, one that is welcome or follows from
# another, a word of the tasks, a figure.
MUST, NICE, WORD, FIGURE = 3.0, 1.0, 0.4, 1.0
MOST_WORDS = 4
# How many highlights an entry keeps: the latest two, those after them, and the oldest.
KEPT = (6, 6, 4, 3)
MOST_PROJECTS = 4


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed against the CV, and why, in words."""

    what: str
    why: str


@dataclass
class Chosen:
    """A CV under way, and what was changed in it."""

    cv: dict[str, Any]
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Relevance:
    """How much a statement says to what a posting asks for."""

    posting: Posting

    @cached_property
    def _must(self) -> frozenset[str]:
        return frozenset(self.posting.asks.must)

    @cached_property
    def _nice(self) -> frozenset[str]:
        return frozenset(self.posting.asks.nice)

    @cached_property
    def _words(self) -> frozenset[str]:
        told = [piece.text for piece in pieces(self.posting.text) if piece.part in (Part.TASKS, Part.MUST)]
        return stems_of(visible(" ".join((self.posting.title, *told)))) - stems("neutral")

    def of(self, statement: str) -> float:
        """A weight, 0 for what has nothing to do with the posting."""
        shown = visible(statement)
        told = frozenset(named(shown))
        follows = proven(told) - told
        shared = min(MOST_WORDS, len((stems_of(shown) - stems("neutral")) & self._words))
        weight = MUST * len(told & self._must) + NICE * len(told & self._nice) + WORD * shared
        weight += NICE * len(follows & self._must)
        return weight + (FIGURE if weight and numbers_in(shown) else 0.0)


def chosen(cv: Mapping[str, Any], posting: Posting) -> Chosen:
    """The CV in the order that suits the posting. Jobs and schools stay in the order of time."""
    result = Chosen(dict(cv))
    relevance = Relevance(posting)
    for section in ("work", "volunteer"):
        if section in cv:
            result.cv[section] = [
                _entry(entry, place, relevance, result) for place, entry in enumerate(entries(cv, section))
            ]
    _skills(cv, posting, result)
    _projects(cv, relevance, result)
    return result


def _entry(entry: Mapping[str, Any], place: int, relevance: Relevance, result: Chosen) -> dict[str, Any]:
    """An entry with its weightiest highlights first, the lightest of a long list left out."""
    told = texts(entry, "highlights")
    ordered = sorted(told, key=relevance.of, reverse=True)
    most = KEPT[min(place, len(KEPT) - 1)]
    kept = [one for number, one in enumerate(ordered) if number < most or relevance.of(one) >= MUST]
    where = text(entry, "name") or text(entry, "organization") or text(entry, "position") or "one entry"
    if kept[: len(told)] != told[: len(kept)]:
        result.changes.append(
            Change(f"{where}: “{kept[0]}” comes first.", "It says most to what the posting asks for.")
        )
    if left := len(told) - len(kept):
        result.changes.append(
            Change(f"{where}: {left} of {len(told)} points left out.", "They say nothing to this posting.")
        )
    return {**entry, "highlights": kept} if told else dict(entry)


def _skills(cv: Mapping[str, Any], posting: Posting, result: Chosen) -> None:
    wanted = frozenset((*posting.asks.must, *posting.asks.nice))
    groups = []
    for entry in entries(cv, "skills"):
        keywords = texts(entry, "keywords")
        ordered = sorted(keywords, key=lambda word: wanted.isdisjoint(proven(named(word))))
        groups.append({**entry, "keywords": ordered} if keywords else dict(entry))
    ordered_groups = sorted(groups, key=lambda group: -_answers(group, wanted))
    if groups and ordered_groups != entries(cv, "skills"):
        result.cv["skills"] = ordered_groups
        result.changes.append(
            Change("Skills that the posting asks for come first.", "Readers and machines look there first.")
        )


def _answers(group: Mapping[str, Any], wanted: frozenset[str]) -> int:
    shown = [text(group, "name"), *texts(group, "keywords")]
    return len({name for word in shown for name in proven(named(word))} & wanted)


def _projects(cv: Mapping[str, Any], relevance: Relevance, result: Chosen) -> None:
    projects = entries(cv, "projects")
    weights = {
        id(project): relevance.of(
            " \n".join(
                (
                    text(project, "name"),
                    text(project, "description"),
                    *texts(project, "highlights"),
                    *texts(project, "keywords"),
                )
            )
        )
        for project in projects
    }
    ordered = sorted(projects, key=lambda project: -weights[id(project)])
    kept = [one for place, one in enumerate(ordered) if place < MOST_PROJECTS or weights[id(one)] >= MUST]
    if kept and kept != projects:
        result.cv["projects"] = [dict(project) for project in kept]
        result.changes.append(
            Change(f"Projects: “{text(kept[0], 'name')}” comes first.", "It is nearest to the posting.")
        )
        if left := len(projects) - len(kept):
            result.changes.append(Change(f"{left} projects left out.", "They say nothing to this posting."))
