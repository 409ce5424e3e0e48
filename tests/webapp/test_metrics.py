"""/metrics tells all that can be had, in Prometheus's form, to those who may know, and names nobody."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

from hearback.models import User, database, now
from jobs import metrics
from jobs.queues import queues, redis
from jobs.replay import replay
from tests.support import product, push_keys
from tests.support.service import ADDRESS, body
from tests.webapp import operating, story
from tests.webapp.reader import Reader
from webapp import create_app

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def app(database_url: str, redis_url: str) -> Iterator[Flask]:
    """The application on each of the databases, with an empty Redis."""
    with product.running(product.environment(database_url, redis_url)):
        yield create_app()


def scrape(client: FlaskClient) -> dict[str, float]:
    """Every sample as Prometheus reads it: name and labels, such as `hearback_up{part="redis"}`."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        sample.name + "".join(f"{{{k}={v}}}" for k, v in sorted(sample.labels.items())): sample.value
        for family in prometheus(answer.text)
        for sample in family.samples
    }


def test_the_counters_of_all_processes_stand_there(app: Flask) -> None:
    metrics.count("pushes_total", 3, outcome="queued")
    metrics.count("gmail_calls_total", method="history.list", outcome="ok")
    metrics.count("quarantined_total")
    for seconds in (0.02, 0.3, 4000):
        metrics.observe("lag_accept_analysed_seconds", seconds)
    metrics.flush()
    told = scrape(app.test_client())
    assert told["hearback_pushes_total{outcome=queued}"] == 3
    assert told["hearback_gmail_calls_total{method=history.list}{outcome=ok}"] == 1
    assert told["hearback_quarantined_total"] == 1
    lag = "hearback_lag_accept_analysed_seconds"
    assert [told[f"{lag}_bucket{{le={le}}}"] for le in ("0.01", "0.025", "0.5", "1800.0", "+Inf")] == [
        *(0, 1, 2, 2, 3)
    ]
    assert (told[f"{lag}_count"], told[f"{lag}_sum"]) == (3, pytest.approx(4000.32))


def test_a_flush_of_redis_is_a_counter_that_starts_anew(app: Flask) -> None:
    client = app.test_client()
    metrics.count("pushes_total", 9, outcome="queued")
    metrics.flush()
    before = scrape(client)["hearback_pushes_total{outcome=queued}"]
    redis().flushall()
    assert scrape(client)["hearback_up{part=redis}"] == 1
    metrics.count("pushes_total", outcome="queued")
    metrics.flush()
    assert scrape(client)["hearback_pushes_total{outcome=queued}"] == 1 < before


def test_mailboxes_mails_and_scans_are_counted_in_the_database(app: Flask) -> None:
    user = User.create(email="robin@example.com", google_sub="1")
    operating.troubled(user)
    told = scrape(app.test_client())
    assert told["hearback_mailboxes{state=connected}"] == 11
    assert told["hearback_mailboxes{state=disconnected}"] == 1
    assert told["hearback_watches_expiring_24h"] == 1
    assert told["hearback_watches_lapsed"] == 1
    assert told["hearback_mailboxes_behind"] == 1
    assert 14 * 60 <= told["hearback_oldest_unread_announcement_seconds"] < 15 * 60
    assert told["hearback_quarantined"] == 3
    assert told["hearback_history_gaps"] == 1
    assert told["hearback_scan_last_scanned"] == 128
    assert told["hearback_scan_last_updated"] == 1
    assert told["hearback_scan_last_failed"] == 0
    assert told["hearback_scan_last_seconds"] == pytest.approx(53)
    assert 42 * 60 <= told["hearback_scan_last_age_seconds"] < 43 * 60


def test_what_is_scheduled_proves_that_it_ran(app: Flask) -> None:
    operating.well()
    told = scrape(app.test_client())
    assert told["hearback_periodic_overdue{job=sweep}"] == 0
    assert now().timestamp() - told["hearback_periodic_success_timestamp_seconds{job=sweep}"] < 60
    assert told["hearback_heartbeat_age_seconds{process=scheduler}"] < 60
    assert told["hearback_heartbeat_age_seconds{process=worker}"] < 60
    operating.well(now() - DAY / 2)
    told = scrape(app.test_client())
    assert told["hearback_periodic_overdue{job=sweep}"] == 1
    assert told["hearback_heartbeat_age_seconds{process=worker}"] > 11 * 3600


