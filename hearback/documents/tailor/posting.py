"""The posting that a CV is tailored to, as far as tailoring needs it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hearback.documents.asks import Asks, asked


class Tone(StrEnum):
    """How a letter speaks."""

    PLAIN = "plain"
    WARM = "warm"
    FORMAL = "formal"


@dataclass(frozen=True)
class Posting:
    """A job: its title, the company, and the plain text. All of it was written by strangers."""

    title: str
    company: str
    text: str = ""

    @cached_property
    def asks(self) -> Asks:
        """What it asks for."""
        return asked(self.title, self.text)
