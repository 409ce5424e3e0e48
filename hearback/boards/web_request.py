"""Makes a request out of an address and a question, and says which site an address belongs to."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, unquote_plus, urljoin, urlsplit

import requests

from hearback.boards.faults import BoardFault, Fault

Params = Mapping[str, str | int]


def site_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address; raise BoardFault where it has none."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise no_address() from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise no_address()
    return parts.scheme, parts.hostname.rstrip("."), port


def no_address() -> BoardFault:
    """The fault of what is no address."""
    return BoardFault(Fault.FORBIDDEN_ADDRESS, "This is not an address of a web page.")


def joined(url: str, target: str, keys: Iterable[str] = ()) -> str:
    """Where a redirect of `url` leads; raise BoardFault where that is no address.

    Some boards repeat the whole question there, with our `keys`, which are put in anew as it is asked.
    """
    try:
        parts = urlsplit(urljoin(url, target))
        known = {key for key in keys if key}
        path = "/".join(part for part in parts.path.split("/") if unquote(part) not in known)
        asked = [part for part in parts.query.split("&") if unquote_plus(part.partition("=")[2]) not in known]
        return parts._replace(path=path, query="&".join(asked)).geturl()
    except ValueError:
        raise no_address() from None


def prepared(
    session: requests.Session, method: str, url: str, params: Params | None, body: Any, accept: str
) -> requests.PreparedRequest:
    """A request that is ready to be sent; raise BoardFault where the address is none."""
    asked = requests.Request(method, url, params=params, json=body, headers={"Accept": accept})
    site_of(url)
    try:
        return session.prepare_request(asked)
    except (requests.RequestException, ValueError):
        raise no_address() from None
