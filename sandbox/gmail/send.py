"""messages.send: rewrites a mail as Gmail does, files it under SENT, delivers it to who lives here."""

import re
import secrets
from email.message import Message as Mime
from email.parser import BytesParser
from email.policy import compat32
from email.utils import format_datetime, formataddr, getaddresses, parseaddr
from typing import Any

from sandbox import mime as mimes
from sandbox.account import Account
from sandbox.errors import bad_request, not_found
from sandbox.gmail.call import Call
from sandbox.index import bare_subject
from sandbox.model import Message
from sandbox.world import World

_BOUNDARY = re.compile(rb'boundary="?([^";]+)"?')


def send(call: Call) -> dict[str, Any]:
    """users.messages.send, with the mail in the JSON body or uploaded as it is."""
    raw, thread_id = _submitted(call)
    message = send_raw(call.world, call.account, raw, thread_id)
    return {"id": message.id, "threadId": message.thread_id, "labelIds": list(message.labels)}


def send_raw(world: World, account: Account, raw: bytes, thread_id: str | None = None) -> Message:
    """Send a raw mail from an account. Google's errors are raised for a mail that cannot be sent."""
    raw = mimes.crlf(raw)
    try:
        recipients = _recipients(mimes.parse(raw))
    except mimes.NestingError as error:
        raise bad_request(f"Invalid message: {error}") from error
    if not recipients:
        raise bad_request("Recipient address required")
    if thread_id is not None and thread_id not in account.threads:
        raise not_found()
    own, others = _rewritten(world, account, raw)
    to_self = any(world.find(address) is account for address in recipients)
    labels = ["UNREAD", "SENT", "INBOX"] if to_self else ["SENT"]
    sent = mimes.parse(own)
    with account.lock:
        fits = thread_id is not None and _joins(account, sent, thread_id)
        message = account.add(own, sent, labels, thread_id=thread_id if fits else None)
    reached = {world.find(address) for address in recipients} - {None, account}
    for receiver in reached:
        if receiver is not None:
            world.deliver(receiver, _received(world, account, receiver, others))
    world.commit(account, *[receiver for receiver in reached if receiver is not None])
    return message


def _submitted(call: Call) -> tuple[bytes, str | None]:
    """The mail and the thread it asks for, from any of the three ways to submit one."""
    kind = call.request.content_type.split(";")[0].strip().lower()
    if call.request.path.startswith("/upload/"):
        if kind == "multipart/related":
            return _related(call)
        return call.request.body, None
    body = call.json()
    thread_id = body.get("threadId")
    try:
        raw = mimes.decode(str(body.get("raw") or ""))
    except ValueError as error:
        raise bad_request("Invalid value at 'message.raw' (TYPE_BYTES)") from error
    if not raw:
        raise bad_request(
            "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
        )
    return raw, str(thread_id) if thread_id else None


def _related(call: Call) -> tuple[bytes, str | None]:
    """An upload of JSON and mail in one multipart/related body."""
    head = f"Content-Type: {call.request.content_type}\r\n\r\n".encode()
    parts = BytesParser(policy=compat32).parsebytes(head + call.request.body).get_payload()
    boundary = _BOUNDARY.search(call.request.content_type.encode())
    if not isinstance(parts, list) or len(parts) != 2 or boundary is None:
        raise bad_request("Failed to parse multipart/related body")
    # The mail is cut out by hand: the parser would change what it has parsed.
    piece = call.request.body.split(b"--" + boundary[1])[2]
    raw = mimes.crlf(piece).lstrip(b"\r\n").partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
    match = re.search(rb'"threadId"\s*:\s*"(\w+)"', call.request.body.split(b"--" + boundary[1])[1])
    return raw, match[1].decode() if match else None


def _recipients(mime: Mime) -> list[str]:
    """All recipients of a mail, in lower case."""
    values = [str(v) for name in ("To", "Cc", "Bcc") for v in mime.get_all(name, [])]
    return [address.lower() for _, address in getaddresses(values) if "@" in address]


def _rewritten(world: World, account: Account, raw: bytes) -> tuple[bytes, bytes]:
    """What Gmail makes of a submitted mail: for the sender's own mailbox, and for the others without Bcc.

    Message-ID is always Gmail's own. From becomes the account's address, since it may not send as another.
    Only these headers change; the rest of the mail stays byte for byte.
    """
    head, separator, body = raw.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)
    mime = mimes.parse_head(raw)
    name, address = parseaddr(str(mime.get("From", "")))
    drop = {b"message-id"}
    added = [f"Message-ID: <CA{secrets.token_urlsafe(36)}@mail.gmail.com>"]
    if world.find(address) is not account:
        drop.add(b"from")
        added.append(f"From: {formataddr((name or account.name, account.address))}")
    if "Date" not in mime:
        added.append(f"Date: {format_datetime(world.clock.now())}")
    if "MIME-Version" not in mime:
        added.append("MIME-Version: 1.0")
    kept = [f for f in fields if f and f.split(b":")[0].strip().lower() not in drop]
    public = [f for f in kept if f.split(b":")[0].strip().lower() != b"bcc"]
    new = [line.encode("ascii", "replace") for line in added]
    own = b"\r\n".join([*new, *kept]) + (separator or b"\r\n\r\n") + body
    return own, b"\r\n".join([*new, *public]) + (separator or b"\r\n\r\n") + body


def _received(world: World, sender: Account, receiver: Account, raw: bytes) -> bytes:
    """The same mail with the trace that its way through Gmail leaves."""
    date = format_datetime(world.clock.now())
    domain = sender.address.rpartition("@")[2]
    trace = (
        f"Delivered-To: {receiver.address}\r\n"
        f"Return-Path: <{sender.address}>\r\n"
        f"Received: from mail-sor-f41.google.com by mx.google.com with SMTPS; {date}\r\n"
        f"Authentication-Results: mx.google.com; dkim=pass header.i=@{domain}; "
        f"spf=pass smtp.mailfrom={sender.address}; dmarc=pass header.from={domain}\r\n"
    )
    return trace.encode("ascii", "replace") + raw


def _joins(account: Account, mime: Mime, thread_id: str) -> bool:
    """Whether a sent mail may join the thread it asks for: same subject, and a reference into the thread."""
    facts, _ = mimes.facts(mime, 0)
    members = {account.messages[m].facts.rfc822_id for m in account.threads.get(thread_id, [])}
    refers = bool(members.intersection(facts.references))
    return refers and account.fits(thread_id, bare_subject(facts.subject))
