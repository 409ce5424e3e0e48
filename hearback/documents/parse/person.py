"""The name of the person, and the headline beside it."""

import re
from collections.abc import Iterable

from hearback.documents.lines import Line
from hearback.documents.parse.evidence import place_like, title_score
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.headings import named
from hearback.documents.parse.tables import fold, pattern, spaced, tokens, words

_BEFORE = pattern("forms", "before_name", "^(?:%s)")
# Degrees and licences after a name.
_AFTER = pattern("forms", "after_name", r"(?:[,\s–—|-]+\(?(?:%s)\b\.?\)?)+[.,]?\s*$")
_PRONOUNS = re.compile(r"\s*\((?:he|she|they|er|sie|il|elle)\s*/\s*[\w/ ]+\)\s*", re.IGNORECASE)
_WORD = re.compile(r"^[^\W\d_][\w.'’`´-]*$", re.UNICODE)


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
    if not big or not all(word[0].isupper() or not word.isascii() for word in big):
        return 0.0
    score = {1: 0.45, 2: 0.9, 3: 0.85, 4: 0.7}.get(len(big), 0.5)
    if title_score(text) >= 0.6:
        score -= 0.6
    if place_like(text):
        score -= 0.3
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
    for at, line in enumerate(head):
        for cell_at, piece in enumerate(_pieces(line)):
            name = bare_name(piece)
            score = name_like(name)
            if score <= 0:
                continue
            score += 0.5 if line.size and line.size >= largest - 0.5 and line.size > 0 else 0.0
            score += 0.35 * _in_address(name, email)
            score += 0.15 if title and fold(name) in fold(title) else 0.0
            score += max(0.4 - 0.1 * at, -0.3) - 0.1 * cell_at + (0.1 if line.bold else 0.0)
            if best is None or score > best[0] + 0.001:
                best = score, name, line
    if best is None or best[0] < 0.6:
        return None
    value = found(best[1], best[2], min(0.5 + best[0] / 3, 0.98))
    return (value, best[2]) if value else None


def _pieces(line: Line) -> list[str]:
    pieces = re.split(r"\t|\s[|•·–—-]+\s|\s{3,}|,\s", line.text)
    whole = line.text if "\t" not in line.text else ""
    spans = [span.text for span in line.spans[:1]] if len(line.spans) > 1 else []
    return list(dict.fromkeys(piece.strip() for piece in [*pieces[:3], whole, *spans] if piece.strip()))


def _in_address(name: str, email: str) -> float:
    """Which share of the name's words stands in the address before the @."""
    local = fold(email.split("@")[0]).replace(" ", "").replace("_", "")
    listed = [word for word in tokens(name) if len(word) > 1]
    return sum(word in local for word in listed) / len(listed) if listed and local else 0.0


def label_in(head: Iterable[Line], name_line: Line | None, name: str) -> Found | None:
    """The headline: a title beside or under the name."""
    seen = name_line is None
    left = 4
    for line in head:
        if line is name_line:
            seen = True
            rest = line.text.split(name, 1)[-1] if name in line.text else ""
            rest = rest.strip(" \t,|–—-•·:")
            if rest and title_score(rest) >= 0.5 and len(rest) < 90 and not re.search(r"[@\d]{3}|@", rest):
                return found(rest, line, 0.8)
            continue
        if not seen or left == 0:
            continue
        left -= 1
        if line.bullet or len(line.text) > 110 or re.search(r"@|://|www\.|\d{4}|\.\s", line.text):
            continue
        if title_score(line.text) >= 0.5 or any(
            title_score(part) >= 0.7 for part in re.split(r"[|•·,/]", line.text)
        ):
            return found(line.text.replace("\t", " "), line, 0.8)
    return None
