"""Whether two postings are one job: by ids, then by address, then by company, title and place."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hearback.boards.identity import address_key, ats_key
from hearback.boards.posting import Place, Posting, Remote
from hearback.boards.same_company import company_key, part_of_company, same_company
from hearback.boards.same_text import ALIKE, EQUAL, NEAR, likeness, text_mark
from hearback.boards.same_title import Title, contradict, left_over, read_title
from hearback.places import compatible, region_name
from hearback.places.fold import fold

# The same job that is posted again after so long is a new round of hiring.
REPOST = dt.timedelta(days=30)
# Requisitions of fewer signs are numbers of something else.
_SHORTEST_REQUISITION = 4


class Same(StrEnum):
    """YES: one job. LINK: a repost, or one text by several agencies. NO: two jobs."""

    YES = "yes"
    LINK = "link"
    NO = "no"


@dataclass(frozen=True)
class Card:
    """What tells jobs apart, of a posting or of a job with all its sources.

    `stands` are the (board, feed) pairs that list it, `ats` and `addresses` the keys of all its sources.
    `mark` is of its text, see same_text.
    """

    title: Title
    company: str
    places: tuple[Place, ...] = ()
    remote: str | None = None
    requisition: str | None = None
    posted_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    mark: str = ""
    stands: frozenset[tuple[str, str]] = frozenset()
    ats: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


def card_of(posting: Posting) -> Card:
    """The card of a posting."""
    own = ats_key(posting.url, posting.apply_url)
    keys = {address_key(posting.url), address_key(posting.apply_url)} - {None}
    return Card(
        title=read_title(posting.title),
        company=company_key(posting.company),
        places=posting.places,
        remote=posting.remote,
        requisition=requisition_key(posting.requisition),
        posted_at=posting.posted_at,
        mark=text_mark(posting.description_text),
        stands=frozenset({(posting.board, posting.feed)}),
        ats=frozenset({own} if own else ()),
        addresses=frozenset(key for key in keys if key),
    )


def requisition_key(text: str | None) -> str | None:
    """The bare sign of a requisition: "R-0012345" and "r0012345" are one."""
    bare = "".join(sign for sign in (text or "").lower() if sign.isalnum())
    return bare[:64] if len(bare) >= _SHORTEST_REQUISITION and any(map(str.isdigit, bare)) else None


def same(a: Card, b: Card) -> Same:
    """Whether two cards are one job. It does not matter which comes first."""
    listed_apart = bool(a.stands & b.stands)
    only_a, only_b = (_not_regions(words, a, b) for words in left_over(a.title, b.title, _known(a, b)))
    contrary = contradict(a.title, b.title)
    # A board that lists two rows means two jobs, unless both lead to one page and bear one title.
    if (a.ats & b.ats or a.addresses & b.addresses) and not (
        listed_apart and (contrary or (only_a and only_b))
    ):
        return Same.YES
    if contrary or not _places_meet(a, b) or _other_requisition(a, b):
        return Same.NO
    like = likeness(a.mark, b.mark)
    if not same_company(a.company, b.company):
        if not (part_of_company(a.company, b.company) and like >= EQUAL and not (only_a or only_b)):
            return Same.LINK if like >= ALIKE and not (only_a and only_b) else Same.NO
    elif not _one_title(a, b, only_a, only_b, like):
        return Same.NO
    # Systems count their jobs: two ids of one system are two jobs, however alike.
    return Same.LINK if listed_apart or _systems(a.ats) & _systems(b.ats) or _again(a, b) else Same.YES


def _one_title(a: Card, b: Card, only_a: Iterable[str], only_b: Iterable[str], like: float) -> bool:
    """Whether two titles of one company name one job: equal words, or more words in one and the same text."""
    if not only_a and not only_b:
        return True
    if a.requisition and a.requisition == b.requisition:
        return True
    return like >= (EQUAL if only_a and only_b else NEAR)


def _known(a: Card, b: Card) -> frozenset[str]:
    """Words that a title may have more than the other: of the places of both, and of the company."""
    words: set[str] = set()
    for card in (a, b):
        for place in card.places:
            for part in (place.text, place.city, place.region, place.country):
                words.update(fold(part or "").split())
        words.update(card.company.split())
    return frozenset(words | {word.removesuffix("s") for word in words})


def _not_regions(words: Iterable[str], a: Card, b: Card) -> set[str]:
    """Without short names of regions in which the job is: "tx" where it is in Texas."""
    lands = {(place.country, place.region) for card in (a, b) for place in card.places if place.region}
    short = {w for w in words for land, region in lands if len(w) <= 3 and region_name(w, land) == region}
    return set(words) - short


def _places_meet(a: Card, b: Card) -> bool:
    if {a.remote, b.remote} == {Remote.REMOTE, Remote.ON_SITE}:
        return False
    if not a.places or not b.places:
        return True
    return any(compatible(one, other) for one in a.places for other in b.places)


def _other_requisition(a: Card, b: Card) -> bool:
    return bool(a.requisition and b.requisition and a.requisition != b.requisition)


def _systems(keys: Iterable[str]) -> set[str]:
    return {key.split(":", 1)[0] for key in keys}


def _again(a: Card, b: Card) -> bool:
    """Whether one was posted long after the other, or after the other was closed."""
    if _after(a.closed_at, b) or _after(b.closed_at, a):
        return True
    return a.posted_at is not None and b.posted_at is not None and abs(a.posted_at - b.posted_at) > REPOST


def _after(closed_at: dt.datetime | None, other: Card) -> bool:
    return closed_at is not None and (other.posted_at is None or other.posted_at >= closed_at)
