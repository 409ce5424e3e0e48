"""What corrections teach of later mail, and which mail a lesson left nothing of."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Database,
    DateTimeField,
    ForeignKeyField,
    Model,
)
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(migrator.add_column("messages", "lesson", BigIntegerField(null=True)))

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

    class Lesson(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        correction = ForeignKeyField(Event, unique=True, on_delete="CASCADE")
        likeness = CharField(max_length=32)
        taught_at = DateTimeField()
        category = CharField(max_length=32)
        company = CharField(null=True)
        company_before = CharField(null=True)
        organisation = CharField(null=True)
        stands = BooleanField(default=True)

        class Meta:
            database = db
            table_name = "lessons"
            indexes = ((("user", "likeness", "taught_at"), False),)

    db.create_tables([Lesson])


def down(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(migrator.drop_table("lessons"))
    migrator.migrate(migrator.drop_column("messages", "lesson"))
