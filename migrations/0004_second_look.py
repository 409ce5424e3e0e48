"""What the optional language model needs: each user's own word, its answers, and the day's count."""

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


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(migrator.add_column("users", "second_look", BooleanField(default=False)))

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

    class ModelAnswer(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        mailbox = ForeignKeyField(Mailbox, on_delete="CASCADE")
        key = CharField(max_length=64)
        outcome = CharField(max_length=16)
        category = CharField(max_length=32, null=True)
        quote = TextField(null=True)
        company = CharField(null=True)
        role = CharField(null=True)
        asked_at = DateTimeField()

        class Meta:
            database = db
            table_name = "model_answers"
            indexes = ((("user", "key"), True), (("user", "asked_at"), False))

    class AskedDay(Model):
        id = BigAutoField()
        day = CharField(unique=True, max_length=10)
        asked = BigIntegerField(default=0)

        class Meta:
            database = db
            table_name = "asked_days"

    db.create_tables([ModelAnswer, AskedDay])


def down(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(migrator.drop_table("asked_days"), migrator.drop_table("model_answers"))
    migrator.migrate(migrator.drop_column("users", "second_look"))
