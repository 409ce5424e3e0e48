"""What a letter may take over from a posting, and what it names that the CV lacks."""

import re
from dataclasses import dataclass
from functools import cached_property

from hearback.documents.tailor.content import Content
from hearback.documents.tailor.evidence import Evidence
from hearback.documents.tailor.numbers import Number, numbers_in
from hearback.documents.tailor.posting import Posting
from hearback.documents.tailor.stems import stems_of, visible, words_of
from hearback.documents.tailor.support import degree_fault, stands_in, unknown_words
from hearback.documents.tailor.words import stems
from hearback.skills import named


@dataclass(frozen=True)
class Posted:
    """A posting beside a CV. Its words may be used of the employer and in wishes, and never as claims."""

    evidence: Evidence
    posting: Posting

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of the title and of the company's name."""
        return stems_of(visible(f"{self.posting.title} {self.posting.company}"))

    @cached_property
    def company(self) -> frozenset[str]:
        """The words of the company's name, in small letters."""
        return frozenset(word.lower() for word in words_of(visible(self.posting.company)))

    def without_title(self, text: str) -> str:
        """A text without the title of the job, which one may wish to have."""
        title = " ".join(visible(self.posting.title).split()).casefold()
        return re.sub(rf"\bas an? {re.escape(title)}", "", text.casefold()) if title else text

    @cached_property
    def _words(self) -> frozenset[str]:
        return self.names | stems_of(visible(self.posting.text))

    @cached_property
    def _numbers(self) -> frozenset[tuple[float, str]]:
        return frozenset((one.value, one.unit) for one in numbers_in(visible(self.posting.text)))

    @cached_property
    def _titled(self) -> frozenset[str]:
        return frozenset(named(self.posting.title))

    def employer_fault(self, content: Content, asks: bool) -> str | None:
        """What is said of the employer, or denied, must stand in the posting or in the CV."""
        unknown = content.words - self._words - self.evidence.stems
        if unknown:
            return unknown_words(content, unknown, "the posting")
        if (content.degrees or content.marked) and not asks:
            return "It names a degree or a rank without saying that the posting asks for it."
        return self._number_fault(content)

    def wish_fault(self, content: Content, learns: bool) -> str | None:
        """A wish may use the posting's words; what is wished for is no skill or rank that one has."""
        facts = self.evidence.facts
        if why := degree_fault(content, facts) or (None if learns else content.language_fault(facts)):
            return why
        missing = [name for name in content.skills if name not in facts.skills and name not in self._titled]
        if missing and not learns:
            return f"Your CV does not show {missing[0]}."
        unknown = content.words - self._words - self.evidence.stems
        unknown -= stems("wished")
        unknown |= content.marked - self.names - self.evidence.stems - stems("wished")
        # What somebody did is no wish, wherever it stands.
        unknown |= {word for word in content.past if not content.has(word, self.evidence.stems)}
        if unknown:
            return unknown_words(content, unknown, "your CV or the posting")
        return self._number_fault(content)

    def lacks(self, content: Content) -> bool:
        """Whether something is named that the CV does not have."""
        facts = self.evidence.facts
        if degree_fault(content, facts) or content.language_fault(facts):
            return True
        # The title of the job that is applied for is named without being claimed.
        if any(name not in facts.skills and name not in self._titled for name in content.skills):
            return True
        if not all(self._anywhere(number, content) for number in (*content.numbers, *content.years)):
            return True
        return bool(content.words - self.evidence.stems - self.names)

    def _number_fault(self, content: Content) -> str | None:
        for number in (*content.numbers, *content.years):
            posted = (number.value, number.unit) in self._numbers
            if not posted and not self._anywhere(number, content):
                return f"The number {number.value:g} stands neither in the posting nor in your CV."
        return None

    def _anywhere(self, number: Number, content: Content) -> bool:
        return any(stands_in(number, unit, content.words) for unit in self.evidence.units)
