"""The pull process: what it acknowledges is durable, and what is not durable comes again."""

import datetime as dt
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from hearback.models import Heartbeat, Mailbox, User, database, now
from jobs import marks, metrics
from jobs.queues import queues
from jobs.sync_mailbox import sync_mailbox
from tests.support import product, servers
from tests.support.fake_pubsub import FakePubSub, fake_pubsub
from tests.support.servers import wait_until
from tests.support.service import ACKNOWLEDGED, ADDRESS, REJECTED, Service, connect, told
from tools.ports import any_free
from tools.redis_binary import find_redis_server

TOPIC = "projects/sandbox/topics/gmail"
SUBSCRIPTION = "projects/sandbox/subscriptions/gmail"


@dataclass
class Pulled:
    """A product without a web process, and the Pub/Sub that it pulls from."""

    google: FakePubSub
    env: dict[str, str]
    log: Path

    @contextmanager
    def pull(self, *arguments: str, **changed: str) -> Iterator[subprocess.Popen[bytes]]:
        """The pull process as the Procfile starts it, or a variant of it, listening."""
        streams = self.google.streams
        command = [sys.executable, *(arguments or ("-m", "jobs.pull"))]
        with servers.process(command, self.log, env=self.env | changed) as started:

            def listens() -> bool:
                return self.google.streams > streams

            servers.await_start(started, self.log, listens, "the pull process listens")
            yield started

    def publish(self, address: str, history_id: object) -> str:
        data = json.dumps({"emailAddress": address, "historyId": history_id})
        return self.google.publish(TOPIC, data.encode())

    def publish_and_see_begun(self) -> str:
        """Publish, and return once the process has asked Redis, which it does before the database."""
        with Redis.from_url(self.env["REDIS_URL"]) as client:
            client.config_resetstat()
            message = self.publish(ADDRESS, 20)
            wait_until(lambda: "cmdstat_evalsha" in client.info("commandstats"), "the message begun")
        return message

    def taken(self, message: str) -> bool:
        return message in self.google.acked

    def announced(self) -> int:
        return int(Mailbox.get().notified_history_id)


@contextmanager
def pulled(env: dict[str, str], folder: Path) -> Iterator[Pulled]:
    with fake_pubsub() as google:
        google.subscribe(SUBSCRIPTION, TOPIC)
        own = {"PUBSUB_SUBSCRIPTION": SUBSCRIPTION, "PUBSUB_EMULATOR_HOST": google.host}
        yield Pulled(google, env | own, folder / "pull.log")


@contextmanager
def product_here(database_url: str, redis_url: str, folder: Path) -> Iterator[Pulled]:
    env = product.environment(database_url, redis_url)
    with product.running(env), database.connection_context(), pulled(env, folder) as made:
        Mailbox.create(user=User.create(email=ADDRESS), address=ADDRESS, history_id=10)
        yield made


@pytest.fixture
def here(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Pulled]:
    """On both databases: for what is durable."""
    with product_here(database_url, redis_url, tmp_path) as made:
        yield made


@pytest.fixture
def streamed(sqlite_url: str, redis_url: str, tmp_path: Path) -> Iterator[Pulled]:
    """On one database: for what concerns the stream and not the rows."""
    with product_here(sqlite_url, redis_url, tmp_path) as made:
        yield made


def test_a_message_is_acknowledged_once_it_is_durable(here: Pulled) -> None:
    with here.pull() as process:
        message = here.publish(ADDRESS.upper(), "20")
        wait_until(lambda: here.taken(message), "the acknowledgement")
        assert here.announced() == 20
        assert [job.args for job in queues.mail.get_jobs()] == [[Mailbox.get().id]]
        assert Heartbeat.get(Heartbeat.name == "pull").beat_at is not None
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert here.google.delivered[message] == 1
    assert metrics.snapshot().counters["pushes_total", (("outcome", "queued"),)] == 1
    assert told(here.log, "pull.stopped") == [{"finished": "True"}]


