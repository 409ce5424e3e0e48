"""The migrations make exactly the tables that the models mean, on both databases."""

from peewee import SqliteDatabase
from playhouse.schema_diff import diff_models

from hearback import models
from hearback.models import base

# What only SQL can say: the words of jobs as the full-text search needs them, and an index that holds other
# columns on each database. No model declares them; migrations/0011_job_searches.py tells why they are there.
IN_SQL_ALONE = {
    "sqlite": {("index", "jobs_open")},
    "postgres": {
        *(("column", name) for name in ("title_words", "words")),
        *(("index", name) for name in ("jobs_title_words", "jobs_words", "jobs_at_places", "jobs_open")),
    },
}
# The full-text index of SQLite is a virtual table with triggers, which a comparison of tables does not see.
SQLITE_TEXT = {
    *(("trigger", f"jobs_text_{what}") for what in ("new", "old", "changed")),
    ("table", "jobs_text"),
    ("view", "jobs_words"),
}


def test_every_table_is_among_them() -> None:
    """What is missing there neither this test compares nor the one that looks whether all was erased."""
    assert {table.__name__ for table in models.TABLES} == {
        table.__name__ for table in base.Row.__subclasses__() if table.__module__.startswith("hearback.")
    }


def test_migrations_and_models_agree(database_url: str) -> None:
    models.connect(database_url)
    assert models.migrate() == [path.stem for path in sorted(base.MIGRATIONS.glob("0*.py"))]
    assert models.migrate() == []
    try:
        with models.database.connection_context():
            assert models.pending_migrations() == []
            found = diff_models(models.database.obj, list(models.TABLES))
            assert not (found.create_tables or found.add_columns or found.add_indexes)
            beyond = {("column", name) for table, name in found.drop_columns if table == "jobs"}
            beyond |= {("index", one.name) for one in found.drop_indexes if one.table == "jobs"}
            assert len(found.drop_columns) + len(found.drop_indexes) == len(beyond)
            sqlite = isinstance(models.database.obj, SqliteDatabase)
            assert beyond == IN_SQL_ALONE["sqlite" if sqlite else "postgres"]
            assert not sqlite or _in_sqlite() >= SQLITE_TEXT
    finally:
        models.database.obj.close_all()
        models.database.initialize(None)


def _in_sqlite() -> set[tuple[str, str]]:
    return set(models.database.execute_sql("SELECT type, name FROM sqlite_master"))
