"""What an operator may set from outside, read once, so that a wrong value stops the start with its name."""

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

DEFAULTS: dict[str, tuple[str, str]] = {
    "port": ("8001", "port on 127.0.0.1; 0 takes any free one"),
    "data": ("", "folder of the SQLite file; empty keeps everything in memory"),
    "client_id": ("sandbox-client", "the one OAuth client that is known"),
    "client_secret": ("sandbox-secret", "its secret"),
    "redirect_uris": ("", "redirect addresses allowed beside loopback http, comma-separated"),
    "push_url": ("", "where pushes are POSTed; empty sends none"),
    "push_audience": ("", "audience of the push tokens; empty takes the push url"),
    "push_service_account": ("push@sandbox.iam.gserviceaccount.com", "email in the push tokens"),
    "topic": ("projects/sandbox/topics/gmail", "the only Pub/Sub topic that exists"),
    "threads": ("32", "requests answered at the same time"),
}


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the text names it and says what is wanted."""


@dataclass(frozen=True)
class Settings:
    """Everything that is fixed while the server runs. `mbox` and `sample` only matter at the start."""

    port: int = 8001
    data: Path | None = None
    client_id: str = "sandbox-client"
    client_secret: str = "sandbox-secret"  # noqa: S105 - known to all: nothing real hides behind it.
    redirect_uris: frozenset[str] = frozenset()
    push_url: str = ""
    push_audience: str = ""
    push_service_account: str = "push@sandbox.iam.gserviceaccount.com"
    topic: str = "projects/sandbox/topics/gmail"
    threads: int = 32
    sample: bool = False
    mbox: Path | None = None
    mailbox: str = "robin@example.com"


def read(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> Settings:
    """Read command-line options, which win over `SANDBOX_...` variables.

    Raises SettingsError for an unusable value; argparse ends the process on an unknown option.
    """
    options = vars(_parser(environ).parse_args(argv))
    mbox = Path(options["mbox"]) if options["mbox"] else None
    if mbox is not None and not mbox.is_file():
        raise SettingsError(f"--mbox: there is no file {mbox}")
    return Settings(
        port=_number("SANDBOX_PORT", options["port"], 0, 65535),
        data=Path(options["data"]) if options["data"] else None,
        client_id=options["client_id"],
        client_secret=options["client_secret"],
        redirect_uris=frozenset(u.strip() for u in options["redirect_uris"].split(",") if u.strip()),
        push_url=checked_push_url(options["push_url"]),
        push_audience=options["push_audience"],
        push_service_account=options["push_service_account"],
        topic=checked_topic(options["topic"], "SANDBOX_TOPIC"),
        threads=_number("SANDBOX_THREADS", options["threads"], 2, 512),
        sample=options["sample"],
        mbox=mbox,
        mailbox=options["mailbox"].strip().lower(),
    )


def checked_push_url(url: str) -> str:
    """Return `url` if pushes can be sent there (http or https, or empty for none), else SettingsError."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if url and not usable:
        raise SettingsError(f"push_url: wanted http://... or https://..., got {url!r}")
    return url


def checked_topic(topic: str, setting: str = "topic") -> str:
    """Return `topic` if it is the name of one, else SettingsError."""
    parts = topic.split("/")
    if len(parts) != 4 or (parts[0], parts[2]) != ("projects", "topics") or not all(parts):
        raise SettingsError(f"{setting}: wanted projects/PROJECT/topics/NAME, got {topic!r}")
    return topic


def _parser(environ: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    for name, (default, text) in DEFAULTS.items():
        variable = f"SANDBOX_{name.upper()}"
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            default=environ.get(variable, default),
            help=f"{text} ({variable}, default {default or 'empty'})",
        )
    parser.add_argument("--sample", action="store_true", help="fill an empty store with the sample mailbox")
    parser.add_argument("--mbox", default="", help="fill an empty store from this mbox file instead")
    parser.add_argument(
        "--mailbox", default="robin@example.com", help="whose mailbox --sample or --mbox fills"
    )
    return parser


def _number(name: str, text: str, lowest: int, highest: int) -> int:
    if not text.isdigit() or not lowest <= int(text) <= highest:
        raise SettingsError(f"{name}: wanted a number from {lowest} to {highest}, got {text!r}")
    return int(text)
