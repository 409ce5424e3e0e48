"""Settings, read once from the environment, so that a missing one stops the start by its name."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

GOOGLE_DISCOVERY_URL = "https://accounts.google.com/.well-known/openid-configuration"
GMAIL_API_URL = "https://gmail.googleapis.com"
CALENDAR_API_URL = "https://www.googleapis.com"
# Google publishes the keys of its push tokens as PEM certificates here:
# https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
PUSH_CERTS_URL = "https://www.googleapis.com/oauth2/v1/certs"

# What Gmail's calls cost, in quota units; QUOTA_PRICES overrides single ones:
# https://developers.google.com/workspace/gmail/api/reference/quota
PRICES = {
    "getProfile": 1,
    "history.list": 2,
    "messages.list": 5,
    "messages.get": 20,
    "messages.send": 100,
    "watch": 100,
    "stop": 50,
}

# Names of job boards as settings have them: GREENHOUSE_URL, and so on.
BOARDS = (
    *("greenhouse", "lever", "ashby", "workable", "smartrecruiters", "recruitee", "personio", "jsonld"),
    *("bamboohr", "breezy", "pinpoint", "rippling", "teamtailor", "workday", "eightfold", "oracle", "icims"),
    *("jobvite", "hrmdirect", "neogov", "remotive", "arbeitnow", "remoteok", "jobicy", "themuse"),
    *("himalayas", "weworkremotely", "hackernews", "adzuna", "usajobs", "jooble"),
)
# All that the setting BOARDS may name; jobspy reads other sites, and has no address of its own.
BOARD_NAMES = (*BOARDS, "jobspy")
# What some boards ask for: keys, and which countries or sites to ask.
BOARD_KEYS = (
    *("ADZUNA_APP_ID", "ADZUNA_APP_KEY", "ADZUNA_COUNTRIES", "USAJOBS_EMAIL", "USAJOBS_KEY", "JOOBLE_KEY"),
    "JOBSPY_SITES",
)
DEFAULT_SEARCHES = "software engineer @ San Francisco, CA; software engineer @ remote"

# Boards see it in the User-Agent.
VERSION = "0.1.0"

# A worker's lock on a mailbox lasts thirty seconds, and asking must end well within it.
LONGEST_LLM_SECONDS = 20

REQUIRED = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "TOKEN_KEYS",
    "BASE_URL",
    "GOOGLE_CLIENT_ID",
    "GOOGLE_CLIENT_SECRET",
    "PUBSUB_TOPIC",
    "PUSH_AUDIENCE",
    "PUSH_SERVICE_ACCOUNT",
)


class SettingError(RuntimeError):
    """A setting is missing or unusable; the message names it and says what is wanted."""


@dataclass(frozen=True)
class Settings:
    """Every setting of the service. `.env.example` says what each one is for."""

    database_url: str
    redis_url: str
    secret_key: str
    token_keys: tuple[str, ...]
    base_url: str
    port: int
    google_client_id: str
    google_client_secret: str
    google_discovery_url: str
    gmail_api_url: str
    calendar_api_url: str
    pubsub_topic: str
    pubsub_subscription: str
    push_audiences: tuple[str, ...]
    push_service_account: str
    push_certs_url: str
    confidence_threshold: float
    backfill_days: int
    admin_emails: frozenset[str]
    metrics_token: str
    processes: int
    quota_user_minute: int
    quota_project_minute: int
    quota_project_day: int
    quota_prices: Mapping[str, int]
    scan_pushed_minutes: int
    llm_base_url: str
    llm_api_key: str = field(repr=False)
    llm_model: str
    llm_daily_budget: int
    llm_timeout: int
    smtp_url: str = field(repr=False)
    mail_from: str
    allow_private_addresses: bool
    boards: frozenset[str]
    board_companies: tuple[tuple[str, str], ...]
    board_urls: Mapping[str, str]
    board_keys: Mapping[str, str] = field(repr=False)
    board_cache: str
    default_searches: tuple[tuple[str, str], ...]

    @property
    def secure(self) -> bool:
        """Whether users reach us by https, so that cookies may be marked Secure."""
        return self.base_url.startswith("https://")


def from_environ(environ: Mapping[str, str]) -> Settings:
    """Build the settings from `environ`; raise SettingError with the names of what is missing."""
    missing = [name for name in REQUIRED if not environ.get(name, "").strip()]
    if missing:
        raise SettingError(
            f"Missing setting{'s' if len(missing) > 1 else ''}: {', '.join(missing)}. "
            "Set them in the environment; .env.example says what each one is."
        )
    return Settings(
        database_url=environ["DATABASE_URL"],
        redis_url=environ["REDIS_URL"],
        secret_key=environ["SECRET_KEY"],
        token_keys=_words(environ["TOKEN_KEYS"]),
        base_url=environ["BASE_URL"].rstrip("/"),
        port=_whole(environ, "PORT", 8000),
        google_client_id=environ["GOOGLE_CLIENT_ID"],
        google_client_secret=environ["GOOGLE_CLIENT_SECRET"],
        google_discovery_url=environ.get("GOOGLE_DISCOVERY_URL") or GOOGLE_DISCOVERY_URL,
        gmail_api_url=(environ.get("GMAIL_API_URL") or GMAIL_API_URL).rstrip("/"),
        calendar_api_url=(environ.get("CALENDAR_API_URL") or CALENDAR_API_URL).rstrip("/"),
        pubsub_topic=environ["PUBSUB_TOPIC"],
        pubsub_subscription=environ.get("PUBSUB_SUBSCRIPTION", "").strip(),
        push_audiences=_words(environ["PUSH_AUDIENCE"]),
        push_service_account=environ["PUSH_SERVICE_ACCOUNT"],
        push_certs_url=environ.get("PUSH_CERTS_URL") or PUSH_CERTS_URL,
        confidence_threshold=_share(environ, "CONFIDENCE_THRESHOLD", 0.8),
        backfill_days=_whole(environ, "BACKFILL_DAYS", 90),
        admin_emails=frozenset(a.lower() for a in _words(environ.get("ADMIN_EMAILS", ""))),
        metrics_token=environ.get("METRICS_TOKEN", "").strip(),
        processes=_whole(environ, "PROCESSES", 2),
        quota_user_minute=_whole(environ, "QUOTA_USER_MINUTE", 6_000),
        quota_project_minute=_whole(environ, "QUOTA_PROJECT_MINUTE", 1_200_000),
        quota_project_day=_whole(environ, "QUOTA_PROJECT_DAY", 80_000_000),
        quota_prices=_prices(environ.get("QUOTA_PRICES", "")),
        scan_pushed_minutes=_whole(environ, "SCAN_PUSHED_MINUTES", 30),
        **_language_model(environ),
        **_reaching(environ),
        **_boards(environ),
    )


def _language_model(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings of the optional language model. What is wrong in them is told without their values."""
    url, key, model = (environ.get(f"LLM_{name}", "").strip() for name in ("BASE_URL", "API_KEY", "MODEL"))
    wanted = "LLM_BASE_URL must be http(s)://host/path; a key belongs into LLM_API_KEY."
    parts = _address(url, wanted)
    if url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query):
        raise SettingError(wanted)
    if url and not model:
        raise SettingError("LLM_MODEL is missing; LLM_BASE_URL needs the name of a model beside it.")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise SettingError("LLM_API_KEY has signs in it that no key has, perhaps a space or a line's end.")
    seconds = _whole(environ, "LLM_TIMEOUT", 10)
    if seconds > LONGEST_LLM_SECONDS:
        raise SettingError(f"LLM_TIMEOUT is {seconds}; mail waits so long, so at most {LONGEST_LLM_SECONDS}.")
    return {
        "llm_base_url": url.rstrip("/"),
        "llm_api_key": key,
        "llm_model": model,
        "llm_daily_budget": _whole(environ, "LLM_DAILY_BUDGET", 200),
        "llm_timeout": seconds,
    }


