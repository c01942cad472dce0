"""How Alembic reaches the database: through the application that runs the command, never by itself."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from core.database import Base, db
from core.search import is_index


def render_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write our own column types as what they store, so that a migration never changes with the code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def is_described(name: str | None, _kind: str, _parents: Any) -> bool:
    """Leave out of the comparison with the models what full-text search is made of."""
    return not is_index(name)


class SearchTriggers:
    """SQLite changes a table by copying it, and the triggers that fill its search index are not copied."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known = self._read()
        connection.rollback()  # the steps begin their own transactions

    def _read(self) -> dict[str, str]:
        found = self._connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: sql for name, sql in found if is_index(name)}

    def keep(self, *_step: Any, **_named: Any) -> None:
        """Make again, after each step, those whose index is still there."""
        there = self._read()
        tables = {name for (name,) in self._connection.exec_driver_sql("SELECT name FROM sqlite_master")}
        for name, sql in self._known.items():
            if name not in there and name.rpartition("_")[0] in tables:
                self._connection.exec_driver_sql(sql)
        self._known |= there


def run() -> None:
    """Run the asked-for steps in one transaction each, on the application's engine."""
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.dbapi_connection
        # SQLite changes a table by copying it and dropping the old one, which must not cascade.
        # The switch works outside a transaction only, hence past SQLAlchemy.
        if is_sqlite and raw is not None:
            raw.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                render_as_batch=True,
                render_item=render_type,
                transaction_per_migration=True,
                include_name=is_described,
                on_version_apply=SearchTriggers(connection).keep if is_sqlite else None,
            )
            with context.begin_transaction():
                context.run_migrations()
        finally:
            connection.rollback()
            if is_sqlite and raw is not None:
                raw.cursor().execute("PRAGMA foreign_keys=ON")


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database: `flask --app wsgi db upgrade`, without --sql.")
run()
