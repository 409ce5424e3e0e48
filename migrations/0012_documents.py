"""Documents: files, versions, pages as pictures, and what was made of them for a job."""

from peewee import (
    BigAutoField,
    BlobField,
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

TABLES = ("tailorings", "document_versions", "documents", "document_pages", "document_files")


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(migrator.add_column("users", "model_letters", BooleanField(default=False)))

    class Row(Model):
        id = BigAutoField()

        class Meta:
            database = db
            legacy_table_names = False

    class User(Row):
        class Meta:
            table_name = "users"

    class Job(Row):
        class Meta:
            table_name = "jobs"

    class DocumentFile(Row):
        user = ForeignKeyField(User, on_delete="CASCADE", index=False)
        digest = CharField(max_length=64)
        size = IntegerField()
        content = BlobField()

        class Meta:
            table_name = "document_files"
            indexes = ((("user", "digest"), True),)

    class DocumentPage(Row):
        file = ForeignKeyField(DocumentFile, on_delete="CASCADE", index=False)
        number = IntegerField()
        picture = BlobField()

        class Meta:
            table_name = "document_pages"
            indexes = ((("file", "number"), True),)

    class Document(Row):
        user = ForeignKeyField(User, on_delete="CASCADE", index=False)
        kind = CharField(max_length=8)
        name = CharField(max_length=200)
        main = BooleanField()
        created_at = DateTimeField()
        deleted_at = DateTimeField(null=True, index=True)

        class Meta:
            table_name = "documents"
            indexes = ((("user", "deleted_at"), False),)

    class DocumentVersion(Row):
        document = ForeignKeyField(Document, on_delete="CASCADE", index=False)
        number = IntegerField()
        origin = CharField(max_length=8)
        file = ForeignKeyField(DocumentFile, null=True, on_delete="SET NULL")
        filename = CharField(max_length=255)
        media_type = CharField(max_length=127)
        state = CharField(max_length=8)
        claimed_at = DateTimeField(null=True)
        tries = IntegerField()
        fault = CharField(max_length=16, null=True)
        words = CharField(max_length=500, null=True)
        cv = JSONField(null=True)
        marks = JSONField()
        warnings = JSONField()
        pages = IntegerField()
        created_at = DateTimeField()

        class Meta:
            table_name = "document_versions"
            indexes = ((("document", "number"), True), (("state", "claimed_at"), False))

    class Tailoring(Row):
        user = ForeignKeyField(User, on_delete="CASCADE", index=False)
        version = ForeignKeyField(DocumentVersion, on_delete="CASCADE")
        job = ForeignKeyField(Job, null=True, on_delete="SET NULL")
        title = CharField(max_length=255)
        company = CharField(max_length=255)
        tone = CharField(max_length=8)
        state = CharField(max_length=8)
        claimed_at = DateTimeField(null=True)
        tries = IntegerField()
        words = CharField(max_length=500, null=True)
        made_by = CharField(max_length=9, null=True)
        cv = JSONField(null=True)
        summary = TextField(null=True)
        subject = CharField(max_length=255, null=True)
        letter = TextField(null=True)
        changes = JSONField()
        refused = JSONField()
        vouched = JSONField()
        created_at = DateTimeField()
        seen_at = DateTimeField(null=True)
        approved_at = DateTimeField(null=True)
        deleted_at = DateTimeField(null=True, index=True)

        class Meta:
            table_name = "tailorings"
            indexes = ((("user", "job"), False), (("state", "claimed_at"), False))

    db.create_tables([DocumentFile, DocumentPage, Document, DocumentVersion, Tailoring])


def down(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(*(migrator.drop_table(name) for name in TABLES))
    migrator.migrate(migrator.drop_column("users", "model_letters"))