def test_what_no_retry_would_mend_is_acknowledged_with_one_line(here: Pulled) -> None:
    with here.pull():
        bad = [here.google.publish(TOPIC, b"hello"), here.publish(ADDRESS, "many")]
        unknown = here.publish("nobody@example.com", 20)
        wait_until(lambda: all(map(here.taken, [*bad, unknown])), "the acknowledgements")
    assert len(told(here.log, "pull.undecodable")) == 2
    assert len(told(here.log, "pull.unknown_address")) == 1
    assert "nobody@example.com" not in here.log.read_text()
    assert here.announced() == 0 and queues.mail.is_empty()


@contextmanager
def redis_at(port: int, folder: Path) -> Iterator[Redis]:
    """A Redis on a port of the test's choice, so that it can come back where it was."""
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    log = folder / "redis.log"
    with (
        servers.process([str(find_redis_server()), *options], log) as started,
        Redis(port=port) as client,
    ):

        def answers() -> bool:
            try:
                return bool(client.ping())
            except RedisConnectionError:
                return False

        servers.await_start(started, log, answers, "redis-server answers")
        yield client


def test_what_came_while_redis_was_away_is_taken_once_it_is_back(here: Pulled, tmp_path: Path) -> None:
    port = any_free()
    with here.pull(REDIS_URL=f"redis://127.0.0.1:{port}/0"):
        with redis_at(port, tmp_path):
            first = here.publish(ADDRESS, 20)
            wait_until(lambda: here.taken(first), "the first message taken")
        message = here.publish(ADDRESS, 30)
        wait_until(lambda: here.google.nacked[message] > 0, "the second message given back")
        assert not here.taken(message)
        with redis_at(port, tmp_path) as client:
            wait_until(lambda: here.taken(message), "the second message taken")
            assert here.announced() == 30 and client.llen("rq:queue:mail") == 1
    assert told(here.log, "pull.deferred")


def test_what_came_while_the_database_was_broken_is_taken_once_it_is_mended(here: Pulled) -> None:
    with here.pull():
        database.execute_sql("ALTER TABLE mailboxes RENAME TO mailboxes_gone")
        message = here.publish(ADDRESS, 20)
        wait_until(lambda: here.google.nacked[message] > 0, "the message given back")
        assert not here.taken(message) and queues.mail.is_empty()
        database.execute_sql("ALTER TABLE mailboxes_gone RENAME TO mailboxes")
        wait_until(lambda: here.taken(message), "the message taken")
    assert here.announced() == 20 and len(queues.mail) == 1


def test_what_a_killed_process_held_is_taken_by_the_next(here: Pulled) -> None:
    # Whoever wants to write the mailbox waits for this transaction, and dies waiting.
    with here.pull() as process, database.atomic() as writing:
        Mailbox.update(last_error="held").execute()
        message = here.publish_and_see_begun()
        process.kill()
        process.wait(30)
        writing.rollback()
    assert not here.taken(message) and queues.mail.is_empty()
    with here.pull():
        here.google.advance(60)
        wait_until(lambda: here.taken(message), "the message taken")
    assert here.google.delivered[message] == 2
    assert here.announced() == 20 and len(queues.mail) == 1


def test_a_message_whose_acknowledgement_was_lost_counts_once(here: Pulled) -> None:
    here.google.deaf = True
    with here.pull() as process:
        message = here.publish(ADDRESS, 20)
        wait_until(lambda: len(queues.mail) == 1, "the job")
        process.kill()
        process.wait(30)
    here.google.deaf = False
    with here.pull():
        here.google.advance(60)
        wait_until(lambda: here.taken(message), "the message taken again")
    assert here.announced() == 20 and len(queues.mail) == 1


# The library mends the first kind by itself, and leaves the second to us.
@pytest.mark.parametrize(("code", "ours"), [("UNAVAILABLE", []), ("CANCELLED", [("Unreachable", "1.0")])])
def test_a_stream_that_breaks_is_opened_again(
    streamed: Pulled, code: str, ours: list[tuple[str, str]]
) -> None:
    streamed.google.broken_streams = [grpc.StatusCode[code]]
    with streamed.pull():
        message = streamed.publish(ADDRESS, 20)
        wait_until(lambda: streamed.taken(message), "the message taken")
    lost = [(line["fault"], line["wait"]) for line in told(streamed.log, "pull.stream_lost")]
    assert lost == ours


