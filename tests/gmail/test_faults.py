"""What Google's failures mean to us, told by its own answers, and which calls are made again at once."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from hearback.gmail import client as module
from hearback.gmail.client import QUICK_TRIES, Gmail
from hearback.gmail.errors import (
    BadRequest,
    GmailError,
    Gone,
    Limited,
    Refused,
    Scope,
    Transient,
    Unauthorized,
    WatchTaken,
)
from sandbox.client import SandboxControl

ADDRESS = "robin@example.com"
TOPIC = "projects/sandbox/topics/gmail"


@dataclass
class Counting:
    """A purse without a bottom that remembers what it heard."""

    calls: list[str] = field(default_factory=list)
    faults: list[GmailError] = field(default_factory=list)

    def spend(self, method: str, calls: int = 1) -> None:
        self.calls += [method] * calls

    def most(self, method: str) -> int:
        return 100

    def told(self, method: str, fault: GmailError | None, calls: int = 1) -> None:
        if fault is not None:
            self.faults.append(fault)


@pytest.fixture
def meter() -> Counting:
    return Counting()


@pytest.fixture
def gmail(sandbox: SandboxControl, meter: Counting, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gmail]:
    """Robin's mailbox; a call that was answered at once is made again at once."""
    monkeypatch.setattr(module, "QUICK_SECONDS", 0.001)
    monkeypatch.setattr(module, "TIMEOUT_SECONDS", 0.5)
    module._kept.__dict__.clear()
    yield Gmail(sandbox.url, sandbox.grant(ADDRESS).access_token, meter)
    # The connection knows the short time-out.
    module._kept.__dict__.clear()


SORTED = [
    ("401", Unauthorized, None, None),
    ("403", Limited, Scope.PROJECT, None),
    ("perUserQuota", Limited, Scope.USER, None),
    ("userRateLimit", Limited, Scope.USER, None),
    ("dailyLimit", Limited, Scope.PROJECT, 600.0),
    ("429", Limited, Scope.USER, 41.0),
    ("429-until", Limited, Scope.USER, 41.0),
    ("403-until", Limited, Scope.USER, 41.0),
    ("domainPolicy", Refused, None, None),
    ("insufficientPermissions", Refused, None, None),
    ("failedPrecondition", Refused, None, None),
    ("badRequest", BadRequest, None, None),
    ("watchTaken", WatchTaken, None, None),
]


@pytest.mark.parametrize(("kind", "error", "scope", "after"), SORTED, ids=[row[0] for row in SORTED])
def test_each_refusal_is_sorted_by_what_there_is_to_do(
    sandbox: SandboxControl,
    gmail: Gmail,
    meter: Counting,
    kind: str,
    error: type[GmailError],
    scope: Scope | None,
    after: float | None,
) -> None:
    sandbox.fault("getProfile", kind, seconds=41)
    with pytest.raises(error) as caught:
        gmail.profile()
    assert type(caught.value) is error
    assert getattr(caught.value, "scope", None) is scope
    waits = getattr(caught.value, "retry_after", None)
    assert waits is None if after is None else after - 2 < waits <= after
    assert meter.faults == [caught.value]
    assert meter.calls == ["getProfile"], "what waiting or nobody mends is not asked again at once"
    permanent = not issubclass(error, Transient)
    assert caught.value.permanent is permanent


@pytest.mark.parametrize("kind", ["500", "503", "reset", "cut"])
def test_what_failed_at_once_is_tried_at_once(
    sandbox: SandboxControl, gmail: Gmail, meter: Counting, kind: str
) -> None:
    number = sandbox.fault("getProfile", kind)
    with pytest.raises(Transient) as caught:
        gmail.profile()
    assert caught.value.quick
    assert len(meter.calls) == QUICK_TRIES
    assert len(meter.faults) == QUICK_TRIES
    sandbox.clear_faults()
    # A reset is one fault to us and two calls to the HTTP library.
    sandbox.fault("getProfile", kind, count=2)
    assert gmail.profile().address == ADDRESS
    assert number


def test_a_hanging_call_is_left_to_the_queue(sandbox: SandboxControl, gmail: Gmail, meter: Counting) -> None:
    sandbox.fault("getProfile", "hang", seconds=60, count=1)
    with pytest.raises(Transient) as caught:
        gmail.profile()
    assert not caught.value.quick
    assert caught.value.retry_after is None
    assert meter.calls == ["getProfile"]
    # The answer that comes too late is not taken for that of the next call.
    sandbox.deliver(ADDRESS, from_="a@acme.example")
    assert len(gmail.search("")[0]) == 1


