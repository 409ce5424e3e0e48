"""A CV as evidence: for each entry the words, numbers and skills that stand in it, to hold claims against."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hearback.documents.asks_languages import LEVELS, language_code, language_name, level_in
from hearback.documents.asks_titles import trades_of
from hearback.documents.facts import Facts, degree_of, facts_of
from hearback.documents.facts_statements import SECTIONS, Statement, entries, statements, text
from hearback.documents.facts_time import Span, has_ended, span_of
from hearback.documents.tailor.clauses import sentences
from hearback.documents.tailor.numbers import Number, numbers_in
from hearback.documents.tailor.stems import stem, stems_of, visible, words_of
from hearback.documents.tailor.words import stems
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
_SHORT_NAME = 4
_RANKS = stems_of("manage found lead direct own")
_DEGREE_WORDS = {
    "school": "diploma",
    "vocational": "apprenticeship qualification trained",
    "bachelor": "bachelor bachelors degree graduate graduated undergraduate",
    "master": "master masters degree graduate graduated postgraduate",
    "doctorate": "doctorate doctoral PhD doctor degree",
}
_INITIALS = {"science": "Sc S", "arts": "A", "engineering": "Eng", "laws": "L", "education": "Ed"}
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
    organisation or school is called, without what is common to such names, and `short` its first word.
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


@dataclass(frozen=True)
class Evidence:
    """All that a CV says, by its entries."""

    facts: Facts
    units: tuple[Unit, ...]
    person: frozenset[str]
    contacts: frozenset[str]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the whole CV."""
        return self.person.union(*(unit.stems for unit in self.units))


def evidence_of(cv: Mapping[str, Any], today: dt.date | None = None) -> Evidence:
    """Take a CV in JSON Resume form apart."""
    today = today or dt.datetime.now(dt.UTC).date()
    basics = cv.get("basics")
    basics = basics if isinstance(basics, Mapping) else {}
    told = {key: basics.get(key) for key in ("label", "summary", "location")}
    units = [_unit("basics", statements(told, "basics"), "")]
    for section in SECTIONS:
        for place, entry in enumerate(entries(cv, section)):
            units.append(_entry(section, place, entry, today))
    contacts = {
        one.text for one in statements({key: basics.get(key) for key in ("email", "phone", "profiles")})
    }
    contacts |= {url for url in (text(basics, "url"), text(basics, "email"), text(basics, "phone")) if url}
    facts = facts_of(cv, today)
    return Evidence(facts, tuple(units), stems_of(visible(text(basics, "name"))), frozenset(contacts))


def _entry(section: str, place: int, entry: Mapping[str, Any], today: dt.date) -> Unit:
    more = _SECTION_WORDS.get(section, "")
    if section == "education":
        more += f" {_degree_words(entry, today)}"
    if section == "languages":
        more += f" {_language_words(entry)}"
    unit = _unit(f"{section}[{place}]", statements(entry, f"{section}[{place}]"), more)
    dates = [text(entry, key) for key in ("startDate", "endDate", "date", "releaseDate")]
    years = {int(date[:4]) for date in dates if date[:4].isdigit()}
    if section == "work":
        # A welder welds. Ranks are no trades: a manager need not have managed this.
        trades = {word[:-2] for word in words_of(text(entry, "position").lower()) if word.endswith("er")}
        also = {stem(word) for word in trades} - stems("marked") - _RANKS
        unit = replace(unit, stems=unit.stems | also, header=unit.header | also)
    months = stems_of(" ".join(MONTHS[int(date[5:7]) - 1] for date in dates if date[5:7] in _MONTHS))
    unit = replace(unit, stems=unit.stems | months, header=unit.header | months)
    name = stems_of(visible(text(entry, _ORGANISATIONS.get(section, "")))) - _COMMON_NAMES
    span = span_of(entry, today) if section in ("work", "volunteer") else None
    short = next(iter(words_of(text(entry, _ORGANISATIONS.get(section, "")))), "")
    short = stem(short) if len(short) >= _SHORT_NAME and stem(short) not in stems("neutral") else ""
    return replace(unit, years=frozenset(years), span=span, name=name, short=short if short in name else "")


def _unit(path: str, told: Iterator[Statement], more: str) -> Unit:
    header: set[str] = set(stems_of(more))
    lines: list[frozenset[str]] = []
    numbers: list[tuple[Number, frozenset[str]]] = []
    skills: set[str] = set()
    for one in told:
        for line in (line[:MOST_LINE] for line in sentences(visible(one.text))):
            own = stems_of(line) | {stem(name) for sign, name in _CURRENCIES.items() if sign in line}
            numbers += [(number, own) for number in numbers_in(line)]
            skills |= set(named(line))
            if one.path.endswith(".position"):
                skills.update(trades_of(line))
            if _TELLS.search(one.path):
                lines.append(own)
            else:
                header |= own
    whole = frozenset(header).union(*lines)
    return Unit(path, whole, frozenset(header), tuple(lines), tuple(numbers), proven(skills))


def _degree_words(entry: Mapping[str, Any], today: dt.date) -> str:
    """Other words for a degree that was finished: a Bachelor of Science is a BSc."""
    degree = degree_of(entry)
    if degree is None or not has_ended(entry, today):
        return "studying student"
    found = [_DEGREE_WORDS[degree], "studied"]
    kind = text(entry, "studyType").lower()
    for subject, initials in _INITIALS.items():
        if subject in kind and degree in ("bachelor", "master"):
            found += [f"{degree[0].upper()}{initial}" for initial in initials.split()]
    if "business administration" in kind:
        found.append(f"{degree[0].upper()}BA")
    return " ".join(found)


def _language_words(entry: Mapping[str, Any]) -> str:
    """Other words for how well a language is spoken: C1 and above is fluent."""
    code = language_code(text(entry, "language"))
    level = level_in(text(entry, "fluency")) or level_in(text(entry, "language"))
    rank = LEVELS.index(level) if level else -1
    words = [language_name(code)] if code else []
    if rank >= LEVELS.index("C1"):
        words.append("fluent fluently")
    if level in ("B1", "B2"):
        words.append("intermediate conversational")
    if level in ("A1", "A2"):
        words.append("basic elementary")
    if level == "native":
        words.append("native mother tongue speaker")
    return " ".join(words)
