"""How to reach the person: address, phone, place and profiles, wherever on the page they stand."""

import re
from collections.abc import Iterable

import phonenumbers

from hearback.documents.lines import Line
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.tables import pattern

EMAIL = re.compile(
    r"[\w.+'%-]+(?:@|\s?\[at\]\s?|\s?\(at\)\s?)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}\b", re.IGNORECASE
)
URL = re.compile(
    r"(?:https?://|www\.)[^\s|<>\[\],•]+"
    r"|(?<![\w@.])(?:[\w-]+\.)+[a-z]{2,12}/@[\w.-]+"
    r"|(?<![\w@.])(?:[\w-]{3,}\.)+(?-i:[a-z]{2})(?![\w@.])(?:/[^\s|<>\[\],•]*)?"
    r"|(?<![\w@.])(?:[\w-]+\.)+(?:com|org|net|io|dev|me|co|ai|app|tech|de|fr|es|it|nl|pt|uk|in|ch|at|be|eu|edu|info|xyz|page|site|blog|design)(?:/[^\s|<>\[\],•]*)?(?![\w@.])",
    re.IGNORECASE,
)
_PHONE_WORDS = pattern("forms", "phone", r"\b(?:%s)\b\.?")
_LOOSE_PHONE = re.compile(r"(?<![\w/.-])\+?\(?\d[\d\s().–-]{5,18}\d(?![\w/])")
# Years, and months of years, that look like numbers to call.
_DATES = re.compile(r"(?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d|\d{1,2}[/.]\d{4}.*")
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
# What people call their own pages, not a network.
_OWN_SITE = re.compile(r"web|site|portfolio|page|blog|url|link|online|address|visit", re.IGNORECASE)
NETWORKS = {
    "linkedin.com": "LinkedIn",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "xing.com": "XING",
    "twitter.com": "Twitter",
    "x.com": "X",
    "stackoverflow.com": "Stack Overflow",
    "medium.com": "Medium",
    "behance.net": "Behance",
    "dribbble.com": "Dribbble",
    "kaggle.com": "Kaggle",
    "orcid.org": "ORCID",
    "scholar.google.com": "Google Scholar",
    "researchgate.net": "ResearchGate",
    "leetcode.com": "LeetCode",
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "youtube.com": "YouTube",
    "bitbucket.org": "Bitbucket",
    "huggingface.co": "Hugging Face",
    "malt.fr": "Malt",
}


def email_in(lines: Iterable[Line], links: Iterable[tuple[str, str]]) -> Found | None:
    """The first address of mail in the lines, else in the links."""
    last: Line | None = None
    for line in lines:
        last = last or line
        # An address as some write it against robots, and one with spaces about its sign.
        text = re.sub(r"\s?(?:\[at\]|\(at\)|\{at\})\s?", "@", line.text)
        text = re.sub(r"(?<=\w)\s@\s?(?=\w)|(?<=\w)@\s(?=\w)", "@", text)
        match = EMAIL.search(text)
        if match:
            address = match[0].strip(".'-")
            return found(address, line, 0.98)
    for address, words in links:
        match = EMAIL.search(address) if address.lower().startswith("mailto:") else None
        if match and last:
            return Found(match[0].removeprefix("mailto:"), words or match[0], 0, 0.95)
    return None


def phone_in(near: Iterable[Line], others: Iterable[Line], region: str | None) -> Found | None:
    """The first number that could be called, as it is written; `region` is the country it is in.

    In lines away from the contacts, a number needs a word for it or its country's code.
    """
    told = (line for line in others if _PHONE_WORDS.search(line.text) or re.search(r"(?<!\w)\+\d", line.text))
    return _phone([*near, *told], region)