def _reaching(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings of mail and of users' own addresses. SMTP_URL holds a password, so it is never shown."""
    url, sender, allow = (
        environ.get(name, "").strip() for name in ("SMTP_URL", "MAIL_FROM", "ALLOW_PRIVATE_ADDRESSES")
    )
    wanted = (
        "SMTP_URL must be smtp://user:password@host:port, or smtps:// for TLS at once; signs such as"
        " # ? / [ in the password are written as %23 and the like."
    )
    parts = _address(url, wanted)
    more = parts.path.strip("/") or parts.query or parts.fragment
    # smtplib signs in with these letters alone.
    plain = unquote(f"{parts.username or ''}{parts.password or ''}").isascii()
    if url and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname or more or not plain):
        raise SettingError(wanted)
    if url and not sender:
        raise SettingError("MAIL_FROM is missing; SMTP_URL needs the address that mails come from beside it.")
    if allow not in {"", "0", "1"}:
        raise SettingError(f"ALLOW_PRIVATE_ADDRESSES is {allow!r}; it must be 1 or 0.")
    return {"smtp_url": url, "mail_from": sender, "allow_private_addresses": allow == "1"}


def _boards(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings of job boards: which, their companies, addresses, keys, and the searches of everybody."""
    urls = {}
    for board in BOARDS:
        name = f"{board.upper()}_URL"
        if url := environ.get(name, "").strip():
            wanted = f"{name} must be http(s)://host[:port][/path], without a question mark or a password."
            parts = _address(url, wanted)
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
                raise SettingError(wanted)
            if parts.query or parts.fragment:
                raise SettingError(wanted)
            urls[board] = url.rstrip("/")
    return {
        "boards": frozenset(_board("BOARDS", name) for name in _words(environ.get("BOARDS", ""))),
        "board_companies": tuple(map(_company, _words(environ.get("BOARD_COMPANIES", "")))),
        "board_urls": urls,
        "board_keys": {name: text for name in BOARD_KEYS if (text := _key(environ, name))},
        "board_cache": environ.get("BOARD_CACHE", "").strip(),
        "default_searches": _searches(environ.get("DEFAULT_SEARCHES") or DEFAULT_SEARCHES),
    }


def _board(setting: str, word: str) -> str:
    name = word.lower()
    if name not in BOARD_NAMES:
        raise SettingError(
            f"{setting} names {word!r}, which is no board; there are {', '.join(BOARD_NAMES)}."
        )
    return name


def _company(word: str) -> tuple[str, str]:
    """A board, and the company's key in its addresses."""
    board, _, key = word.partition(":")
    if not key.strip():
        raise SettingError(f"BOARD_COMPANIES has {word!r}; wanted board:company, such as greenhouse:stripe.")
    return _board("BOARD_COMPANIES", board.strip()), key.strip()


def _key(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "").strip()
    if not (text.isascii() and text.isprintable()):
        raise SettingError(f"{name} has signs in it that no key has, perhaps a line's end.")
    return text


def _searches(text: str) -> tuple[tuple[str, str], ...]:
    """Searches as pairs of words and place; "none" is no search."""
    if text.strip().lower() == "none":
        return ()
    pairs = [part.partition("@") for part in text.split(";") if part.strip()]
    found = tuple((words.strip(), place.strip()) for words, _, place in pairs)
    if any(not words for words, _ in found):
        raise SettingError('DEFAULT_SEARCHES must be "words @ place; words @ place", or none.')
    return found


def _address(url: str, wanted: str) -> SplitResult:
    """The parts of an address; what is wrong with it is told by what is wanted, never by its value."""
    try:
        parts = urlsplit(url)
        # Asking for the port is what checks it.
        _ = parts.port
    except ValueError:
        raise SettingError(wanted) from None
    return parts


def at_start() -> Settings:
    """The settings at the start of a process; where one is missing, the process ends with those words."""
    try:
        return settings()
    except SettingError as fault:
        sys.exit(f"Hearback does not start. {fault}")


def _prices(text: str) -> dict[str, int]:
    """Google's prices as this code knows them, and what the setting says instead."""
    prices = dict(PRICES)
    for word in _words(text):
        method, _, units = word.partition("=")
        if method not in PRICES or not units.isdecimal():
            known = ", ".join(PRICES)
            raise SettingError(f"QUOTA_PRICES has {word!r}; wanted METHOD=UNITS, and methods are {known}.")
        prices[method] = int(units)
    return prices


@cache
def settings() -> Settings:
    """The settings of this process."""
    return from_environ(os.environ)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _whole(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or int(text) < 1:
        raise SettingError(f"{name} is {text!r}; it must be a whole number of 1 or more.")
    return int(text)


def _share(environ: Mapping[str, str], name: str, default: float) -> float:
    text = environ.get(name, "").strip()
    try:
        share = float(text) if text else default
    except ValueError:
        share = -1.0
    if not 0.0 < share <= 1.0:
        raise SettingError(f"{name} is {text!r}; it must be a number above 0 and up to 1.")
    return share
