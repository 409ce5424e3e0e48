"""Sends one request of requests: at the host's pace, with its keys, and reads no more than it may."""

from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

import requests
from pyrate_limiter import Limiter, Rate
from requests_ratelimiter import LimiterAdapter
from requests_ratelimiter.buckets import HostBucketFactory
from urllib3.exceptions import HTTPError

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.web_answer import bound_hold
from hearback.boards.web_reach import CONNECT_SECONDS, PlainPool, Reach, SecurePool
from hearback.boards.web_request import no_address

MOST_BYTES = 20 * 1024 * 1024
_CHUNK = 64 * 1024
# Calls to one host within a second. Boards that want fewer say so in their robots.txt.
A_SECOND = 5
LONGEST_WAIT = 30


@dataclass(frozen=True)
class Secret:
    """What opens a board. It is put in as the request leaves, so that no cache, log or error holds it.

    `params` are added to the question, `headers` to the head, `path` to the address.
    """

    params: dict[str, str] = field(default_factory=dict, repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    path: str = field(default="", repr=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every word of it that nobody else may read."""
        return (*self.params.values(), *self.headers.values(), self.path)


@cache
def pace() -> Limiter:
    """One pace for each host, for all visits of this process."""
    return Limiter(HostBucketFactory(rates=[Rate(A_SECOND, 1000)]))


class BoardAdapter(LimiterAdapter):
    """The last step before the network. Every failure leaves it as a BoardFault in words of ours."""

    def __init__(self, reach: Reach) -> None:
        # A 429 ends the run and says when to come back; filling the bucket would log the address with keys.
        super().__init__(limiter=pace(), max_delay=LONGEST_WAIT, limit_statuses=())
        self.reach = reach
        self.secret: Secret | None = None
        self.poolmanager.pool_classes_by_scheme = {
            "http": partial(PlainPool, reach=reach),
            "https": partial(SecurePool, reach=reach),
        }

    def send(  # type: ignore[override]  # LimiterMixin's own signature
        self, request: requests.PreparedRequest, **kwargs: Any
    ) -> requests.Response:
        """The response with its whole body read."""
        sent = _opened(request, self.secret) if self.secret else request
        kwargs |= {"stream": True, "timeout": (CONNECT_SECONDS, max(self.reach.left(), 0.001))}
        try:
            response = super().send(sent, **kwargs)
            response._content = _body(response)
        except (requests.RequestException, HTTPError, OSError, UnicodeError) as fault:
            raise _fault(fault, self.reach.left() <= 0) from None
        finally:
            self.reach.release()
            # A connection that was kept would not be watched the next time.
            self.poolmanager.clear()
        if self.reach.left() <= 0:
            raise BoardFault(Fault.DOWN, "The board did not answer in time.")
        response.request, response.url = request, str(request.url)
        bound_hold(response.headers)
        return response


def _opened(request: requests.PreparedRequest, secret: Secret) -> requests.PreparedRequest:
    sent = request.copy()
    if secret.path:
        before, mark, question = str(sent.url).partition("?")
        sent.url = f"{before.rstrip('/')}/{secret.path}{mark}{question}"
    if secret.params:
        sent.prepare_url(str(sent.url), secret.params)
    sent.headers.update(secret.headers)
    return sent


def _body(response: requests.Response) -> bytes:
    """Read what comes, unpacked, up to a size: a small answer could hold a huge one."""
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > MOST_BYTES:
        response.close()
        raise _too_large()
    found = bytearray()
    for piece in response.raw.stream(_CHUNK, decode_content=True):
        found += piece
        if len(found) > MOST_BYTES:
            response.close()
            raise _too_large()
    return bytes(found)


def _too_large() -> BoardFault:
    return BoardFault(Fault.TOO_LARGE, f"The answer is larger than {MOST_BYTES // 1024**2} MB.")


def _fault(fault: Exception, late: bool) -> BoardFault:
    """The fault in words; its own would show the address with what it asks, keys among it."""
    if late or isinstance(fault, requests.Timeout | TimeoutError):
        return BoardFault(Fault.DOWN, "The board did not answer in time.")
    if isinstance(fault, requests.exceptions.SSLError):
        return BoardFault(Fault.DOWN, "The board's certificate cannot be trusted.")
    if isinstance(fault, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return no_address()
    return BoardFault(Fault.DOWN, "The connection to the board failed or broke off.")
