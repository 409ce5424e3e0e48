"""What Redis knows of a mailbox: that a job waits for it, and who works on it just now.

All of it may be lost at any moment. It saves work; what is right stands in the database.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

from redis.client import Pipeline
from redis.commands.core import Script
from redis.exceptions import LockError
from redis.lock import Lock

from jobs.queues import redis

# A crash between two steps of a ring can leave a mark without a job; it fades, and the sweep rings.
MARK_SECONDS = 60
# Longer than any one call to Google or one commit may take; renewed before each of them.
LOCK_SECONDS = 30

# If a job already waits for every mailbox of this address, raise the id it must reach, in one trip.
# Ids are compared as text of equal length: Lua's numbers lose whole numbers above 2^53.
_RAISE = """
local ids = redis.call('GET', KEYS[1])
if not ids then return 0 end
local marks = {}
for id in string.gmatch(ids, '%d+') do
  local key = ARGV[2] .. id
  local mark = redis.call('GET', key)
  if not mark then return 0 end
  marks[key] = mark
end
for key, mark in pairs(marks) do
  if ARGV[1] > mark then redis.call('SET', key, ARGV[1], 'KEEPTTL') end
end
return 1
"""

_MARK = "hearback:mark:"


def _address_key(address: str) -> str:
    return "hearback:address:" + hashlib.sha256(address.encode()).hexdigest()[:32]


def _text(history_id: int) -> str:
    return f"{history_id:020d}"


def _lock_key(mailbox_id: int, work: str) -> str:
    return f"hearback:lock:{work}:{mailbox_id}"


def raise_waiting(address: str, history_id: int) -> bool:
    """Raise the id that waiting jobs of `address` must reach; False when one has to be queued."""
    raised = _raise_script()(keys=[_address_key(address)], args=[_text(history_id), _MARK], client=redis())
    return bool(raised)


@cache
def _raise_script() -> Script:
    # Sent by its hash; redis-py sends it whole once, and again when Redis has forgotten it.
    return redis().register_script(_RAISE)


def remember(pipe: Pipeline, address: str, mailbox_ids: list[int]) -> None:
    """Note which mailboxes an address means, so that the next push finds their marks by itself."""
    pipe.set(_address_key(address), ",".join(map(str, mailbox_ids)), ex=MARK_SECONDS)


def forget(address: str) -> None:
    """Drop that note, because a mailbox of this address was connected or disconnected."""
    redis().delete(_address_key(address))


def put(pipe: Pipeline, mailbox_id: int, history_id: int, keep: bool = False) -> None:
    """Mark that a job waits for the mailbox and must reach `history_id`, or what the mark says if kept."""
    pipe.set(f"{_MARK}{mailbox_id}", _text(history_id), ex=MARK_SECONDS, nx=keep)


def take(mailbox_id: int) -> int:
    """Remove the mark and return its id, 0 when there is none. From here on pushes queue anew."""
    mark = redis().getdel(f"{_MARK}{mailbox_id}")
    return int(mark) if mark else 0


def leave(mailbox_id: int, history_id: int) -> None:
    """Set the mark again, for whoever holds the lock to find."""
    redis().set(f"{_MARK}{mailbox_id}", _text(history_id), ex=MARK_SECONDS)


def look(mailbox_id: int) -> int:
    """The mark's id without removing it, 0 when there is none."""
    mark = redis().get(f"{_MARK}{mailbox_id}")
    return int(mark) if mark else 0


class Held:
    """A mailbox's lock while it is ours."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock
        # Seconds that this look has waited for a language model, which has a limit for the whole of it.
        self.waited = 0.0

    def renew(self) -> None:
        """Hold it for its whole time from now. A lock that was lost is not fought for."""
        try:
            self._lock.extend(LOCK_SECONDS, replace_ttl=True)
        except LockError:
            # Redis was flushed, or we were slow and another works beside us: double work, no harm.
            return


@contextmanager
def lock(mailbox_id: int, work: str = "sync") -> Iterator[Held | None]:
    """Hold the mailbox while doing this kind of work on it; None at once when another does."""
    held = redis().lock(_lock_key(mailbox_id, work), timeout=LOCK_SECONDS, blocking=False, thread_local=False)
    if not held.acquire():
        yield None
        return
    try:
        yield Held(held)
    finally:
        # It may have ended before us; whoever holds it now keeps it.
        with suppress(LockError):
            held.release()


def locked_for(mailbox_id: int) -> float:
    """Seconds until the mailbox's lock ends if its holder is dead; 0 when nobody holds it."""
    left = redis().pttl(_lock_key(mailbox_id, "sync"))
    return max(0.0, left / 1000)