def _phone(lines: list[Line], region: str | None) -> Found | None:
    best: tuple[float, Found] | None = None
    for line in lines:
        text = EMAIL.sub(" ", line.text)
        text = re.sub(r"(?:https?://|www\.)\S+", " ", text)
        named = bool(_PHONE_WORDS.search(text))
        matched = _numbers(text, region)
        if not matched and named:
            loose = _LOOSE_PHONE.search(text)
            matched = (
                [(loose[0].strip(), 0.7)] if loose and 7 <= len(re.sub(r"\D", "", loose[0])) <= 15 else []
            )
        for number, sure in matched:
            value = found(number, line, sure)
            rank = sure + (0.05 if named else 0.0)
            if value and (best is None or rank > best[0] + 0.1):
                best = rank, value
    return best[1] if best else None


def _numbers(text: str, region: str | None) -> list[tuple[str, float]]:
    digits = re.sub(r"\D", "", text)
    if len(digits) < 7:
        return []
    for country in dict.fromkeys([region or "US", "US", "GB"]):
        for leniency, sure in ((phonenumbers.Leniency.VALID, 0.97), (phonenumbers.Leniency.POSSIBLE, 0.85)):
            for match in phonenumbers.PhoneNumberMatcher(text, country, leniency=leniency):
                raw = match.raw_string.strip()
                if len(re.sub(r"\D", "", raw)) >= 7 and not _DATES.fullmatch(raw):
                    return [(raw, sure)]
    return []


def links_in(
    near: list[Line], others: list[Line], links: Iterable[tuple[str, str]]
) -> tuple[Found | None, list[dict[str, Found]]]:
    """The person's own site, which stands among the contacts, and profiles on networks, from anywhere."""
    site: Found | None = None
    profiles: dict[str, dict[str, Found]] = {}
    candidates = [Found(address, words or address, 0, 0.9) for address, words in links]
    own, far = _written(near), _written(others)
    for candidate in [*own, *candidates, *far]:
        if not _ADDRESS.match(candidate.value) or re.search(r"(?<!/)@", candidate.value):
            continue
        network = _network(candidate)
        if network:
            profiles.setdefault(network, _profile(candidate, network))
        elif site is None and candidate in own and _host(candidate.value) != "gmail.com":
            site = candidate
    return site, [profile for profile in profiles.values() if profile]


def _host(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.|[a-z]{2}\.(?=linkedin))?", "", address.lower()).split("/")[0]


def _network(candidate: Found) -> str | None:
    """The network that an address is on: a known one, a server of Mastodon, or what stands before it."""
    host = _host(candidate.value)
    known = next((name for end, name in NETWORKS.items() if host == end or host.endswith("." + end)), None)
    if known or "/@" in candidate.value:
        return known or "Mastodon"
    label = re.search(r"([^\W\d_][\w ]{2,19}):\s*$", candidate.quote.partition(candidate.value)[0])
    named = label is not None and "/" in candidate.value.split("://")[-1] and not _OWN_SITE.search(label[1])
    return label[1].strip() if label and named else None


def _written(lines: list[Line]) -> list[Found]:
    """The addresses on the web that stand in the text."""
    return [
        Found(bare_address(match[0]), line.text, line.page, 0.9)
        for line in lines
        for match in URL.finditer(EMAIL.sub(" ", line.text))
    ]


def bare_address(text: str) -> str:
    """An address without the signs of the sentence that it stands in."""
    bare = text.rstrip(".;:'\"")
    return bare.rstrip(")") if bare.count(")") > bare.count("(") else bare


def _profile(candidate: Found, network: str) -> dict[str, Found]:
    path = re.sub(r"^(?:https?://)?[^/]+/?", "", candidate.value).split("?")[0].strip("/")
    user = path.split("/")[-1].lstrip("@") if path else ""
    if not user:
        return {}
    address = candidate.value if candidate.value.lower().startswith("http") else f"https://{candidate.value}"
    quote, page = candidate.quote, candidate.page
    parts = {"network": network, "username": user, "url": address}
    return {key: Found(value, quote, page, 0.9) for key, value in parts.items()}
