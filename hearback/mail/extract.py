"""The company, the role and the requisition that a mail names."""

import re
from dataclasses import dataclass

from hearback.mail import companies, roles
from hearback.mail.parse import ParsedMail
from hearback.mail.senders import SenderKind
from hearback.mail.sentences import Sentence

_REQUISITION = re.compile(
    r"\b(?:(?:requisition|req|job|position|posting|vacancy|reference|ref|kennziffer|referenz|stellen)[ .-]*"
    r"(?:(?:id|number|no|nr|nummer|code|ref|req)\b\.?|#)[ .]*(?:is\b)?[ :#(-]{0,4}|\b(?:requisition|req|kennziffer)[ :#(.-]{1,4})"
    r"((?:[A-Z]{1,6}[-_ ]?)?\d[\w-]{1,15})(?!\w)"
    r"|\((?:id|ref|req|job)[ .:#]{1,3}((?:[A-Z]{1,6}[-_]?)?\d[\w-]{2,15})\)"
    r"|(?<![\w-])((?:JR|REQ|JOB|R|P|REF)[-_]?\d{4,10}(?:[-_]\d{1,4})?|20\d\d-\d{5,6})(?![\w-])",
    re.I,
)
# In a subject a number in brackets is that of the opening; in a text it may be anything.
_BRACKETED = re.compile(r"\((\d{5,9})\)")


@dataclass(frozen=True, slots=True)
class Names:
    """What a mail calls the employer and the opening; None where it does not say."""

    company: str | None
    role: str | None
    requisition: str | None


def read(mail: ParsedMail, sentences: list[Sentence], sender: SenderKind) -> Names:
    """Names in a mail's subject, new text, signature and sender."""
    role = roles.read(mail, sentences)
    company = companies.read(mail, sentences, sender, role)
    if role and company and role.lower().startswith(company.lower() + " "):
        # "the Acme Data Analyst role" at Acme.
        role = role[len(company) :].lstrip(" -–—:|,") or None
    return Names(company, role, _requisition(mail))


def _requisition(mail: ParsedMail) -> str | None:
    for text in (mail.subject, mail.fresh[:20_000]):
        found = _REQUISITION.search(text)
        if found:
            return found[1] or found[2] or found[3]
    bracketed = _BRACKETED.search(mail.subject)
    return bracketed[1] if bracketed else None
