"""Mailboxes of the sandbox that the product is connected to, made by the thousand."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from hearback.models import Mailbox, User, database, now
from sandbox.client import SandboxControl

SIDE_BY_SIDE = 4


def addresses(count: int, name: str = "user") -> list[str]:
    """So many addresses."""
    return [f"{name}{number}@example.com" for number in range(count)]


def connect(google: SandboxControl, wanted: Sequence[str]) -> list[int]:
    """Make the mailboxes, each of a user of its own, with tokens, a standing watch and a cursor at the end
    of history; return their ids.
    """
    google.create_accounts(wanted)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
        tokens = list(threads.map(google.grant, wanted))
        histories = list(threads.map(lambda address: int(google.account(address)["historyId"]), wanted))
    at = now()
    made = []
    with database.atomic():
        for address, token, history_id in zip(wanted, tokens, histories, strict=True):
            mailbox = Mailbox.create(
                user=User.create(email=address, google_sub=token.sub),
                address=address,
                refresh_token=token.refresh_token,
                access_token=token.access_token,
                access_expires_at=at + dt.timedelta(hours=1),
                history_id=history_id,
                watch_expires_at=at + dt.timedelta(days=7),
                backfilled_at=at,
            )
            made.append(mailbox.id)
    return made
