"""The one way to job boards: cached, polite, bounded in size and time, and never into a private network."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.web_adapter import BoardAdapter, Secret
from hearback.boards.web_answer import LONGEST_HOLD, check_status, json_of, text_of
from hearback.boards.web_cache import cache_folder, clean_cache
from hearback.boards.web_reach import Reach
from hearback.boards.web_request import Params, joined, prepared, site_of
from hearback.boards.web_robots import Rules, read_robots
from hearback.boards.web_session import BoardSession
from hearback.config import VERSION, Settings

NAME = "Hearback"
CALL_SECONDS = 30.0
# All calls of one visit together, and where mail waits for it, since one worker does everything.
VISIT_SECONDS, ALONE_SECONDS = 480.0, 60.0
MOST_REDIRECTS = 5
# How long an answer holds, in seconds, where the board does not say it: jobs are asked for anew each time.
FEED_HOLD = 1
ROBOTS_HOLD = 86_400


class Web:
    """One visit to one board. It is not for several threads.

    `origin` is the board's address. Where `moved` says that an operator put it there, it may lie in a
    private network, which nothing else may; `private` opens those to all. `granted` says that the board's
    terms let programs in where its robots.txt keeps all crawlers out. `stale` says afterwards that the board
    was down and an older answer stood in; `warnings` what else to tell.
    Every method raises BoardFault where there is no answer to be used.
    """

    def __init__(
        self,
        origin: str = "",
        *,
        agent: str = NAME,
        cache: Path,
        moved: bool = True,
        granted: bool = False,
        private: bool = False,
        call_seconds: float = CALL_SECONDS,
        visit_seconds: float = VISIT_SECONDS,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.stale = False
        self.warnings: list[str] = []
        self._origin = site_of(origin) if origin else None
        self._call_seconds = call_seconds
        self._granted = granted
        self._pause, self._cache = pause, cache
        self._visit_end = time.monotonic() + visit_seconds
        self._reach = Reach(self._origin[1:] if self._origin and moved else None, private)
        self._adapter = BoardAdapter(self._reach)
        self._session = BoardSession(self._adapter, cache, agent)
        self._rules: dict[tuple[str, str, int], Rules] = {}
        self._asked: dict[tuple[str, str, int], float] = {}

    def get_json(self, url: str, params: Params | None = None, secret: Secret | None = None) -> Any:
        """The JSON that an address answers with."""
        return self._json("GET", url, params=params, secret=secret)

    def post_json(self, url: str, body: Any, secret: Secret | None = None) -> Any:
        """The JSON that an address answers a JSON question with."""
        return self._json("POST", url, body=body, secret=secret)

    def get_text(self, url: str, params: Params | None = None) -> str:
        """The text that an address answers with, decoded as it or its page says."""
        return text_of(self._call("GET", url, params=params))

    def get_bytes(self, url: str, params: Params | None = None) -> bytes:
        """What an address answers with as it comes: XML says itself how it is written."""
        return self._call("GET", url, params=params).content

    def __enter__(self) -> "Web":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()
        # Many large answers in one day would fill a small disk before the night's cleaning.
        clean_cache(self._cache)

    def _json(self, method: str, url: str, **question: Any) -> Any:
        response = self._call(method, url, accept="application/json", **question)
        try:
            return json_of(response)
        except BoardFault:
            # What cannot be read is no copy to fall back on.
            self._session.cache.delete(self._session.key_of(response.request))
            raise

    def _call(
        self,
        method: str,
        url: str,
        *,
        params: Params | None = None,
        body: Any = None,
        secret: Secret | None = None,
        accept: str = "*/*",
        robots: bool = False,
    ) -> requests.Response:
        """Ask, and follow where the answer sends us, each step checked anew."""
        first = prepared(self._session, method, url, params, body, accept)
        request, home = first, site_of(str(first.url))
        for _ in range(MOST_REDIRECTS + 1):
            if not robots:
                self._permit(str(request.url))
            own = secret if site_of(str(request.url)) == home else None
            response = self._send(request, own, ROBOTS_HOLD if robots else FEED_HOLD)
            target = self._session.get_redirect_target(response)
            if target is None:
                check_status(response)
                return response
            if response.status_code in {301, 302, 303}:
                method, body = "GET", None
            onward = joined(str(request.url), target, secret.keys if secret else ())
            request = prepared(self._session, method, onward, None, body, accept)
        raise BoardFault(Fault.DOWN, f"The board redirected more than {MOST_REDIRECTS} times.")

    def _send(self, request: requests.PreparedRequest, secret: Secret | None, hold: int) -> requests.Response:
        """Send one request; where the board is down, give the answer that it gave before.

        `hold` is for how many seconds an answer holds whose board does not say it.
        """
        seconds = min(self._call_seconds, self._visit_end - time.monotonic())
        if seconds <= 0:
            raise BoardFault(Fault.DOWN, "The board took longer than one run may last.")
        key = self._session.key_of(request)
        self._reach.end = time.monotonic() + seconds
        self._adapter.secret = secret
        kept = self._session.cache.get_response(key)
        old = kept is not None and kept.is_older_than(LONGEST_HOLD)
        try:
            response: requests.Response = self._session.send(
                request, allow_redirects=False, expire_after=hold, force_refresh=old
            )
            if response.status_code >= 500:
                check_status(response)
            return response
        except BoardFault as fault:
            if kept is None or fault.kind is not Fault.DOWN:
                raise
            self.stale = True
            return kept
        finally:
            self._adapter.secret = None

    def _permit(self, url: str) -> None:
        """Raise BoardFault where robots.txt forbids the address; wait as long as it asks between calls."""
        site = site_of(url)
        if site not in self._rules:
            self._rules[site] = self._robots(site)
        rules = self._rules[site]
        # A rule that names us is about us, whatever the terms say to everybody.
        granted = self._granted and site == self._origin and not rules.named
        if not granted and not rules.allow(url):
            raise BoardFault(Fault.ROBOTS, "The board's robots.txt does not allow this address.")
        wait = self._asked.get(site, 0.0) + rules.delay - time.monotonic()
        if rules.delay and wait > 0:
            self._pause(max(min(wait, self._visit_end - time.monotonic()), 0.0))
        self._asked[site] = time.monotonic()

    def _robots(self, site: tuple[str, str, int]) -> Rules:
        """The rules of a site. Without an answer, only the configured board may be asked: its own answer
        will say what is wrong with it."""
        scheme, host, port = site
        host = f"[{host}]" if ":" in host else host
        before = self.stale
        try:
            text = text_of(self._call("GET", f"{scheme}://{host}:{port}/robots.txt", robots=True))
        except BoardFault as fault:
            absent = fault.kind in {Fault.GONE, Fault.UNAUTHORISED, Fault.BLOCKED, Fault.SHAPE}
            if site == self._origin or absent:
                return Rules()
            raise
        finally:
            # Old rules do not make old jobs.
            self.stale = before
        return read_robots(text, NAME)


def open_web(settings: Settings, origin: str = "", *, moved: bool = False, granted: bool = False) -> Web:
    """A visit as the settings want it, to a board or, without `origin`, to a page of anybody; see Web."""
    return Web(
        origin,
        moved=moved,
        granted=granted,
        agent=f"{NAME}/{VERSION} (+{settings.base_url})",
        cache=cache_folder(settings.board_cache),
        private=settings.allow_private_addresses,
        visit_seconds=VISIT_SECONDS if settings.processes > 1 else ALONE_SECONDS,
    )
