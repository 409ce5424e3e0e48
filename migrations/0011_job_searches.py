"""Saved searches, what fits them, marks on jobs, and the index of all words of the jobs."""

import unicodedata

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
    SqliteDatabase,
    TextField,
)
from playhouse.migrate import SchemaMigrator

TABLES = ("job_matches", "matched_jobs", "saved_searches", "job_marks", "pasted_postings")
# Names that live by their signs become words before the signs are dropped: C++, C#, .NET, Node.js.
NAMES = (("++", "plusplus"), ("#", "sharp"), (".net", " dotnet"), (".js", "js"))
# A text of more characters is cut: no index takes words without end.
LONGEST = 200_000
# What searches ask beside the words: all of it in one index, so that no whole job is read for it.
OPEN = """CREATE INDEX jobs_open ON jobs (closed_at, id, remote, level, employment, salary_currency,
 salary_year, company_key, posted_at, first_seen_at, remote_from)"""
COLUMNS = ("title", "company", "skills", "places", "description")

# Each place is one phrase: `atcountry us atregion california atcity san francisco atend`.
SQLITE_PLACES = """(SELECT group_concat(' atcountry ' || coalesce(json_extract(value, '$.country'), '')
 || ' atregion ' || coalesce(json_extract(value, '$.region'), '')
 || ' atcity ' || coalesce(json_extract(value, '$.city'), '') || ' atend', ' ')
 FROM json_each({row}places))"""
SQLITE_INDEX = """CREATE VIRTUAL TABLE jobs_text USING fts5(
 title, company, skills, places, description,
 content='jobs_words', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"""


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Base(Model):
        id = BigAutoField()

        class Meta:
            database = db

    def known(name: str) -> type[Base]:
        return type(name, (Base,), {"Meta": type("Meta", (), {"table_name": name})})

    User, Job, Event = map(known, ("users", "jobs", "events"))

    class SavedSearch(Base):
        user = ForeignKeyField(User, on_delete="CASCADE")
        name = CharField(max_length=120)
        words = CharField(max_length=200)
        without = CharField(max_length=200)
        place = CharField(max_length=120)
        near = BooleanField()
        remote = CharField(max_length=8)
        salary_min = FloatField(null=True)
        salary_currency = CharField(max_length=3)
        salary_unnamed = BooleanField()
        levels = JSONField()
        employments = JSONField()
        companies = JSONField()
        every_hours = BigIntegerField()
        paused = BooleanField()
        tell = CharField(max_length=8)
        tell_at = DateTimeField(null=True)
        told_at = DateTimeField(null=True)
        seen_at = DateTimeField()
        removed_at = DateTimeField(null=True)
        created_at = DateTimeField()

        class Meta:
            table_name = "saved_searches"
            indexes = ((("tell_at", "id"), False),)

    class JobMatch(Base):
        search = ForeignKeyField(SavedSearch, on_delete="CASCADE", index=False)
        job = ForeignKeyField(Job, on_delete="CASCADE")
        score = BigIntegerField()
        reasons = JSONField()
        created_at = DateTimeField()
        told_at = DateTimeField(null=True)

        class Meta:
            table_name = "job_matches"
            indexes = ((("search", "job"), True), (("search", "created_at"), False))

    class MatchedJob(Base):
        job = ForeignKeyField(Job, unique=True, on_delete="CASCADE")

        class Meta:
            table_name = "matched_jobs"

    class JobMark(Base):
        user = ForeignKeyField(User, on_delete="CASCADE", index=False)
        job = ForeignKeyField(Job, on_delete="CASCADE")
        saved_at = DateTimeField(null=True)
        hidden_at = DateTimeField(null=True)
        applied_at = DateTimeField(null=True)
        anchor = ForeignKeyField(Event, null=True, on_delete="SET NULL")

        class Meta:
            table_name = "job_marks"
            indexes = ((("user", "job"), True),)

    class PastedPosting(Base):
        user = ForeignKeyField(User, on_delete="CASCADE")
        address = TextField()
        state = CharField(max_length=8)
        words = TextField()
        job = ForeignKeyField(Job, null=True, on_delete="SET NULL")
        created_at = DateTimeField()

        class Meta:
            table_name = "pasted_postings"

    db.create_tables([SavedSearch, JobMatch, MatchedJob, JobMark, PastedPosting])
    db.execute_sql("CREATE INDEX job_sources_of_board ON job_sources (board, job_id)")
    for statement in _sqlite() if isinstance(db, SqliteDatabase) else _postgres():
        db.execute_sql(statement)


