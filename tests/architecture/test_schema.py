"""The migrations make the very tables that the models describe, on both databases."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from core.database import Base
from tests.support.databases import ROOT, Database, SQLiteDatabase

VERSIONS = ROOT / "migrations/versions"


def differences(database: Database) -> list[object]:
    """What a new migration would change."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
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
