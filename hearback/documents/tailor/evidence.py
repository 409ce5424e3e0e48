"""A CV as evidence: for each entry the words, numbers and skills that stand in it, to hold claims against."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hearback.documents.asks_titles import trades_of
from hearback.documents.facts import Facts, facts_of
from hearback.documents.facts_statements import SECTIONS, Statement, entries, of_cv, part, statements, text
from hearback.documents.facts_time import Span, span_of
from hearback.documents.tailor.clauses import sentences
from hearback.documents.tailor.numbers import MARK, Number, numbers_in
from hearback.documents.tailor.other_words import BEGUN, degree_words, language_words
from hearback.documents.tailor.stems import stem, stems_of, visible, words_of
from hearback.documents.tailor.words import pattern, stems
from hearback.skills import named, proven
from hearback.words import MONTHS

_ORGANISATIONS = {"work": "name", "volunteer": "organization", "education": "institution"}
# Parts of a company's name that do not tell it from others.
_COMMON_NAMES = stems_of(
    "Ltd Limited Inc Corp Corporation LLC PLC GmbH AG SE KG Co Company Group SA SL BV The of and"
    " University College School Institute Hochschule Universität"
)
# Where what was done is told; the rest of an entry is its header.
_TELLS = re.compile(r"\.(?:highlights\[\d+\]|summary|description|reference)$")
# What goes on after so many letters is no evidence.
MOST_LINE = 800
# Among the stems of a line: it tells what was done with others.
SHARED = "(shared)"
_SHORT_NAME = 4
_RANKS = stems_of("manage found lead direct own")
_MONTHS = frozenset(f"{number:02}" for number in range(1, 13))
_CURRENCIES = {"€": "euro", "£": "pound", "$": "dollar"}
_SECTION_WORDS = {
    "certificates": "certified certificate certification",
    "awards": "award awarded received won prize",
    "publications": "published publication author paper article",
    "volunteer": "volunteer volunteered voluntary",
    "projects": "project",
    "languages": "language speak spoken",
    "skills": "skill",
}


@dataclass(frozen=True)
class Unit:
    """One entry of a CV: all its stems, those of its `header` and of each of the `lines` that tell of deeds.

    `numbers` come with the stems beside them; `years` are those of its dates; `name` is what the employer,
    organisation or school is called, without what is common to such names, and `short` its first word;
    `position` is the title as it is written.
    """

    path: str
    stems: frozenset[str]
    header: frozenset[str]
    lines: tuple[frozenset[str], ...]
    numbers: tuple[tuple[Number, frozenset[str]], ...]
    skills: frozenset[str]
    years: frozenset[int] = frozenset()
    span: Span | None = None
    name: frozenset[str] = frozenset()
    short: str = ""
    position: str = ""


@dataclass(frozen=True)
class Evidence:
    """All that a CV says, by its entries."""

    facts: Facts
    units: tuple[Unit, ...]
    person: frozenset[str]
    contacts: frozenset[str]
    titles: tuple[str, ...]
    text: str

    @cached_property
    def begun(self) -> frozenset[str]:
        """The skills of what is being studied for and not yet finished."""
        return frozenset().union(*(unit.skills for unit in self.units if BEGUN in unit.header))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the whole CV."""
        return self.person.union(*(unit.stems for unit in self.units))


def evidence_of(cv: Mapping[str, Any], today: dt.date | None = None) -> Evidence:
    """Take a CV in JSON Resume form apart."""
    today = today or dt.datetime.now(dt.UTC).date()
    basics = part(cv, "basics")
    told = {key: basics.get(key) for key in ("label", "summary", "location")}
    units = [_unit("basics", statements(told, "basics"), "")]
    for section in SECTIONS:
        for place, entry in enumerate(entries(cv, section)):
            units.append(_entry(section, place, entry, today))
    contacts = {
        one.text for one in statements({key: basics.get(key) for key in ("email", "phone", "profiles")})
    }
    contacts |= {url} if (url := text(basics, "url")) else set()
    facts = facts_of(cv, today)
    titles = tuple(sentences(visible(f"{text(basics, 'label')}. {text(basics, 'summary')[:MOST_LINE]}")))
    said = " | ".join(visible(one.text) for one in of_cv(cv)).casefold()
    name = stems_of(visible(text(basics, "name")))
    return Evidence(facts, tuple(units), name, frozenset(contacts), titles, said)


def _entry(section: str, place: int, entry: Mapping[str, Any], today: dt.date) -> Unit:
    more = _SECTION_WORDS.get(section, "")
    if section == "education":
        more += f" {degree_words(entry, today)}"
    if section == "languages":
        more += f" {language_words(entry)}"
    unit = _unit(f"{section}[{place}]", statements(entry, f"{section}[{place}]"), more)
    dates = [text(entry, key) for key in ("startDate", "endDate", "date", "releaseDate")]
    years = {int(date[:4]) for date in dates if date[:4].isdigit()}
    if section == "work":
        # A welder welds. Ranks are no trades: a manager need not have managed this.
        trades = {
            word[:-2] for word in words_of(text(entry, "position").lower()) if word.endswith(("er", "or"))
        }
        also = {stem(word) for word in trades} - stems("marked") - _RANKS
        also |= stems_of(" ".join(trades_of(text(entry, "position"))))
        unit = replace(unit, stems=unit.stems | also, header=unit.header | also)
    months = stems_of(" ".join(MONTHS[int(date[5:7]) - 1] for date in dates if date[5:7] in _MONTHS))
    unit = replace(unit, stems=unit.stems | months, header=unit.header | months)
    name = stems_of(visible(text(entry, _ORGANISATIONS.get(section, "")))) - _COMMON_NAMES
    span = span_of(entry, today) if section in ("work", "volunteer") else None
    short = next(iter(words_of(text(entry, _ORGANISATIONS.get(section, "")))), "")
    short = stem(short) if len(short) >= _SHORT_NAME and stem(short) not in stems("neutral") else ""
    return replace(
        unit,
        years=frozenset(years),
        span=span,
        name=name,
        short=short if short in name else "",
        position=visible(text(entry, "position"))[:MOST_LINE],
    )


def _unit(path: str, told: Iterator[Statement], more: str) -> Unit:
    header: set[str] = set(stems_of(more))
    lines: list[frozenset[str]] = []
    numbers: list[tuple[Number, frozenset[str]]] = []
    skills: set[str] = set()
    for one in told:
        for line in (line[:MOST_LINE] for line in sentences(visible(one.text))):
            own = stems_of(line) | ({SHARED} if pattern("shares").search(line) else set())
            own |= {stem(name) for sign, name in _CURRENCIES.items() if sign in line}
            own |= {MARK} if (found := numbers_in(line)) and found[0].unit == MARK else set()
            numbers += [(number, own) for number in found]
            skills |= set(named(line))
            if one.path.endswith(".position"):
                skills.update(trades_of(line))
            if _TELLS.search(one.path):
                lines.append(own)
            else:
                header |= own
    whole = frozenset(header).union(*lines)
    return Unit(path, whole, frozenset(header), tuple(lines), tuple(numbers), proven(skills))
