"""The name of the person, and the headline beside it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from hearback import skills
from hearback.documents.lines import Line
from hearback.documents.parse.contact import EMAIL
from hearback.documents.parse.evidence import company_score, title_score
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.headings import named
from hearback.documents.parse.placed import place_like
from hearback.documents.parse.tables import fold, pattern, spaced, tokens, words

_BEFORE = pattern("forms", "before_name", "^(?:%s)")
# Degrees and licences after a name.
_AFTER = pattern("forms", "after_name", r"(?:[,\s–—|-]+\(?(?:%s)\b\.?\)?)+[.,]?\s*$")
_PRONOUNS = re.compile(r"\s*\((?:he|she|they|er|sie|il|elle)\s*/\s*[\w/ ]+\)\s*", re.IGNORECASE)
_WORD = re.compile(r"^[^\W\d_][\w.'’`´-]*$", re.UNICODE)

# How many lines a sidebar has at most.
_LATEST_NAME = 80


def name_like(text: str) -> float:
    """How much the words look like a person's name, 0 to 1."""
    listed = text.replace(",", " ").split()
    if not 1 <= len(listed) <= 6 or len(text) > 50 or re.search(r"[\d@:/|()\[\]{}<>&+!?;\t]", text):
        return 0.0
    folded = tokens(text)
    if (
        not all(_WORD.match(word) for word in listed)
        or words("forms", "no_name") & set(folded)
        or named(text)
    ):
        return 0.0
    big = [word for word in listed if fold(word) not in words("forms", "particles")]
    big = big or (listed if len(listed) == 1 else [])
    if not big or not all(word[0].isupper() or not word.isascii() for word in big):
        return 0.0
    score = {1: 0.45, 2: 0.9, 3: 0.85, 4: 0.7}.get(len(big), 0.5)
    if title_score(text) >= 0.6:
        trade = words("roles", "departments") | words("roles", "levels")
        score -= 0.9 if skills.named(text) or trade & set(folded) else 0.6
    if company_score(text) >= 0.6:
        score -= 0.4
    if place_like(text):
        score -= 0.6
    return max(score, 0.0)


def bare_name(text: str) -> str:
    """The name without forms of address, degrees, pronouns and the word for the document."""
    bare = _PRONOUNS.sub(" ", spaced(text)).strip()
    bare = _BEFORE.sub("", bare)
    while (shorter := _AFTER.sub("", bare)) != bare:
        bare = shorter
    return bare.strip(" ,.:;|–—-•·*_#\"'“”")


def name_in(head: Iterable[Line], email: str, largest: float, title: str) -> tuple[Found, Line] | None:
    """The name among the lines at the top, with its line. `largest` is the largest size in the document."""
    best: tuple[float, str, Line] | None = None
    for at, line in enumerate(_stacked(list(head), largest)):
        for cell_at, piece in enumerate(_pieces(line)):
            name = bare_name(piece)
            score = name_like(name)
            if score <= 0:
                continue
            score += 0.5 if line.size and line.size >= largest - 0.5 else 0.0
            score += 0.35 * in_address(name, email)
            score += 0.15 if title and fold(name) in fold(title) else 0.0
            score += max(0.4 - 0.1 * at, -0.3) - 0.1 * cell_at + (0.1 if line.bold else 0.0)
            # Beside a town stands a street or a district, not a name.
            score -= 0.4 if not line.size and any(map(place_like, line.text.split(", ")[1:])) else 0.0
            if best is None or score > best[0] + 0.001:
                best = score, name, line
    if best is None or best[0] < 0.6:
        return None
    value = found(best[1], best[2], min(0.15 + 0.58 * best[0], 0.98))
    return (value, best[2]) if value else None


def _stacked(head: list[Line], largest: float) -> list[Line]:
    """The lines, with a name that is set large on two lines as one."""
    for at, (line, after) in enumerate(pairwise(head)):
        large = line.size >= largest - 0.5 > 12 and abs(after.size - line.size) < 0.5
        text = f"{line.text} {after.text}"
        alone = len(line.text.split()) <= 2 and len(after.text.split()) <= 2
        if large and alone and name_like(line.text) and name_like(after.text) and name_like(text):
            return [*head[:at], replace(line, text=text, cells=(text,), spans=()), *head[at + 2 :]]
    return head


def _pieces(line: Line) -> list[str]:
    pieces = re.split(r"\t|\s[|•·–—-]+\s|\s{3,}|,\s", line.text)
    whole = line.text if "\t" not in line.text else ""
    spans = [span.text for span in line.spans[:1]] if len(line.spans) > 1 else []
    before = _before_title(pieces[0]) if not line.bullet else ""
    listed = [*pieces[:3], whole, *spans, before]
    return list(dict.fromkeys(piece.strip() for piece in listed if piece.strip()))


def _before_title(text: str) -> str:
    """The name that a line begins with where a title follows without a sign: "Ana Ruiz Data Engineer"."""
    listed = text.split()
    no_names = words("roles", "levels") | words("roles", "departments") | words("roles", "heads")
    size = 0
    while size < min(len(listed), 4) and not (
        fold(listed[size]) in no_names or (listed[size].isupper() and not listed[0].isupper())
    ):
        size += 1
    told = 2 <= size < len(listed) and title_score(" ".join(listed[size:])) >= 0.6
    return " ".join(listed[:size]) if told else ""


def in_address(name: str, email: str) -> float:
    """Which share of the name's words stands in the address before the @."""
    local = fold(email.split("@")[0]).replace(" ", "").replace("_", "")
    listed = [word for word in tokens(name) if len(word) > 1]
    return sum(word in local for word in listed) / len(listed) if listed and local else 0.0


def name_below(lines: list[Line], first: int) -> int | None:
    """Where the name stands if a sidebar is read before it: it ends the sidebar's last section."""
    largest = max((line.size for line in lines), default=0.0)
    address = next((match[0] for line in lines if (match := EMAIL.search(line.text))), "")
    for at, line in enumerate(lines[:_LATEST_NAME]):
        name = bare_name(line.text)
        told = name_like(name) >= 0.7 and in_address(name, address) == 1.0
        if told or (line.size > 14 and line.size >= largest - 0.5 and name_like(name) >= 0.4):
            return at if at > first else None
    return None


def label_in(head: list[Line], name_line: Line | None, name: str) -> Found | None:
    """The headline: a title beside the name or under it, else the short line right below."""
    at = next((index for index, line in enumerate(head) if line is name_line), -1)
    if name_line is not None and at >= 0:
        beside = name_line.text.split(name, 1)[-1].strip(" \t,|–—-•·:") if name in name_line.text else ""
        if _could_head(beside) and title_score(beside) >= 0.5:
            return found(beside, name_line, 0.8)
    below = head[at + 1 : at + 5]
    for line in below:
        parts = [line.text, *re.split(r"[|•·,/]", line.text)]
        if _could_head(line.text) and not line.bullet and max(map(title_score, parts)) >= 0.5:
            return found(line.text.replace("\t", " "), line, 0.8)
    first = below[0] if below and at >= 0 else None
    short = first is not None and _could_head(first.text) and 2 <= len(first.text.split()) <= 8
    return found(first.text, first, 0.55) if first and short and not place_like(first.text) else None


def _could_head(text: str) -> bool:
    return 0 < len(text) <= 110 and not re.search(r"@|://|www\.|\d{3}|\.\s|:", text)
