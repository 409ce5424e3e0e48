"""When what is due to whom: a user's own hours, the moments that a tick looks for, and follow-ups."""

import datetime as dt

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Database,
    DateField,
    DateTimeField,
    ForeignKeyField,
    Model,
)
from playhouse.migrate import SchemaMigrator

# Who is here already gets the next summary and report, not one of a time that has passed.
STARTED = dt.datetime.now(dt.UTC).replace(tzinfo=None)
COLUMNS = {
    "reminder_hour": CharField(max_length=5, default="09:00"),
    "summary_hour": CharField(max_length=5, default="10:00"),
    "report_hour": CharField(max_length=5, default="10:00"),
    "follow_up_days": BigIntegerField(default=7),
    "next_summary_at": DateTimeField(default=STARTED),
    "next_report_at": DateTimeField(default=STARTED),
}
# A tick reads what is due in pages, so that the id goes on where the moment is the same for many.
INDEXES = (
    ("users", ("next_summary_at", "id")),
    ("users", ("next_report_at", "id")),
    ("applications", ("follow_up_at", "id")),
    ("notifications", ("created_at",)),
)


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(
        *(migrator.add_column("users", name, field) for name, field in COLUMNS.items()),
        migrator.add_column("applications", "follow_up_at", DateTimeField(null=True)),
        migrator.add_column("periodic_runs", "told_due_at", DateTimeField(null=True)),
    )
    migrator.migrate(*(migrator.add_index(table, columns) for table, columns in INDEXES))
    # Each application is looked at once; what has waited for long by now is no news.
    db.execute_sql("UPDATE applications SET follow_up_at = changed_at")

    class User(Model):
        id = BigAutoField()

        class Meta:
            database = db
            table_name = "users"

    class Event(Model):
        id = BigAutoField()

        class Meta:
            database = db
            table_name = "events"

    class FollowUp(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        anchor = ForeignKeyField(Event, unique=True, on_delete="CASCADE")
        own_date = DateField(null=True)
        settled_date = DateField(null=True)
        never = BooleanField(default=False)

        class Meta:
            database = db
            table_name = "follow_ups"

    db.create_tables([FollowUp])


def down(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(migrator.drop_table("follow_ups"))
    migrator.migrate(
        *(migrator.drop_index(table, f"{table}_{'_'.join(columns)}") for table, columns in INDEXES),
        migrator.drop_column("periodic_runs", "told_due_at"),
        migrator.drop_column("applications", "follow_up_at"),
        *(migrator.drop_column("users", name) for name in COLUMNS),
    )
