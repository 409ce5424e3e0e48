"""Finds the job postings in the JSON-LD of a page, block by block, mending what sites commonly break."""

import html
import json
import re
from collections import deque
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from hearback.boards import ld_lenient
from hearback.boards.ld_tidy import Node, tidy

_MOST_BLOCKS = 60
_MOST_NODES = 20_000
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)\s*")
_WRAPPED = re.compile(r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;)$")
# A string, or a comma before a closing bracket: what is in strings stays as it is.
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
# A comment that takes a whole line.
_COMMENT_LINE = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
# A backslash that begins no escape that JSON knows.
_LONE_BACKSLASH = re.compile(r'\\(?!["\\/bfnrtu])')
_POSTING = re.compile(r"(?:https?://(?:www\.)?schema\.org/|schema:)?jobposting/?", re.IGNORECASE)


def blocks(page: LexborHTMLParser) -> list[str]:
    """The text of every JSON-LD script of a page."""
    scripts = [
        node for node in page.css("script") if "ld+json" in (node.attributes.get("type") or "").lower()
    ]
    return [node.text() for node in scripts[:_MOST_BLOCKS]]


def values(block: str) -> tuple[list[object], bool]:
    """What stands in one block, and whether it could be read to its end. An empty block holds nothing.

    Some blocks hold several values one after another.
    """
    text = _WRAPPED.sub("", _WRAPPING.sub("", block.replace("\ufeff", "").strip())).strip()
    if not text:
        return [], True
    found: list[object] = []
    for mended in _mendings(text):
        found, rest = _values(mended)
        # A bracket too many ends nothing.
        if not rest.strip("}]; \t\r\n"):
            return found, True
        if found:
            break
    meant = None if found else ld_lenient.read(text)
    return ([meant[0]], meant[1]) if meant else (found, False)


def held(page: LexborHTMLParser) -> Iterator[object]:
    """What can be read of all blocks of a page, value by value."""
    for block in blocks(page):
        yield from values(block)[0]


def postings(value: object) -> Iterator[Node]:
    """Every object of type JobPosting, however deep it stands: in lists, @graph, mainEntity, ListItem."""
    for node in objects(value):
        if is_posting(node) and isinstance(made := tidy(node), dict):
            yield made


def linked(value: object) -> list[str]:
    """The addresses that an ItemList names without describing what is there."""
    found: list[str] = []
    for node in objects(value):
        if "ListItem" in _types(node):
            item = node.get("item")
            address = node.get("url") or (item if isinstance(item, str) else None)
            found += [address] if isinstance(address, str) else []
    return found


def objects(value: object) -> Iterator[Node]:
    """Every object in their order, down to the postings, whose own parts are not looked through."""
    waiting = deque([value])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        one = waiting.popleft()
        inside: list[object] = one if isinstance(one, list) else []
        if isinstance(one, dict):
            yield one
            inside = [] if is_posting(one) else list(one.values())
        waiting.extendleft(reversed([part for part in inside if isinstance(part, list | dict)]))


def is_posting(node: Node) -> bool:
    """Whether an object says that it is a job posting."""
    return any(_POSTING.fullmatch(name.strip()) for name in _types(node))


def _types(node: Node) -> list[str]:
    said = node.get("@type") or node.get("type")
    return [name for name in (said if isinstance(said, list) else [said]) if isinstance(name, str)]


def _mendings(text: str) -> Iterator[str]:
    """The text as it is, then with more and more of what sites break put right."""
    yield text
    without = _TRAILING_COMMA.sub(lambda match: match[1] or "", _COMMENT_LINE.sub("", text))
    yield without
    yield _LONE_BACKSLASH.sub(r"\\\\", without)
    if "&quot;" in text:
        yield html.unescape(text)


def _values(text: str) -> tuple[list[object], str]:
    """The values at the start of a text, and what is left of it that is none."""
    # Sites write line ends and tabs into strings as they are.
    decoder = json.JSONDecoder(strict=False)
    found: list[object] = []
    while text:
        try:
            value, end = decoder.raw_decode(text)
        except (ValueError, RecursionError):
            return found, text
        found.append(value)
        text = text[end:].lstrip(" \t\r\n,;")
    return found, ""
