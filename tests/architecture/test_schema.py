"""The migrations make the very tables that the models describe, on both databases."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from core.database import Base
from core.search import is_index
from tests.support.databases import ROOT, Database, SQLiteDatabase
from tests.support.people import make_people
from tests.support.reading import make_reading

VERSIONS = ROOT / "migrations/versions"
BEFORE_SEARCH = "0012"
# Full-text search is described by no model.
OPTIONS = {
    "compare_type": True,
    "render_as_batch": True,
    "include_name": lambda name, _kind, _parents: not is_index(name),
}


def differences(database: Database) -> list[object]:
    """What a new migration would change."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        return list(compare_metadata(context, Base.metadata))


def test_the_migrated_schema_equals_the_models(database: Database) -> None:
    assert any(VERSIONS.glob("*.py")), "there is no migration"
    assert "alembic_version" in inspect(database.engine).get_table_names()
    assert differences(database) == []


def test_constraints_are_named_alike_on_both_databases(database: Database) -> None:
    found = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        named = {check["name"] for check in found.get_check_constraints(table.name)}
        wanted = {check.name for check in table.constraints if type(check).__name__ == "CheckConstraint"}
        assert wanted <= named, table.name


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    with closing(SQLiteDatabase(tmp_path)) as other:
        with other.app.app_context():
            downgrade(directory=str(ROOT / "migrations"), revision="base")
            assert set(inspect(other.engine).get_table_names()) == {"alembic_version"}
            upgrade(directory=str(ROOT / "migrations"))
        assert differences(other) == []


def indexed(database: Database) -> list[tuple[int, int]]:
    """How many rows each table that can be searched has, and how many its index."""
    with database.engine.connect() as connection:

        def count(table: str) -> int:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)

        return [(count(table), count(f"{table}_fts")) for table in ("comments", "version_sentences")]


def test_what_was_written_before_there_was_a_search_is_found(tmp_path: Path) -> None:
    with closing(SQLiteDatabase(tmp_path)) as other:
        make_reading(other.app, make_people(other.app))
        before = indexed(other)
        with other.app.app_context():
            downgrade(directory=str(ROOT / "migrations"), revision=BEFORE_SEARCH)
            upgrade(directory=str(ROOT / "migrations"))
        assert indexed(other) == before == [(2, 2), (7, 7)]
