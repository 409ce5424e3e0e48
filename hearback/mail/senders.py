"""Who sent a mail: an applicant tracking system, a job board, a private address or an employer."""

import re
from dataclasses import dataclass

from hearback.mail import people, vendors
from hearback.mail.parse import ParsedMail
from hearback.mail.vendors import domain_of, is_vendor_name

_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "gob", "gv"})
# Words of a display name that say which desk writes and not who the employer is.
DESK = (
    r"(?:recruit(?:ing|ment|ers?)?|talent(?: acquisition)?|hiring|careers?|jobs?|hr|human resources"
    r"|people(?: (?:ops|operations|team|experience|& culture|and culture))?|university|campus|early careers?"
    r"|staffing|team|no-?reply|do not reply|donotreply|notifications?|support|candidates?|experience"
    r"|applications?|acquisition|department|dept|office|group hr|systems?|bewerbung(?:en)?|karriere"
    r"|recrutement|selección|rh|resourcing|appointments|apprenticeships?|students?|graduates?|internships?|referrals?"
    r"|crewing|personal(?:abteilung|büro|wesen)|bolsa de empleo|candidate experience|via \w+|coordinator|manager|services)"
)
_DESK_END = re.compile(r"(?:[\s,|:@/&+-]+(?:the\s+)?" + DESK + r")+\W*$", re.I)
_DESK_ONLY = re.compile(r"^(?:the\s+)?" + DESK + r"(?:[\s,|:@/&+-]+" + DESK + r")*$", re.I)
_VIA = re.compile(r"\s+(?:via|through|by way of|über|par)\s+.*$", re.I)
_FROM_AT = re.compile(r"^(?:[\w.'-]+ ){0,3}?[\w.'-]+\s+(?:from|at|@|von|bei|de chez)\s+(.{2,60})$", re.I)
_BEHALF = re.compile(r"^.{0,120}?\bon behalf of (?:the )?(?=\S)", re.I)
_DESK_FIRST = re.compile(
    r"^(?:recruit(?:ing|ment)|jobs|careers|internship desk|hr)\s*(?:\bat\b|[,:|-])?\s+(?=[A-ZÄÖÜ])", re.I
)
_VENDOR_FOR = re.compile(r"^(.{2,30}?)(?::| for| on behalf of)\s+(?=\S)")
_AT_VENDOR = re.compile(r"\s+(?:@|at|[-–|])\s+(\S.{1,30})$")
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
    """What kind of sender a mail comes from, be it in the employer's own name."""
    vendor = vendors.behind(mail)
    private = domain_of(mail.sender_address) in vendors.FREEMAIL
    return SenderKind(vendor, vendors.KIND_OF.get(vendor), private)


def is_from_vendor(mail: ParsedMail) -> bool:
    """Whether the address itself is a vendor's, where employers and no people stand as names."""
    return vendors.of_address(mail.sender_address) is not None


def organisation(mail: ParsedMail) -> str | None:
    """An employer's name, as far as the sender alone tells it; never the vendor's."""
    return display_organisation(mail) or domain_organisation(mail)


def display_organisation(mail: ParsedMail) -> str | None:
    """The employer in a display name: "Acme Recruiting Team", "Acme via Greenhouse"."""
    shown = " ".join(mail.sender_name.split())[:120]
    if behalf := _BEHALF.match(shown):
        return _accepted(_DESK_END.sub("", shown[behalf.end() :]))
    if not shown or ("@" in shown.strip("@") and "." in shown):
        return None
    bare = _DESK_FIRST.sub("", _without_vendor(shown))
    told = _FROM_AT.match(bare)
    if told and not is_vendor_name(told[1]):
        return _accepted(_DESK_END.sub("", told[1]))
    trimmed = _DESK_END.sub("", bare)
    if trimmed != bare or bare != shown:
        for piece in _SPLIT.split(trimmed):
            name = _accepted(_DESK_END.sub("", piece))
            if name and not is_person(name, mail) and not people.is_named_so(name):
                return name
    domain = domain_organisation(mail)
    if domain and _letters(domain) == _letters(bare):
        return _accepted(bare)
    return None


def tenant_name(mail: ParsedMail) -> str | None:
    """The display name at a tracking system, where an employer's name stands; None for a person's."""
    name = _without_vendor(" ".join(mail.sender_name.split())[:120])
    first = name.split(" ", 1)[0]
    if not name or not is_from_vendor(mail) or people.is_named_so(name):
        return None
    if len(name.split()) == 2 and re.search(
        rf"(?:^|\b(?:I'm|I am|this is|is) ){re.escape(first)}\W*$", mail.fresh, re.M
    ):
        # Who signs with the first of two words is no company.
        return None
    return name


def _without_vendor(shown: str) -> str:
    """A display name without "via Greenhouse", "@ icims" or "HackerRank for"."""
    sent_for = _VENDOR_FOR.match(shown)
    if sent_for and is_vendor_name(sent_for[1]):
        shown = shown[sent_for.end() :]
    bare = _VIA.sub("", shown)
    relayed = _AT_VENDOR.search(bare)
    return bare[: relayed.start()] if relayed and is_vendor_name(relayed[1]) else bare


def domain_organisation(mail: ParsedMail) -> str | None:
    """The registrable label of an employer's own domain, or a tenant's name at a vendor."""
    label = _label(mail)
    if label is None:
        return None
    parts = label.replace("_", "-").split("-")
    return _spelled(label, mail) or " ".join(part.capitalize() for part in parts if part)


def _label(mail: ParsedMail) -> str | None:
    domain = domain_of(mail.sender_address)
    vendor = vendors.of_address(mail.sender_address)
    if any(domain_of(address) == domain for address in mail.recipients):
        # Mail within one domain is a colleague's, or the reader's own.
        return None
    if vendor is not None and vendor in vendors.TENANTED:
        tenant = mail.sender_address.split("@")[0]
        named = not _DESK_ONLY.match(tenant.replace(".", " ")) and vendor not in tenant
        return tenant if named else None
    if vendor or domain in vendors.FREEMAIL or "." not in domain:
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
