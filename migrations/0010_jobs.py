"""Open jobs, the places where they stand, what is fetched from boards, and each run of it."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    Database,
    DateTimeField,
    FloatField,
    ForeignKeyField,
    JSONField,
    Model,
    TextField,
)
from playhouse.migrate import SchemaMigrator

TABLES = ("job_bands", "job_sources", "jobs", "board_runs", "follows", "board_feeds")


def up(migrator: SchemaMigrator, db: Database) -> None:
    class User(Model):
        id = BigAutoField()

        class Meta:
            database = db
            table_name = "users"

    class BoardFeed(Model):
        id = BigAutoField()
        board = CharField(max_length=32)
        key = CharField(max_length=255)
        name = TextField()
        query = JSONField(null=True)
        by = CharField(max_length=16)
        paused = BooleanField()
        every_hours = BigIntegerField()
        next_at = DateTimeField(index=True)
        claimed_at = DateTimeField(null=True)
        last_run_at = DateTimeField(null=True)
        last_ok_at = DateTimeField(null=True)
        fail_count = BigIntegerField()
        gave_since = DateTimeField(null=True)
        empty_since = DateTimeField(null=True)
        flagged = BooleanField()
        made_at = DateTimeField()

        class Meta:
            database = db
            table_name = "board_feeds"
            indexes = ((("board", "key"), True),)

    class Follow(Model):
        id = BigAutoField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        feed = ForeignKeyField(BoardFeed, on_delete="CASCADE")
        made_at = DateTimeField()

        class Meta:
            database = db
            table_name = "follows"
            indexes = ((("user", "feed"), True),)

    class BoardRun(Model):
        id = BigAutoField()
        feed = ForeignKeyField(BoardFeed, on_delete="CASCADE", index=False)
        board = CharField(max_length=32)
        started_at = DateTimeField(index=True)
        ended_at = DateTimeField(null=True)
        state = CharField(max_length=24)
        full = BooleanField()
        fetched = BigIntegerField()
        new = BigIntegerField()
        changed = BigIntegerField()
        closed = BigIntegerField()
        skipped = BigIntegerField()
        error = TextField(null=True)
        details = JSONField()

        class Meta:
            database = db
            table_name = "board_runs"
            indexes = ((("feed", "started_at"), False), (("board", "started_at"), False))

    class Job(Model):
        id = BigAutoField()
        title = TextField()
        company = TextField()
        company_key = CharField(max_length=255, index=True)
        title_key = CharField(max_length=255)
        block = CharField(max_length=64, index=True)
        places = JSONField()
        place_text = TextField()
        remote = CharField(max_length=16, null=True)
        remote_from = JSONField()
        salary_min = FloatField(null=True)
        salary_max = FloatField(null=True)
        salary_currency = CharField(max_length=3, null=True)
        salary_period = CharField(max_length=8, null=True)
        salary_guessed = BooleanField()
        salary_year = FloatField(null=True)
        employment = CharField(max_length=16, null=True)
        level = CharField(max_length=16, null=True)
        requisition = CharField(max_length=64, null=True)
        posted_at = DateTimeField(null=True)
        valid_through = DateTimeField(null=True, index=True)
        description_html = TextField()
        description_text = TextField()
        url = TextField()
        apply_url = TextField(null=True)
        apply_email = TextField(null=True)
        skills = JSONField()
        asks = JSONField(null=True)
        text_mark = CharField(max_length=64)
        alike_id = BigIntegerField(null=True, index=True)
        first_seen_at = DateTimeField()
        last_seen_at = DateTimeField()
        changed_at = DateTimeField()
        closed_at = DateTimeField(null=True)
        closed_why = CharField(max_length=8, null=True)

        class Meta:
            database = db
            table_name = "jobs"
            indexes = (
                (("closed_at", "posted_at"), False),
                (("closed_at", "first_seen_at"), False),
                (("closed_at", "salary_year"), False),
            )

    class JobSource(Model):
        id = BigAutoField()
        job = ForeignKeyField(Job, on_delete="CASCADE")
        board = CharField(max_length=32)
        feed = CharField(max_length=255)
        external_id = CharField(max_length=255)
        board_feed = ForeignKeyField(BoardFeed, null=True, on_delete="SET NULL")
        url = TextField()
        apply_url = TextField(null=True)
        ats_key = CharField(max_length=255, null=True, index=True)
        address_key = CharField(max_length=512, null=True, index=True)
        apply_key = CharField(max_length=512, null=True, index=True)
        digest = CharField(max_length=40)
        given = JSONField()
        described = BigIntegerField()
        rank = BigIntegerField()
        first_seen_at = DateTimeField()
        last_seen_at = DateTimeField()
        missed = BigIntegerField()
        gone_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "job_sources"
            indexes = ((("board", "feed", "external_id"), True),)

    class JobBand(Model):
        id = BigAutoField()
        job = ForeignKeyField(Job, on_delete="CASCADE")
        band = BigIntegerField(index=True)

        class Meta:
            database = db
            table_name = "job_bands"

    db.create_tables([BoardFeed, Follow, BoardRun, Job, JobSource, JobBand])


def down(migrator: SchemaMigrator, db: Database) -> None:
    migrator.migrate(*(migrator.drop_table(name) for name in TABLES))
