"""What a check leaves of a text, and what it refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """What was refused, in its own words, and why, in words for the user."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What may stand, paragraph by paragraph, and what was refused."""

    paragraphs: tuple[str, ...]
    refused: tuple[Refused, ...]

    @property
    def text(self) -> str:
        """The paragraphs with blank lines between."""
        return "\n\n".join(self.paragraphs)
