"""What goes into the control API and what comes out of it, with types."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict


class Mail(TypedDict, total=False):
    """The fields of a delivery. Either `raw` or `from_` (with the rest as wanted)."""

    raw: bytes
    from_: str
    from_name: str
    to: str
    subject: str
    text: str
    html: str
    date: str
    message_id: str
    in_reply_to: str
    references: str
    headers: Mapping[str, str]
    labels: Sequence[str]
    attachments: Sequence[Mapping[str, str]]
    thread_id: str
    internal_date: int | str


@dataclass(frozen=True)
class Delivered:
    """Where a mail went."""

    address: str
    id: str
    thread_id: str
    history_id: int
    rfc822_message_id: str


@dataclass(frozen=True)
class Tokens:
    """What a consent gives."""

    address: str
    sub: str
    access_token: str
    refresh_token: str
    scope: str


def mail_fields(address: str, mail: Mail) -> dict[str, Any]:
    """A delivery as the control API reads it."""
    fields: dict[str, Any] = {**mail, "address": address}
    if "raw" in mail:
        fields["raw"] = base64.b64encode(mail["raw"]).decode("ascii")
    if "from_" in fields:
        fields["from"] = fields.pop("from_")
    return fields


def read_delivered(answer: Mapping[str, Any]) -> Delivered:
    """A delivery as the control API tells of it."""
    return Delivered(
        address=answer["address"],
        id=answer["id"],
        thread_id=answer["threadId"],
        history_id=int(answer["historyId"]),
        rfc822_message_id=answer["rfc822MessageId"],
    )