def test_an_empty_service_is_told_of_as_well(app: Flask) -> None:
    told = scrape(app.test_client())
    assert told["hearback_up{part=database}"] == told["hearback_up{part=redis}"] == 1
    assert told["hearback_quarantined"] == told["hearback_oldest_unread_announcement_seconds"] == 0
    assert told["hearback_periodic_overdue{job=sweep}"] == 1


def test_queues_are_told_of_with_the_age_of_the_oldest_job(app: Flask) -> None:
    old = queues.mail.enqueue(replay, 1)
    redis().hset(old.key, "enqueued_at", f"{now() - 10 * MINUTE:%Y-%m-%dT%H:%M:%S.%fZ}")
    queues.mail.enqueue(replay, 2, at_front=True)
    queues.default.enqueue_in(MINUTE, replay, 3)
    told = scrape(app.test_client())
    assert told["hearback_queue_depth{queue=mail}"] == 2
    assert 600 <= told["hearback_queue_oldest_seconds{queue=mail}"] < 660
    assert told["hearback_scheduled_jobs{queue=default}"] == 1
    assert told["hearback_failed_jobs{queue=default}"] == 0
    assert told["hearback_quota_units_used{scope=project_day}"] == 0


@dataclass
class Pushed:
    """A service, what sends pushes to it, and who answers for Google's certificates."""

    client: FlaskClient
    push: Callable[[bytes], int]
    certs: push_keys.Certificates


@pytest.fixture
def pushed(sqlite_url: str, redis_url: str) -> Iterator[Pushed]:
    """Sends pushes as Pub/Sub does, to a service with one mailbox."""
    key, at = push_keys.new_key(), int(now().timestamp())
    env = product.environment(sqlite_url, redis_url)
    claims = {"iss": "https://accounts.google.com", "aud": env["PUSH_AUDIENCE"], "iat": at, "exp": at + 600}
    claims |= {"email": env["PUSH_SERVICE_ACCOUNT"], "email_verified": True, "sub": "1"}
    token = {"Authorization": f"Bearer {push_keys.token(key, claims)}"}
    with (
        push_keys.published({"k1": push_keys.certificate(key)}) as certs,
        product.running(env | {"PUSH_CERTS_URL": certs.url}),
    ):
        client = create_app().test_client()
        with database.connection_context():
            story.mailbox(User.create(email=ADDRESS), history_id=10)

        def push(data: bytes) -> int:
            return client.post("/push/gmail", data=data, headers=token).status_code

        yield Pushed(client, push, certs)


def test_a_push_counts_by_what_became_of_it(pushed: Pushed) -> None:
    assert pushed.push(body(ADDRESS, 20)) == 204
    assert pushed.push(body(ADDRESS, 21)) == 204
    metrics.flush()
    told = scrape(pushed.client)
    assert told["hearback_pushes_total{outcome=queued}"] == 1
    assert told["hearback_pushes_total{outcome=coalesced}"] == 1
    redis().flushdb()
    assert pushed.push(body(ADDRESS, 7)) == 204
    assert pushed.push(body("nobody@example.com", 7)) == 204
    assert pushed.push(b"{}") == 204
    assert pushed.client.post("/push/gmail", data=b"{}").status_code == 401
    with database.connection_context():
        database.execute_sql("ALTER TABLE mailboxes RENAME TO mailboxes_gone")
    assert pushed.push(body(ADDRESS, 30)) == 503
    metrics.flush()
    counted = metrics.snapshot().counters
    for outcome in ("unknown", "undecodable", "forged", "stale", "deferred"):
        assert counted["pushes_total", (("outcome", outcome),)] == 1, outcome


def test_a_push_without_certificates_counts_as_such(pushed: Pushed) -> None:
    pushed.certs.status = 503
    assert pushed.push(body(ADDRESS, 20)) == 503
    metrics.flush()
    assert metrics.snapshot().counters == {("pushes_total", (("outcome", "no_certificates"),)): 1}


def test_a_push_tells_how_long_google_took_where_it_says_when_it_was_published(pushed: Pushed) -> None:
    envelope = json.loads(body(ADDRESS, 20))
    for published in (f"{now() - 2 * MINUTE:%Y-%m-%dT%H:%M:%S.%fZ}", "yesterday", None):
        envelope["message"]["publishTime"] = published
        assert pushed.push(json.dumps(envelope).encode()) == 204
    metrics.flush()
    told = scrape(pushed.client)
    assert told["hearback_lag_publish_accept_seconds_count"] == 1
    assert 120 <= told["hearback_lag_publish_accept_seconds_sum"] < 180