def down(migrator: SchemaMigrator, db: Database) -> None:
    if isinstance(db, SqliteDatabase):
        gone = ["TRIGGER jobs_text_new", "TRIGGER jobs_text_old", "TRIGGER jobs_text_changed"]
        gone += ["TABLE jobs_text", "VIEW jobs_words", "INDEX jobs_open"]
    else:
        db.execute_sql("ALTER TABLE jobs DROP COLUMN title_words, DROP COLUMN words")
        search = ("CONFIGURATION hearback", "DICTIONARY hearback_english")
        gone = ["INDEX jobs_at_places", "INDEX jobs_open", *(f"TEXT SEARCH {name}" for name in search)]
    for name in gone:
        db.execute_sql(f"DROP {name}")
    db.execute_sql("DROP INDEX job_sources_of_board")
    migrator.migrate(*map(migrator.drop_table, TABLES))


def _named(text: str) -> str:
    """The text in lower case with the names of NAMES as words, in SQL."""
    found = f"lower({text})"
    for name, word in NAMES:
        found = f"replace({found}, '{name}', '{word}')"
    return found


def _sqlite() -> list[str]:
    """An index beside the table, written by triggers, and only when a word may have changed."""

    def values(row: str) -> str:
        places = SQLITE_PLACES.format(row=row)
        parts = [_named(row + "title"), _named(row + "company"), _named(row + "skills")]
        parts += [f"{row}place_text || ' ' || coalesce({places}, '')"]
        return ", ".join([*parts, _named(f"substr({row}description_text, 1, {LONGEST})")])

    names = ", ".join(COLUMNS)
    put, drop = "INSERT INTO jobs_text(rowid,", "INSERT INTO jobs_text(jobs_text, rowid,"
    put = " ".join((put, names, ") VALUES (new.id,", values("new."), ");"))
    drop = " ".join((drop, names, ") VALUES ('delete', old.id,", values("old."), ");"))
    words = "title, company, skills, places, place_text, description_text"
    return [
        " ".join(("CREATE VIEW jobs_words(id,", names, ") AS SELECT id,", values("jobs."), "FROM jobs")),
        OPEN,
        SQLITE_INDEX,
        " ".join(("INSERT INTO jobs_text(rowid,", names, ") SELECT id,", names, "FROM jobs_words")),
        f"CREATE TRIGGER jobs_text_new AFTER INSERT ON jobs BEGIN {put} END",
        f"CREATE TRIGGER jobs_text_old AFTER DELETE ON jobs BEGIN {drop} END",
        f"CREATE TRIGGER jobs_text_changed AFTER UPDATE OF {words} ON jobs BEGIN {drop} {put} END",
    ]


def _postgres() -> list[str]:
    """Two computed columns: the title's words, and all of them.

    The configuration is `english` without its stop words: "IT" is a profession here.
    """
    accents, letters = _accents()

    def words(text: str) -> str:
        # Few texts have accents, and `translate` is slow.
        plain = f"CASE WHEN {text} ~ '[À-ɏ]' THEN translate({text}, '{accents}', '{letters}') ELSE {text} END"
        # Else Postgres takes "and/or" for the name of a file, and "Socket.io" for that of a host.
        blank = f"regexp_replace({_named(f'({plain})')}, '[!-/:-@\\[-`{{-~]+', ' ', 'g')"
        return f"to_tsvector('hearback'::regconfig, {blank})"

    parts = (("title", "A"), ("company", "B"), ("skills::text", "C"), ("place_text", "D"))
    parts += ((f"left(description_text, {LONGEST})", "D"),)
    everything = " || ".join(f"setweight({words(text)}, '{weight}')" for text, weight in parts)
    kinds = "asciiword, word, numword, asciihword, hword, numhword, hword_part, hword_numpart"
    return [
        "CREATE TEXT SEARCH DICTIONARY hearback_english (TEMPLATE = snowball, LANGUAGE = english)",
        "CREATE TEXT SEARCH CONFIGURATION hearback (COPY = simple)",
        f"ALTER TEXT SEARCH CONFIGURATION hearback ALTER MAPPING FOR {kinds} WITH hearback_english",
        f"ALTER TABLE jobs ADD COLUMN title_words tsvector GENERATED ALWAYS AS ({words('title')}) STORED,"
        f" ADD COLUMN words tsvector GENERATED ALWAYS AS ({everything}) STORED",
        "CREATE INDEX jobs_title_words ON jobs USING gin (title_words)",
        "CREATE INDEX jobs_words ON jobs USING gin (words)",
        "CREATE INDEX jobs_at_places ON jobs USING gin (places jsonb_path_ops)",
        "CREATE INDEX jobs_open ON jobs (remote, level, employment, salary_currency, salary_year)"
        " WHERE closed_at IS NULL",
    ]


def _accents() -> tuple[str, str]:
    """What `translate` takes: Latin letters with accents, and their plain ones."""
    bases = {chr(code): unicodedata.normalize("NFKD", chr(code))[0] for code in range(0xC0, 0x250)}
    known = {sign: base for sign, base in bases.items() if base.isascii() and base.isalpha()}
    return "".join(known), "".join(known.values())
