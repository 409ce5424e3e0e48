"""Deliveries as they are ordered from outside: a raw mail, form fields, or a whole mailbox file."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sandbox import mbox
from sandbox import mime as mimes
from sandbox.account import Account
from sandbox.compose import ComposeError, checked_address, compose, moment
from sandbox.model import Message
from sandbox.world import DEFAULT_LABELS, World


def deliver(world: World, fields: object) -> tuple[Account, Message]:
    """Put one mail into the mailbox of `address`, which is made if need be. `World.commit` must follow.

    `raw` (base64) or the fields of compose; `labels` (INBOX and UNREAD by default); `thread_id`;
    `internal_date`: in ms, ISO 8601, "header" for the mail's own Date, or nothing for now.
    Raises ComposeError naming the field that cannot be used.
    """
    if not isinstance(fields, Mapping):
        raise ComposeError(f"mail: wanted an object, got {fields!r:.80}")
    account = world.create(checked_address(fields.get("address")))
    raw = _raw(fields) if fields.get("raw") else compose(account.address, fields, world.clock.now())
    labels = fields.get("labels", DEFAULT_LABELS)
    if not isinstance(labels, list | tuple) or not all(isinstance(x, str) and x for x in labels):
        raise ComposeError(f"labels: wanted a list of names, got {labels!r:.80}")
    date = _internal_date(fields.get("internal_date"), raw)
    thread_id = fields.get("thread_id")
    return account, world.deliver(account, raw, labels, date, str(thread_id) if thread_id else None)


def _raw(fields: Mapping[str, Any]) -> bytes:
    try:
        raw = mimes.decode(str(fields["raw"]))
    except ValueError as error:
        raise ComposeError(f"raw: {error}") from error
    if reason := mbox.broken(raw):
        raise ComposeError(f"raw: {reason}")
    return raw


def _internal_date(wanted: object, raw: bytes) -> int | None:
    if wanted is None:
        return None
    if wanted == "header":
        return mbox.milliseconds(mbox.received(raw))
    if isinstance(wanted, int) and wanted >= 0:
        return wanted
    return mbox.milliseconds(moment(wanted, "internal_date"))


def deliver_mbox(world: World, account: Account, found: mbox.Mbox, own_dates: bool = True) -> dict[str, Any]:
    """Put the mails of a read mbox into a mailbox, oldest first; returns the count and the failures."""
    for mail in found.mails:
        date = mbox.milliseconds(mail.received) if own_dates else None
        world.deliver(account, mail.raw, mail.labels, date)
    world.commit(account)
    return {"delivered": len(found.mails), "failed": found.failures}


def deliver_mbox_bytes(world: World, account: Account, data: bytes, own_dates: bool = True) -> dict[str, Any]:
    """The same for an uploaded file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.mbox"
        path.write_bytes(data)
        return deliver_mbox(world, account, mbox.read(path), own_dates)
