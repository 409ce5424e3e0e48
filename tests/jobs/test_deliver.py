"""Each notification reaches its user by each channel, whatever servers and processes do meanwhile."""

import datetime as dt
import email
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message as Mime
from email.policy import default

import pytest

from hearback.mail.own import signed_by_us
from hearback.mail.parse import parse
from hearback.models import (
    Channel,
    ChannelKind,
    Delivery,
    DeliveryState,
    Manner,
    Notification,
    Preference,
    User,
    database,
    now,
)
from hearback.models.delivery import TRIES
from hearback.notify.letter import Letter, Link
from jobs.deliver import PAUSES, deliver, ring_all
from jobs.queues import queues
from tests.support import product
from tests.support.listeners import Post, Web, post, web
from tests.support.servers import ROOT
from tools.ports import any_free

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
LETTER = Letter(
    "Acme answered: naïve façade", "It is about Engineer.", link=Link("Open it", "/applications/1")
)


@pytest.fixture
def server() -> Iterator[Post]:
    """A mail server."""
    with post() as listening:
        yield listening


@pytest.fixture
def hook() -> Iterator[Web]:
    """A webhook."""
    with web() as listening:
        yield listening


@pytest.fixture
def env(database_url: str, redis_url: str, server: Post) -> Iterator[dict[str, str]]:
    """A product whose mail goes to that server, and whose users may have private addresses."""
    env = product.environment(database_url, redis_url)
    env |= {"SMTP_URL": server.url, "MAIL_FROM": "Hearback <news@hearback.example>"}
    env |= {"ALLOW_PRIVATE_ADDRESSES": "1"}
    with product.running(env):
        database.connect(reuse_if_open=True)
        yield env


@pytest.fixture
def robin(env: dict[str, str]) -> User:
    """A user whose address Google verified: mail is their first channel."""
    return User.create(google_sub="1", email="robin@example.com", timezone="Europe/Berlin")


def tell(user: User, key: str = "1", kind: str = "interview") -> None:
    """Let there be news."""
    assert Notification.tell(user.id, kind, key, data=LETTER.to_json())


def by_mail(user: User) -> Channel:
    """The user's mail channel."""
    return next(channel for channel in Channel.of(user.id) if channel.kind == ChannelKind.MAIL)


def by_hook(user: User, listening: Web) -> Channel:
    """A webhook of the user."""
    return Channel.add(user.id, ChannelKind.CHAT, listening.hook, "My hook")


def states(channel: Channel) -> list[str]:
    """How the deliveries of a channel stand, in order."""
    rows = Delivery.select(Delivery.state).where(Delivery.channel == channel.id).order_by(Delivery.id)
    return [row[0] for row in rows.tuples()]


def opened(raw: bytes) -> Mime:
    """A mail as a mail program reads it."""
    return email.message_from_bytes(raw, policy=default)


def test_a_mail_says_the_news_and_how_to_end_it(robin: User, server: Post) -> None:
    tell(robin)
    deliver(by_mail(robin).id)
    (raw,) = server.mails
    read = opened(raw)
    assert server.recipients == ["robin@example.com"]
    assert read["Subject"] == LETTER.subject
    assert read["From"] == "Hearback <news@hearback.example>"
    assert read["List-Unsubscribe"].startswith("<http://localhost:8000/unsubscribe/")
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Message-ID"].endswith("@hearback.example>")
    text, page = (part.get_content() for part in read.iter_parts())  # type: ignore[attr-defined]
    for part in (text, page):
        assert "It is about Engineer." in part
        assert "http://localhost:8000/applications/1" in part
        assert read["List-Unsubscribe"].strip("<>") in part
    assert signed_by_us(parse(raw).headers, product.BASE["SECRET_KEY"].encode())
    assert states(by_mail(robin)) == ["sent"]


def test_who_comes_second_makes_nothing_and_nothing_is_sent_twice(robin: User, server: Post) -> None:
    tell(robin)
    assert not Notification.tell(robin.id, "interview", "1", data=LETTER.to_json())
    for _ in range(3):
        deliver(by_mail(robin).id)
    assert len(server.mails) == 1


def test_the_sweep_finds_what_nobody_rang_for(robin: User, server: Post) -> None:
    tell(robin)
    assert ring_all(now()) == 1
    # A second sweep before the job began adds no second job.
    assert ring_all(now()) == 0
    assert [job.args for job in queues.default.get_jobs()] == [[by_mail(robin).id]]


