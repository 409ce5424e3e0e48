"""The tracking systems, job boards and other vendors that write in the name of employers."""

import tomllib
from pathlib import Path

from hearback.mail.parse import ParsedMail

_DATA = tomllib.loads(Path(__file__).with_name("senders.toml").read_text(encoding="utf-8"))
FREEMAIL = frozenset(_DATA["freemail"])
KIND_OF: dict[str | None, str] = {key: vendor["kind"] for key, vendor in _DATA["vendors"].items()}
TENANTED = frozenset(key for key, vendor in _DATA["vendors"].items() if vendor.get("tenant"))
_OF_DOMAIN = {domain: key for key, vendor in _DATA["vendors"].items() for domain in vendor["domains"]}
_BY_HEADER = {name: key for key, vendor in _DATA["vendors"].items() for name in vendor.get("headers", ())}
_BY_LINK = {mark: key for key, vendor in _DATA["vendors"].items() for mark in vendor.get("links", ())}
_NAMED = {name.lower(): key for key, vendor in _DATA["vendors"].items() for name in vendor["names"]}


def is_vendor_name(name: str) -> bool:
    """Whether a name is that of a tracking system or a job board, and no employer's."""
    return " ".join(name.lower().split()) in _NAMED


def board(sender: str) -> str | None:
    """The job board that a sender's name or address is of, as it calls itself; None for anyone else."""
    words = " ".join(sender.lower().split())
    vendor = _NAMED.get(words) or of_address(words)
    if vendor is None or KIND_OF[vendor] != "board":
        return None
    names: list[str] = _DATA["vendors"][vendor]["names"]
    # Small boards share an entry: then the one that is named, or is part of the address.
    return next((name for name in names if name.lower().replace(" ", "") in words.replace(" ", "")), names[0])


def domain_of(address: str) -> str:
    """What stands behind the "@"; empty if there is none."""
    return address.rpartition("@")[2]


def of_address(address: str) -> str | None:
    """The vendor that an address's domain or one of its parents belongs to."""
    labels = domain_of(address).split(".")
    for start in range(max(0, len(labels) - 6), len(labels) - 1):
        key = _OF_DOMAIN.get(".".join(labels[start:]))
        if key:
            return key
    return None


def behind(mail: ParsedMail) -> str | None:
    """The vendor that wrote a mail or sent it in the employer's own name."""
    return of_address(mail.sender_address) or _marked(mail) or _relaying(mail)


def _marked(mail: ParsedMail) -> str | None:
    """The vendor whose marks a mail bears; those in links stay when it is passed on."""
    for name, key in _BY_HEADER.items():
        if name in mail.headers:
            return key
    urls = [url for url, _ in mail.links[:50]] if mail.forwarded else []
    return next((key for mark, key in _BY_LINK.items() if any(mark in url for url in urls)), None)


def _relaying(mail: ParsedMail) -> str | None:
    """The tracking system or test vendor that sent a mail of an employer's own address."""
    for value in (mail.headers.get("return-path", ""), mail.headers.get("sender", ""), mail.message_id or ""):
        vendor = of_address(value.strip(" <>").lower())
        if KIND_OF.get(vendor) in {"ats", "test"}:
            return vendor
    return None
