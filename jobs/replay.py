"""Reading again a mail that was set aside: the reader may have learnt to."""

import logging

from hearback.gmail.client import Gmail
from hearback.logs import event
from hearback.models import Mailbox, MailboxState, Message, MessageState
from jobs.gmail_access import opened
from jobs.patience import patiently
from jobs.quota import Priority
from jobs.second_look import Unhurried, looker
from jobs.take_in import read_all, store

log = logging.getLogger(__name__)


def replay(message_id: int) -> None:
    """Fetch and read one quarantined mail again. What still cannot be read stays aside, with the new reason.

    A mail that was deleted or thrown away meanwhile is nobody's concern any more and leaves the quarantine.
    """
    message = Message.get_or_none((Message.id == message_id) & (Message.state == MessageState.QUARANTINED))
    if message is None:
        return
    mailbox: Mailbox = message.mailbox
    if mailbox.state != MailboxState.CONNECTED:
        log.info(event("replay.waits", message=message_id, state=mailbox.state))
        return
    with patiently("replay", message=message_id), opened(mailbox, Priority.SCAN) as gmail:
        _replay(mailbox, message, gmail)


def _replay(mailbox: Mailbox, message: Message, gmail: Gmail) -> None:
    mails = [mail for batch in gmail.messages([message.gmail_id]) for mail in batch]
    readings = read_all(mailbox, mails, looker(mailbox, Unhurried()))
    if not readings:
        gone = {"state": MessageState.READ, "reason": "deleted or thrown away before it could be read"}
        Message.update(gone).where(Message.id == message.id).execute()
        return
    store(mailbox, readings, again=[message.id])
    state = Message.get((Message.mailbox == mailbox.id) & (Message.gmail_id == message.gmail_id)).state
    log.info(event("replay.done", message=message.id, state=state))