def test_nothing_there_names_a_person_or_a_mail(app: Flask) -> None:
    user = User.create(email="robin@example.com", google_sub="1")
    operating.troubled(user)
    text = app.test_client().get("/metrics").text
    assert "@" not in text
    assert "19c0" not in text
    for meant in metrics.MEANINGS.values():
        assert "@" not in meant


def test_both_forms_of_prometheus_can_be_read(app: Flask) -> None:
    metrics.count("mails_total", category="offer")
    metrics.observe("sync_seconds", 0.2)
    metrics.flush()
    accepted = {"Accept": "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"}
    answer = app.test_client().get("/metrics", headers=accepted)
    assert answer.content_type.startswith("application/openmetrics-text")
    names = {family.name for family in open_metrics(answer.text)}
    assert {"hearback_mails", "hearback_sync_seconds", "hearback_up"} <= names


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"X-Real-IP": "203.0.113.9"},
    ],
)
def test_a_proxy_on_this_machine_is_not_this_machine(app: Flask, headers: dict[str, str]) -> None:
    assert app.test_client().get("/metrics", headers=headers).status_code == 403


def test_others_are_told_how_to_come_in(app: Flask) -> None:
    for near in ({"REMOTE_ADDR": "::1"}, {"REMOTE_ADDR": "::ffff:127.0.0.1"}, {}):
        assert app.test_client().get("/metrics", environ_base=near).status_code == 200
    answer = app.test_client().get("/metrics", environ_base=ELSEWHERE)
    assert answer.status_code == 403
    assert "METRICS_TOKEN" in answer.text
    assert "hearback_" not in answer.text


def test_an_admin_sees_it_from_anywhere_and_another_user_does_not(robin: Reader, mallory: Reader) -> None:
    assert robin.client.get("/metrics", environ_base=ELSEWHERE).status_code == 200
    assert mallory.client.get("/metrics", environ_base=ELSEWHERE).status_code == 403


def test_with_a_token_only_the_token_opens(sqlite_url: str, redis_url: str) -> None:
    env = product.environment(sqlite_url, redis_url) | {"METRICS_TOKEN": "s3cret"}
    with product.running(env):
        client = create_app().test_client()
        for wrong in ("", "Bearer", "Bearer ", "Bearer s3cre", "Bearer s3cretä", "s3cret"):
            headers = {"Authorization": wrong.encode("utf-8").decode("latin-1")}
            assert client.get("/metrics", headers=headers).status_code == 403, wrong
        right = {"Authorization": "Bearer s3cret"}
        assert client.get("/metrics", headers=right, environ_base=ELSEWHERE).status_code == 200


def test_behind_a_router_the_sender_is_who_it_says(sqlite_url: str, redis_url: str) -> None:
    env = product.environment(sqlite_url, redis_url) | {"BASE_URL": "https://hearback.example.com"}
    with product.running(env):
        client = create_app().test_client()
        assert client.get("/metrics").status_code == 200
        for claimed in ("127.0.0.1", "127.0.0.1, 203.0.113.9"):
            assert client.get("/metrics", headers={"X-Forwarded-For": claimed}).status_code == 403


def test_without_redis_the_rest_is_told(sqlite_url: str) -> None:
    with product.running(product.environment(sqlite_url, "redis://127.0.0.1:1/0")):
        client = create_app().test_client()
        story.mailbox(User.create(email="robin@example.com", google_sub="1"))
        told = scrape(client)
        assert told["hearback_up{part=redis}"] == 0
        assert told["hearback_up{part=database}"] == 1
        assert told["hearback_mailboxes{state=connected}"] == 1
        assert client.get("/readyz").status_code == 503


def test_without_the_database_the_rest_is_told(sqlite_url: str, redis_url: str) -> None:
    with product.running(product.environment(sqlite_url, redis_url)):
        client = create_app().test_client()
        metrics.count("pushes_total", outcome="deferred")
        metrics.flush()
        product.base.connect("postgresql://127.0.0.1:1/none")
        told = scrape(client)
        assert told["hearback_up{part=database}"] == 0
        assert told["hearback_up{part=redis}"] == 1
        assert told["hearback_pushes_total{outcome=deferred}"] == 1
        assert client.get("/metrics", environ_base=ELSEWHERE).status_code == 403
        assert client.get("/readyz").status_code == 503
