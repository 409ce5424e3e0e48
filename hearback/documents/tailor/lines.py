"""The lines of a CV that a letter could tell, and how each goes on within a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hearback.documents.facts_statements import entries, text, texts
from hearback.documents.tailor.choose import Relevance
from hearback.documents.tailor.posting import Posting
from hearback.documents.tailor.quotes import is_foreign
from hearback.documents.tailor.told import article, as_deed, as_habit, as_noun, employer_of, role_of, small


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the CV that a letter could tell: how it goes on, from where, and how much it says.

    `part` is deed (past), habit (of a present job) or thing.
    """

    values: dict[str, str]
    part: str
    entry: int
    weight: float


def told_of(cv: Mapping[str, Any], posting: Posting) -> Iterator[Told]:
    """Every line of the jobs that can be told in an English letter, with how much it says to the posting."""
    relevance = Relevance(posting)
    for place, entry in enumerate(entries(cv, "work")):
        own = {
            "employer": employer_of(text(entry, "name")),
            "a_position": article(small(role_of(text(entry, "position")))),
        }
        for line in texts(entry, "highlights"):
            if is_foreign(line):
                continue
            # Of two that say as much, the later one is told.
            weight = relevance.of(line) - 0.3 * place
            if deed := as_deed(line):
                yield Told({**own, "deed": deed}, "deed", place, weight + 1)
            elif not text(entry, "endDate") and (deed := as_habit(line)):
                yield Told({**own, "deed": deed}, "habit", place, weight + 1)
            elif thing := as_noun(line):
                yield Told({**own, "thing": thing}, "thing", place, weight)
