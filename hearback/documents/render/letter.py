"""A cover letter as values: who writes to whom, when, about what, in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearback.documents.render.clean import line, name_of, paragraphs, text
from hearback.documents.render.contacts import contacts
from hearback.documents.render.look import Look, Paper
from hearback.documents.render.sheet import Contact
from hearback.documents.render.words import direction_of, language_of, words_of


@dataclass(frozen=True)
class Letter:
    """What a letter says. `basics` are the sender's, as JSON Resume has them.

    `greeting` and `closing` are whole lines with their comma ("Dear Ms Okafor,", "Kind regards,"); whatever
    is empty is left out. A paragraph may hold line breaks.
    """

    basics: Mapping[str, Any]
    day: date
    subject: str
    paragraphs: tuple[str, ...]
    greeting: str = ""
    closing: str = ""
    company: str = ""
    person: str = ""
    place: str = ""


@dataclass(frozen=True)
class LetterSheet:
    """A letter as it is read from top to bottom, the same for every format."""

    name: str
    label: str
    title: str
    language: str
    direction: str
    page: str
    contacts: tuple[Contact, ...]
    recipient: tuple[str, ...]
    date: str
    subject: str
    greeting: str
    paragraphs: tuple[tuple[str, ...], ...]
    closing: str


def letter_sheet(letter: Letter, look: Look) -> LetterSheet:
    """Lay a letter out; its paragraphs are lists of lines."""
    said = " ".join(letter.paragraphs)
    words = words_of(look.language or language_of(said))
    name = name_of(letter.basics)
    recipient = (line(one) for one in (letter.person, letter.company, letter.place))
    return LetterSheet(
        name=name,
        label=text(letter.basics, "label"),
        title=f"{name} – {words.letter}" if name else words.letter,
        language=words.language,
        direction=direction_of(said),
        page=words.page,
        contacts=contacts(letter.basics),
        recipient=tuple(one for one in recipient if one),
        date=words.whole_day(letter.day, american=look.paper is Paper.LETTER),
        subject=line(letter.subject),
        greeting=line(letter.greeting),
        paragraphs=tuple(lines for one in letter.paragraphs if (lines := paragraphs(one))),
        closing=line(letter.closing),
    )
