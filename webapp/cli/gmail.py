"""`flask gmail`: look after mailboxes."""

import sys
from collections.abc import Callable

import click

from hearback.gmail.errors import GmailError
from hearback.models import HistoryGap, Mailbox, Message, MessageState
from jobs.connect_mailbox import connect_mailbox
from jobs.sync_mailbox import sync_mailbox
from webapp.cli.common import mailboxes_of, say, with_database

gmail = click.Group("gmail", help="Look after Gmail mailboxes.")


@gmail.command("status")
@click.option("--user", "email")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@with_database
def gmail_status(email: str | None, as_json: bool) -> None:
    """Show how each mailbox is."""
    for box in mailboxes_of(email):
        quarantined = Message.select().where(
            (Message.mailbox == box) & (Message.state == MessageState.QUARANTINED)
        )
        shown = {
            "mailbox": box.id,
            "address": box.address,
            "state": box.state,
            "cursor": box.history_id,
            "announced": box.notified_history_id,
            "watch_until": box.watch_expires_at and box.watch_expires_at.isoformat(),
            "last_sync": box.last_sync_at and box.last_sync_at.isoformat(),
            "first_reading_done": box.backfilled_at is not None,
            "quarantined": quarantined.count(),
            "gaps": HistoryGap.select().where(HistoryGap.mailbox == box).count(),
            "last_error": box.last_error,
        }
        say(shown, as_json, "{mailbox:>5} {address} {state}, watched until {watch_until}")


@gmail.command("watch")
@click.option("--user", "email")
@with_database
def gmail_watch(email: str | None) -> None:
    """Ask Gmail to watch each connected mailbox, now."""
    _each(email, connect_mailbox, "watched")


@gmail.command("sync")
@click.option("--user", "email")
@with_database
def gmail_sync(email: str | None) -> None:
    """Read what is new in each connected mailbox, now."""
    _each(email, sync_mailbox, "read")


def _each(email: str | None, job: Callable[[int], None], word: str) -> None:
    failed = 0
    for box in mailboxes_of(email):
        try:
            job(box.id)
        except GmailError as fault:
            failed += 1
            click.echo(f"{box.address}: not {word}: {fault}", err=True)
            continue
        reason = Mailbox.get_by_id(box.id).last_error
        failed += reason is not None
        click.echo(f"{box.address}: {f'not {word}: {reason}' if reason else word}")
    if failed:
        sys.exit(1)
