"""What weekly summaries and monthly reports said."""

from peewee import BigAutoField, CharField, Database, DateTimeField, ForeignKeyField, JSONField, Model
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class User(Model):
        id = BigAutoField()

        class Meta:
            database = db
            table_name = "users"

    class Report(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE", index=False)
        kind = CharField(max_length=16)
        period = CharField(max_length=10)
        zone = CharField(max_length=64)
        made_at = DateTimeField()
        content = JSONField()

        class Meta:
            database = db
            table_name = "reports"
            indexes = ((("user", "kind", "period"), True),)

    db.create_tables([Report])


def down(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(migrator.drop_table("reports"))
