"""Finding messages: which of a mailbox's mails a list call shows, newest first, page by page."""

from collections.abc import Iterator

from sandbox.account import Account
from sandbox.errors import bad_page_token, bad_request, forbidden
from sandbox.gmail.call import Call
from sandbox.gmail.scopes import metadata_only
from sandbox.index import between, older_than
from sandbox.model import Key, Message
from sandbox.search import Query, parse

HIDDEN = ("SPAM", "TRASH")
CHUNK = 200


def candidates(call: Call, last: Key | None) -> Iterator[Message]:
    """All messages that fit labelIds and q, newest first, older than `last`. Hold the account's lock."""
    account, text = call.account, call.request.query.get("q", "").strip()
    labels = set(call.listed("labelIds"))
    if unknown := [label for label in labels if label not in account.labels]:
        raise bad_request(f"Invalid label: {unknown[0]}")
    if text and metadata_only(call.scopes):
        raise forbidden("Metadata scope does not support 'q' parameter")
    query = parse(text, account, call.world.clock.now()) if text else None
    hidden = [label for label in HIDDEN if label not in labels]
    if call.flag("includeSpamTrash") or (query and query.anywhere):
        hidden = []
    horizon = call.world.clock.ms() - round(call.world.lags.search * 1000)
    keys = older_than(_narrowed(account, labels, query), last)
    for chunk in _chunks(keys):
        messages = [account.messages[key.id] for key in chunk]
        found = [m for m in messages if labels.issubset(m.labels) and not _has(m, hidden)]
        if query is None:
            yield from found
            continue
        # The search index lags behind; labels and listing without a query do not.
        found = [m for m in found if m.arrived <= horizon]
        texts = account.texts([m.id for m in found]) if query.needs_text and found else {}
        yield from (m for m in found if query.test(m, texts.get(m.id, "")))


def _narrowed(account: Account, labels: set[str], query: Query | None) -> list[Key]:
    """The shortest list of keys that must hold all results."""
    wanted = set(labels)
    if query is not None:
        if query.rfc822_ids:
            ids = {i for wanted_id in query.rfc822_ids for i in account.by_rfc822.get(wanted_id, ())}
            return sorted(account.messages[message_id].key for message_id in ids)
        wanted |= query.labels
    lists = [account.by_label.get(label, []) for label in wanted]
    keys = min(lists, key=len, default=account.order)
    return between(keys, query.after, query.before) if query else keys


def _chunks(keys: list[Key]) -> Iterator[list[Key]]:
    for end in range(len(keys), 0, -CHUNK):
        yield keys[max(0, end - CHUNK) : end][::-1]


def _has(message: Message, labels: list[str]) -> bool:
    return any(label in message.labels for label in labels)


def page_token(message: Message) -> str:
    """The token of the page after this message; a mail that arrives in between shifts nothing."""
    return str(message.internal_date << 64 | int(message.id, 16))


def read_page_token(token: str) -> Key | None:
    """The place that a page token stands for."""
    if not token:
        return None
    if not token.isascii() or not token.isdigit() or len(token) > 50:
        raise bad_page_token()
    number = int(token)
    return Key(number >> 64, f"{number & (1 << 64) - 1:016x}")
