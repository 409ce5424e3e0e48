"""The first tables; frozen copies, which do not follow the models of later code."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Database,
    DateTimeField,
    ForeignKeyField,
    JSONField,
    Model,
    TextField,
)
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class User(Model):
        id = BigAutoField()
        google_sub = CharField(unique=True, null=True)
        email = CharField(unique=True, max_length=320)
        name = CharField(default="")
        timezone = CharField(max_length=64, default="UTC")
        timezone_chosen = BooleanField(default=False)
        version = BigIntegerField(default=0)
        seen_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            database = db
            table_name = "users"

    db.create_tables([User])

    class MailGroup(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "mail_groups"

    db.create_tables([MailGroup])

    class Mailbox(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        address = CharField(index=True, max_length=320)
        state = CharField(max_length=16, default="connected")
        refresh_token = TextField(null=True)
        access_token = TextField(null=True)
        access_expires_at = DateTimeField(null=True)
        history_id = BigIntegerField(null=True)
        notified_history_id = BigIntegerField(default=0)
        notified_at = DateTimeField(null=True)
        watch_expires_at = DateTimeField(null=True)
        last_sync_at = DateTimeField(null=True)
        last_error = TextField(null=True)
        backfill_token = TextField(null=True)
        backfill_found = BigIntegerField(default=0)
        backfill_at = DateTimeField(null=True)
        backfilled_at = DateTimeField(null=True)
        connected_at = DateTimeField()

        class Meta:
            database = db
            table_name = "mailboxes"
            indexes = ((("user", "address"), True),)

    db.create_tables([Mailbox])

    class Message(Model):
        id = BigAutoField()
        mailbox = ForeignKeyField(Mailbox, on_delete="CASCADE")
        gmail_id = CharField(max_length=80)
        received_at = DateTimeField()
        category = CharField(max_length=32)
        state = CharField(max_length=16, default="read")
        reason = CharField(null=True)

        class Meta:
            database = db
            table_name = "messages"
            indexes = ((("mailbox", "gmail_id"), True), (("mailbox", "received_at"), False))

    db.create_tables([Message])

    class Event(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        group = ForeignKeyField(MailGroup, on_delete="CASCADE")
        kind = CharField(max_length=16)
        happened_at = DateTimeField()
        tiebreak = CharField(max_length=80)
        message = ForeignKeyField(Message, unique=True, null=True, on_delete="CASCADE")
        data = JSONField()
        application_id = BigIntegerField(null=True)
        effect = CharField(null=True, max_length=24)
        standing = CharField(max_length=16, default="counts")
        created_at = DateTimeField()

        class Meta:
            database = db
            table_name = "events"
            indexes = (
                (("group", "happened_at", "tiebreak"), False),
                (("application_id", "happened_at"), False),
                (("user", "kind", "tiebreak"), False),
            )

    db.create_tables([Event])

    class Application(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        group = ForeignKeyField(MailGroup, on_delete="CASCADE")
        anchor = ForeignKeyField(Event, unique=True, on_delete="CASCADE")
        company = CharField(null=True)
        role = CharField(null=True)
        requisition = CharField(null=True, max_length=80)
        status = CharField(max_length=24)
        status_event = ForeignKeyField(Event, null=True, on_delete="SET NULL")
        status_at = DateTimeField()
        began_at = DateTimeField()
        last_event_at = DateTimeField()
        interviews = JSONField(default=list)
        completed_at = JSONField(default=list)
        clock_due_at = DateTimeField(index=True, null=True)
        changed_at = DateTimeField()

        class Meta:
            database = db
            table_name = "applications"
            indexes = ((("user", "changed_at"), False),)

    db.create_tables([Application])

    class Heartbeat(Model):
        id = BigAutoField()
        name = CharField(unique=True, max_length=128)
        beat_at = DateTimeField()

        class Meta:
            database = db
            table_name = "heartbeats"

    db.create_tables([Heartbeat])

    class HistoryGap(Model):
        id = BigAutoField()
        mailbox = ForeignKeyField(Mailbox, on_delete="CASCADE")
        from_history_id = BigIntegerField()
        to_history_id = BigIntegerField()
        from_at = DateTimeField()
        to_at = DateTimeField()
        found = BigIntegerField(default=0)

        class Meta:
            database = db
            table_name = "history_gaps"
            indexes = ((("mailbox", "from_history_id"), True),)

    db.create_tables([HistoryGap])

    class Link(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        key = CharField(max_length=160)
        group = ForeignKeyField(MailGroup, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "links"
            indexes = ((("user", "key"), True),)

    db.create_tables([Link])

    class Notification(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        kind = CharField(max_length=32)
        key = CharField(max_length=120)
        application = ForeignKeyField(Application, null=True, on_delete="SET NULL")
        event = ForeignKeyField(Event, null=True, on_delete="CASCADE")
        status = CharField(null=True, max_length=24)
        created_at = DateTimeField()
        read_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "notifications"
            indexes = ((("user", "kind", "key"), True), (("user", "read_at"), False))

    db.create_tables([Notification])

    class PeriodicRun(Model):
        id = BigAutoField()
        name = CharField(unique=True, max_length=64)
        started_at = DateTimeField(null=True)
        succeeded_at = DateTimeField(null=True)
        failed_at = DateTimeField(null=True)
        error = TextField(null=True)
        due_at = DateTimeField(null=True)
        runs = BigIntegerField(default=0)

        class Meta:
            database = db
            table_name = "periodic_runs"

    db.create_tables([PeriodicRun])


def down(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(migrator.drop_table("periodic_runs"))
    migrator.migrate(migrator.drop_table("notifications"))
    migrator.migrate(migrator.drop_table("links"))
    migrator.migrate(migrator.drop_table("history_gaps"))
    migrator.migrate(migrator.drop_table("heartbeats"))
    migrator.migrate(migrator.drop_table("applications"))
    migrator.migrate(migrator.drop_table("events"))
    migrator.migrate(migrator.drop_table("messages"))
    migrator.migrate(migrator.drop_table("mailboxes"))
    migrator.migrate(migrator.drop_table("mail_groups"))
    migrator.migrate(migrator.drop_table("users"))
