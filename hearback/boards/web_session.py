"""A session of requests as job boards are asked: its answers kept, its redirects followed by us alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests
from requests_cache import CachedSession

from hearback.boards.web_adapter import BoardAdapter
from hearback.boards.web_cache import AnswerCache
from hearback.boards.web_request import no_address

# What stays as it is in an address.
_SAFE = ":/?#[]@!$&'()*+,;=%~"


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

    def key_of(self, request: requests.PreparedRequest) -> str:
        """What the answer is kept under; raise BoardFault where its host can be no name."""
        try:
            return self.cache.create_key(request)
        except ValueError:
            raise no_address() from None

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Where the answer sends us. Some servers write their own charset there, which requests fails at."""
        try:
            return super().get_redirect_target(resp)
        except UnicodeError:
            return quote(resp.headers["Location"].encode("latin-1"), safe=_SAFE)
