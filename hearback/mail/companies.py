"""The employer that a mail is about: never the tracking system, and the client before the agency."""

import re
from collections.abc import Iterator
from functools import cache

from hearback.mail import people, senders, vendors
from hearback.mail.parse import ParsedMail
from hearback.mail.patterns import pattern, patterns, table, words
from hearback.mail.senders import SenderKind
from hearback.mail.sentences import Sentence, normalised

_P = patterns("companies")
_NO_NAMES = frozenset(words("companies", "no_names"))
_NEVER_FIRST = frozenset(words("companies", "never_first"))
_DROPPED_FIRST = frozenset(words("companies", "dropped_first"))
# Scores of what the sender alone tells, beside those of places in the text (`companies.toml`).
_FROM_DISPLAY_NAME = 5.0
_FROM_TENANT_NAME = 3.4
_FROM_DOMAIN = 2.6
_FROM_SIGNATURE = 2.0
_REPEATED = 0.35
# As much as "your application to ..." alone: a company may have a person's name.
_SURE = 5.5
_LONGEST_NAME = 60


def read(mail: ParsedMail, sentences: list[Sentence], sender: SenderKind, role: str | None) -> str | None:
    """The name with the most votes from subject, text, signature and sender."""
    strangers = _addressed(mail) | ({role.lower()} if role else set())
    told = senders.display_organisation(mail)
    votes: dict[str, float] = {}
    shown: dict[str, tuple[float, str]] = {}
    for score, raw in _candidates(mail, sentences, sender):
        name = _cleaned(raw)
        if name is None or not _is_company(name, mail, strangers):
            continue
        if role and name.lower() in role.lower() and score < _SURE and name != told:
            # A piece of the title; but "the Acme Data Analyst role" has both.
            continue
        key = _key(name)
        # Repeating a name makes it likelier, but ten mentions are no ten witnesses.
        votes[key] = votes[key] + score * _REPEATED if key in votes else score
        shown[key] = max(shown.get(key, (0.0, "")), (score, name), key=lambda item: item[0])
    for key, (_, name) in shown.items():
        if votes[key] < _SURE and people.is_named_so(name):
            # "Interview with Dana Whitfield" names whom one meets.
            del votes[key]
    if not votes:
        return None
    totals = _with_relatives(votes, {key: shown[key][1] for key in votes})
    return shown[max(totals, key=lambda key: (totals[key], -len(key)))][1]


def _with_relatives(votes: dict[str, float], shown: dict[str, str]) -> dict[str, float]:
    """Each name's votes with those of names that it extends or shortens."""
    raised = dict(votes)
    for key in votes:
        # "Acme" is short for "Acme Instruments", where the mail gives both.
        start = shown[key].lower() + " "
        longer = (o for o in votes if votes[o] >= 2.5 and shown[o].lower().startswith(start))
        if len(key) >= 4 and (other := next(longer, None)):
            raised[other] += votes[key] * 0.9
    return {
        key: raised[key]
        + sum(
            0.5 * raised[other]
            for other in raised
            if other != key
            and min(len(other), len(key)) >= 3
            and (other.startswith(key) or key.startswith(other))
        )
        for key in raised
    }


def _candidates(
    mail: ParsedMail, sentences: list[Sentence], sender: SenderKind
) -> Iterator[tuple[float, str]]:
    """Words that may be the employer's name, each with how sure its place is."""
    subject = " ".join(mail.subject.split())[:300]
    for score, place, _ in _places("subject"):
        if match := place.search(subject):
            yield score, match[1]
    signature = [line.strip()[:200] for line in mail.signature.split("\n")[:8]]
    for text in (*(sentence.text for sentence in sentences[:80]), *signature):
        norm = normalised(text)
        for score, place, needs in _places("body"):
            if needs and not any(need in norm for need in needs):
                continue
            for match in place.finditer(text):
                if not _P["title_goes_on"].match(text, match.end(1)):
                    yield score, match[1]
    for line in mail.fresh.split("\n")[-8:]:
        found = _P["last_name"].search(line.strip()[:100])
        if found and ("|" in line or "@" in line or _P["writer"].search(line)):
            yield _FROM_SIGNATURE, found[1]
    if told := senders.display_organisation(mail):
        yield _FROM_DISPLAY_NAME, told
    elif sender.kind == "ats" and (told := senders.tenant_name(mail)):
        # Tracking systems put the employer's name where a person's would stand.
        yield _FROM_TENANT_NAME, told
    if sender.kind != "board" and (told := senders.spelled_domain(mail)):
        yield _FROM_DOMAIN, told


@cache
def _places(part: str) -> tuple[tuple[float, re.Pattern[str], tuple[str, ...]], ...]:
    """Where a name stands in the subject or in the body, with how sure that is.

    Of a place's last words, where it has any, one stands in every sentence that it matches; they spare
    the slower pattern.
    """
    return tuple(
        (entry["score"], pattern(entry["pattern"], "companies"), tuple(entry.get("needs", ())))
        for entry in table("companies")[part]
    )


def _addressed(mail: ParsedMail) -> set[str]:
    """Names that the mail greets: those of its reader."""
    names = {name.lower() for name in _P["greeted"].findall(mail.fresh[:2000])}
    return names | {name.split()[0] for name in names}


def _cleaned(raw: str) -> str | None:
    """A candidate without what does not belong to it; None if nothing remains that is a name."""
    name = " ".join(raw.split()).strip(" \"'“”‘’.,!?-–—:;|*/")
    if name.startswith(("a ", "an ")):
        return None
    name = _P["name_ends"].split(name)[0]
    name = _P["before_name"].sub("", name)
    name = _P["behind_name"].sub("", name).strip(" ,-–")
    parts = name.split()
    while parts and parts[0].lower().strip(".,") in _DROPPED_FIRST:
        parts = parts[1:]
    name = " ".join(parts)
    if not 1 <= len(parts) <= 7 or not 2 <= len(name) <= _LONGEST_NAME:
        return None
    if "@" in name or "://" in name or not _P["letters"].search(name):
        return None
    bare = [part.lower().strip("'.,!&") for part in parts]
    if bare[0] in _NEVER_FIRST:
        return None
    plain = all(b in _NO_NAMES or _P["piece_of_time"].match(b) for b in bare)
    return None if plain else name


def _is_company(name: str, mail: ParsedMail, strangers: set[str]) -> bool:
    """Whether a name can be an employer's: no person's, no title, no tracking system's."""
    lower = name.lower()
    greeted = lower in strangers or (lower.split()[0] in strangers and len(name.split()) == 2)
    if greeted or _P["role_word"].search(name):
        return False
    if vendors.is_vendor_name(name):
        # Vendors hire, too: then they write from their own address and name themselves.
        own = mail.sender_address.endswith(lower.replace(" ", "") + ".com")
        return own and lower in mail.subject.lower()
    return senders.is_from_vendor(mail) or not senders.is_person(name, mail)


def _key(name: str) -> str:
    """What spellings of one name share."""
    lower = _P["legal_form"].sub("", name).lower()
    return re.sub(r"[\W_]+", "", lower) or lower