def test_a_slow_answer_is_an_answer(sandbox: SandboxControl, gmail: Gmail, meter: Counting) -> None:
    sandbox.fault("getProfile", "latency", seconds=0.2, count=1)
    assert gmail.profile().address == ADDRESS
    assert meter.faults == []


def test_nobody_there_is_transient(meter: Counting) -> None:
    with pytest.raises(Transient):
        Gmail("http://127.0.0.1:9", "token", meter).profile()


def test_a_page_that_is_not_gmails_takes_nothing_away(sandbox: SandboxControl, meter: Counting) -> None:
    """A proxy's 404 must not pass for a message that was deleted."""
    tokens = sandbox.grant(ADDRESS)
    lost = Gmail(f"{sandbox.url}/nowhere", tokens.access_token, meter)
    with pytest.raises(Transient) as caught:
        lost.history(1)
    assert not isinstance(caught.value, Limited)
    with pytest.raises(Transient):
        list(lost.messages(["1"]))


def test_what_is_not_there_is_gone(sandbox: SandboxControl, gmail: Gmail) -> None:
    sandbox.deliver(ADDRESS, from_="a@acme.example")
    start = int(sandbox.account(ADDRESS)["historyId"])
    sandbox.expire_history(ADDRESS)
    with pytest.raises(Gone):
        gmail.history(start)


def test_a_page_token_that_grew_too_old_is_a_bad_request(sandbox: SandboxControl, gmail: Gmail) -> None:
    with pytest.raises(BadRequest):
        gmail.search("", "no-token")


def test_a_batch_asks_again_only_for_what_failed(
    sandbox: SandboxControl, gmail: Gmail, meter: Counting
) -> None:
    ids = [sandbox.deliver(ADDRESS, from_="a@acme.example").id for _ in range(5)]
    sandbox.fault("messages.get", "503", count=2)
    mails = list(itertools.chain(*gmail.messages(ids)))
    assert [mail.gmail_id for mail in mails] == ids
    assert len(meter.calls) == 5 + 2


def test_a_batch_gives_what_it_has_and_then_its_worst_fault(sandbox: SandboxControl, gmail: Gmail) -> None:
    ids = [sandbox.deliver(ADDRESS, from_="a@acme.example").id for _ in range(5)]
    sandbox.fault("messages.get", "500", message=ids[0], count=1)
    sandbox.fault("messages.get", "429", message=ids[1], seconds=7)
    got = []
    with pytest.raises(Limited) as caught:
        for mails in gmail.messages(ids):
            got += [mail.gmail_id for mail in mails]
    assert got == ids[2:]
    assert caught.value.retry_after == 7


@pytest.mark.parametrize("kind", ["500", "reset", "cut"])
def test_a_batch_that_failed_as_a_whole_is_asked_again(
    sandbox: SandboxControl, gmail: Gmail, kind: str
) -> None:
    ids = [sandbox.deliver(ADDRESS, from_="a@acme.example").id for _ in range(3)]
    sandbox.fault("batch", kind, count=2)
    assert [mail.gmail_id for mails in gmail.messages(ids) for mail in mails] == ids


def test_a_deleted_message_is_left_out_of_its_batch(sandbox: SandboxControl, gmail: Gmail) -> None:
    ids = [sandbox.deliver(ADDRESS, from_="a@acme.example").id for _ in range(3)]
    sandbox.delete(ADDRESS, ids[1])
    assert [mail.gmail_id for mails in gmail.messages(ids) for mail in mails] == [ids[0], ids[2]]


def test_a_watch_of_an_older_topic_gives_way(sandbox: SandboxControl, gmail: Gmail, meter: Counting) -> None:
    gmail.watch(TOPIC)
    sandbox.settings(topic=f"{TOPIC}-new")
    gmail.watch(f"{TOPIC}-new")
    assert meter.calls == ["watch", "watch", "stop", "watch"]
    assert sandbox.account(ADDRESS)["watch"] is not None
    with pytest.raises(Gone):
        gmail.watch(f"{TOPIC}-that-is-not-there")
