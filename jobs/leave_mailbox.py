"""Leaving a mailbox: what the user's word changes here at once, and what Google is told of it after that.

The refresh token stays in the row until Google has taken the grant back, because without it nobody could.
So wherever a crash falls, the row says that something is left to do, and the sweep finds it.
"""

import datetime as dt
import logging

from hearback.gmail import oauth
from hearback.gmail.errors import GmailError
from hearback.logs import event
from hearback.models import Mailbox, MailboxState, User, database
from jobs import acts, lessons, marks
from jobs.erase_mailbox import erase_mail
from jobs.gmail_access import oauth_client, opened
from jobs.patience import patiently
from jobs.queues import queues, tried_again

log = logging.getLogger(__name__)

LEAVING = frozenset({MailboxState.LEFT, MailboxState.ERASING})
# Whose grant still serves a user. Where Google refuses for now, it may allow again tomorrow.
SERVED = (MailboxState.CONNECTED, MailboxState.REFUSED)
# A job that reads the mailbox just now is let go to the end of its page.
AGAIN = dt.timedelta(seconds=2)


def leave(user_id: int, mailbox_id: int, erase: bool) -> None:
    """Stop reading a mailbox by its user's word; with `erase`, forget all that it taught us.

    Raises acts.NotFound where it is not theirs. Doing it twice is doing it once.
    """
    with database.atomic():
        User.lock(user_id)
        mailbox = Mailbox.get_or_none((Mailbox.id == mailbox_id) & (Mailbox.user == user_id))
        if mailbox is None or mailbox.state == MailboxState.FILE:
            raise acts.NotFound("This mailbox is not here any more.")
        erase = erase or mailbox.state == MailboxState.ERASING
        again: list[int] = []
        if erase:
            with lessons.unlearning(user_id) as again:
                erase_mail(mailbox)
        state = MailboxState.ERASING if erase else MailboxState.LEFT
        Mailbox.update(state=state, last_error=None, watch_error=None).where(
            Mailbox.id == mailbox_id
        ).execute()
        User.touch(user_id)
    marks.forget(mailbox.address)
    queues.default.enqueue(leave_mailbox, mailbox_id, **tried_again())
    lessons.fetch_again(again)


def leave_mailbox(mailbox_id: int) -> None:
    """Stop the watch and give the grant back, then forget the tokens; delete the row of an erased mailbox.

    Each step may have been done before. Raises Transient when Google fails for a time.
    """
    with patiently("leave", mailbox=mailbox_id), marks.lock(mailbox_id, "leave") as held:
        mailbox = Mailbox.get_or_none(Mailbox.id == mailbox_id)
        if held is None or mailbox is None or mailbox.state not in LEAVING:
            return
        if mailbox.refresh_token is not None:
            _end_at_google(mailbox)
            if not _forget_tokens(mailbox):
                return
        if mailbox.state == MailboxState.ERASING:
            _delete(mailbox)
        marks.forget(mailbox.address)
    log.info(event("mailbox.left", mailbox=mailbox_id, erased=mailbox.state == MailboxState.ERASING))


def unfinished_leaving() -> list[int]:
    """Ids of mailboxes that were left and of which Google, or the last row, does not know yet."""
    kept = (Mailbox.state == MailboxState.LEFT) & Mailbox.refresh_token.is_null(False)
    unfinished = kept | (Mailbox.state == MailboxState.ERASING)
    return [row[0] for row in Mailbox.select(Mailbox.id).where(unfinished).order_by(Mailbox.id).tuples()]


def _end_at_google(mailbox: Mailbox) -> None:
    """End watch and grant, unless another row reads the same account: Google has one of each for all."""
    if _serves_another(mailbox):
        return
    # A fresh token says at once whether the grant still stands.
    mailbox.access_token = None  # type: ignore[assignment]
    try:
        with opened(mailbox) as gmail:
            gmail.stop()
    except GmailError as fault:
        if not fault.permanent:
            raise
        # A grant that has ended cannot stop the watch, and need not: nothing reads what it announces.
        log.info(event("watch.not_stopped", mailbox=mailbox.id, fault=type(fault).__name__))
    # Somebody may have connected it meanwhile, whose grant would end with this one.
    if _serves_another(mailbox):
        return
    try:
        ended = oauth.revoke(oauth_client(), mailbox.refresh_token)
    except GmailError as fault:
        if not fault.permanent:
            raise
        log.warning(event("grant.not_revoked", mailbox=mailbox.id, fault=type(fault).__name__))
    else:
        log.info(event("grant.revoked" if ended else "grant.gone", mailbox=mailbox.id))


def _serves_another(mailbox: Mailbox) -> bool:
    """Whether a row reads this account's mail: another one, or this one that was connected again."""
    query = Mailbox.select().where((Mailbox.address == mailbox.address) & Mailbox.state.in_(SERVED))
    return bool(query.exists())


def _forget_tokens(mailbox: Mailbox) -> bool:
    """Erase the tokens of the grant that was given back; False when the user has given another since."""
    with database.atomic():
        User.lock(mailbox.user_id)
        stands = Mailbox.get_or_none(Mailbox.id == mailbox.id)
        if stands is None or stands.state not in LEAVING or stands.refresh_token != mailbox.refresh_token:
            return False
        Mailbox.update(
            refresh_token=None,
            access_token=None,
            access_expires_at=None,
            scopes="",
            watch_expires_at=None,
            watch_tried_at=None,
        ).where(Mailbox.id == mailbox.id).execute()
        User.touch(mailbox.user_id)
    return True


def _delete(mailbox: Mailbox) -> None:
    """Delete the row, and what a job that was reading it stored meanwhile."""
    with marks.lock(mailbox.id) as reading, marks.lock(mailbox.id, "backfill") as filling:
        if reading is None or filling is None:
            queues.default.enqueue_in(AGAIN, leave_mailbox, mailbox.id, **tried_again())
            return
        with database.atomic():
            User.lock(mailbox.user_id)
            stands = Mailbox.get_or_none((Mailbox.id == mailbox.id) & (Mailbox.state == MailboxState.ERASING))
            if stands is None:
                return
            with lessons.unlearning(mailbox.user_id) as again:
                erase_mail(stands)
            stands.delete_instance()
            User.touch(mailbox.user_id)
        lessons.fetch_again(again)
