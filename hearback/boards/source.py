"""What a job board is to us: how it is asked, how often, and what it wants in return."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.posting import Batch
from hearback.boards.search import Search
from hearback.boards.web import Web


class Scope(StrEnum):
    """What one fetch covers."""

    COMPANY = "company"
    FEED = "feed"
    QUERY = "query"


@dataclass(frozen=True)
class Ask:
    """One question to a board.

    `key` is the company's name in the board's addresses (Scope.COMPANY), `company` the name that people know.
    `search` is what a board of Scope.QUERY is asked for. `url` is where the board is, without a slash at
    the end; `keys` are the settings that the source names, and those of its options that are set.
    """

    url: str
    key: str = ""
    company: str | None = None
    search: Search | None = None
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Source:
    """One board.

    `url` is its own origin, which the setting <NAME>_URL replaces; `docs` the address of its documentation;
    `terms` what it asks of those who use it; `attribution` the words shown beside its jobs. `rank` says
    whom to believe where a job stands in several: 0 a company's own board, 1 a curated feed, 2 an
    aggregator. `a_day` is how many calls a day it allows. `keys` are settings that it cannot do without.
    `followed` says that links to its pages must not tell search engines to pass them by. `granted` says that
    its documentation lets programs use an interface that its robots.txt closes to all crawlers.
    """

    name: str
    title: str
    url: str
    docs: str
    terms: str
    scope: Scope
    fetch: Callable[[Web, Ask], Batch]
    rank: int = 1
    attribution: str | None = None
    a_day: int | None = None
    keys: tuple[str, ...] = ()
    followed: bool = False
    granted: bool = False


def ask_board(source: Source, web: Web, ask: Ask) -> Batch:
    """What the board answers; raise BoardFault where it gives nothing that can be used.

    Jobs that an older answer lists may be gone, so that a stale batch is never full.
    """
    missing = [name for name in source.keys if not ask.keys.get(name)]
    if missing:
        raise BoardFault(Fault.UNAUTHORISED, f"{source.title} needs the setting {' and '.join(missing)}.")
    batch = source.fetch(web, ask)
    return replace(
        batch,
        stale=batch.stale or web.stale,
        full=batch.full and not web.stale,
        warnings=(*batch.warnings, *web.warnings),
    )
