"""Sets sheets as plain text of 72 columns, for forms that take nothing else."""

from collections.abc import Iterable, Iterator

from hearback.documents.render.clean import listed, shown
from hearback.documents.render.letter import LetterSheet
from hearback.documents.render.sheet import Entry, Group, Section, Sheet
from hearback.words import wrapped


def cv(sheet: Sheet) -> str:
    """The sheet as text: headings in capitals, a blank line between entries."""
    parts = [_lines([sheet.name, sheet.label, *(one.text for one in sheet.contacts)])]
    parts += [_section(section) for section in sheet.sections]
    return _joined(parts)


def letter(sheet: LetterSheet) -> str:
    """The letter as text."""
    parts = [
        _lines([sheet.name, *(one.text for one in sheet.contacts)]),
        _lines(sheet.recipient),
        sheet.date,
        sheet.subject,
        sheet.greeting,
        *(_lines(lines) for lines in sheet.paragraphs),
        _lines([sheet.closing, sheet.name]),
    ]
    return _joined(parts)


def group(one: Group) -> str:
    """A group on one line: `Backend (Advanced): Python, Redis`; `German: Native`."""
    return ": ".join(words for words in (one.name, listed(one.items)) if words)


def _section(section: Section) -> str:
    parts = [_lines([*section.text, *(group(one) for one in section.groups)])]
    parts += [_lines_of(entry) for entry in section.entries]
    heading = section.heading.upper()
    return f"{heading}\n{'-' * len(heading)}\n{_joined(parts)}"


def _lines_of(entry: Entry) -> str:
    return "\n".join(
        [
            _lines(head(entry)),
            *(wrapped(one) for one in entry.text),
            *(wrapped(point, "- ") for point in entry.points),
            *(wrapped(f"{note.name}: {note.text}") for note in entry.notes),
        ]
    )


def head(entry: Entry) -> Iterator[str]:
    """What an entry is, at whom and where, when, and what that is, each on a line of its own."""
    yield entry.title
    yield ", ".join(one for one in (entry.organisation, entry.place) if one)
    yield entry.dates
    # Nothing can be clicked here, so that every address is worth reading.
    yield shown(entry.address)
    yield f"({entry.about})" if entry.about else ""


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(wrapped(line) for line in lines if line)


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part.strip("\n") for part in parts if part.strip("\n")) + "\n"
