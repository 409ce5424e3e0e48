"""Every board that there is, by name, and how each is asked under the settings."""

from hearback.boards import (
    adzuna,
    arbeitnow,
    ashby,
    bamboohr,
    breezy,
    eightfold,
    greenhouse,
    hackernews,
    himalayas,
    hrmdirect,
    icims,
    jobicy,
    jobspy,
    jobvite,
    jooble,
    jsonld,
    lever,
    neogov,
    oracle,
    personio,
    pinpoint,
    recruitee,
    remoteok,
    remotive,
    rippling,
    smartrecruiters,
    teamtailor,
    themuse,
    usajobs,
    weworkremotely,
    workable,
    workday,
)
from hearback.boards.company_board import origin
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.posting import Batch
from hearback.boards.search import Search
from hearback.boards.source import Ask, Source, ask_board
from hearback.boards.web import open_web
from hearback.config import Settings

_ALL: tuple[Source, ...] = (
    greenhouse.SOURCE,
    lever.SOURCE,
    ashby.SOURCE,
    workable.SOURCE,
    smartrecruiters.SOURCE,
    recruitee.SOURCE,
    personio.SOURCE,
    jsonld.SOURCE,
    bamboohr.SOURCE,
    breezy.SOURCE,
    pinpoint.SOURCE,
    rippling.SOURCE,
    teamtailor.SOURCE,
    workday.SOURCE,
    eightfold.SOURCE,
    oracle.SOURCE,
    icims.SOURCE,
    jobvite.SOURCE,
    hrmdirect.SOURCE,
    neogov.SOURCE,
    remotive.SOURCE,
    arbeitnow.SOURCE,
    remoteok.SOURCE,
    jobicy.SOURCE,
    themuse.SOURCE,
    himalayas.SOURCE,
    weworkremotely.SOURCE,
    hackernews.SOURCE,
    adzuna.SOURCE,
    usajobs.SOURCE,
    jooble.SOURCE,
    jobspy.SOURCE,
)
SOURCES: dict[str, Source] = {source.name: source for source in _ALL}


def usable(settings: Settings) -> dict[str, Source]:
    """The boards that are asked."""
    return {name: source for name, source in SOURCES.items() if why_not(name, settings) is None}


def why_not(name: str, settings: Settings) -> str | None:
    """Why a board is not asked, as the end of a sentence; None where it is."""
    if settings.boards and name not in settings.boards:
        return "left out by the setting BOARDS"
    missing = [key for key in SOURCES[name].keys if not settings.board_keys.get(key)]
    return f"needs the setting {' and '.join(missing)}" if missing else None


def fetch(
    name: str,
    settings: Settings,
    *,
    key: str = "",
    company: str | None = None,
    search: Search | None = None,
) -> Batch:
    """Ask one board as the settings want it; raise BoardFault where it gives nothing that can be used."""
    source = SOURCES[name]
    if why := why_not(name, settings):
        raise BoardFault(Fault.UNAUTHORISED, f"{source.title} is not asked: {why}.")
    url = origin(settings.board_urls.get(name, source.url), key)
    ask = Ask(url, key, company, search, settings.board_keys)
    with open_web(settings, url, moved=name in settings.board_urls, granted=source.granted) as web:
        return ask_board(source, web, ask)
