"""Which boards are fetched: the companies that are followed, the feeds that serve all, and the searches."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import Expression, fn

from hearback.boards.registry import usable
from hearback.boards.search import Search
from hearback.boards.source import Scope, Source
from hearback.boards.starter import starter
from hearback.config import settings
from hearback.logs import event
from hearback.models import BoardFeed, Follow, SavedSearch, database
from jobs.job_words import terms

log = logging.getLogger(__name__)

EVERY_HOURS = 6
# A follower may come back the same day; later a board that nobody follows is let go.
UNFOLLOWED = dt.timedelta(days=1)
# Boards are asked for what is newer than this: older jobs they gave before.
DAYS = 30


@dataclass(frozen=True)
class Wanted:
    """A search that boards are asked for, and how often."""

    search: Search
    every_hours: int = EVERY_HOURS

    @property
    def key(self) -> str:
        """Its name among a board's feeds: the same for everybody who looks for the same."""
        place = "remote" if self.search.remote else self.search.place
        return " @ ".join(part for part in (self.search.words, place) if part).lower()[:255]


def keep_feeds(at: dt.datetime) -> int:
    """Make a feed for all that is wanted, and let go of what is not any more; return how many there are."""
    boards = usable(settings())
    searches = wanted_searches()
    with database.atomic():
        for source in boards.values():
            wanted = dict(_of(source, searches))
            for key, values in wanted.items():
                BoardFeed.keep(source.name, key, **values)
            _leave_to_followers(source.name, wanted)
        hours = {key: wanted.every_hours for key, wanted in searches.items()}
        for feed in BoardFeed.select().where(BoardFeed.by == "search"):
            if feed.key not in hours or feed.board not in boards:
                feed.delete_instance()
            elif feed.every_hours != hours[feed.key]:
                BoardFeed.update(every_hours=hours[feed.key]).where(BoardFeed.id == feed.id).execute()
        _let_go(at)
    count: int = BoardFeed.select().count()
    log.info(event("boards.kept", feeds=count, boards=len(boards), searches=len(searches)))
    return count


def wanted_searches() -> dict[str, Wanted]:
    """Every distinct search, of the service and of its users, by its key; the most frequent wish counts."""
    found: dict[str, Wanted] = {}
    saved = (Wanted(_search(row), row.every_hours) for row in SavedSearch.active())
    for wanted in (*default_searches(), *saved):
        known = found.get(wanted.key)
        if wanted.key and (known is None or wanted.every_hours < known.every_hours):
            found[wanted.key] = wanted
    return found


def default_searches() -> tuple[Wanted, ...]:
    """The searches of everybody, from the settings."""
    return tuple(Wanted(_named(words, place)) for words, place in settings().default_searches)


def asked() -> Expression:
    """The feeds of boards that the settings let us ask; others keep their rows and wait."""
    return BoardFeed.board.in_(list(usable(settings())))


def search_of(feed: BoardFeed) -> Search | None:
    """What a feed of a search asks its board for."""
    return None if feed.query is None else Search(**feed.query)


def _of(source: Source, searches: dict[str, Wanted]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The feeds of one board: their keys, and what their rows say."""
    if source.scope is Scope.FEED:
        yield "", {"by": "starter", "name": source.title}
    elif source.scope is Scope.COMPANY:
        for company in starter(settings()).get(source.name, ()):
            yield company.key, {"by": "starter", "name": company.name}
    else:
        for key, wanted in searches.items():
            yield key, {"by": "search", "query": vars(wanted.search), "every_hours": wanted.every_hours}


def _search(row: SavedSearch) -> Search:
    """A saved search as boards understand it: they know words, and nothing of what must not occur."""
    words = " ".join(term.text for term in terms(row.words) if not term.excluded)
    return _named(words, "remote" if row.remote == "only" and not row.place else row.place)


def _named(words: str, place: str) -> Search:
    remote = place.strip().lower() == "remote"
    return Search(words.strip(), "" if remote else place.strip(), remote, DAYS)


def _leave_to_followers(board: str, wanted: Iterable[str]) -> None:
    """What left the list of companies stays for those who follow it, and goes where nobody does."""
    gone = (BoardFeed.board == board) & (BoardFeed.by == "starter") & BoardFeed.key.not_in(list(wanted))
    BoardFeed.update(by="user").where(gone).execute()


def _let_go(at: dt.datetime) -> None:
    """Drop the boards of companies that users brought and nobody follows any more."""
    followed = Follow.select(fn.DISTINCT(Follow.feed))
    alone = (BoardFeed.by == "user") & BoardFeed.id.not_in(followed)
    BoardFeed.delete().where(alone & (BoardFeed.made_at < at - UNFOLLOWED)).execute()
