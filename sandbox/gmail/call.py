"""What a Gmail endpoint is handed: who asks, for what, and how to read the parameters as Google does."""

import json
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from sandbox.account import Account
from sandbox.errors import bad_request
from sandbox.world import World


@dataclass
class Request:
    """An HTTP request to the Gmail API, alone or as a part of a batch."""

    method: str
    path: str
    query: MultiDict[str, str]
    authorization: str = ""
    content_type: str = ""
    body: bytes = b""


@dataclass
class Answer:
    """What goes back: `body` None is an empty 204 or 200."""

    status: int
    body: dict[str, Any] | None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Call:
    """A request that is allowed: its account, the parts of its path, its scopes."""

    world: World
    account: Account
    scopes: frozenset[str]
    path: dict[str, str]
    request: Request

    def json(self) -> dict[str, Any]:
        """The JSON body; empty when there is none."""
        if not self.request.body.strip():
            return {}
        try:
            found = json.loads(self.request.body)
        except ValueError as error:
            raise bad_request("Invalid JSON payload received.", "parseError") from error
        if not isinstance(found, dict):
            raise bad_request("Invalid JSON payload received.", "parseError")
        return found

    def number(self, name: str, default: int, highest: int) -> int:
        """A count such as maxResults: missing or 0 is the default, too much is the highest."""
        text = self.request.query.get(name, "")
        if not text:
            return default
        if not text.isascii() or not text.isdigit():
            snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
            raise bad_request(f"Invalid value at '{snake}' (TYPE_UINT32), \"{text}\"")
        return min(int(text) or default, highest)

    def listed(self, name: str) -> list[str]:
        """A repeated parameter."""
        return self.request.query.getlist(name)

    def flag(self, name: str) -> bool:
        """A boolean parameter."""
        return self.request.query.get(name, "").lower() == "true"


def strings(body: dict[str, Any], name: str) -> list[str]:
    """A list of strings out of a JSON body, or Google's 400."""
    value = body.get(name) or []
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise bad_request(f"Invalid value at '{name}' (TYPE_STRING)")
    return value
