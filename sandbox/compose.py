"""Mails made from form fields, for the control API and the employer's page."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parsedate_to_datetime
from typing import Any

from sandbox import mime as mimes

_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\[\]]+@[^\s@<>\"(),:;\\\[\]]+")


class ComposeError(ValueError):
    """A field cannot be used; the text names it."""


def checked_address(value: object, field: str = "address") -> str:
    """A bare mail address in lower case, or ComposeError."""
    text = str(value or "").strip().lower()
    if not _ADDRESS.fullmatch(text) or not text.isprintable():
        raise ComposeError(f"{field}: wanted an address such as robin@example.com, got {value!r}")
    return text


def moment(value: object, field: str = "date") -> datetime:
    """An aware datetime from ISO 8601 or a mail's Date header; a zone that is missing is UTC."""
    text = str(value)
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    raise ComposeError(f"{field}: wanted 2026-01-31T14:00:00+01:00 or a Date header, got {text!r}")


def compose(to: str, fields: Mapping[str, Any], now: datetime) -> bytes:
    """A whole mail to `to` from the fields of a delivery, dated `now` unless `date` says otherwise.

    `attachments` are objects with filename, content_type and data (base64); `headers` adds or replaces any.
    Raises ComposeError naming the field that cannot be used.
    """
    sender = checked_address(fields.get("from"), "from")
    user, _, domain = sender.rpartition("@")
    mail = EmailMessage(policy=SMTP)
    date = moment(fields["date"]) if fields.get("date") else now
    headers: dict[str, Any] = {
        "Subject": fields.get("subject", ""),
        "To": fields.get("to") or to,
        "Date": format_datetime(date),
        "Message-ID": fields.get("message_id") or make_msgid(domain=domain),
        "In-Reply-To": fields.get("in_reply_to"),
        "References": fields.get("references") or fields.get("in_reply_to"),
    }
    headers |= fields.get("headers") or {}
    try:
        name = str(fields.get("from_name") or "")
        mail["From"] = Address(name, user, domain)
        for header, value in headers.items():
            if value is not None:
                del mail[header]
                mail[header] = str(value)
    except (ValueError, IndexError) as error:
        raise ComposeError(f"header: {error}") from error
    _body(mail, fields)
    for attachment in fields.get("attachments") or []:
        _attach(mail, attachment)
    return mail.as_bytes()


def _body(mail: EmailMessage, fields: Mapping[str, Any]) -> None:
    text, html = fields.get("text"), fields.get("html")
    if text or not html:
        mail.set_content(str(text or ""))
        if html:
            mail.add_alternative(str(html), subtype="html")
    else:
        mail.set_content(str(html), subtype="html")


def _attach(mail: EmailMessage, attachment: Mapping[str, Any]) -> None:
    kind = str(attachment.get("content_type") or "application/octet-stream")
    main, _, sub = kind.partition("/")
    if not re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind):
        raise ComposeError(f"attachments: content_type: wanted a MIME type, got {kind!r}")
    try:
        data = mimes.decode(str(attachment.get("data", "")))
    except ValueError as error:
        raise ComposeError(f"attachments: data: {error}") from error
    filename = str(attachment.get("filename") or "attachment")
    mail.add_attachment(data, maintype=main, subtype=sub, filename=filename)
