"""Refuses every sentence that claims what the CV does not have: a name, a date, a number, a deed.

Where it is unsure it refuses. A sentence is cut into clauses. In a claim, each word must be one of those
that claim nothing, or stand in the CV; what counts, ranks or tells a deed must stand together in one entry,
the one that is named. Words of the posting are allowed where a clause speaks of the employer or of a wish.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from hearback.documents.asks_degree import IN_WORDS, rank
from hearback.documents.tailor.checked import Checked, Refused
from hearback.documents.tailor.clauses import Clause, Speaks, clauses, paragraphs, sentences
from hearback.documents.tailor.content import Content, content_of
from hearback.documents.tailor.disguise import disguise
from hearback.documents.tailor.evidence import Evidence, Unit
from hearback.documents.tailor.numbers import Number, numbers_in
from hearback.documents.tailor.posting import Posting
from hearback.documents.tailor.quotes import without_quotes
from hearback.documents.tailor.stems import stems_of, visible
from hearback.documents.tailor.support import stands_in, together, years_fault
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
_MOST_NAMED = 4
_APPLIES = re.compile(r"\b(?:appl(?:y|ying|ication)|role|position|post|posting|vacancy|opening|job)\b", re.I)
# A wish that leans on what one has is a claim of it.
_LEANS = re.compile(
    r"\b(?:my(?! application| cv| letter)|mine|bring(?:ing)?|offer(?:ing)?|shar(?:e|ing)|having"
    r"|as an?\b(?! (?:next|new))|equipped|armed|thanks)\b|\bwith (?:an? |the )?\w*\d",
    re.I,
)


@dataclass(frozen=True)
class Claims:
    """Holds texts against a CV. Words of the posting may be used only where they claim nothing."""

    evidence: Evidence
    posting: Posting

    @cached_property
    def _names(self) -> frozenset[str]:
        return stems_of(visible(f"{self.posting.title} {self.posting.company}"))

    @cached_property
    def _company(self) -> frozenset[str]:
        return frozenset(re.findall(r"[\w&]+", visible(self.posting.company).lower()))

    @cached_property
    def _posted(self) -> frozenset[str]:
        return self._names | stems_of(visible(self.posting.text))

    @cached_property
    def _posted_numbers(self) -> frozenset[tuple[float, str]]:
        return frozenset((one.value, one.unit) for one in numbers_in(visible(self.posting.text)))

    def check(self, text: str) -> Checked:
        """Keep the sentences that are borne out, and say of the others why not."""
        kept: list[str] = []
        refused: list[Refused] = []
        spoken: tuple[Unit, ...] = ()
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

    def _fault(self, sentence: str, before: tuple[Unit, ...]) -> tuple[str | None, tuple[Unit, ...]]:
        """Why a sentence cannot stand, and the entries of the CV that it speaks of."""
        mentioned = self._mentioned(sentence)
        spoken = mentioned or (before if _THERE.search(sentence) else ())
        if why := disguise(sentence, self.evidence.contacts):
            return why, spoken
        if _GREETING.fullmatch(sentence) and stems_of(sentence) <= _GREETED | self._names:
            return None, spoken
        last: Speaks | None = None
        here = spoken
        for clause in clauses(without_quotes(sentence, self.posting), self._company):
            here = self._mentioned(clause.text) or (here if len(mentioned) > 1 else spoken)
            why = self._clause_fault(clause, here if len(mentioned) > 1 else spoken, last)
            if why:
                return why, spoken
            last = clause.speaks if clause.speaks is not Speaks.CLAIM else last
        return None, spoken

    def _mentioned(self, text: str) -> tuple[Unit, ...]:
        own = stems_of(text)
        return tuple(unit for unit in self.evidence.units if unit.name and unit.name <= own)

    def _clause_fault(self, clause: Clause, spoken: tuple[Unit, ...], last: Speaks | None) -> str | None:
        content = content_of(clause.text)
        if clause.speaks is Speaks.EMPLOYER:
            return self._posted_fault(content, asks=bool(_ASKS.search(clause.text)))
        if clause.speaks is Speaks.DENIAL or (last is Speaks.DENIAL and content.is_list):
            return self._posted_fault(content, asks=True)
        learns = pattern("learning").search(clause.text) or (last is Speaks.WISH and content.is_list)
        if clause.speaks is Speaks.WISH or (last is Speaks.WISH and content.is_list):
            if not _LEANS.search(clause.text):
                return self._wish_fault(content, bool(learns))
            if _APPLIES.search(clause.text):
                return self._claim_fault(content.without(self._names, named(self.posting.title)), spoken)
        addressed = re.search(r"\byou(?:r|rs)?\b|\bwould\b|\bappl", clause.text, re.I)
        return self._claim_fault(
            content.without(stems_of(self.posting.company)) if addressed else content, spoken
        )

    def _posted_fault(self, content: Content, asks: bool) -> str | None:
        """What is said of the employer, or denied, must stand in the posting or in the CV."""
        unknown = content.words - self._posted - self.evidence.stems
        if unknown:
            return _unknown(content, unknown, "the posting")
        if (content.degrees or content.marked) and not asks:
            return "It names a degree or a rank without saying that the posting asks for it."
        return self._posted_number_fault(content)

    def _wish_fault(self, content: Content, learns: bool) -> str | None:
        if content.degrees and (why := self._degree_fault(content)):
            return why
        titled = frozenset(named(self.posting.title))
        missing = [
            name for name in content.skills if name not in self.evidence.facts.skills and name not in titled
        ]
        if missing and not learns:
            return f"Your CV does not show {missing[0]}."
        unknown = content.words - self._posted - self.evidence.stems
        unknown |= content.marked - self._names - self.evidence.stems
        # What somebody did is no wish, wherever it stands.
        unknown |= {word for word in content.past if not content.has(word, self.evidence.stems)}
        if unknown:
            return _unknown(content, unknown, "your CV or the posting")
        return self._posted_number_fault(content)

    def _posted_number_fault(self, content: Content) -> str | None:
        for number in (*content.numbers, *content.years):
            if (number.value, number.unit) not in self._posted_numbers and not self._anywhere(
                number, content
            ):
                return f"The number {number.value:g} stands neither in the posting nor in your CV."
        return None

    def _claim_fault(self, content: Content, spoken: tuple[Unit, ...]) -> str | None:
        evidence = self.evidence
        if boast := pattern("boasts").search(content.text):
            return f"“{boast[0]}” is a boast that your CV does not bear out."
        content = content.with_words_for_skills(evidence.facts.skills, evidence.stems)
        for name in content.skills:
            if name not in evidence.facts.skills:
                return f"Your CV does not show {name}."
        if why := self._degree_fault(content) or content.language_fault(evidence.facts):
            return why
        if unknown := frozenset(word for word in content.words if not content.has(word, evidence.stems)):
            return _unknown(content, unknown, "your CV")
        for number in content.years:
            if why := years_fault(number, content.skills, content.words, evidence, spoken):
                return why
        if spoken or content.numbers or content.deeds or content.marked:
            return together(content, spoken, evidence.units)
        return None

    def _degree_fault(self, content: Content) -> str | None:
        has = rank(self.evidence.facts.degree)
        # What is below a degree is named by words like others: an apprentice has served an apprenticeship.
        if content.degrees and rank(content.degrees[-1]) > max(has, rank("vocational")):
            return f"Your CV does not show {IN_WORDS[content.degrees[-1]]}."
        return None

    def _anywhere(self, number: Number, content: Content) -> bool:
        return any(stands_in(number, unit, content.words) for unit in self.evidence.units)


def _unknown(content: Content, words: frozenset[str], where: str) -> str:
    named_words = sorted(content.shown.get(word, word) for word in words)[:_MOST_NAMED]
    return f"{', '.join(f'“{word}”' for word in named_words)}: not in {where}."
