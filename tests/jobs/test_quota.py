"""No mailbox spends more than Google allows, new mail goes first, and a pause is everybody's."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis import Redis

from hearback.gmail.errors import Limited, Paused, Scope
from hearback.models import now
from jobs import quota
from jobs.queues import redis
from jobs.quota import Meter, Priority
from tests.support import product

USER_MINUTE = 6_000
ENV = {"QUOTA_USER_MINUTE": str(USER_MINUTE), "QUOTA_PROJECT_MINUTE": "12000", "QUOTA_PROJECT_DAY": "1000000"}


@pytest.fixture
def purse(sqlite_url: str, redis_url: str) -> Iterator[Redis]:
    with product.running(product.environment(sqlite_url, redis_url) | ENV):
        yield redis()


def spent(meter: Meter, method: str = "messages.get", calls: int = 1) -> bool:
    try:
        meter.spend(method, calls)
    except Paused:
        return False
    return True


def drain(meter: Meter) -> int:
    """Spend single units until there are none; how many there were."""
    units = 0
    while spent(meter, "getProfile"):
        units += 1
    return units


def test_a_minute_s_units_can_be_had_at_once_and_come_back_after_it(purse: Redis) -> None:
    meter = Meter("robin@example.com", Priority.PUSH)
    assert spent(meter, "messages.get", 290)
    with pytest.raises(Paused) as paused:
        meter.spend("messages.get", 20)
    assert paused.value.retry_after == pytest.approx(60, abs=2)
    assert spent(meter, "messages.get", 10)


def test_what_is_refused_by_one_purse_is_not_taken_from_another(purse: Redis) -> None:
    assert spent(Meter("robin@example.com", Priority.PUSH), "messages.get", 300)
    before = quota.used(now())["project_day"]
    assert not spent(Meter("robin@example.com", Priority.PUSH), "messages.get", 20)
    assert quota.used(now())["project_day"] == before
    assert spent(Meter("kim@example.com", Priority.PUSH), "messages.get", 20)


def test_old_mail_leaves_units_for_new_mail(purse: Redis) -> None:
    old, missed, new = (
        Meter("robin@example.com", priority) for priority in (Priority.BACKFILL, Priority.SCAN, Priority.PUSH)
    )
    assert spent(old, "messages.get", 240)
    assert not spent(old, "messages.get")
    assert spent(missed, "messages.get", 30)
    assert not spent(missed, "messages.get")
    assert spent(new, "messages.get", 30)
    assert not spent(new, "messages.get")


def test_a_call_that_costs_more_than_a_purse_holds_waits_for_a_full_one(
    sqlite_url: str, redis_url: str
) -> None:
    env = product.environment(sqlite_url, redis_url) | ENV | {"QUOTA_USER_MINUTE": "15"}
    with product.running(env):
        meter = Meter("robin@example.com", Priority.BACKFILL)
        assert meter.most("messages.get") == 1
        assert spent(meter, "messages.get")
        assert not spent(meter, "messages.get")


def test_the_day_ends_for_old_mail_before_it_ends_for_new(sqlite_url: str, redis_url: str) -> None:
    env = product.environment(sqlite_url, redis_url) | ENV | {"QUOTA_PROJECT_DAY": "100"}
    with product.running(env):
        old, new = (Meter("robin@example.com", p) for p in (Priority.BACKFILL, Priority.PUSH))
        assert drain(old) == 90
        assert drain(new) == 10
        with pytest.raises(Paused) as paused:
            new.spend("getProfile")
        assert paused.value.retry_after == 60


@pytest.mark.parametrize(
    ("scope", "others"), [(Scope.USER, True), (Scope.PROJECT, False)], ids=["user", "project"]
)
def test_a_limit_makes_all_workers_pause_for_whom_it_concerns(
    purse: Redis, scope: Scope, others: bool
) -> None:
    meter = Meter("robin@example.com", Priority.PUSH)
    meter.told("history.list", Limited("HTTP 429", scope, retry_after=30))
    with pytest.raises(Paused) as paused:
        Meter("robin@example.com", Priority.PUSH).spend("history.list")
    assert paused.value.retry_after == pytest.approx(30, abs=2)
    assert spent(Meter("kim@example.com", Priority.PUSH)) is others


def test_a_pause_is_made_longer_and_never_shorter(purse: Redis) -> None:
    meter = Meter("robin@example.com", Priority.PUSH)
    for seconds in (5, 50, 1):
        meter.told("history.list", Limited("HTTP 429", Scope.USER, retry_after=seconds))
    with pytest.raises(Paused) as paused:
        meter.spend("history.list")
    assert paused.value.retry_after == pytest.approx(50, abs=2)


def test_no_address_stands_in_redis(purse: Redis) -> None:
    meter = Meter("robin@example.com", Priority.PUSH)
    meter.spend("history.list")
    meter.told("history.list", Limited("HTTP 429", Scope.USER))
    assert not [key for key in purse.scan_iter() if b"robin" in key]


def test_prices_of_the_setting_win(sqlite_url: str, redis_url: str) -> None:
    env = product.environment(sqlite_url, redis_url) | ENV | {"QUOTA_PRICES": "history.list=7"}
    with product.running(env):
        Meter("robin@example.com", Priority.PUSH).spend("history.list")
        assert quota.used(now())["project_day"] == 7


# The script with the moment handed to it, so that hours pass in an instant.
_AT = quota._TAKE.replace("redis.call('TIME')", "{ARGV[7], ARGV[8]}")
_STEPS = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(1, 2_000), st.sampled_from(Priority)), max_size=150
)


@settings(max_examples=60, deadline=None)
@given(steps=_STEPS)
def test_no_minute_wherever_it_begins_sees_more_than_allowed(
    redis_server: str, steps: list[tuple[int, int, Priority]]
) -> None:
    with Redis.from_url(redis_server) as client:
        client.flushall()
        script = client.register_script(_AT)
        at, taken = 1_700_000_000_000, []
        for pause, units, priority in steps:
            at += pause
            args = [
                units,
                10**9,
                quota.room(USER_MINUTE, priority),
                10**9,
                0,
                0,
                at // 1000,
                at % 1000 * 1000,
            ]
            if not script(keys=["p", "u", "purse:project", "purse:user", "day"], args=args):
                taken.append((at, units))
    for begin, _ in taken:
        assert sum(units for moment, units in taken if begin <= moment < begin + 60_000) <= USER_MINUTE
