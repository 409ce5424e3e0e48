"""Sets sheets as Markdown (CommonMark) in which every sign of a value stands for itself."""

import re
from collections.abc import Iterator

from hearback.documents.render.clean import listed
from hearback.documents.render.letter import LetterSheet
from hearback.documents.render.sheet import Contact, Entry, Group, Section, Sheet

# Signs that mean something anywhere in a line, and those that do at its beginning alone.
ANYWHERE = re.compile(r"([\\`*_\[\]<>&|~])")
AT_START = re.compile(r"^(\s*)(?:([#+=-])|(\d+)([.)]))")


def cv(sheet: Sheet) -> str:
    """The sheet as Markdown: the name as first heading, sections and entries below it."""
    parts = [f"# {escaped(sheet.name)}"] if sheet.name else []
    parts += [f"**{escaped(sheet.label)}**"] if sheet.label else []
    parts += [" | ".join(_contact(one) for one in sheet.contacts)]
    for section in sheet.sections:
        parts += [f"## {escaped(section.heading)}", *_section(section)]
    return "\n\n".join(part for part in parts if part) + "\n"


def letter(sheet: LetterSheet) -> str:
    """The letter as Markdown."""
    parts = [
        f"**{escaped(sheet.name)}**" if sheet.name else "",
        " | ".join(_contact(one) for one in sheet.contacts),
        _broken(sheet.recipient),
        escaped(sheet.date),
        f"**{escaped(sheet.subject)}**" if sheet.subject else "",
        escaped(sheet.greeting),
        *(_broken(lines) for lines in sheet.paragraphs),
        escaped(sheet.closing),
        escaped(sheet.name),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(words: str) -> str:
    """Words in which no sign is markup."""
    return AT_START.sub(_escaped_start, ANYWHERE.sub(r"\\\1", words))


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}"


def _section(section: Section) -> Iterator[str]:
    yield from (escaped(one) for one in section.text)
    yield "\n".join(f"- {_group(one)}" for one in section.groups)
    for entry in section.entries:
        yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    where = [_linked(entry.organisation, entry.address), escaped(entry.place)]
    title = escaped(entry.title) if entry.organisation else _linked(entry.title, entry.address)
    yield f"### {title}" if title else ""
    yield ", ".join(one for one in where if one)
    yield f"*{escaped(entry.dates)}*" if entry.dates else ""
    yield _linked(entry.shown, entry.address)
    yield f"*{escaped(entry.about)}*" if entry.about else ""
    yield from (escaped(one) for one in entry.text)
    yield "\n".join(f"- {escaped(point)}" for point in entry.points)
    yield from (f"{escaped(note.name)}: {escaped(note.text)}" for note in entry.notes)


def _group(one: Group) -> str:
    name = f"**{escaped(one.name)}:**" if one.name and one.items else escaped(one.name)
    return " ".join(words for words in (name, escaped(listed(one.items))) if words)


def _contact(one: Contact) -> str:
    return _linked(one.text, one.address)


def _linked(words: str, address: str) -> str:
    if not words or not address:
        return escaped(words)
    return f"[{escaped(words)}](<{address.replace('>', '%3E').replace('<', '%3C')}>)"


def _broken(lines: tuple[str, ...]) -> str:
    return "  \n".join(escaped(one) for one in lines)