@pytest.mark.parametrize("answer", ["451 Try again later", "421 Too busy"])
def test_a_server_that_says_later_is_asked_less_and_less(robin: User, server: Post, answer: str) -> None:
    tell(robin)
    channel, at = by_mail(robin), now()
    server.answers = [answer] * 2
    deliver(channel.id, at)
    assert states(channel) == ["waiting"]
    assert ring_all(at + MINUTE / 2) == 0
    deliver(channel.id, at + PAUSES[0] * MINUTE)
    deliver(channel.id, at + (PAUSES[0] + PAUSES[1]) * MINUTE - MINUTE)
    assert server.mails == []
    deliver(channel.id, at + (PAUSES[0] + PAUSES[1]) * MINUTE)
    assert len(server.mails) == 1
    assert states(channel) == ["sent"]
    assert by_mail(robin).error is None


def test_a_server_that_says_no_ends_it_in_words(robin: User, server: Post) -> None:
    tell(robin)
    server.rcpt_answers = ["550 No such user"]
    deliver(by_mail(robin).id)
    assert states(by_mail(robin)) == ["failed"]
    assert by_mail(robin).error == "The mail server says that nobody can be reached at this address."
    tell(robin, "2")
    deliver(by_mail(robin).id)
    assert states(by_mail(robin)) == ["failed", "sent"]


def test_a_server_that_is_down_ends_visibly(
    robin: User, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{any_free()}")
    product.forget()
    tell(robin)
    channel, at = by_mail(robin), now()
    for _ in range(TRIES):
        assert states(channel) == ["waiting"]
        deliver(channel.id, at)
        at += PAUSES[-1] * MINUTE
    assert states(channel) == ["failed"]
    assert by_mail(robin).error == "The mail server does not answer."


def test_a_channel_that_fails_delays_no_other(robin: User, server: Post, hook: Web) -> None:
    hook.status = 503
    tell_by = by_hook(robin, hook)
    for key in "12":
        tell(robin, key)
    ring_all(now())
    assert len(queues.default.get_jobs()) == 2
    deliver(tell_by.id)
    deliver(by_mail(robin).id)
    assert len(server.mails) == 2
    # One try tells that the channel is ill; what else waits there is not tried against it.
    assert len(hook.bodies) == 1
    hook.status = 200
    deliver(tell_by.id, now() + PAUSES[0] * MINUTE)
    assert states(tell_by) == ["sent", "sent"]


def test_what_waited_for_a_channel_ill_for_days_is_no_news_any_more(robin: User, hook: Web) -> None:
    hook.status = 503
    channel = by_hook(robin, hook)
    tell(robin)
    deliver(channel.id)
    tell(robin, "2")
    ring_all(now() + 3 * 24 * HOUR)
    assert states(channel) == ["failed", "failed"]
    # What waited for us alone still goes.
    assert states(by_mail(robin)) == ["waiting", "waiting"]


def test_jobs_at_the_same_channel_send_nothing_twice(robin: User, server: Post) -> None:
    for key in "12345":
        tell(robin, key)
    channel = by_mail(robin)

    def work(_: int) -> None:
        with database.connection_context():
            deliver(channel.id)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert len({opened(raw)["Message-ID"] for raw in server.mails}) == len(server.mails) == 5
    assert states(channel) == ["sent"] * 5


def kill_at_acceptance(server: Post, env: dict[str, str], channel: Channel) -> None:
    """Let a process deliver, and end it when the server has accepted and it has not heard so."""
    command = [sys.executable, "-m", "tests.support.one_delivery", str(channel.id)]
    started: list[subprocess.Popen[bytes]] = []
    server.taken = lambda: os.kill(started[0].pid, signal.SIGKILL)
    started.append(subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env}))
    assert started[0].wait(60) == -signal.SIGKILL
    server.taken = lambda: None


def test_a_kill_after_acceptance_sends_one_duplicate_under_the_same_name(
    robin: User, server: Post, env: dict[str, str]
) -> None:
    tell(robin)
    channel, at = by_mail(robin), now()
    kill_at_acceptance(server, env, channel)
    assert len(server.mails) == 1
    assert states(channel) == ["sending"]
    # Nobody takes it over while its job may be alive.
    assert ring_all(at + MINUTE) == 0
    later = now() + 6 * MINUTE
    assert ring_all(later) == 1
    for _ in range(3):
        deliver(channel.id, later)
    first, second = (opened(raw) for raw in server.mails)
    assert first["Message-ID"] == second["Message-ID"]
    assert states(channel) == ["sent"]


