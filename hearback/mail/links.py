"""The links of a mail that its reader needs: tests, times, meetings, contracts."""

import re
from urllib.parse import urlsplit

from hearback.mail.parse import ParsedMail
from hearback.mail.verdict import INTERVIEWING, Category

MOST_LINKS = 5
_URL = re.compile(r"https://[^\s<>\"'()\[\]{}|\\^`]{4,2000}")
_MEETING = re.compile(
    r"(?:^|\.)(?:zoom\.us|meet\.google\.com|teams\.microsoft\.com|teams\.live\.com|webex\.com|whereby\.com|gotomeeting\.com|bluejeans\.com|chime\.aws|around\.co|skype\.com)$"
)
_BOOKING = re.compile(
    r"(?:^|\.)(?:calendly\.com|cal\.com|goodtime\.io|savvycal\.com|doodle\.com|chilipiper\.com|youcanbook\.me|acuityscheduling\.com|modernloop\.io|calendar\.app\.google|outlook\.office365\.com|outlook\.office\.com|prelude\.co|cronofy\.com|paradox\.ai)$"
)
_TEST = re.compile(
    r"(?:^|\.)(?:hackerrank\.com|hackerrankforwork\.com|codility\.com|codesignal\.com|coderpad\.io|codingame\.com|testgorilla\.com|hirevue\.com|sparkhire\.com|shl\.com|pymetrics\.com|mettl\.com|hackerearth\.com|devskiller\.com|byteboard\.dev|qualified\.io|criteriacorp\.com|wonderlic\.com|karat\.io)$"
)
_SIGNING = re.compile(
    r"(?:^|\.)(?:docusign\.net|docusign\.com|hellosign\.com|dropboxsign\.com|pandadoc\.com|adobesign\.com|echosign\.com|signnow\.com)$"
)
_DO = re.compile(
    r"schedul|book|calendar|availab|time ?slot|pick a time|choose a time|join|meeting|assessment|challenge|\btest\b|start|begin|exercise|offer|sign|letter|portal|complete|interview|confirm|upload|termin|créneau",
    re.I,
)
_USELESS = re.compile(
    r"unsubscribe|opt-?out|preferences|privacy|terms|policy|/track(?:ing)?[/.?]|/open[/.?]|pixel|beacon|facebook\.com|twitter\.com|//x\.com|instagram\.com|youtube\.com|glassdoor\.|linkedin\.com/(?:company|comm)|/blog|aka\.ms|support|help\.|\.(?:png|gif|jpe?g|css|svg)(?:$|\?)",
    re.I,
)
_WANTED = {Category.assessment: _TEST, Category.offer: _SIGNING}


def read(mail: ParsedMail, category: Category) -> tuple[str, ...]:
    """Up to five https addresses that matter for what the mail says, the surest first."""
    if category not in INTERVIEWING | {Category.assessment, Category.offer, Category.information_request}:
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
    if _USELESS.search(url) or _USELESS.search(words[-60:]):
        return 0
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return 0
    wanted = _WANTED.get(category)
    if wanted and wanted.search(host):
        return 4
    if category in INTERVIEWING and (_MEETING.search(host) or _BOOKING.search(host)):
        return 4
    if _MEETING.search(host) or _BOOKING.search(host) or _TEST.search(host) or _SIGNING.search(host):
        return 3
    return 2 if _DO.search(words) else 0
