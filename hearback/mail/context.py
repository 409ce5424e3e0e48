"""Whether a whole mail is one about jobs, whatever its single sentences say."""

from dataclasses import dataclass

from hearback.mail.parse import ParsedMail
from hearback.mail.patterns import patterns
from hearback.mail.senders import SenderKind

_SHORT_REPLY = 600
_SHORT_TEXT = 200
# By how many different kinds of job words stand in the mail: none, one, two, more.
_BY_KINDS = (0.5, 0.8, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Context:
    """`factor` is how much the mail is about jobs, from 0.2 to 1.

    `applied`: its reader has applied; `ongoing`: writer and reader know each other already; `english`: it is
    written in English, as far as its small words tell.
    """

    factor: float
    applied: bool
    ongoing: bool
    reply: bool
    english: bool = True


def read(mail: ParsedMail, text: str, sender: SenderKind) -> Context:
    """The context of a mail whose normalised subject and new text are `text`."""
    known = patterns("context")
    applied = known["applied"].search(text) is not None
    reply = known["reply"].match(mail.subject) is not None
    return Context(
        factor=_factor(mail, text, sender, reply),
        applied=applied,
        ongoing=applied or known["ongoing"].search(text) is not None,
        reply=reply or mail.in_reply_to is not None,
        english=len(known["english"].findall(text)) >= len(known["foreign"].findall(text)),
    )


def _factor(mail: ParsedMail, text: str, sender: SenderKind, reply: bool) -> float:
    known = patterns("context")
    kinds = {found.lastgroup for found in known["words"].finditer(text)}
    # Trades alone ("engineer", "team") are as common in other mail.
    only_trade = kinds <= {"trade"}
    factor = 0.5 if only_trade else _BY_KINDS[min(3, len(kinds))]
    if sender.kind in {"ats", "test"} or (sender.kind == "board" and kinds):
        factor = 1.0
    if reply and kinds and len(mail.fresh) < _SHORT_REPLY:
        # A short answer in a thread takes its subject from the mails before it.
        factor = max(factor, 0.85 if only_trade else 0.95)
    if _from_list(mail) and not sender.is_vendor:
        factor *= 0.5
    addressed = len(text) < _SHORT_TEXT or known["second_person"].search(text)
    return factor if addressed else factor * 0.8


def _from_list(mail: ParsedMail) -> bool:
    return (
        "list-id" in mail.headers
        or mail.headers.get("precedence", "").lower() == "list"
        or patterns("context")["tagged"].match(mail.subject) is not None
    )
