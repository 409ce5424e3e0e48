"""Chat and push services, and webhooks, by the addresses of the apprise library.

https://appriseit.com/services/ says how each address is written.
"""

import json
import logging
import multiprocessing
import re
import resource
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.manager_plugins import NotificationManager
from apprise.plugins.base import NotifyBase

from hearback.notify import outward
from hearback.notify.errors import NotDelivered

# Services that speak HTTP, by the scheme of their addresses. The others write files, call programs or the
# desktop, speak protocols of their own, cost money for each message, or show it to the world.
SERVICES = {
    "bark": "Bark", "barks": "Bark", "discord": "Discord", "form": "a webhook", "forms": "a webhook",
    "gchat": "Google Chat", "gotify": "Gotify", "gotifys": "Gotify", "ifttt": "IFTTT", "json": "a webhook",
    "jsons": "a webhook", "matrix": "Matrix", "matrixs": "Matrix", "mmost": "Mattermost",
    "mmosts": "Mattermost", "nctalk": "Nextcloud Talk", "nctalks": "Nextcloud Talk", "ntfy": "ntfy",
    "ntfys": "ntfy", "pbul": "Pushbullet", "pover": "Pushover", "prowl": "Prowl", "rocket": "Rocket.Chat",
    "rockets": "Rocket.Chat", "signal": "Signal", "signals": "Signal", "slack": "Slack",
    "tgram": "Telegram", "twist": "Twist", "webex": "Webex", "wxteams": "Webex", "workflow": "Teams",
    "workflows": "Teams", "xml": "a webhook", "xmls": "a webhook", "zulip": "Zulip",
}  # fmt: skip

# Those that people run themselves, so that the address names a host.
_OWN = ("bark", "form", "gotify", "json", "matrix", "mmost", "nctalk", "ntfy", "rocket", "signal", "xml")
OWN_HOSTS = frozenset(name + secure for name in _OWN for secure in ("", "s"))

# A whole delivery, however slowly the other side answers.
SECONDS = 20.0
CONNECT_SECONDS, READ_SECONDS = 5.0, 10.0
# What an answer may take beside what the process has already.
MEMORY_BYTES = 256 * 1024 * 1024
CODE = re.compile(r"\berror=(\d{3})\b")
# The other side may do better on another day; all else of 4xx is final.
PASSING = frozenset({408, 409, 423, 425, 429})

PRIVATE = (
    "The address leads into a private network, which is not allowed here. Give one in the public internet."
)
SILENT = "The service did not answer as it should. Is its address right, and is it running?"
SLOW = f"The service did not finish within {SECONDS:.0f} seconds."
BROKEN = "The service's answer could not be read."

# A copy of this process: it has apprise loaded already, and what is done to it ends with it.
_FORK = multiprocessing.get_context("fork")


class BadAddress(ValueError):
    """An address that nothing can be sent to; the message says what is wanted."""


def name_of(address: str) -> str:
    """What an address may be shown as: the service, and where it is, without its secrets.

    Raises BadAddress.
    """
    plugin = _plugin(address)
    service = SERVICES[_scheme(plugin)]
    host = str(getattr(plugin, "host", None) or "")
    # What stands in a host's place is a token, with services that have one host for everybody.
    shown = _scheme(plugin) in OWN_HOSTS and ("." in host or host == "localhost")
    return f"{service[:1].upper()}{service[1:]}" + (f" at {host}" if shown else "")


def send(address: str, title: str, body: str, allow_private: bool = False) -> None:
    """Send one message. Raises NotDelivered, and BadAddress where the address is none (any more)."""
    _plugin(address)
    ours, theirs = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=_deliver, args=(theirs, address, title, body, allow_private))
    child.start()
    theirs.close()
    try:
        if not ours.poll(SECONDS):
            raise NotDelivered(SLOW)
        outcome = json.loads(ours.recv_bytes())
    except EOFError:
        # It ran out of memory, or into a fault of the library: another day's answer may be better.
        raise NotDelivered(BROKEN) from None
    finally:
        # A plugin that hangs listens to no kinder signal.
        child.kill()
        child.join()
        child.close()
        ours.close()
    _judge(**outcome)


def _judge(sent: bool, private: bool, code: int | None) -> None:
    if sent:
        return
    if private:
        raise NotDelivered(PRIVATE, permanent=True)
    if code is None:
        raise NotDelivered(SILENT)
    if 300 <= code < 400:
        raise NotDelivered(f"The service sent us elsewhere (HTTP {code}). Give the final address.", True)
    final = 400 <= code < 500 and code not in PASSING
    raise NotDelivered(f"The service refused the message (HTTP {code}).", permanent=final)


def _deliver(answer: Connection, address: str, title: str, body: str, allow_private: bool) -> None:
    """What the child process does: confine itself, send, say how it went."""
    codes = _Codes()
    for name in ("apprise", "urllib3"):
        # Their lines may hold addresses with tokens. Only a status code leaves here.
        log = logging.getLogger(name)
        log.handlers, log.propagate = [codes], False
        log.setLevel(logging.WARNING)
    _limit_memory()
    refused: list[str] = []
    if not allow_private:
        outward.confine(refused)
    sending = Apprise(asset=_asset())
    sending.add(_plugin(address))
    sent = sending.notify(body=body, title=title, body_format=NotifyFormat.TEXT)
    outcome = {"sent": bool(sent), "private": bool(refused), "code": codes.last}
    answer.send_bytes(json.dumps(outcome).encode())


class _Codes(logging.Handler):
    """Keeps the last HTTP status that apprise complained of: it says no more than yes or no itself."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        found = CODE.search(record.getMessage())
        if found:
            self.last = int(found[1])


def _plugin(address: str) -> NotifyBase:
    _allowed_only()
    plugin = Apprise.instantiate(address.strip(), asset=_asset())
    if not isinstance(plugin, NotifyBase) or _scheme(plugin) not in SERVICES:
        known = ", ".join(sorted(set(SERVICES.values()) - {"a webhook"}))
        raise BadAddress(
            "This is no address that we know. Write one such as jsons://host/path for a webhook, or "
            f"tgram://token/chat; we know {known}."
        )
    # The address may ask for others.
    plugin.socket_connect_timeout, plugin.socket_read_timeout = CONNECT_SECONDS, READ_SECONDS
    plugin.redirects = False
    return plugin


def _scheme(plugin: NotifyBase) -> str:
    """The scheme of the service, as SERVICES has it, or an empty string."""
    names: list[str] = []
    for some in (plugin.secure_protocol, plugin.protocol):
        names += [some] if isinstance(some, str) else list(some or ())
    return next((name for name in names if name in SERVICES), "")


@cache
def _allowed_only() -> None:
    """Switch off, once in each process, every service that is not ours to use."""
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    NotificationManager().enable_only(*SERVICES)


def _asset() -> AppriseAsset:
    return AppriseAsset(
        app_id="Hearback",
        app_desc="Hearback",
        app_url="",
        image_url_logo="",
        image_url_mask="",
        async_mode=False,
        http_redirects=False,
    )


def _limit_memory() -> None:
    """Let an endless answer end this process alone. Where the system does not say its size, time must do."""
    size = Path("/proc/self/statm")
    if size.exists():
        most = int(size.read_text().split()[0]) * resource.getpagesize() + MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