def test_a_digest_that_was_killed_goes_again_as_the_same_mail(
    robin: User, server: Post, env: dict[str, str]
) -> None:
    Manner.create(user=robin, digest_at="18:00")
    for key in "12":
        tell(robin, key)
    Delivery.update(due_at=now()).execute()
    kill_at_acceptance(server, env, by_mail(robin))
    tell(robin, "3")
    later = now() + 6 * MINUTE
    Delivery.update(due_at=now()).execute()
    ring_all(later)
    deliver(by_mail(robin).id, later)
    first, second, third = (opened(raw) for raw in server.mails)
    assert first["Message-ID"] == second["Message-ID"] != third["Message-ID"]
    assert first["Subject"] == second["Subject"]
    assert states(by_mail(robin)) == ["sent"] * 3


def test_a_digest_holds_what_came_until_its_hour(robin: User, server: Post) -> None:
    Manner.create(user=robin, digest_at="18:00")
    for key in "123":
        tell(robin, key)
    tell(robin, "r", "reminder")
    tell(robin, "s", "summary")
    deliver(by_mail(robin).id)
    # A reminder is worthless later, and a summary is a letter of its own.
    assert len(server.mails) == 2
    deliver(by_mail(robin).id, now() + 25 * HOUR)
    read = opened(server.mails[2])
    text = read.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert "3 news:" in text and text.count(LETTER.subject) == 3
    assert states(by_mail(robin)) == ["sent"] * 5


def test_a_digest_by_chat_names_all_that_it_holds(robin: User, hook: Web) -> None:
    chosen = by_hook(robin, hook)
    Manner.create(user=robin, digest_at="18:00")
    for number in range(5):
        data = {"subject": f"Company {number} makes you an offer", "intro": "It is about you."}
        Notification.tell(robin.id, "interview", str(number), data=data)
    deliver(chosen.id, now() + 25 * HOUR)
    said = str(hook.bodies)
    assert all(said.count(f"Company {number} makes you an offer") >= 1 for number in range(5)), said


def test_what_waits_for_a_way_that_was_switched_off_meanwhile_stays(robin: User, server: Post) -> None:
    tell(robin)
    channel = by_mail(robin)
    Channel.update(enabled=False).where(Channel.id == channel.id).execute()
    deliver(channel.id)
    assert server.mails == [] and Delivery.due_channels(now()) == []


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        ("2026-03-10T21:30", "2026-03-10T21:30"),
        ("2026-03-10T22:00", "2026-03-11T07:00"),
        ("2026-03-10T06:59", "2026-03-10T07:00"),
        # The night in which the clocks go forward.
        ("2026-03-28T23:00", "2026-03-29T06:00"),
    ],
)
def test_quiet_hours_are_the_users_own(robin: User, clock: str, due: str) -> None:
    Manner.create(user=robin, quiet_from="23:00", quiet_until="08:00")
    manner, zone = Manner.of(robin.id)
    at, then = (dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) for text in (clock, due))
    assert manner.when("interview", at, zone) == (then, False)
    assert manner.when("reminder", at, zone) == (at, False)


def test_only_what_is_wanted_goes_by_a_channel(robin: User, server: Post, hook: Web) -> None:
    chosen = by_hook(robin, hook)
    Preference.choose(chosen.id, "interview", False)
    tell(robin)
    # The employer's mail is in the same inbox: at first no mail of ours repeats it.
    tell(robin, "2", "status_change")
    assert [row.channel_id for row in Delivery.select().order_by(Delivery.id)] == [
        by_mail(robin).id,
        chosen.id,
    ]


def test_who_was_never_asked_gets_no_mail(env: dict[str, str]) -> None:
    imported = User.create(email="file@example.com")
    taken = User.create(google_sub="7", email="7+robin@example.com")
    for user in (imported, taken):
        tell(user)
    assert Delivery.select().count() == 0


def test_a_notification_is_not_made_without_its_deliveries(robin: User) -> None:
    with pytest.raises(RuntimeError), database.atomic():
        tell(robin)
        raise RuntimeError("a kill before the commit")
    assert Notification.select().count() == Delivery.select().count() == 0
    tell(robin)
    assert states(by_mail(robin)) == [DeliveryState.WAITING]


def test_tokens_are_not_readable_in_the_database(robin: User, hook: Web) -> None:
    Channel.add(robin.id, ChannelKind.CHAT, "tgram://123456789:topsecret/1", "Telegram")
    rows = database.execute_sql("SELECT * FROM channels").fetchall()
    assert "topsecret" not in str(rows)
