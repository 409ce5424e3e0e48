"""Reads the first line of a hiring comment, with its parts in any order: Company | Role | Place | Remote."""

import re
from dataclasses import dataclass

from hearback.boards.normal.addresses import mail, web
from hearback.boards.normal.kinds import employment, remote
from hearback.boards.normal.pay import of_field
from hearback.boards.normal.rows import Unreadable
from hearback.boards.normal.where import remote_from
from hearback.places import find

# What a role is called; plural too, since many comments look for several people.
_NOUN = re.compile(
    r"\b(engineers?|developers?|devs?|programmers?|designers?|scientists?|analysts?|managers?|architects?|"
    r"administrators?|admins?|researchers?|consultants?|technicians?|directors?|head of|vp|cto|ceo|cfo|coo|"
    r"leads?|leaders?|writers?|recruiters?|specialists?|interns?|sre|devops|qa|swe|sdet|marketers?|operators?|"
    r"associates?|representatives?|officers?|editors?|counsel|lawyers?|accountants?|tutors?|teachers?|"
    r"advocates?|evangelists?|strategists?|generalists?|assistants?|coordinators?|mts|fde|"
    r"members? of technical staff|hackers?|postdocs?|professors?|physicians?|nurses?|executives?|trainers?|"
    r"producers?)\b",
    re.IGNORECASE,
)
# What stands for a role where no such word is near.
_ROLE = re.compile(
    rf"{_NOUN.pattern}|\b(engineering|full[- ]?stack|front[- ]?end|back[- ]?end|sales)\b", re.I
)
# "Role: Product Engineer | Location: Paris" names its parts.
_LABEL = re.compile(
    r"^(?:company|role|position|title|job|location|hiring|salary|compensation|type|where|apply)s?\s*:\s*",
    re.I,
)
# Between two dashes with a number behind them is a range.
_DASHES = re.compile(r"(?<!\d)\s+[-–—]\s+(?![$€£\d])|\s·\s")
# Roles that name none: they are a heading for the list below them.
_MANY = re.compile(
    r"\b(multiple|several|various|many|all|open|different) (\w+ )?(roles|positions|openings|jobs)\b", re.I
)
_LINK = re.compile(
    r"https?://\S+|\b(?:[a-z0-9-]+\.)+(?:com|io|org|net|ai|dev|co|app|eu|de|uk|tech|so)\b\S*", re.I
)
_SALARY = re.compile(r"[$€£₹]\s?\d|\d\s?k\b|\b\d{2,3},\d{3}\b|\b(USD|EUR|GBP|CAD|CHF)\b", re.I)
_BULLET = re.compile(r"^\s*(?:[-*•–—+]|\d{1,2}[.)])\s+")
_HIDDEN_AT = re.compile(r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*|\s+at\s+(?=[\w-]+\s*[\[({<]?\s*dot\b)", re.I)
_HIDDEN_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*|(?<=\w)\s+dot\s+(?=\w)", re.I)
_BESIDE = re.compile(
    r"\b(visa|sponsor\w*|relocation|equity|series [a-e]|yc [sw]\d|seed|bootstrapped|profitable)\b", re.I
)
# Words for how one works, which stand beside a place.
_MANNER = re.compile(
    r"\b(on-?site|hybrid|remote(?:ly)?|in[- ]office|in[- ]person|office|only|full[- ]time|part[- ]time|"
    r"contract|ok|friendly|first|preferred|based|possible|within|anywhere in)\b",
    re.I,
)
# An address that is for those who apply, before the company's own page.
_TO_APPLY = re.compile(
    r"job|career|apply|greenhouse|lever|ashby|workable|hire|hiring|position|recruit|join", re.I
)
_MOST_ROLES = 12
_LONGEST = 90


@dataclass(frozen=True)
class Head:
    """What the first line says, each part in the comment's own words."""

    company: str
    titles: tuple[str, ...]
    places: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    salary: str | None = None
    link: str | None = None
    mail: str | None = None


def read_head(text: str, addresses: list[str]) -> Head:
    """The parts of a comment's first line; Unreadable where it names no company or no role.

    `addresses` are those that the comment links to.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    parts = _parts(lines[0] if lines else "")
    # Who posts says first who they are; a role that stands there belongs to the part after it.
    company = _company(parts[0])
    rest = parts[1:]
    if _ROLE.search(parts[0]) and not any(_is_role(part) for part in rest) and _is_role(parts[0]):
        company, rest = _company(parts[1]), [parts[0], *parts[2:]]
    roles = [part for part in rest if _is_role(part)]
    titles = _titles(roles) or _listed(lines[1:])
    if not company or not titles:
        raise Unreadable("names no role" if company else "names no company")
    others = [part for part in rest if part not in roles]
    return Head(
        company=company,
        titles=titles,
        places=tuple(name for part in others for name in _places(part)),
        remote=tuple(part for part in rest if remote(part)),
        employment=tuple(part for part in others if employment(part)),
        salary=next((part for part in others if _SALARY.search(part) and of_field(part)), None),
        link=web(next((url for url in addresses if _TO_APPLY.search(url)), None)),
        mail=mail(_HIDDEN_DOT.sub(".", _HIDDEN_AT.sub("@", text))),
    )


def _parts(first: str) -> list[str]:
    """What stands between upright strokes or, where there are none, at least three parts between dashes."""
    strokes = "|" in first
    pieces = re.split(r"\s*\|\s*", first) if strokes else _DASHES.split(first)
    parts = [part for piece in pieces if (part := _LABEL.sub("", piece.strip(" \t-–—:,")).strip())]
    if len(parts) < (2 if strokes else 3):
        raise Unreadable('does not begin with "Company | Role | Place"')
    return parts


def _company(part: str) -> str:
    """The name without the address and the remarks that stand behind it in brackets."""
    bare = _LINK.sub("", re.sub(r"\s*[\[(][^\])]*[\])]", "", part)).strip(" -–—:,()[]")
    return bare or part


def _is_role(part: str) -> bool:
    if len(part) > 200 or not _ROLE.search(part) or _LINK.fullmatch(part):
        return False
    # "Remote (engineering in the EU)" and "Full-time" are about a role, and none.
    bare = re.sub(r"\(.*?\)", "", part)
    return bool(_ROLE.search(bare)) and not (_SALARY.search(bare) and not re.search(r"[a-z]{4}", bare, re.I))


def _titles(roles: list[str]) -> tuple[str, ...]:
    """Each role by itself: "Backend Engineer, Product Designer" are two, "Backend & Data Engineer" is one."""
    found: list[str] = []
    for part in roles:
        if _MANY.search(part):
            continue
        # A comma within brackets belongs to them.
        pieces = [piece.strip() for piece in re.split(r"\s*[,;]\s*(?![^(]*\))|\s+/\s+|\s+\+\s+", part)]
        pieces = [re.sub(r"^(?:and|&|or)\s+", "", piece, flags=re.I) for piece in pieces if piece]
        several = len(pieces) > 1 and all(_NOUN.search(piece) for piece in pieces)
        found += pieces if several else [part]
    return tuple(dict.fromkeys(found))[:_MOST_ROLES]


def _listed(lines: list[str]) -> tuple[str, ...]:
    """Roles that stand in a list below the first line, each in a line of its own."""
    found = []
    for line in lines:
        bare = _LINK.sub("", _BULLET.sub("", line)).strip(" -–—:,.|<>")
        short = 0 < len(bare) <= _LONGEST and not re.search(r"[.!?]\s|\b(we|you|our|your|i)\b", bare, re.I)
        marked = _BULLET.match(line) or _LINK.search(line)
        if short and marked and _ROLE.search(bare) and not _MANY.search(bare):
            found.append(re.split(r"\s*\|\s*|\s+[–—-]\s+(?=[$€£\d(])", bare)[0])
    return tuple(dict.fromkeys(found))[:_MOST_ROLES]


def _places(part: str) -> list[str]:
    """The places of a part, without the words for how one works there."""
    if _SALARY.search(part) or _LINK.search(part) or _BESIDE.search(part):
        return []
    bare = _MANNER.sub(" ", part)
    pieces = re.split(r"\s*(?:/|;|&|\+|\(|\)|\band\b|\bor\b)\s*", bare)
    named = [" ".join(piece.split()).strip(" -–—:,[]") for piece in pieces]
    return [piece for piece in named if 0 < len(piece) <= 60 and (find(piece) or remote_from(piece))]
