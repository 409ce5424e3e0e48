"""The links of a mail that its reader needs: tests, times, meetings, contracts."""

import re
from urllib.parse import urlsplit

from hearback.mail.parse import ParsedMail
from hearback.mail.patterns import patterns
from hearback.mail.verdict import INTERVIEWING, Category

MOST_LINKS = 5
_URL = re.compile(r"https://[^\s<>\"'()\[\]{}|\\^`]{4,2000}")
_WANTED = {Category.assessment: "test", Category.offer: "signing"}
_DATED = INTERVIEWING | set(_WANTED) | {Category.information_request}


def read(mail: ParsedMail, category: Category) -> tuple[str, ...]:
    """Up to five https addresses that matter for what the mail says, the surest first."""
    if category not in _DATED:
        return ()
    ranked: dict[str, int] = {}
    for place, (url, words) in enumerate(_candidates(mail)):
        value = _value(url, words, category)
        if value and url not in ranked:
            ranked[url] = value * 1000 - place
    return tuple(sorted(ranked, key=lambda url: -ranked[url])[:MOST_LINKS])


def _candidates(mail: ParsedMail) -> list[tuple[str, str]]:
    """Each link with the words that it stands among."""
    found = [(url, words) for url, words in mail.links if _URL.fullmatch(url)]
    for source in (mail.fresh, *mail.calendar):
        for match in _URL.finditer(source[:100_000]):
            before = source[max(0, match.start() - 120) : match.start()]
            found.append((match[0].rstrip(".,;:!?*_"), before))
    return found[:300]


def _value(url: str, words: str, category: Category) -> int:
    """0 for links that nobody needs, more the more surely one is needed."""
    known = patterns("links")
    if known["useless"].search(url) or known["useless"].search(words[-60:]):
        return 0
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return 0
    wanted = _WANTED.get(category)
    if wanted and known[wanted].search(host):
        return 4
    meets = known["meeting"].search(host) or known["booking"].search(host)
    if meets or known["test"].search(host) or known["signing"].search(host):
        return 4 if meets and category in INTERVIEWING else 3
    return 2 if known["action"].search(words) else 0
