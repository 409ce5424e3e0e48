"""What notifications say, the ways to reach a user, what goes by which, and each on its way."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Database,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(migrator.add_column("notifications", "data", JSONField(null=True)))

    class User(Model):
        id = BigAutoField()

        class Meta:
            database = db
            table_name = "users"

    class Mailbox(Model):
        id = BigAutoField()

        class Meta:
            database = db
            table_name = "mailboxes"

    class Notification(Model):
        id = BigAutoField()

        class Meta:
            database = db
            table_name = "notifications"

    class Channel(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        kind = CharField(max_length=8)
        address = TextField()
        mark = CharField(max_length=32)
        name = CharField(max_length=255)
        mailbox = ForeignKeyField(Mailbox, null=True, on_delete="CASCADE")
        enabled = BooleanField(default=True)
        rest_until = DateTimeField(null=True)
        faults = IntegerField(default=0)
        error = CharField(max_length=255, null=True)
        failed_at = DateTimeField(null=True)
        sent_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            database = db
            table_name = "channels"
            indexes = ((("user", "kind", "mark"), True),)

    class Preference(Model):
        id = BigAutoField()
        channel = ForeignKeyField(Channel, on_delete="CASCADE")
        kind = CharField(max_length=32)
        wanted = BooleanField()

        class Meta:
            database = db
            table_name = "preferences"
            indexes = ((("channel", "kind"), True),)

    class Manner(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, unique=True, on_delete="CASCADE")
        quiet_from = CharField(max_length=5, null=True)
        quiet_until = CharField(max_length=5, null=True)
        digest_at = CharField(max_length=5, null=True)

        class Meta:
            database = db
            table_name = "manners"

    class Delivery(Model):
        id = BigAutoField()
        notification = ForeignKeyField(Notification, null=True, on_delete="CASCADE")
        channel = ForeignKeyField(Channel, on_delete="CASCADE")
        state = CharField(max_length=8, default="waiting")
        due_at = DateTimeField()
        bundled = BooleanField(default=False)
        key = CharField(max_length=24)
        lead = BigIntegerField(null=True, index=True)
        tries = IntegerField(default=0)
        claimed_at = DateTimeField(null=True)
        sent_at = DateTimeField(null=True)
        error = CharField(max_length=255, null=True)
        created_at = DateTimeField()

        class Meta:
            database = db
            table_name = "deliveries"
            indexes = (
                (("notification", "channel"), True),
                (("state", "due_at"), False),
                (("channel", "state", "due_at"), False),
            )

    db.create_tables([Channel, Preference, Manner, Delivery])


def down(migrator: SchemaMigrator, db: Database) -> None:
    for table in ("deliveries", "manners", "preferences", "channels"):
        migrator.migrate(migrator.drop_table(table))
    migrator.migrate(migrator.drop_column("notifications", "data"))
