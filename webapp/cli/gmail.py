"""`flask gmail`: look after mailboxes."""

import sys
from collections.abc import Callable

import click

from hearback.gmail.errors import GmailError
from hearback.models import SET_ASIDE, HistoryGap, Mailbox, MailboxState, Message, MessageState
from jobs.connect_mailbox import connect_mailbox
from jobs.replay import replay
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
        quarantined = Message.select().where((Message.mailbox == box) & SET_ASIDE)
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
    _each(email, connect_mailbox, "watched", lambda box: box.last_error or box.watch_error)


@gmail.command("sync")
@click.option("--user", "email")
@with_database
def gmail_sync(email: str | None) -> None:
    """Read what is new in each connected mailbox, now."""
    _each(email, sync_mailbox, "read", lambda box: box.last_error)


@gmail.command("replay")
@click.option("--user", "email")
@click.option("--message", "message_id", type=int, help="One message, by the id that the list shows.")
@click.option("--list", "only_list", is_flag=True, help="Show what is set aside and read nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@with_database
def gmail_replay(email: str | None, message_id: int | None, only_list: bool, as_json: bool) -> None:
    """Read again the mails that were set aside because they could not be read."""
    failed = 0
    for message in _quarantined(email, message_id):
        if not only_list:
            try:
                replay(message.id)
            except GmailError as fault:
                click.echo(f"message {message.id}: {fault}", err=True)
                failed += 1
        failed += _show_quarantined(message, as_json, only_list)
    if failed:
        sys.exit(1)


def _quarantined(email: str | None, message_id: int | None) -> list[Message]:
    aside = SET_ASIDE
    if email:
        aside &= Message.mailbox.in_([box.id for box in mailboxes_of(email)] or [0])
    if message_id is not None:
        aside &= Message.id == message_id
    found = list(Message.select().where(aside).order_by(Message.id))
    if message_id is not None and not found:
        raise click.ClickException(f"No message {message_id} is set aside. `gmail replay --list` shows all.")
    return found


def _show_quarantined(message: Message, as_json: bool, only_list: bool) -> bool:
    """Say how a message stands now; True when it was to be read again and could not be."""
    # A mail that was read again is another row: it took the place of the one that was set aside.
    stands = Message.get((Message.mailbox == message.mailbox_id) & (Message.gmail_id == message.gmail_id))
    shown = {
        "message": stands.id,
        "mailbox": stands.mailbox_id,
        "gmail_id": stands.gmail_id,
        "received_at": stands.received_at.isoformat(),
        "state": stands.state,
        "reason": stands.reason,
    }
    say(shown, as_json, "{message:>7} mailbox {mailbox}, {received_at}: {state}, {reason}")
    return not only_list and stands.state == MessageState.QUARANTINED


def _each(
    email: str | None, job: Callable[[int], None], word: str, wrong: Callable[[Mailbox], str | None]
) -> None:
    """Do `job` for each connected mailbox and say how it ended; end with 1 where one did not go well."""
    failed = 0
    for box in mailboxes_of(email):
        if box.state != MailboxState.CONNECTED:
            click.echo(f"{box.address}: not {word}: it is {box.state}")
            continue
        try:
            job(box.id)
        except GmailError as fault:
            failed += 1
            click.echo(f"{box.address}: not {word}: {fault}", err=True)
            continue
        reason = wrong(Mailbox.get_by_id(box.id))
        failed += reason is not None
        click.echo(f"{box.address}: {f'not {word}: {reason}' if reason else word}")
    if failed:
        sys.exit(1)
