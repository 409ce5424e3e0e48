"""Ringing for a mailbox: shared by webhook, pull, sweep and scan, so that all mean the same."""

import datetime as dt
from enum import StrEnum

from redis.client import Pipeline

from hearback.models import Mailbox
from jobs import marks
from jobs.queues import queues, redis, tried_again
from jobs.sync_mailbox import sync_mailbox


class Rung(StrEnum):
    """What became of an announcement."""

    QUEUED = "queued"
    COALESCED = "coalesced"
    STALE = "stale"
    UNKNOWN = "unknown"


def announce(address: str, history_id: int, at: dt.datetime) -> Rung:
    """Take in Gmail's word that the mailbox of `address` has reached `history_id`.

    The database learns of it before the bell rings, so that a bell that is lost delays and loses
    nothing. Many announcements of one mailbox cost one trip to Redis each while a job waits.
    """
    if marks.raise_waiting(address, history_id):
        return Rung.COALESCED
    concerned = Mailbox.notify(address, history_id, at)
    if not concerned:
        return Rung.UNKNOWN
    behind = [mailbox_id for mailbox_id, cursor in concerned if cursor < history_id]
    if not behind:
        return Rung.STALE
    for mailbox_id in behind:
        with redis().pipeline() as pipe:
            _queue(pipe, mailbox_id)
            marks.put(pipe, mailbox_id, history_id)
            marks.remember(pipe, address, behind)
            pipe.execute()
    return Rung.QUEUED


def ring(mailbox_id: int, history_id: int = 0) -> None:
    """Queue a look at one mailbox, whatever marks say.

    Where another holds its lock the look comes when that lock would end: a holder that was killed
    cannot go round for us.
    """
    wait = marks.locked_for(mailbox_id)
    if wait:
        delay = dt.timedelta(seconds=wait + 1)
        queues.mail.enqueue_in(delay, sync_mailbox, mailbox_id, **tried_again())
        return
    with redis().pipeline() as pipe:
        _queue(pipe, mailbox_id)
        marks.put(pipe, mailbox_id, history_id, keep=True)
        pipe.execute()


def _queue(pipe: Pipeline, mailbox_id: int) -> None:
    """Put the job into the transaction that its mark goes into: neither is ever seen alone.

    RQ begins the transaction itself, so the job comes first.
    """
    queues.mail.enqueue(sync_mailbox, mailbox_id, pipeline=pipe, **tried_again())
