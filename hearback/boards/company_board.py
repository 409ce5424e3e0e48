"""What the boards of single companies share: where a company's board is, and how the company is called."""

import re
from urllib.parse import urlsplit

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.addresses import web
from hearback.boards.normal.text import clean, readable
from hearback.boards.source import Ask

# Where a board gives each company a host of its own, its address holds this in place of the company.
PLACE = "{company}"
_IN_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,80}[a-z0-9])?", re.IGNORECASE)
_IN_PATH = re.compile(r"[\w.%+&-]{1,120}")


def origin(url: str, key: str) -> str:
    """Where the company's board is; raise BoardFault where the key is no name that a host can have.

    Only the part before a slash counts: some keys go on with the name of a site.
    """
    if PLACE not in url:
        return url
    host = key.partition("/")[0]
    if not _IN_HOST.fullmatch(host) or ".." in host:
        raise no_key()
    return url.replace(PLACE, host.lower())


def key_of(ask: Ask) -> str:
    """The company's name in addresses; raise BoardFault where it is none that a path can hold."""
    if not _IN_PATH.fullmatch(ask.key) or set(ask.key) <= {"."}:
        raise no_key()
    return ask.key


def company_of(ask: Ask, *stated: object) -> str:
    """The company's name: as the board states it, as the one who follows it knows it, or out of its key."""
    return next((name for one in (*stated, ask.company) if (name := clean(one))), None) or readable(ask.key)


def slug_of(ask: Ask, address: object) -> str:
    """The company's name out of the first part of an address' path, which is the board's key for it."""
    url = web(address)
    first = urlsplit(url).path.strip("/").partition("/")[0] if url else ""
    return readable(first) if first and not ask.company else company_of(ask)


def below(prefix: str, name: object) -> str | None:
    """The address of a job by its name or number; None where it has none."""
    word = clean(name)
    return f"{prefix}/{word}" if word else None


def no_key() -> BoardFault:
    """The fault of a key that names no company's board."""
    return BoardFault(Fault.FORBIDDEN_ADDRESS, "This is not the name of a company's board.")
