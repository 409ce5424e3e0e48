"""What /metrics tells: the counters of Redis, and what database and queues hold just now."""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext

from peewee import PeeweeException
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString
from redis.exceptions import RedisError

from hearback.logs import event
from hearback.models import database, now
from jobs import metrics, quota
from webapp import board_facts, facts

log = logging.getLogger(__name__)

PREFIX = "hearback_"
Labels = tuple[tuple[str, str], ...]


class Everything(Collector):
    """All metrics, read anew at each scrape; a part that does not answer is left out, and `up` says so."""

    def collect(self) -> Iterator[Metric]:
        """What Redis and the database tell."""
        at = now()
        up = GaugeMetricFamily(f"{PREFIX}up", "Whether this part answers.", labels=["part"])
        parts: tuple[tuple[str, Iterable[Metric], AbstractContextManager[object]], ...] = (
            ("redis", _of_redis(at), nullcontext()),
            ("database", _of_database(at), database.connection_context()),
        )
        for part, families, opened in parts:
            try:
                with opened:
                    yield from list(families)
            except (RedisError, PeeweeException) as fault:
                log.warning(event("metrics.without", part=part, fault=type(fault).__name__))
                up.add_metric([part], 0)
            else:
                up.add_metric([part], 1)
        yield up


def _of_redis(at: dt.datetime) -> Iterator[Metric]:
    known = metrics.snapshot()
    yield from _counters(known)
    yield from _times(known)
    waiting = facts.waiting()
    yield _gauge("queue_depth", "Jobs that wait.", "queue", {q.name: q.depth for q in waiting})
    ages = {q.name: _age(at, q.oldest_at) for q in waiting}
    yield _gauge("queue_oldest_seconds", "How long the oldest job has waited.", "queue", ages)
    scheduled = {q.name: q.scheduled for q in waiting}
    yield _gauge("scheduled_jobs", "Jobs that come later, most of them tries again.", "queue", scheduled)
    yield _gauge("failed_jobs", "Jobs that failed for good.", "queue", {q.name: q.failed for q in waiting})
    yield _gauge("quota_units_used", "Gmail's units spent now and today.", "scope", quota.used(at))


def _of_database(at: dt.datetime) -> Iterator[Metric]:
    boxes = facts.mailboxes(at)
    yield _gauge("mailboxes", "Mailboxes by state.", "state", boxes.states)
    yield _one("watches_expiring_24h", "Watches that end within a day.", boxes.expiring)
    yield _one("watches_lapsed", "Connected mailboxes that Gmail does not watch.", boxes.lapsed)
    yield _one("mailboxes_behind", "Mailboxes of which a push announced more than was read.", boxes.behind)
    age = _age(at, boxes.unread_since)
    yield _one("oldest_unread_announcement_seconds", "Age of the oldest push that no look followed.", age)
    yield _one("quarantined", "Mails that are set aside.", facts.quarantined())
    yield _one("history_gaps", "Stretches that Gmail's history no longer held.", facts.gaps())
    yield from _scan(at)
    yield from _ledger(at)
    beats = {beat.kind: _age(at, beat.at) for beat in reversed(facts.beats(at))}
    yield _gauge("heartbeat_age_seconds", "Since the latest sign of life.", "process", beats)
    yield from board_facts.measures(at)


def _scan(at: dt.datetime) -> Iterator[Metric]:
    run = facts.last_scan()
    if run is None:
        return
    took = (run.finished_at - run.started_at).total_seconds()
    yield _one("scan_last_scanned", "Mailboxes that the last finished scan looked at.", run.scanned)
    yield _one("scan_last_updated", "Of these, with mail that no push had brought.", run.updated)
    yield _one("scan_last_failed", "Of these, not to be read.", run.failed)
    yield _one("scan_last_seconds", "How long the last finished scan took.", took)
    yield _one("scan_last_age_seconds", "Since the last finished scan began.", _age(at, run.started_at))


def _ledger(at: dt.datetime) -> Iterator[Metric]:
    rows = facts.ledger(at)
    for name, words, moments in (
        ("start", "When the job last began.", {row.name: row.started_at for row in rows}),
        ("success", "When it last ended well.", {row.name: row.succeeded_at for row in rows}),
        ("failure", "When it last failed.", {row.name: row.failed_at for row in rows}),
        ("due", "When it is due again.", {row.name: row.due_at for row in rows}),
    ):
        stamps = {job: moment.timestamp() for job, moment in moments.items() if moment}
        yield _gauge(f"periodic_{name}_timestamp_seconds", words, "job", stamps)
    overdue = {row.name: int(row.overdue) for row in rows}
    yield _gauge("periodic_overdue", "Whether it should have run and did not.", "job", overdue)


def _counters(known: metrics.Snapshot) -> Iterator[Metric]:
    for name, series in _by_name(known.counters).items():
        words = metrics.MEANINGS.get(name, name)
        family = CounterMetricFamily(PREFIX + name, words, labels=_label_names(series))
        for labels in series:
            family.add_metric(_values(labels, series), known.counters[name, labels])
        yield family


def _times(known: metrics.Snapshot) -> Iterator[Metric]:
    for name, series in _by_name(known.times).items():
        words = metrics.MEANINGS.get(name, name)
        family = HistogramMetricFamily(PREFIX + name, words, labels=_label_names(series))
        for labels in series:
            times, total, buckets = known.times[name, labels], 0.0, []
            for bound in sorted(times.counts, key=float):
                total += times.counts[bound]
                buckets.append((floatToGoString(bound), total))
            family.add_metric(_values(labels, series), buckets, times.seconds)
        yield family


def _by_name(found: Iterable[metrics.Series]) -> dict[str, list[Labels]]:
    grouped: defaultdict[str, list[Labels]] = defaultdict(list)
    for name, labels in sorted(found):
        grouped[name].append(labels)
    return grouped


def _label_names(series: list[Labels]) -> list[str]:
    return sorted({name for labels in series for name, _ in labels})


def _values(labels: Labels, series: list[Labels]) -> list[str]:
    known = dict(labels)
    return [known.get(name, "") for name in _label_names(series)]


def _gauge(name: str, words: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(PREFIX + name, words, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family


def _one(name: str, words: str, number: float) -> Metric:
    return GaugeMetricFamily(PREFIX + name, words, value=number)


def _age(at: dt.datetime, since: dt.datetime | None) -> float:
    """Seconds since then; 0 where there is nothing that could be old."""
    return max(0.0, (at - since).total_seconds()) if since else 0.0
