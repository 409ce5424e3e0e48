"""The migrations make exactly the tables that the models mean, on both databases."""

from playhouse.schema_diff import diff_models

from hearback import models
from hearback.models import base


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
            assert not diff_models(models.database.obj, list(models.TABLES))
    finally:
        models.database.obj.close_all()
        models.database.initialize(None)
