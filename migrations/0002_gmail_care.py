"""What months of a real Gmail need: how the first reading goes, what the watch and the scans did."""

from peewee import BigAutoField, BigIntegerField, Database, DateTimeField, Model, TextField
from playhouse.migrate import SchemaMigrator

COLUMNS = {
    "scopes": TextField(default=""),
    "backfill_total": BigIntegerField(null=True),
    "backfill_done": BigIntegerField(default=0),
    "backfill_began_at": DateTimeField(null=True),
    "watch_error": TextField(null=True),
    "watch_tried_at": DateTimeField(null=True),
    "missed_at": DateTimeField(null=True),
}


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(*(migrator.add_column("mailboxes", name, field) for name, field in COLUMNS.items()))

    class ScanRun(Model):
        id = BigAutoField()
        started_at = DateTimeField(index=True)
        finished_at = DateTimeField(null=True)
        mailboxes = BigIntegerField(default=0)
        chunks = BigIntegerField(default=0)
        chunks_done = BigIntegerField(default=0)
        scanned = BigIntegerField(default=0)
        updated = BigIntegerField(default=0)
        failed = BigIntegerField(default=0)

        class Meta:
            database = db
            table_name = "scan_runs"

    db.create_tables([ScanRun])
    # Nearly all messages are read; what is set aside is counted at each look at the service's health.
    db.execute_sql("CREATE INDEX messages_quarantined ON messages (id) WHERE state = 'quarantined'")


def down(migrator: SchemaMigrator, db: Database) -> None:
    db.execute_sql("DROP INDEX messages_quarantined")
    migrator.migrate(migrator.drop_table("scan_runs"))
    migrator.migrate(*(migrator.drop_column("mailboxes", name) for name in COLUMNS))
