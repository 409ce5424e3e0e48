"""Shows a letter as plain text, as a mail's page, and briefly for chat."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from hearback.notify.letter import Letter, Section
from hearback.words import wrapped

# Chat services cut longer messages, or refuse them.
MOST_OF_CHAT = 1200


def line(text: str, most: int) -> str:
    """Text on one line, cut where it is too long."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def text(letter: Letter, base_url: str, unsubscribe: str) -> str:
    """The letter as plain text."""
    parts = [wrapped(letter.intro)]
    parts += [_section(section) for section in letter.sections]
    parts += [f"{picture.alt}: {base_url}{picture.path}" for picture in letter.pictures]
    if letter.link:
        parts.append(f"{letter.link.label}:\n{base_url}{letter.link.path}")
    parts.append(f"-- \nHearback wrote this to you. No more such mail:\n{unsubscribe}")
    return "\n\n".join(part for part in parts if part) + "\n"


def html(letter: Letter, base_url: str, unsubscribe: str, images: Mapping[str, str]) -> str:
    """The letter as a page of 600 pixels, in the reader's light or dark colours.

    `images` says under which address the page has the pictures of which path; others are not shown.
    """
    return _page().render(letter=letter, base=base_url, unsubscribe=unsubscribe, images=images)


def short(letter: Letter, base_url: str) -> tuple[str, str]:
    """A title and a short text with the link."""
    points = [f"- {item}" for section in letter.sections for item in section.items]
    body = "\n".join([letter.intro, *points])
    if len(body) > MOST_OF_CHAT:
        body = f"{body[:MOST_OF_CHAT].rstrip()}…"
    if letter.link:
        body = f"{body}\n{base_url}{letter.link.path}"
    return line(letter.subject, 200), body


def _section(section: Section) -> str:
    parts = [section.title] if section.title else []
    parts += [wrapped(paragraph) for paragraph in section.paragraphs]
    parts += [wrapped(item, "- ") for item in section.items]
    widths = [max(len(row[i]) for row in section.table if i < len(row)) for i in range(_columns(section))]
    parts += [
        "  ".join(f"{c:<{w}}" for c, w in zip(row, widths, strict=False)).rstrip() for row in section.table
    ]
    return "\n".join(parts)


def _columns(section: Section) -> int:
    return max((len(row) for row in section.table), default=0)


@cache
def _page() -> Template:
    folder = FileSystemLoader(Path(__file__).parent)
    known = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return known.get_template("mail.html")
