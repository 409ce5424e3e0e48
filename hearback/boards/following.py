"""Which board, and which key of it, the address of a company's jobs page means."""

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from hearback.boards.identity import on_board

# Boards whose keys are more than a company's name: how each is made of the page's address.
_LOCALE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2})?")
_WORKDAY = re.compile(r"([\w-]+\.wd\d+)\.myworkdayjobs\.com")
_EIGHTFOLD = re.compile(r"([\w-]+)\.eightfold\.ai")
_ORACLE = re.compile(r"([\w.-]+)\.oraclecloud\.com")
_ICIMS = re.compile(r"([\w-]+)\.icims\.com")
_HRMDIRECT = re.compile(r"([\w-]+)\.hrmdirect\.com")
_OWN_HOSTS = frozenset({"www", "app", "api", "help", "support"})


def feed_of(address: str) -> tuple[str, str] | None:
    """The board's name and the company's key on it, in the letters of the address; None for other pages."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    for board, pattern, key_of in _WITH_LONGER_KEYS:
        if (match := pattern.fullmatch(host)) and match[1] not in _OWN_HOSTS:
            key = key_of(match[1], parts)
            return (board, key) if key else None
    steps = _steps(parts)
    if host.endswith("governmentjobs.com") and len(steps) > 1 and steps[0].lower() == "careers":
        return "neogov", steps[1]
    known = on_board(address)
    if known is None or known.company is None:
        return None
    written = [*steps, *(value for values in parse_qs(parts.query).values() for value in values)]
    return known.board, next((one for one in written if one.lower() == known.company), known.company)


def _steps(parts: SplitResult) -> list[str]:
    return [step for step in unquote(parts.path).split("/") if step]


def _workday(host: str, parts: SplitResult) -> str | None:
    """https://acme.wd5.myworkdayjobs.com/en-US/External/job/..."""
    steps = [step for step in _steps(parts) if not _LOCALE.fullmatch(step)]
    site = steps[3] if steps[:2] == ["wday", "cxs"] and len(steps) > 3 else next(iter(steps), None)
    return f"{host}/{site}" if site else None


def _eightfold(host: str, parts: SplitResult) -> str:
    """https://acme.eightfold.ai/careers?domain=acme.com"""
    domain = parse_qs(parts.query).get("domain", [""])[0]
    return f"{host}/{domain}" if re.fullmatch(r"[\w.-]{3,80}", domain) else host


def _oracle(host: str, parts: SplitResult) -> str | None:
    """https://abcd.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/..."""
    site = re.search(r"/sites/([\w-]+)", parts.path)
    return f"{host}/{site[1]}" if site else None


def _alone(host: str, parts: SplitResult) -> str:
    return host


_WITH_LONGER_KEYS: tuple[tuple[str, re.Pattern[str], Callable[[str, SplitResult], str | None]], ...] = (
    ("workday", _WORKDAY, _workday),
    ("eightfold", _EIGHTFOLD, _eightfold),
    ("oracle", _ORACLE, _oracle),
    ("icims", _ICIMS, _alone),
    ("hrmdirect", _HRMDIRECT, _alone),
)
