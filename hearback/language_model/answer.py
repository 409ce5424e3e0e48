"""What of a model's answer is believed: a category of ours, and words that stand in the mail."""

from dataclasses import dataclass
from typing import Any

from hearback.language_model.masking import MASK
from hearback.language_model.question import Question

MOST_QUOTE = 300
MOST_NAME = 120
# So few letters stand in any mail and prove nothing.
LEAST_QUOTE = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """A category, the words of the mail that prove it, and names that the mail gives."""

    category: str
    quote: str
    company: str | None
    role: str | None


def believed(question: Question, said: Any) -> Answer | None:
    """The answer, when all of it stands up against what was asked; None when any of it does not."""
    if not isinstance(said, dict) or said.get("category") not in list(question.categories):
        return None
    quote: Any = said.get("quote")
    company, role = said.get("company") or None, said.get("role") or None
    mail = [_even(question.subject), _even(question.text)]
    if not _stands(quote, mail, MOST_QUOTE) or len("".join(quote.split())) < LEAST_QUOTE:
        return None
    if not all(name is None or _stands(name, mail, MOST_NAME) for name in (company, role)):
        return None
    return Answer(str(said["category"]), _even(quote), company and _even(company), role and _even(role))


def _stands(words: Any, mail: list[str], most: int) -> bool:
    """Whether these are words of the mail, whitespace aside, and none of them a mask of ours."""
    if not isinstance(words, str) or not 0 < len(words) <= most or MASK in words:
        return False
    return any(_even(words) in part for part in mail)


def _even(text: str) -> str:
    return " ".join(text.split())
