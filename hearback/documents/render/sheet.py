"""A CV as it is read from top to bottom, the same for every format: what stands where, in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    """One way to reach the person. `address` is what a click opens, empty where nothing does."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Note:
    """Something that an entry says under a name of its own: courses, a grade."""

    name: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A job, a school, a project: what it was, at whom, where, when, and what there is to say of it.

    `address` opens with the organisation, or with the title where there is none; `shown` stands below the
    head where the address is worth reading on paper. `about` says what the organisation does. Everything may
    be empty.
    """

    title: str = ""
    organisation: str = ""
    place: str = ""
    dates: str = ""
    address: str = ""
    shown: str = ""
    about: str = ""
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Group:
    """Things of one kind on one line, such as skills: a name and what belongs to it; either may be empty."""

    name: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of the CV under its heading: paragraphs, entries, or groups, each on a line of its own."""

    key: str
    heading: str
    text: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A whole CV. `title` names the document; `page` is the word for a page in its language."""

    name: str
    label: str
    title: str
    language: str
    page: str
    direction: str
    contacts: tuple[Contact, ...]
    sections: tuple[Section, ...]
