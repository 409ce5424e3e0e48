"""Projects out of the entries of a section."""

import re
from typing import Any

from hearback.documents.lines import Line
from hearback.documents.parse.blocks import entries_of
from hearback.documents.parse.contact import URL, bare_address
from hearback.documents.parse.entry import Entry, dates_of
from hearback.documents.parse.evidence import company_score
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.pieces import pieces_of
from hearback.documents.parse.rows import Row
from hearback.documents.parse.tables import pattern
from hearback.documents.parse.texts import texts_of

_LINK_WORDS = re.compile(
    r"\s*[(\[]?\b(?:link|github|demo|website|source code|code)\b[)\]]?\s*$", re.IGNORECASE
)
_ROLE = pattern("forms", "role", r"^(?:%s)\s*:\s*(?P<rest>.{2,80})$")
_KIND = pattern("forms", "kind", r"^(?:%s)\s*:\s*(?P<rest>.{2,40})$")
_KEYWORDS = pattern("forms", "keywords", r"^(?:%s)\s*:\s*(?P<rest>.+)$")


def projects_in(lines: list[Line]) -> list[dict[str, Any]]:
    """Projects, each with its name, text, dates and address."""
    return [tree for entry in entries_of(lines) if (tree := _project(entry))]


def _project(entry: Entry) -> dict[str, Any]:
    pieces = pieces_of(entry)
    rows = list(entry.body)
    if pieces:
        name, told = _named(pieces[0].text, pieces[0].row.line, 0.8)
    elif rows:
        # A project that is one bulleted line.
        name, told = _named(rows[0].text, rows[0].line, 0.6)
        rows = rows[1:]
    else:
        return {}
    fields = [row for row in rows if _is_field(row)]
    summary, highlights = texts_of([row for row in rows if row not in fields], 0.85)
    extra = [one for one in pieces[1:] if not (_says_link(one.text) or one.place or URL.fullmatch(one.text))]
    owner = next((one for one in extra if company_score(one.text) >= 0.6 or len(one.text.split()) < 3), None)
    extra = [piece for piece in extra if piece is not owner]
    above = found(" ".join(piece.text for piece in extra), extra[0].row.line, 0.6) if extra else None
    return {
        "name": name,
        "description": told or summary or above,
        "highlights": highlights,
        "keywords": [value for row in rows for value in _listed(_KEYWORDS, row)],
        **dates_of(entry),
        "roles": [value for row in rows for value in _listed(_ROLE, row)],
        "type": next((value for row in rows for value in _listed(_KIND, row)), None),
        "entity": found(owner.text, owner.row.line, 0.6) if owner else None,
        "url": _address([*entry.heads, *entry.body]),
    }


def _named(text: str, line: Line, sure: float) -> tuple[Found | None, Found | None]:
    """The name of a project, and what stands after its colon, or its dash in a list."""
    match = re.match(r"^(.{2,60}?)(?::|\s[–—-])\s+(\S.*)$", text)
    if match:
        return found(match[1], line, sure), found(match[2], line, sure)
    return found(_LINK_WORDS.sub("", text), line, sure), None


def _is_field(row: Row) -> bool:
    known = (_KEYWORDS, _ROLE, _KIND)
    return _is_address(row) or any(label.match(row.text) for label in known)


def _says_link(text: str) -> bool:
    return bool(_LINK_WORDS.fullmatch(f" {text}"))


def _listed(label: re.Pattern[str], row: Row) -> list[Found]:
    """What a line such as "Technologies: Rust, SQLite" lists."""
    match = label.match(row.text)
    listed = re.split(r"\s*[,;|]\s*", match["rest"]) if match else []
    return [value for word in listed if (value := found(word.strip(" ."), row.line, 0.85))]


def _is_address(row: Row) -> bool:
    return bool(URL.fullmatch(row.text.strip()))


def _address(rows: list[Row]) -> Found | None:
    for row in rows:
        match = URL.search(row.text)
        if match and (match[0].startswith(("http", "www.")) or _is_address(row)):
            return found(bare_address(match[0]), row.line)
    return None
