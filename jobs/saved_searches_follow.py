"""Following a company: its board is fetched from then on, named by the address of its jobs page."""

import logging
from urllib.parse import urlsplit

from redis.exceptions import RedisError

from hearback.boards.following import feed_of
from hearback.boards.normal.addresses import web
from hearback.boards.registry import SOURCES, why_not
from hearback.boards.source import Scope
from hearback.config import settings
from hearback.logs import event
from hearback.models import BoardFeed, Follow, User, database
from jobs.refusals import BadAct, NotFound
from jobs.scrape import ring

log = logging.getLogger(__name__)

# A page of any site that describes its jobs for machines.
ANY_PAGE = "jsonld"
MOST = 100
LONGEST_KEY = 255
# Where jobs of many companies stand; none of them is one company's page.
NOT_ONE_COMPANY = ("linkedin.com", "indeed.com", "glassdoor.com", "monster.com", "stepstone.de")


def follow(user_id: int, address: str) -> BoardFeed:
    """Follow the company whose jobs page is at that address; twice is once. Raises BadAct."""
    board, key = named(address)
    with database.atomic():
        User.lock(user_id)
        if Follow.select().where(Follow.user == user_id).count() >= MOST:
            raise BadAct(f"You follow {MOST} companies already. Stop following one first.")
        feed = BoardFeed.keep(board, key, "user")
        Follow.insert(user=user_id, feed=feed.id).on_conflict_ignore().execute()
        User.touch(user_id)
    if feed.last_run_at is None:
        _ring(feed.id)
    return feed


def stop(user_id: int, feed_id: int) -> None:
    """Follow it no more; a board that nobody else wants is fetched no more either. Raises NotFound."""
    with database.atomic():
        User.lock(user_id)
        mine = (Follow.user == user_id) & (Follow.feed == feed_id)
        if not Follow.delete().where(mine).execute():
            raise NotFound("You do not follow this company any more.")
        User.touch(user_id)


def again(user_id: int, feed_id: int) -> None:
    """Follow again what was followed until now. Raises NotFound."""
    if not BoardFeed.select().where((BoardFeed.id == feed_id) & (BoardFeed.by != "search")).exists():
        raise NotFound("This board is not here any more.")
    Follow.insert(user=user_id, feed=feed_id).on_conflict_ignore().execute()
    User.touch(user_id)


def followed(user_id: int) -> list[BoardFeed]:
    """The boards that a user follows, by name."""
    rows = BoardFeed.select().join(Follow).where(Follow.user == user_id)
    return sorted(rows, key=lambda feed: (shown(feed).lower(), feed.id))


def shown(feed: BoardFeed) -> str:
    """What a board is called: the company, or the site."""
    name = feed.name or (urlsplit(feed.key).hostname if feed.board == ANY_PAGE else feed.key)
    return str(name or feed.key)


def named(address: str) -> tuple[str, str]:
    """The board and its key that an address names. Raises BadAct."""
    text = address.strip()
    found = web(text if "://" in text else f"https://{text}")
    host = (urlsplit(found).hostname or "") if found else ""
    if found is None or "." not in host:
        raise BadAct("This is no web address. Paste that of the page that lists the company’s jobs.")
    if any(host == site or host.endswith(f".{site}") for site in NOT_ONE_COMPANY):
        raise BadAct(
            f"{host} shows jobs of many companies. Paste the address of the company’s own jobs page."
        )
    known = feed_of(found)
    board, key = known if known is not None and _is_company_board(known[0]) else (ANY_PAGE, found)
    if why := why_not(board, settings()):
        raise BadAct(f"This service does not ask {SOURCES[board].title}: {why}.")
    if len(key) > LONGEST_KEY:
        raise BadAct(f"The address has {len(key)} signs; {LONGEST_KEY} is the most. Paste a shorter one.")
    return board, key


def _ring(feed_id: int) -> None:
    """Fetch it now: who follows a company wants to see its jobs."""
    try:
        ring([feed_id], "followed")
    except RedisError as fault:
        # The next round finds it in the database.
        log.warning(event("feed.not_rung", feed=feed_id, fault=type(fault).__name__))


def _is_company_board(name: str) -> bool:
    return name in SOURCES and SOURCES[name].scope is Scope.COMPANY
