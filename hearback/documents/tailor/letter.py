"""A cover letter out of the CV's own statements and the posting's own words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hearback.documents.asks_languages import language_name
from hearback.documents.asks_titles import trades_of
from hearback.documents.facts_statements import entries, part, text
from hearback.documents.tailor.claims import Claims
from hearback.documents.tailor.lines import Told, told_of
from hearback.documents.tailor.patterns import sentences_for
from hearback.documents.tailor.posting import Posting, Tone
from hearback.documents.tailor.quotes import task_of
from hearback.documents.tailor.told import (
    article,
    company_of,
    employer_of,
    in_skill,
    role_of,
    school_of,
    skill_words,
    small,
    specific,
)  # fmt: skip
from hearback.skills import named
from hearback.words import listed

MOST_SKILLS = 4
# Fewer years of a skill than these are no reason to name it.
LEAST_YEARS = 2
# Fewer years of work than these are no reason to count them.
LEAST_OF_WORK = 3


@dataclass
class Draft:
    """A letter's parts. `summary` may be a new summary for the CV."""

    greeting: str = ""
    paragraphs: list[str] = field(default_factory=list)
    closing: str = ""
    summary: str = ""


def letter(cv: Mapping[str, Any], posting: Posting, tone: Tone, claims: Claims) -> Draft:
    """Write a letter of three to four paragraphs; every sentence of it passes `claims`."""
    writer = _Writer(cv, posting, tone, claims)
    first = " ".join(writer.say("opening", "person"))
    body = " ".join(writer.body())
    fits = " ".join(writer.fits())
    last = " ".join(writer.say("ending"))
    return Draft(
        greeting=writer.plain("greeting"),
        paragraphs=[paragraph for paragraph in (first, body, fits, last) if paragraph],
        closing=writer.plain("closing"),
    )


class _Writer:
    def __init__(self, cv: Mapping[str, Any], posting: Posting, tone: Tone, claims: Claims) -> None:
        self._cv, self._posting, self._tone, self._claims = cv, posting, tone, claims
        # No pattern twice in one letter.
        self._used: set[str] = set()
        self._last = ""
        self._seed = f"{text(part(cv, 'basics'), 'name')}|{posting.title}|{posting.company}"
        self._values = {"role": role_of(posting.title), "company": company_of(posting.company)}
        self._values |= self._present()

    def say(self, *parts: str, values: Mapping[str, str] | None = None) -> Iterator[str]:
        """For each part the first sentence that is borne out, if there is one."""
        for kind in parts:
            said = {**self._values, **(values or {})}
            for pattern, sentence in sentences_for(self._tone, kind, said, self._seed):
                if self._is_new(pattern, said) and self._stands(sentence):
                    self._used |= {pattern, said["a_position"] if "{a_position}" in pattern else pattern}
                    self._last = sentence
                    yield sentence
                    break

    def _is_new(self, pattern: str, said: Mapping[str, str]) -> bool:
        """Whether neither the pattern nor the position that it would name was used before."""
        return pattern not in self._used and not (
            "{a_position}" in pattern and said.get("a_position", "") in self._used
        )

    def _stands(self, sentence: str) -> bool:
        """Whether it passes the check, after the sentence before it."""
        return not self._claims.check(f"{self._last} {sentence}").refused

    def plain(self, part: str) -> str:
        """A greeting or closing line."""
        return next(sentences_for(self._tone, part, self._values, self._seed), ("", ""))[1]

    def body(self) -> Iterator[str]:
        """The strongest line of the CV, one more of the same entry or of an earlier one."""
        told = sorted(told_of(self._cv, self._posting), key=lambda one: (-one.weight, one.entry))
        said: list[Told] = []
        for one in told:
            if len(said) == 3:
                break
            part = self._part(one, said)
            if part and (sentence := next(self.say(part, values=one.values), "")):
                said.append(one)
                yield sentence

    def fits(self) -> Iterator[str]:
        """What of the demands the CV shows, how long, which language, and what is wished for."""
        facts, asks = self._claims.evidence.facts, self._posting.asks
        titled = {*named(self._posting.title), *trades_of(self._posting.title)}
        wanted = [name for name in (*asks.must, *asks.nice) if name in facts.named]
        shown = specific([name for name in wanted if name not in titled])[:MOST_SKILLS]
        if len(shown) > 1:
            yield from self.say("skills", values={"skills": listed([*map(skill_words, shown)])})
        longest = max(wanted, key=lambda name: facts.skills[name].years, default=None)
        if longest and facts.skills[longest].years >= LEAST_YEARS:
            years = str(int(facts.skills[longest].years))
            yield from self.say("skill_years", values={"in_skill": in_skill(longest), "years": years})
        if asks.degree or not facts.years:
            yield from self._degrees()
        # The letter itself shows the English.
        for code in (code for code in asks.languages if code != "en" and code in facts.languages):
            level = facts.languages[code]
            how = f" ({level})" if level and level != "native" else ""
            yield from self.say("language", values={"language": f"{language_name(code)}{how}"})
        if facts.city and re.search(rf"\b{re.escape(facts.city)}\b", self._posting.text):
            yield from self.say("place", values={"city": facts.city})
        if task := task_of(self._posting):
            yield from self.say("task", values={"task": task})

    def _degrees(self) -> Iterator[str]:
        """The first finished degree, which stands first because it is the latest."""
        for entry in entries(self._cv, "education"):
            values = {"degree": article(text(entry, "studyType")), "area": text(entry, "area")}
            values["school"] = school_of(text(entry, "institution"))
            if sentence := next(self.say("education", values=values), ""):
                yield sentence
                return

    def _present(self) -> dict[str, str]:
        """Who writes: the latest position, and the years of work."""
        years = int(self._claims.evidence.facts.years)
        values = {"years": str(years)} if years >= LEAST_OF_WORK else {}
        work = entries(self._cv, "work")
        if work and (position := role_of(text(work[0], "position"))):
            position = small(position)
            values |= {"position": position, "a_position": article(position)}
            values["employer"] = employer_of(text(work[0], "name"))
            if text(work[0], "endDate"):
                values["last_position"] = position
                del values["a_position"]
            else:
                values["since"] = text(work[0], "startDate")[:4]
        return values

    def _part(self, one: Told, said: list[Told]) -> str | None:
        """Which pattern tells it, after those that are told already."""
        if not said:
            return one.part
        if one.part == "thing" or one.weight <= 0:
            return None
        if one.entry == said[-1].entry:
            return "also"
        if one.part == "habit":
            return None
        return "earlier" if one.entry > said[-1].entry else None
