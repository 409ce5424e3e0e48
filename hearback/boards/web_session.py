"""A session of requests as job boards are asked: its answers kept, its redirects followed by us alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests
from requests_cache import CachedSession

from hearback.boards.web_adapter import BoardAdapter
from hearback.boards.web_cache import AnswerCache


class BoardSession(CachedSession):
    """Keeps answers for the board's "not modified", and for when it is down."""

    def __init__(self, adapter: BoardAdapter, cache: Path, agent: str) -> None:
        super().__init__(backend=AnswerCache(cache), cache_control=True, allowable_methods=("GET", "POST"))
        # Neither proxies nor keys of the machine's own: both would reach further than a visit may.
        self.trust_env = False
        self.headers.update({"User-Agent": agent, "Accept-Encoding": "gzip, deflate", "Connection": "close"})
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def resolve_redirects(self, *_: Any, **__: Any) -> Iterator[requests.Response]:
        """None: requests looks ahead even where it is told not to follow, and fails at what is no address."""
        return iter(())
