"""How a document shall look: its format, design, paper and language."""

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """What a document is set as; the value names it on the command line and in addresses."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "txt"
    JSON = "json"

    @property
    def extension(self) -> str:
        """How the name of such a file ends, without the dot."""
        return "md" if self is Format.MARKDOWN else self.value

    @property
    def media_type(self) -> str:
        """Its type as HTTP and mail name it."""
        return MEDIA_TYPES[self]


MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.HTML: "text/html; charset=utf-8",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.TEXT: "text/plain; charset=utf-8",
    Format.JSON: "application/json",
}


class Paper(StrEnum):
    """The sheet that is printed on: A4 most everywhere, Letter in North America."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True)
class Design:
    """One way to set a CV and its letter.

    `words` say whom it suits. `serif`, `accent` (six hexadecimal digits) and `size` (points) are what Word
    and web pages take over from the PDF; `first` names sections that stand before all others.
    """

    name: str
    title: str
    words: str
    serif: bool = False
    accent: str = "1f2933"
    size: float = 10.5
    first: tuple[str, ...] = ()


DESIGNS = {
    design.name: design
    for design in (
        Design("plain", "Plain", "One column without ornament. Suits every employer, people and machines."),
        Design(
            "classic",
            "Classic",
            "Book type with ruled headings. Suits law, finance, the public service.",
            serif=True,
            accent="000000",
        ),
        Design(
            "modern",
            "Modern",
            "Dates in the margin and a touch of colour. Suits technology, design, marketing.",
            accent="0f5f6f",
        ),
        Design(
            "compact",
            "Compact",
            "Small and dense. Suits long careers that shall fit one or two pages.",
            accent="24466e",
            size=9,
        ),
        Design(
            "academic",
            "Academic",
            "Education and publications first. Suits research and teaching.",
            serif=True,
            accent="6b1f2a",
            first=("education", "publications", "awards"),
        ),
    )
}


@dataclass(frozen=True)
class Look:
    """What a document shall be set as. `language` is a two-letter code; None takes the document's own."""

    format: Format = Format.PDF
    design: str = "plain"
    paper: Paper = Paper.A4
    language: str | None = None
