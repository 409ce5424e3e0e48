"""Proof that what is scheduled ran: the last runs of each periodic job, and who is alive."""

import datetime as dt

from peewee import BigIntegerField, CharField, TextField

from hearback.models.base import Row, UtcField


class PeriodicRun(Row):
    """One periodic job: when it last began, ended well, failed, and is due again."""

    name = CharField(max_length=64, unique=True)
    started_at = UtcField(null=True)
    succeeded_at = UtcField(null=True)
    failed_at = UtcField(null=True)
    error = TextField(null=True)
    due_at = UtcField(null=True)
    # The due moment of which operators were told that it passed without a run: once for each outage.
    told_due_at = UtcField(null=True)
    runs = BigIntegerField(default=0)

    class Meta:
        table_name = "periodic_runs"

    @classmethod
    def expect(cls, name: str, due: dt.datetime) -> None:
        """Note that a job that has never run is due, so that it can be seen to be late."""
        cls.insert(name=name, due_at=due).on_conflict_ignore().execute()

    @classmethod
    def started(cls, name: str, at: dt.datetime, due: dt.datetime) -> None:
        """Note a start, and when the next one is due."""
        cls._note(name, started_at=at, due_at=due)
        cls.update(runs=cls.runs + 1).where(cls.name == name).execute()

    @classmethod
    def succeeded(cls, name: str, at: dt.datetime) -> None:
        """Note that the run ended well."""
        cls._note(name, succeeded_at=at)

    @classmethod
    def failed(cls, name: str, at: dt.datetime, error: str) -> None:
        """Note that the run failed, with the error's kind."""
        cls._note(name, failed_at=at, error=error)

    @classmethod
    def _note(cls, name: str, **values: object) -> None:
        cls.insert(name=name, **values).on_conflict(conflict_target=[cls.name], update=values).execute()


class Heartbeat(Row):
    """A process that must live: the scheduler, and each worker."""

    name = CharField(max_length=128, unique=True)
    beat_at = UtcField()

    class Meta:
        table_name = "heartbeats"

    @classmethod
    def beat(cls, name: str, at: dt.datetime) -> None:
        """Note that `name` is alive at `at`."""
        cls.insert(name=name, beat_at=at).on_conflict(
            conflict_target=[cls.name], update={"beat_at": at}
        ).execute()

    @classmethod
    def forget(cls, before: dt.datetime) -> None:
        """Drop those that have been silent since `before`: each worker has a name of its own."""
        cls.delete().where(cls.beat_at < before).execute()
