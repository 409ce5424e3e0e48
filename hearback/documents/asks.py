"""What a posting asks for, read out of its title and text, in a form small enough to keep for every job."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hearback.documents.asks_degree import degrees_in, may_be_replaced, rank
from hearback.documents.asks_languages import languages_in, names_in
from hearback.documents.asks_pieces import Part, Piece, pieces
from hearback.documents.asks_titles import core_of, trades_of
from hearback.documents.asks_words import hinted, says, words
from hearback.documents.asks_years import years_asked
from hearback.levels import level_of
from hearback.skills import Hit, find

# A posting of more than this is cut: no demand stands so far down.
MOST_TEXT = 24_000
MOST_SKILLS = 40
_SKILLS_NEAR = 80
_FEW = 3
# Where a posting says first how it is worked.
_HEAD = 600
_CLAUSE = re.compile(r"[,;]")
_OR = re.compile(r"\b(?:or|oder|ou|o)\b", re.I)

# What is denied is no promise: "not remote".
_REMOTE = tuple(
    ("on_site" if kind == "denied" else kind, re.compile(choice, re.I))
    for kind, choice in words("remote").items()
)


@dataclass(frozen=True)
class Asks:
    """What is asked for. `must` and `nice` are canonical names of hearback.skills.

    `years` of experience at all and `of` single skills; `languages` by their ISO code, each with the level
    (or None) and whether it is a must; `degree` is one of asks_degree.DEGREES, and `instead` says that
    experience may stand for it; `role` is the core of the title in small letters; `remote` is remote,
    hybrid or on_site; `permit` is "needed" where the right to work is asked for, "sponsored" where a visa
    is offered.
    """

    must: tuple[str, ...] = ()
    nice: tuple[str, ...] = ()
    years: int | None = None
    of: dict[str, int] = field(default_factory=dict)
    languages: dict[str, tuple[str | None, bool]] = field(default_factory=dict)
    degree: str | None = None
    instead: bool = False
    level: str | None = None
    role: tuple[str, ...] = ()
    remote: str | None = None
    permit: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The parts that say something, as plain values."""
        return {name: value for name, value in vars(self).items() if value}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Asks":
        """What `to_json` gave; what this version does not know is passed over."""
        known = {name: value for name, value in kept.items() if name in cls.__dataclass_fields__}
        for name in ("must", "nice", "role"):
            known[name] = tuple(known.get(name, ()))
        known["languages"] = {
            code: (level, bool(must)) for code, (level, must) in known.get("languages", {}).items()
        }
        return cls(**known)


def asked(title: str, text: str) -> Asks:
    """Read what a posting asks for from its title and its plain text. What it does not say is left empty."""
    text = text[:MOST_TEXT]
    parts = list(_with_hits([piece for piece in pieces(text) if piece.part is not Part.OFFER], find(text)))
    demands = [(piece, hits) for piece, hits in parts if piece.part in (Part.MUST, Part.NICE)]
    sentences = [piece for piece, _ in demands]
    must, nice = _skills(title, parts)
    years, of = _years(demands)
    degree, instead = _degree(sentences)
    return Asks(
        must=must,
        nice=nice,
        years=years,
        of=of,
        languages=_languages(sentences),
        degree=degree,
        instead=instead,
        level=level_of(title),
        role=core_of(title),
        remote=_remote(title, text),
        permit=_permit(text),
    )


def _with_hits(parts: list[Piece], hits: tuple[Hit, ...]) -> Iterator[tuple[Piece, list[Hit]]]:
    """Each piece with the skills that stand in it. Both are in the order of the text."""
    place = 0
    for piece in parts:
        while place < len(hits) and hits[place].start < piece.start:
            place += 1
        first, end = place, piece.start + len(piece.text)
        while place < len(hits) and hits[place].start < end:
            place += 1
        yield piece, list(hits[first:place])


def _skills(title: str, parts: list[tuple[Piece, list[Hit]]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    must = dict.fromkeys((*trades_of(title), *(hit.name for hit in find(title))))
    nice: dict[str, None] = {}
    for piece, hits in parts:
        (must if piece.part is Part.MUST else nice).update((hit.name, None) for hit in hits)
    wanted = tuple(must)[:MOST_SKILLS]
    return wanted, tuple(name for name in nice if name not in must)[:MOST_SKILLS]


def _years(demands: list[tuple[Piece, list[Hit]]]) -> tuple[int | None, dict[str, int]]:
    """The years of experience at all, and those of skills that stand right after their years."""
    general: list[int] = []
    of: dict[str, int] = {}
    for piece, hits in demands:
        spans = years_asked(piece.text)
        for span in spans:
            end = piece.start + span.end
            near = [hit.name for hit in hits if 0 <= hit.start - end <= _SKILLS_NEAR]
            if len(spans) > 1 or len(near) <= _FEW:
                of.update((name, span.least) for name in near[: _FEW if len(spans) == 1 else 1])
        if spans and piece.part is Part.MUST:
            # "A bachelor's and five years, or a master's and three": the least will do.
            choose = min if _OR.search(piece.text, spans[0].end, spans[-1].start) else max
            general.append(choose(span.least for span in spans))
    return max(general, default=None), of


def _degree(demands: list[Piece]) -> tuple[str | None, bool]:
    """The least degree that is asked for, and whether experience may stand for it."""
    least, instead = None, False
    for piece in demands:
        named = degrees_in(piece.text)
        if named and piece.part is Part.MUST and (least is None or rank(named[0]) > rank(least)):
            least, instead = named[0], may_be_replaced(piece.text)
    return least, instead


def _languages(demands: list[Piece]) -> dict[str, tuple[str | None, bool]]:
    found: dict[str, tuple[str | None, bool]] = {}
    names = names_in("\n".join(piece.text for piece in demands))
    for piece in demands:
        low = piece.text.lower()
        if not any(name in low for name in names):
            continue
        for clause, must in _clauses(piece):
            for code, level in languages_in(clause).items():
                before = found.get(code, (None, False))
                found[code] = (before[0] or level, before[1] or must)
    return found


def _clauses(piece: Piece) -> Iterator[tuple[str, bool]]:
    """A sentence, cut where a demand and a wish stand in it: "Fluent German, Dutch is a plus"."""
    parts = _CLAUSE.split(piece.text)
    wishes = [says("sentences", "wish", part) for part in parts]
    if piece.part is Part.NICE and not all(wishes) and any(wishes) and all(map(languages_in, parts)):
        yield from ((part, not wish) for part, wish in zip(parts, wishes, strict=True))
    else:
        yield piece.text, piece.part is Part.MUST


def _remote(title: str, text: str) -> str | None:
    for shown in (title, text[:_HEAD], text):
        for kind, found in _REMOTE if hinted("remote", shown.lower()) else ():
            if found.search(shown):
                return kind
    return None


def _permit(text: str) -> str | None:
    if says("permit", "needed", text):
        return "needed"
    return "sponsored" if says("permit", "sponsored", text) else None
