"""What a clause says that could be untrue: its words, skills, numbers, degrees, deeds and ranks."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from hearback.documents.asks_degree import degrees_in
from hearback.documents.asks_languages import CEFR, language_code, language_name, languages_in, level_rank
from hearback.documents.facts import Facts
from hearback.documents.tailor.numbers import VAGUE, Number, numbers_in
from hearback.documents.tailor.stems import WORD, stem, stems_of
from hearback.documents.tailor.words import deeds, stems
from hearback.skills import find

_PAST = re.compile(r"(?:ed|ing)$|^(?:led|grew|cut|won|taught|sold|oversaw|ran|rebuilt|rewrote)$")
_YEAR = stem("year")
# A shorter word may be another one: "go".
_LONG = 5
_OWN = re.compile(r"\b(?:i|mine|me|my)\b", re.I)
_AFTER_I = re.compile(r"\bI(?:['’]ve| have| also| then)?\s+$")
_I = 9
_OFTEN = re.compile(
    r"\b(?:each|every|per|an?) (?P<time>week|month|quarter|year)s?\b"
    r"|\b(?P<ly>weekly|monthly|quarterly|yearly)\b",
    re.I,
)
_BEFORE_DEED = re.compile(r"\b(?:i|to|can|could|also|have|we)\s+$", re.I)


@dataclass(frozen=True)
class Content:
    """`words` are the stems of all that is not known to claim nothing; `deeds` and `marked` are some of them.

    `years` are the numbers of years, `numbers` the others; `skills` are canonical names.
    """

    text: str
    words: frozenset[str]
    skills: tuple[str, ...]
    skill_words: dict[str, frozenset[str]]
    numbers: tuple[Number, ...]
    years: tuple[Number, ...]
    degrees: tuple[str, ...]
    deeds: frozenset[str]
    past: frozenset[str]
    marked: frozenset[str]
    shown: dict[str, str]
    languages: dict[str, str | None]
    is_list: bool

    def without(self, words: Collection[str], skills: Collection[str] = ()) -> "Content":
        """The same without words and skills that may be named here."""
        kept = frozenset(words)
        return replace(
            self,
            words=self.words - kept,
            deeds=self.deeds - kept,
            marked=self.marked - kept,
            skills=tuple(name for name in self.skills if name not in skills),
        )

    def has(self, word: str, known: frozenset[str]) -> bool:
        """Whether one of the words is known; a deed also where another verb for it is."""
        same = deeds().get(word, frozenset()) if word in self.deeds else frozenset()
        return word in known or not same.isdisjoint(known)

    def with_words_for_skills(self, skills: Collection[str], known: frozenset[str]) -> "Content":
        """The same, with a skill that is missing taken as a word that the CV has: "forecasting"."""
        words = {
            name: next(iter(own))
            for name, own in self.skill_words.items()
            if name not in skills and len(own) == 1 and own <= known and len(next(iter(own))) >= _LONG
        }
        if not words:
            return self
        kept = tuple(name for name in self.skills if name not in words)
        return replace(self, skills=kept, words=self.words | frozenset(words.values()))

    def spells(self, skill: str, known: frozenset[str]) -> bool:
        """Whether a skill is named here by long words which are known: "accounting"."""
        own = self.skill_words.get(skill, frozenset())
        return bool(own) and own <= known and all(len(word) >= _LONG for word in own)

    @property
    def goes_on(self) -> bool:
        """Whether it only names more skills, so that what stood before is said of them too."""
        told = self.deeds or self.numbers or self.years or self.degrees or self.languages
        return bool(self.skills) and not told and not _OWN.search(self.text)

    @property
    def refers(self) -> bool:
        """Whether it says of oneself something that only what went before can tell: "and I have it"."""
        own = not self.words - self.marked and not self.skills and not self.degrees and not self.numbers
        return own and bool(_OWN.search(self.text))

    @property
    def is_experience(self) -> bool:
        """Whether it tells years of experience, whatever went before."""
        return bool(self.years) and "experience" in self.text

    def language_fault(self, facts: Facts) -> str | None:
        """Why a language cannot be claimed so; None where the CV lists it as well as is said."""
        for code, level in self.languages.items():
            if code not in facts.languages:
                return f"Your CV does not list {language_name(code)}."
            if level_rank(level) > level_rank(facts.languages[code]):
                return f"Your CV does not say that your {language_name(code)} is {level}."
        return None


def content_of(text: str) -> Content:
    """Take a clause apart."""
    hits = find(text)
    numbers = numbers_in(text)
    taken = [(hit.start, hit.end) for hit in hits] + [(one.start, one.end) for one in numbers]
    taken += [(found.start(), found.end()) for found in CEFR.finditer(text)]
    words: dict[str, str] = {}
    done: set[str] = set()
    past: set[str] = set()
    kinds: dict[str, str] = {}
    ranked: set[str] = set()
    for match in WORD.finditer(text):
        low = match[0].lower()
        root = stem(low)
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        verb = _AFTER_I.search(text[max(0, match.start() - _I) : match.start()]) and root not in stems(
            "neutral"
        )
        if (verb or (root in deeds() and _tells(text, match))) and low not in VAGUE:
            done.add(root)
            if not low.endswith("ing") and _PAST.search(low):
                past.add(root)
        elif low in VAGUE or root in stems("marked"):
            ranked.add(root)
        elif root in stems("neutral"):
            if root in stems("kinds"):
                kinds[root] = match[0]
            continue
        words[root] = match[0]
    if done or any(one.unit != _YEAR for one in numbers):
        words |= kinds
        words |= {stem(found["time"] or found["ly"]): found[0] for found in _OFTEN.finditer(text)}
    levels: dict[str, str | None] = {
        code: None for word in WORD.findall(text) if word[0].isupper() and (code := language_code(word))
    }
    if CEFR.search(text):
        levels |= languages_in(text)
    years = tuple(one for one in numbers if one.unit == _YEAR)
    return Content(
        text=text,
        words=frozenset(words),
        skills=tuple(dict.fromkeys(hit.name for hit in hits)),
        skill_words={hit.name: stems_of(text[hit.start : hit.end]) for hit in hits},
        numbers=tuple(one for one in numbers if one.unit != _YEAR),
        years=years,
        degrees=degrees_in(text),
        deeds=frozenset(done),
        past=frozenset(past),
        marked=frozenset(ranked),
        shown=words,
        languages=levels,
        is_list=not words and not numbers and bool(hits),
    )


def _tells(text: str, match: re.Match[str]) -> bool:
    """Whether a word is a verb here that tells what somebody did."""
    return bool(
        _PAST.search(match[0].lower()) or _BEFORE_DEED.search(text[max(0, match.start() - 8) : match.start()])
    )
