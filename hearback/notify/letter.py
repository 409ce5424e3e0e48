"""What a person is told, as plain values: a database row can hold it, and each way shows it as it can."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Section:
    """A part of a letter: a title over paragraphs, a table and points; what is empty is not shown.

    `table` is rows of cells, the first row being its heads. `items` are the points of a list.
    """

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """Where the reader goes on: the words of the button, and a path on our own site."""

    label: str
    path: str


@dataclass(frozen=True)
class Picture:
    """An image of the letter: the name of the file, what it shows in words, and a path on our own site."""

    name: str
    alt: str
    path: str


@dataclass(frozen=True)
class Letter:
    """A subject that says the news itself, a sentence or two, and more where there is more to say.

    Everything is text as a person reads it, never markup; times are already the reader's own.
    """

    subject: str
    intro: str
    sections: tuple[Section, ...] = ()
    link: Link | None = None
    pictures: tuple[Picture, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values for the `data` of a notification."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Letter":
        """The letter that `to_json` gave. Raises KeyError or TypeError for anything else."""
        return cls(
            subject=data["subject"],
            intro=data["intro"],
            sections=tuple(_section(part) for part in data.get("sections", ())),
            link=Link(**data["link"]) if data.get("link") else None,
            pictures=tuple(Picture(**picture) for picture in data.get("pictures", ())),
        )


def _section(part: Mapping[str, Any]) -> Section:
    return Section(
        title=part.get("title", ""),
        paragraphs=tuple(part.get("paragraphs", ())),
        table=tuple(tuple(row) for row in part.get("table", ())),
        items=tuple(part.get("items", ())),
    )
