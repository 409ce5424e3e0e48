"""Interviews as rows, and the calendars that they go to."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Database,
    DateTimeField,
    ForeignKeyField,
    Model,
    TextField,
)
from playhouse.migrate import SchemaMigrator

# Applications that are here already get their rows when the clock passes them, which this makes due now.
DUE = "UPDATE applications SET clock_due_at = changed_at WHERE CAST(interviews AS TEXT) <> '[]'"


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(migrator.add_column("users", "hour_before", BooleanField(default=True)))

    class Base(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class User(Base):
        class Meta:
            table_name = "users"

    class Mailbox(Base):
        class Meta:
            table_name = "mailboxes"

    class Application(Base):
        class Meta:
            table_name = "applications"

    class Event(Base):
        class Meta:
            table_name = "events"

    class Meeting(Base):
        user = ForeignKeyField(User, on_delete="CASCADE")
        application = ForeignKeyField(Application, on_delete="CASCADE")
        key = CharField(max_length=40)
        uid = CharField(max_length=32, unique=True)
        state = CharField(max_length=12)
        start = DateTimeField()
        end = DateTimeField()
        zone = CharField(max_length=64, null=True)
        link = TextField(null=True)
        interviewer = CharField(null=True)
        place = CharField(null=True)
        moved_from = DateTimeField(null=True)
        event = ForeignKeyField(Event, null=True, on_delete="SET NULL")
        sequence = BigIntegerField(default=0)
        changed_at = DateTimeField()

        class Meta:
            table_name = "interviews"
            indexes = (
                (("application", "key"), True),
                (("user", "start"), False),
                (("state", "start"), False),
            )

    class CalendarFeed(Base):
        user = ForeignKeyField(User, unique=True, on_delete="CASCADE")
        token_hash = CharField(max_length=64, unique=True)
        made_at = DateTimeField()
        content_hash = CharField(max_length=64, default="")
        changed_at = DateTimeField()
        read_at = DateTimeField(null=True)

        class Meta:
            table_name = "calendar_feeds"

    class CalendarLink(Base):
        mailbox = ForeignKeyField(Mailbox, unique=True, on_delete="CASCADE")
        on = BooleanField(default=True)
        error = TextField(null=True)

        class Meta:
            table_name = "calendar_links"

    class CalendarEntry(Base):
        mailbox = ForeignKeyField(Mailbox, on_delete="CASCADE")
        uid = CharField(max_length=32)
        written = BigIntegerField(default=-1)
        claimed_until = DateTimeField(null=True)

        class Meta:
            table_name = "calendar_entries"
            indexes = ((("mailbox", "uid"), True),)

    db.create_tables([Meeting, CalendarFeed, CalendarLink, CalendarEntry])
    db.execute_sql(DUE)


def down(migrator: SchemaMigrator, db: Database) -> None:
    tables = ("calendar_entries", "calendar_links", "calendar_feeds", "interviews")
    migrator.migrate(*map(migrator.drop_table, tables))
    migrator.migrate(migrator.drop_column("users", "hour_before"))