def test_a_stream_is_renewed_now_and_then_and_nothing_is_missed(streamed: Pulled) -> None:
    hasty = "from jobs import pull; pull.RENEW_SECONDS = 0.1; pull.main()"
    with streamed.pull("-c", hasty) as process:
        messages = []
        for wanted in range(2, 5):
            messages.append(streamed.publish(ADDRESS, 20 + wanted))
            wait_until(lambda wanted=wanted: streamed.google.streams >= wanted, "the next stream")
        # What the library gave back, or a closed stream took along, comes again.
        streamed.google.advance(60)
        wait_until(lambda: all(map(streamed.taken, messages)), "all messages taken")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    # The first queued the job, and the others raised what it must reach.
    assert len(queues.mail) == 1 and marks.look(Mailbox.get().id) == 24


def test_messages_begun_before_the_end_are_finished(here: Pulled) -> None:
    with here.pull() as process:
        with database.atomic() as writing:
            Mailbox.update(last_error="held").execute()
            message = here.publish_and_see_begun()
            process.send_signal(signal.SIGTERM)
            writing.rollback()
        assert process.wait(30) == 0
    assert here.taken(message) and here.announced() == 20


REFUSALS = {
    "Missing setting: PUBSUB_SUBSCRIPTION": {"PUBSUB_SUBSCRIPTION": ""},
    "Resource not found (resource=other)": {"PUBSUB_SUBSCRIPTION": f"{SUBSCRIPTION}/../other"},
}


@pytest.mark.parametrize("words", REFUSALS)
def test_what_only_a_person_can_mend_ends_the_process_with_words(streamed: Pulled, words: str) -> None:
    status, said = ended(streamed, REFUSALS[words])
    assert status == 1 and words in said


def test_a_missing_permission_ends_the_process_with_its_name(streamed: Pulled) -> None:
    streamed.google.denied = {"pubsub.subscriptions.consume"}
    status, said = ended(streamed, {})
    assert status == 1 and f"pubsub.subscriptions.consume on {SUBSCRIPTION}" in said


def test_a_push_subscription_is_not_pulled_but_said(streamed: Pulled) -> None:
    streamed.google.subscriptions[
        SUBSCRIPTION
    ].push_config.push_endpoint = "https://hearback.example/push/gmail"
    status, said = ended(streamed, {})
    assert status == 1 and "gmail setup --pull" in said


def test_it_can_be_stopped_while_pubsub_is_away(streamed: Pulled) -> None:
    away = streamed.env | {"PUBSUB_EMULATOR_HOST": f"127.0.0.1:{any_free()}"}
    with servers.process([sys.executable, "-m", "jobs.pull"], streamed.log, env=away) as process:
        wait_until(lambda: "pull.opened" in streamed.log.read_text(), "the start")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def ended(here: Pulled, changed: dict[str, str]) -> tuple[int, str]:
    """Exit status and output of a pull process that ends by itself."""
    with servers.process([sys.executable, "-m", "jobs.pull"], here.log, env=here.env | changed) as process:
        return process.wait(30), here.log.read_text()


def test_a_pulled_message_changes_a_status(made: Service, tmp_path: Path) -> None:
    mailbox = connect(made)
    Mailbox.update(backfilled_at=now(), watch_expires_at=now() + dt.timedelta(days=7)).execute()
    sync_mailbox(mailbox.id)
    with pulled(made.env, tmp_path) as here, here.pull(), made.worker():
        for text, status in ((ACKNOWLEDGED, "applied"), (REJECTED, "rejected")):
            made.tell("Your application", text)
            here.publish(ADDRESS, made.google.account(ADDRESS)["historyId"])
            wanted = [("Acme Robotics", status)]
            wait_until(lambda wanted=wanted: made.statuses() == wanted, f"the status {status}")
