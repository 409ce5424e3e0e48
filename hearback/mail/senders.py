"""Who sent a mail: an applicant tracking system, a job board, a private address or an employer."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from hearback.mail.parse import ParsedMail

_DATA = tomllib.loads(Path(__file__).with_name("senders.toml").read_text(encoding="utf-8"))
_FREEMAIL = frozenset(_DATA["freemail"])
_VENDOR_OF = {domain: key for key, vendor in _DATA["vendors"].items() for domain in vendor["domains"]}
_KIND_OF = {key: vendor["kind"] for key, vendor in _DATA["vendors"].items()}
_VENDOR_NAMES = frozenset(name.lower() for vendor in _DATA["vendors"].values() for name in vendor["names"])
_VENDOR_NAMED = {name.lower(): key for key, vendor in _DATA["vendors"].items() for name in vendor["names"]}
_TENANTED = frozenset(key for key, vendor in _DATA["vendors"].items() if vendor.get("tenant"))
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "gob", "gv"})
# Words of a display name that say which desk writes and not who the employer is.
DESK = (
    r"(?:recruit(?:ing|ment|ers?)?|talent(?: acquisition)?|hiring|careers?|jobs?|hr|human resources"
    r"|people(?: (?:ops|operations|team|experience|& culture|and culture))?|university|campus|early careers?"
    r"|staffing|team|no-?reply|do not reply|donotreply|notifications?|support|candidates?|experience"
    r"|applications?|acquisition|department|dept|office|group hr|systems?|bewerbung(?:en)?|karriere"
    r"|recrutement|selección|rh|via \w+|coordinator|manager|services)"
)
_DESK_END = re.compile(r"(?:[\s,|:@/&+-]+(?:the\s+)?" + DESK + r")+\W*$", re.I)
_DESK_ONLY = re.compile(r"^(?:the\s+)?" + DESK + r"(?:[\s,|:@/&+-]+" + DESK + r")*$", re.I)
_VIA = re.compile(r"\s+(?:via|through|by way of|über|par)\s+.*$", re.I)
_FROM_AT = re.compile(r"^(?:[\w.'-]+ ){0,3}?[\w.'-]+\s+(?:from|at|@|von|bei|de chez)\s+(.{2,60})$", re.I)
_SPLIT = re.compile(r"\s+[|•·]\s+|\s+[-–—]\s+|,\s+|\s*[(]")


@dataclass(frozen=True, slots=True)
class SenderKind:
    """`vendor` is a key of senders.toml and `kind` its kind; both None for anyone else."""

    vendor: str | None
    kind: str | None
    is_personal: bool

    @property
    def is_vendor(self) -> bool:
        """Whether the sender writes in the name of employers."""
        return self.vendor is not None


def sender_kind(mail: ParsedMail) -> SenderKind:
    """What kind of sender a mail comes from."""
    domain = _domain(mail.sender_address)
    vendor = _vendor(domain)
    return SenderKind(vendor, _KIND_OF.get(vendor or ""), domain in _FREEMAIL)


def is_vendor_name(name: str) -> bool:
    """Whether a name is that of a tracking system or a job board, and no employer's."""
    return " ".join(name.lower().split()) in _VENDOR_NAMES


def board(sender: str) -> str | None:
    """The job board that a sender's name or address is of, as it calls itself; None for anyone else."""
    words = " ".join(sender.lower().split())
    vendor = _VENDOR_NAMED.get(words) or _vendor(words.rpartition("@")[2])
    if vendor is None or _KIND_OF[vendor] != "board":
        return None
    names: list[str] = _DATA["vendors"][vendor]["names"]
    # Small boards share an entry: then the one that is named, or is part of the address.
    return next((name for name in names if name.lower().replace(" ", "") in words.replace(" ", "")), names[0])


def organisation(mail: ParsedMail) -> str | None:
    """An employer's name, as far as the sender alone tells it; never the vendor's."""
    return display_organisation(mail) or domain_organisation(mail)


def display_organisation(mail: ParsedMail) -> str | None:
    """The employer in a display name: "Acme Recruiting Team", "Acme via Greenhouse"."""
    shown = " ".join(mail.sender_name.split())[:120]
    if not shown or ("@" in shown.strip("@") and "." in shown):
        return None
    bare = _VIA.sub("", shown)
    told = _FROM_AT.match(bare)
    if told and not is_vendor_name(told[1]):
        return _accepted(_DESK_END.sub("", told[1]))
    trimmed = _DESK_END.sub("", bare)
    if trimmed != bare or bare != shown:
        for piece in _SPLIT.split(trimmed):
            if (name := _accepted(_DESK_END.sub("", piece))) and not is_person(name, mail):
                return name
    domain = domain_organisation(mail)
    if domain and _letters(domain) == _letters(bare):
        return _accepted(bare)
    return None


def domain_organisation(mail: ParsedMail) -> str | None:
    """The registrable label of an employer's own domain, or a tenant's name at a vendor."""
    label = _label(mail)
    if label is None:
        return None
    parts = label.replace("_", "-").split("-")
    return _spelled(label, mail) or " ".join(part.capitalize() for part in parts if part)


def _label(mail: ParsedMail) -> str | None:
    domain = _domain(mail.sender_address)
    vendor = _vendor(domain)
    if any(_domain(address) == domain for address in mail.recipients):
        # Mail within one domain is a colleague's, or the reader's own.
        return None
    if vendor is not None and vendor in _TENANTED:
        tenant = mail.sender_address.split("@")[0]
        named = not _DESK_ONLY.match(tenant.replace(".", " ")) and vendor not in tenant
        return tenant if named else None
    if vendor or domain in _FREEMAIL or "." not in domain:
        return None
    labels = domain.split(".")
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    label = labels[-3 if deep else -2]
    return label if len(label) >= 2 else None


def spelled_domain(mail: ParsedMail) -> str | None:
    """The employer's domain or tenant as the mail itself writes it; None if it does not."""
    label = _label(mail)
    return _spelled(label, mail) if label else None


def _spelled(label: str, mail: ParsedMail) -> str | None:
    """ "brightwellhealth" stands in the mail as "Brightwell Health"."""
    if not 3 <= len(label) <= 40:
        return None
    spaced = "[ &.-]{0,3}".join(re.escape(char) for char in label if char not in "-_")
    whole = f"{mail.sender_name}\n{mail.subject}\n{mail.text[:20_000]}"
    found = re.search(rf"(?<![\w@./-])({spaced})(?![\w@-]|\.\w)", whole, re.I)
    return found[1] if found and not found[1].islower() else None


def _accepted(name: str) -> str | None:
    name = name.strip(" \"'|,-–@")
    if len(name) < 2 or is_vendor_name(name) or _DESK_ONLY.match(name):
        return None
    return name


def is_person(name: str, mail: ParsedMail) -> bool:
    """Whether a display name's words make up the local part of the address: jane.doe@..."""
    local = mail.sender_address.split("@")[0]
    words = name.lower().split()
    return len(words) == 2 and _letters(local) in {
        "".join(words), words[0], words[1], words[0][0] + words[1], words[0] + words[1][0],
    }  # fmt: skip


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _vendor(domain: str) -> str | None:
    """The vendor that a domain or one of its parents belongs to."""
    labels = domain.split(".")
    for start in range(max(0, len(labels) - 6), len(labels) - 1):
        key = _VENDOR_OF.get(".".join(labels[start:]))
        if key:
            return key
    return None
