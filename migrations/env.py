"""How Alembic reaches the database: through the application that runs the command, never by itself."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from core.database import Base, db


def render_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write our own column types as what they store, so that a migration never changes with the code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


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
