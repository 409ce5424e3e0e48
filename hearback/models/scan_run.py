"""The record of one fallback scan: how many mailboxes it looked at, and what came of it."""

import datetime as dt

from peewee import BigIntegerField

from hearback.models.base import Row, UtcField


class ScanRun(Row):
    """One scan of all mailboxes, done in chunks by many jobs.

    `scanned` mailboxes were looked at, of which `updated` had news that no push had brought and
    `failed` could not be read. It is finished when each of its chunks has reported.
    """

    started_at = UtcField(index=True)
    finished_at = UtcField(null=True)
    mailboxes = BigIntegerField(default=0)
    chunks = BigIntegerField(default=0)
    chunks_done = BigIntegerField(default=0)
    scanned = BigIntegerField(default=0)
    updated = BigIntegerField(default=0)
    failed = BigIntegerField(default=0)

    class Meta:
        table_name = "scan_runs"

    def close(self, chunks: int, mailboxes: int, at: dt.datetime) -> None:
        """Say how many chunks there are, once all are queued; some may have reported by then."""
        cls = type(self)
        cls.update(chunks=chunks, mailboxes=mailboxes).where(cls.id == self.id).execute()
        if chunks:
            cls._finish(self.id, at)
        else:
            cls.update(finished_at=at).where(cls.id == self.id).execute()

    @classmethod
    def report(cls, run_id: int, scanned: int, updated: int, failed: int, at: dt.datetime) -> None:
        """Add what one chunk found, in one update: chunks end side by side."""
        cls.update(
            chunks_done=cls.chunks_done + 1,
            scanned=cls.scanned + scanned,
            updated=cls.updated + updated,
            failed=cls.failed + failed,
        ).where(cls.id == run_id).execute()
        cls._finish(run_id, at)

    @classmethod
    def _finish(cls, run_id: int, at: dt.datetime) -> None:
        whole = (cls.chunks > 0) & (cls.chunks_done >= cls.chunks)
        cls.update(finished_at=at).where((cls.id == run_id) & whole & cls.finished_at.is_null()).execute()

    @classmethod
    def last(cls, number: int = 10) -> list["ScanRun"]:
        """The last scans, newest first."""
        return list(cls.select().order_by(cls.started_at.desc(), cls.id.desc()).limit(number))
