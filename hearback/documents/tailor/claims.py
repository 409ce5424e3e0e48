"""Refuses every sentence that claims what the CV does not have: a name, a date, a number, a deed.

Where it is unsure it refuses. A sentence is cut into clauses. In a claim, each word must be one of those
that claim nothing, or stand in the CV; what counts, ranks or tells a deed must stand together in one entry,
the one that is named. Words of the posting are allowed where a clause speaks of the employer or of a wish.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from hearback.documents.tailor.beyond import beyond
from hearback.documents.tailor.checked import Checked, Refused
from hearback.documents.tailor.clauses import Clause, Speaks, clauses, paragraphs, sentences
from hearback.documents.tailor.content import Content, content_of
from hearback.documents.tailor.disguise import disguise
from hearback.documents.tailor.evidence import Evidence, Unit
from hearback.documents.tailor.posted import Posted
from hearback.documents.tailor.posting import Posting
from hearback.documents.tailor.quotes import without_quotes
from hearback.documents.tailor.stems import stems_of, visible, words_of
from hearback.documents.tailor.support import degree_fault, together, unknown_words, years_fault
from hearback.documents.tailor.words import pattern
from hearback.skills import named

_THERE = re.compile(r"\bthere\b|\bthat (?:role|job|post|position|time)\b", re.I)
_GREETING = re.compile(r"(?:dear|hello|hi|good (?:day|morning))\b[^.!?]{0,60},?", re.I)
_GREETED = stems_of(
    "dear hello hi good day morning hiring manager team sir madam or and recruiter recruiting committee"
)
_ASKS = re.compile(
    r"\b(?:ask|require|look|need|want|mention|call|seek|expect|list|name|say|speak|describe)", re.I
)
# Nobody writes longer sentences in a letter.
LONGEST = 600
_HOLDS = re.compile(r"\b(?:certif\w+|licen[cs]\w+|qualified|ticket|I hold)\b.*\b(?:for|in)\b", re.I)
_GIVEN = ("awards", "certificates", "projects", "publications")
_ADDRESSED = re.compile(r"\byou(?:r|rs)?\b|\bwould\b|\bappl", re.I)
_APPLIES = re.compile(r"\b(?:appl(?:y|ying|ication)|role|position|post|posting|vacancy|opening|job)\b", re.I)
# A wish that leans on what one has is a claim of it.
_LEANS = re.compile(
    r"\b(?:my(?! application| cv| letter| career\b| next\b)|mine|bring(?:ing)?|offer(?:ing)?|shar(?:e|ing)"
    r"|having|as an?\b(?! (?:next|new))|equipped|armed|thanks|again|continu\w+)\b|\bwith (?:an? |the )?\w*\d",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Before:
    """What a sentence may refer to: the entries spoken of, and whether the CV lacks what was named."""

    spoken: tuple[Unit, ...] = ()
    lacks: bool = False


@dataclass(frozen=True)
class Claims:
    """Holds texts against a CV. Words of the posting may be used only where they claim nothing."""

    evidence: Evidence
    posting: Posting

    @cached_property
    def _posted(self) -> Posted:
        return Posted(self.evidence, self.posting)

    def check(self, text: str) -> Checked:
        """Keep the sentences that are borne out, and say of the others why not."""
        kept: list[str] = []
        refused: list[Refused] = []
        spoken = Before()
        before = ""
        for paragraph in paragraphs(visible(text)):
            told = []
            for sentence in sentences(paragraph):
                why, spoken = self._fault(sentence, spoken)
                goes_on = sentence[0].islower() and refused and refused[-1].what == before
                before = sentence
                if why is None and not goes_on:
                    told.append(sentence)
                elif why is None:
                    refused.append(Refused(sentence, "It goes on from what was refused."))
                else:
                    refused.append(Refused(sentence, why))
            if told:
                kept.append(" ".join(told))
        return Checked(tuple(kept), tuple(refused))

    def _fault(self, sentence: str, before: Before) -> tuple[str | None, Before]:
        """Why a sentence cannot stand, and what the next one may refer to."""
        if len(sentence) > LONGEST:
            return "It is too long to be checked.", Before()
        mentioned = self._mentioned(sentence)
        spoken = mentioned or (before.spoken if _THERE.search(sentence) else ())
        told, quoted = without_quotes(sentence, self.posting)
        lacks = any(self._posted.lacks(content_of(one)) for one in quoted)
        if why := disguise(sentence, self.evidence.contacts, self.evidence.text):
            return why, Before(spoken)
        if _GREETING.fullmatch(sentence) and stems_of(sentence) <= _GREETED | self._posted.names:
            return None, Before(spoken)
        last: Speaks | None = None
        here, held = spoken, False
        shared = bool(pattern("shared").search(told))
        for place, clause in enumerate(clauses(told, self._posted.company)):
            content = content_of(clause.text)
            if len(mentioned) > 1:
                here = self._mentioned(clause.text) or here
            if (
                clause.speaks is Speaks.CLAIM
                and content.refers
                and (lacks or (before.lacks and not place and not content.is_experience))
            ):
                return "It claims by a word such as “it” what your CV does not have.", Before(spoken)
            if why := self._clause_fault(clause, content, here, last, shared):
                return why, Before(spoken)
            held = held or bool(_HOLDS.search(clause.text))
            if held and place and content.goes_on and not self._is_held(content):
                return "What it lists after a certificate does not stand in that certificate.", Before(spoken)
            if clause.speaks is not Speaks.CLAIM:
                last = clause.speaks
                lacks = lacks or (last is not Speaks.DENIAL and self._posted.lacks(content))
        return None, Before(spoken, lacks)

    def _is_held(self, content: Content) -> bool:
        """Whether one certificate or degree has all that is listed."""
        held = (unit for unit in self.evidence.units if unit.path.startswith(("certificates", "education")))
        return any(unit.skills.issuperset(content.skills) for unit in held)

    def _mentioned(self, text: str) -> tuple[Unit, ...]:
        own = stems_of(text)
        capitals = stems_of(" ".join(word for word in words_of(text) if word[0].isupper()))
        found = [
            unit
            for unit in self.evidence.units
            if unit.name and (unit.name <= own or (unit.short and unit.short in capitals))
        ]
        # An award or a certificate of that employer may be what the sentence speaks of.
        names = {unit.short for unit in found if unit.short}
        given = [
            unit
            for unit in self.evidence.units
            if unit.path.startswith(_GIVEN) and not unit.stems.isdisjoint(names)
        ]
        return (*found, *given)

    def _clause_fault(
        self, clause: Clause, content: Content, spoken: tuple[Unit, ...], last: Speaks | None, shared: bool
    ) -> str | None:
        if clause.speaks is Speaks.EMPLOYER:
            return self._posted.employer_fault(content, asks=bool(_ASKS.search(clause.text)))
        if clause.speaks is Speaks.DENIAL or (last is Speaks.DENIAL and content.is_list):
            return self._posted.employer_fault(content, asks=True)
        goes_on = last is Speaks.WISH and content.is_list
        if clause.speaks is Speaks.WISH or goes_on:
            if not _LEANS.search(self._posted.without_title(clause.text)):
                learns = goes_on or bool(pattern("learning").search(clause.text))
                return self._posted.wish_fault(content, learns)
            if _APPLIES.search(clause.text):
                return self._claim_fault(
                    content.without(self._posted.names, named(self.posting.title)), spoken, shared
                )
        if _ADDRESSED.search(clause.text):
            content = content.without(stems_of(self.posting.company))
        if why := beyond(clause.text, self.evidence, spoken, visible(self.posting.company)):
            return why
        return self._claim_fault(content, spoken, shared)

    def _claim_fault(self, content: Content, spoken: tuple[Unit, ...], shared: bool) -> str | None:
        evidence = self.evidence
        boast = pattern("boasts").search(content.text)
        if boast and content.text[boast.start() :].removeprefix("the ").casefold() not in evidence.text:
            return f"“{boast[0]}” is a boast that your CV does not bear out."
        content = content.with_words_for_skills(evidence.facts.skills, evidence.stems)
        begun = evidence.begun if pattern("in_progress").search(content.text) else frozenset()
        for name in content.skills:
            if name not in evidence.facts.skills and name not in begun:
                return f"Your CV does not show {name}."
        if why := degree_fault(content, evidence.facts) or content.language_fault(evidence.facts):
            return why
        if unknown := frozenset(word for word in content.words if not content.has(word, evidence.stems)):
            return unknown_words(content, unknown, "your CV")
        for number in content.years:
            if why := years_fault(number, content, evidence, spoken):
                return why
        if spoken or content.numbers or content.deeds or content.marked or content.degrees:
            return together(content, spoken, evidence.units, shared)
        return None
