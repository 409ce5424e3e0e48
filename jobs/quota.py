"""The ledger of Gmail's quota: who may call now, and for how long everybody has to wait.

It is kept in Redis, so that all workers spend from one purse. Losing it costs nothing but a moment in
which Google itself would have to say no.
"""

import datetime as dt
import hashlib
import math
from enum import IntEnum
from functools import cache
from zoneinfo import ZoneInfo

from redis.commands.core import Script

from hearback.config import settings
from hearback.gmail.errors import GmailError, Limited, Paused, Scope
from hearback.models import now
from jobs import metrics
from jobs.queues import redis

# How long a pause lasts where Google does not say.
PAUSE_SECONDS = {Scope.USER: 2.0, Scope.PROJECT: 5.0}
LONGEST_PAUSE_SECONDS = 3600.0
_PROJECT = "hearback:quota:purse:project"
# Google's day of quota begins at midnight there.
GOOGLES_DAY = ZoneInfo("America/Los_Angeles")

# Both purses and the day, or none: units that one refuses must not be taken from the other. A purse is a
# hash of what was spent in each second of the last minute, so that no sixty seconds, wherever they begin,
# see more than is allowed, and all of it can be had at once. A call that costs more than there is room for
# waits until nothing was spent. Returns the milliseconds to wait, 0 when the units are taken.
_TAKE = """
local clock = redis.call('TIME')
local second = tonumber(clock[1])
local now = second * 1000 + math.floor(clock[2] / 1000)
local wait = math.max(redis.call('PTTL', KEYS[1]), redis.call('PTTL', KEYS[2]), 0)
local units = tonumber(ARGV[1])
for i = 3, 4 do
  local spent, entries, flat = 0, {}, redis.call('HGETALL', KEYS[i])
  for j = 1, #flat, 2 do
    local at, taken = tonumber(flat[j]), tonumber(flat[j + 1])
    if at < second - 60 then
      redis.call('HDEL', KEYS[i], flat[j])
    else
      spent = spent + taken
      entries[#entries + 1] = {at, taken}
    end
  end
  local over = spent + units - tonumber(ARGV[i - 1])
  if over > 0 then
    table.sort(entries, function(a, b) return a[1] < b[1] end)
    for _, entry in ipairs(entries) do
      if over > 0 then wait = math.max(wait, (entry[1] + 61) * 1000 - now) end
      over = over - entry[2]
    end
  end
end
if wait <= 0 and tonumber(redis.call('GET', KEYS[5]) or 0) + units > tonumber(ARGV[4]) then
  wait = 60000
end
if wait > 0 then return math.ceil(wait) end
for i = 3, 4 do
  redis.call('HINCRBY', KEYS[i], second, units)
  redis.call('EXPIRE', KEYS[i], 62)
end
redis.call('INCRBY', KEYS[5], units)
redis.call('EXPIRE', KEYS[5], 172800)
return 0
"""

# A pause is made longer and never shorter.
_PAUSE = """
local milliseconds = tonumber(ARGV[1])
if redis.call('PTTL', KEYS[1]) < milliseconds then redis.call('SET', KEYS[1], 1, 'PX', milliseconds) end
"""


class Priority(IntEnum):
    """Who goes first when units are short: the mail that just came, then what was missed, then old mail."""

    PUSH = 0
    SCAN = 1
    BACKFILL = 2


# What share of each purse, and of the day, a priority must leave to those before it.
_LEFT_IN_PURSE = {Priority.PUSH: 0.0, Priority.SCAN: 0.1, Priority.BACKFILL: 0.2}
_LEFT_OF_DAY = {Priority.PUSH: 0.0, Priority.SCAN: 0.05, Priority.BACKFILL: 0.1}


def room(a_minute: int, priority: Priority) -> int:
    """Units of a minute that this priority may use up."""
    return math.floor(a_minute * (1 - _LEFT_IN_PURSE[priority]))


class Meter:
    """Spends one mailbox's units at one priority; it is what `hearback.gmail.client` asks before calls."""

    def __init__(self, address: str, priority: Priority) -> None:
        self._user = hashlib.sha256(address.encode()).hexdigest()[:32]
        self._priority = priority

    def spend(self, method: str, calls: int = 1) -> None:
        """Take the units of so many calls; raise Paused where they are not to be had now."""
        known, at = settings(), now()
        day = known.quota_project_day * (1 - _LEFT_OF_DAY[self._priority])
        waited = _taking()(
            keys=[
                _pause_key(Scope.PROJECT),
                _pause_key(Scope.USER, self._user),
                _PROJECT,
                f"hearback:quota:purse:{self._user}",
                _day_key(at),
            ],
            args=[
                self._price(method) * calls,
                room(known.quota_project_minute, self._priority),
                room(known.quota_user_minute, self._priority),
                day,
            ],
            client=redis(),
        )
        if waited:
            metrics.count("gmail_pauses_total", scope="budget")
            raise Paused(f"no units for {method}", retry_after=int(waited) / 1000)

    def most(self, method: str) -> int:
        """How many calls of this method fit into the purse at once; at least one."""
        return max(1, room(settings().quota_user_minute, self._priority) // self._price(method))

    def told(self, method: str, fault: GmailError | None, calls: int = 1) -> None:
        """Count how calls ended. When Google says "slower", every worker hears it."""
        if calls:
            outcome = type(fault).__name__ if fault else "ok"
            metrics.count("gmail_calls_total", calls, method=method, outcome=outcome)
        if isinstance(fault, Limited):
            self._pause(fault)

    def _pause(self, fault: Limited) -> None:
        seconds = PAUSE_SECONDS[fault.scope] if fault.retry_after is None else fault.retry_after
        fault.retry_after = min(seconds, LONGEST_PAUSE_SECONDS)
        milliseconds = max(1, math.ceil(fault.retry_after * 1000))
        _pausing()(keys=[_pause_key(fault.scope, self._user)], args=[milliseconds], client=redis())
        metrics.count("gmail_pauses_total", scope=fault.scope)

    def _price(self, method: str) -> int:
        return settings().quota_prices[method]


def used(at: dt.datetime) -> dict[str, int]:
    """Units that the project spent in the last minute and on this day of Google's."""
    with redis().pipeline(transaction=False) as pipe:
        pipe.hgetall(_PROJECT)
        pipe.get(_day_key(at))
        seconds, day = pipe.execute()
    since = at.timestamp() - 60
    minute = sum(int(units) for second, units in seconds.items() if int(second) >= since)
    return {"project_minute": minute, "project_day": int(day or 0)}


@cache
def _taking() -> Script:
    return redis().register_script(_TAKE)


@cache
def _pausing() -> Script:
    return redis().register_script(_PAUSE)


def _pause_key(scope: Scope, user: str = "") -> str:
    return f"hearback:pause:{user if scope is Scope.USER else 'project'}"


def _day_key(at: dt.datetime) -> str:
    return f"hearback:quota:day:{at.astimezone(GOOGLES_DAY):%Y-%m-%d}"
