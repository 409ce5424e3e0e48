"""Puts the parts of a posting together, in the one way that is the same for every board."""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from hearback.boards.normal.addresses import mail, web
from hearback.boards.normal.kinds import employment, remote
from hearback.boards.normal.markup import safe_html, text_of
from hearback.boards.normal.moments import moment, posted
from hearback.boards.normal.pay import in_words
from hearback.boards.normal.rows import Unreadable
from hearback.boards.normal.text import clean
from hearback.boards.normal.where import remote_from, wide_areas
from hearback.boards.posting import Place, Posting, Remote, Salary
from hearback.levels import level_of
from hearback.skills import named as skills_named

_TAG = re.compile(r"#LI[-_ ]?(remote|hybrid|on-?site)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Raw:
    """A job as a board wrote it, its parts named but not yet read; `remote` holds all that tells of it.

    `salary` None lets one be looked for in the description, `level` is what counts where the title says none;
    `base` makes relative addresses whole.
    """

    external_id: object
    title: object
    company: object
    url: object
    description: object = ""
    places: tuple[Place, ...] = ()
    remote: tuple[object, ...] = ()
    remote_from: tuple[object, ...] = ()
    salary: Salary | None = None
    employment: object = None
    posted_at: object = None
    valid_through: object = None
    apply_url: object = None
    apply_email: object = None
    company_url: object = None
    requisition: object = None
    level: str | None = None
    base: str | None = None


def posting(board: str, feed: str, raw: Raw, now: dt.datetime | None = None) -> Posting:
    """The normal form of a job. Raises Unreadable where it has no title, company or address.

    A job without an id is known by its address and title.
    """
    title, company, url = clean(raw.title), clean(raw.company), web(raw.url, raw.base)
    if not (title and company and url):
        parts = {"title": title, "company": company, "address": url}
        missing = next(name for name, part in parts.items() if not part)
        raise Unreadable(f"has no {missing} that can be read")
    shown = safe_html(raw.description)
    text = text_of(shown)
    where = remote(*raw.remote, *(place.text for place in raw.places), _in_brackets(title), _in_tag(text))
    countries = {place.country for place in raw.places if place.country}
    return Posting(
        board=board,
        feed=feed,
        external_id=clean(raw.external_id) or mark(url, title),
        title=title,
        company=company,
        url=url,
        places=raw.places,
        remote=where,
        remote_from=_from(raw, where),
        salary=raw.salary or in_words(text, countries.pop() if len(countries) == 1 else None),
        employment=employment(raw.employment),
        level=level_of(title) or raw.level,
        posted_at=posted(raw.posted_at, now),
        valid_through=moment(raw.valid_through),
        description_html=shown,
        description_text=text,
        apply_url=web(raw.apply_url, raw.base),
        apply_email=mail(raw.apply_email),
        skills=skills_named(f"{title}\n{text}"),
        company_url=web(raw.company_url, raw.base),
        requisition=clean(raw.requisition),
    )


def mark(url: str, title: str) -> str:
    """What stands in for the number of a job that has none."""
    return hashlib.sha256(f"{url} {title}".encode()).hexdigest()[:24]


def _from(raw: Raw, where: Remote | None) -> tuple[str, ...]:
    """From where remote work may be done: what the board says, else the countries and areas of its places."""
    if where is not Remote.REMOTE:
        return ()
    if stated := remote_from(*raw.remote_from):
        return stated
    named = [wide_areas(place.text) or ((place.country,) if place.country else ()) for place in raw.places]
    return tuple(dict.fromkeys(one for names in named for one in names))


def _in_tag(text: str) -> str | None:
    """What companies write below a description for those who pass it on."""
    tag = _TAG.search(text)
    return tag[1] if tag else None


def _in_brackets(title: str) -> str:
    """What stands beside a title, where "remote" is about the work and not about what is worked on."""
    before, bracket, inside = title.partition("(")
    beside = inside if bracket else ""
    last = before.rsplit(" - ", 1)
    return " ".join([beside, last[1] if len(last) > 1 else ""]).strip()
