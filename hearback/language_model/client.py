"""Asks an OpenAI-compatible server one question, within a time that nothing it does can stretch.

https://platform.openai.com/docs/api-reference/chat/create
"""

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import requests
from urllib3.exceptions import HTTPError

# An answer has one sentence and two names; a model that thinks aloud may say more.
MOST_BYTES = 256 * 1024
_CHUNK = 8 * 1024


class NoAnswer(Exception):
    """The server gave none that can be read. The message is one word for logs and metrics."""


@dataclass(frozen=True)
class Server:
    """Where the model is, and what opens it."""

    base_url: str
    api_key: str = field(repr=False)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Authorise a request; being named also keeps requests from looking for keys of its own."""
        if self.api_key:
            request.headers["Authorization"] = f"Bearer {self.api_key}"
        return request


def ask(server: Server, body: dict[str, Any], seconds: float) -> Any:
    """The object that the model answers with; raise NoAnswer where there is none within `seconds`."""
    return _within(seconds, lambda: _content(_post(server, body, seconds)))


def _within(seconds: float, call: Callable[[], Any]) -> Any:
    """Run `call` and wait so long for it. A time-out of a socket ends only a silence, not a trickle."""
    done: Future[Any] = Future()

    def run() -> None:
        try:
            done.set_result(call())
        except NoAnswer as fault:
            done.set_exception(fault)

    # The process does not wait for it at its end.
    threading.Thread(target=run, name="language-model", daemon=True).start()
    try:
        return done.result(seconds)
    except TimeoutError:
        raise NoAnswer("slow") from None


def _post(server: Server, body: dict[str, Any], seconds: float) -> bytes:
    """Send the request and read what comes, up to a size. No fault tells more than its kind."""
    end = time.monotonic() + seconds
    try:
        with requests.post(
            f"{server.base_url}/chat/completions",
            json=body,
            auth=server,
            headers={"Accept-Encoding": "identity"},
            timeout=seconds,
            # What a redirect leads to is not the host that users were told of.
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.is_redirect:
                raise NoAnswer("redirect")
            if response.status_code != 200:
                raise NoAnswer("denied" if response.status_code < 500 else "failing")
            return _read(response, end)
    except requests.Timeout:
        raise NoAnswer("slow") from None
    except (requests.RequestException, HTTPError):
        raise NoAnswer("unreachable") from None


def _read(response: requests.Response, end: float) -> bytes:
    found = bytearray()
    # Not unpacked: a small answer could hold a huge one.
    while piece := response.raw.read1(_CHUNK, decode_content=False):
        found += piece
        if len(found) > MOST_BYTES:
            raise NoAnswer("huge")
        if time.monotonic() > end:
            raise NoAnswer("slow")
    return bytes(found)


def _content(answer: bytes) -> Any:
    """What the model wrote, as JSON; some servers put it between the marks of a code block."""
    try:
        text = json.loads(answer)["choices"][0]["message"]["content"].strip()
        return json.loads(text.removeprefix("```json").removeprefix("```").removesuffix("```"))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NoAnswer("unreadable") from None
