"""Rows that many tests begin with: made once by the application's own operations, then put back as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from psycopg import sql
from sqlalchemy import Engine, Table, select
from sqlalchemy.types import TypeEngine

from core import clock
from core.database import Base, UTCDateTime

T = TypeVar("T")
# When what is remembered was made; put back, it was made now.
MOMENT = datetime(2001, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Remembered(Generic[T]):
    """What making it gave, the SQL that writes all rows it added, and the highest id of each table that has ids."""

    made: T
    script: str
    highest: Mapping[str, int]

    def put_back(self, engine: Engine) -> None:
        """Write the rows once more, as made at this moment."""
        now, script = clock.now(), self.script
        for then, moment in ((MOMENT, now), (_whole_second(MOMENT), _whole_second(now))):
            script = script.replace(*(_literal(engine, each, UTCDateTime()) for each in (then, moment)))
        with closing(engine.raw_connection()) as connection:
            cursor = connection.cursor()
            run = cursor.executescript if engine.dialect.name == "sqlite" else cursor.execute
            run(f"BEGIN; {script}; COMMIT")


def remember(engine: Engine, make: Callable[[], T]) -> Remembered[T]:
    """Make it, and remember what it added; it may change nothing that was there. Both happen `at(MOMENT)`."""
    before = _rows(engine)
    made = make()
    found = []
    for table, rows in _rows(engine).items():
        already = before.get(table, [])
        assert all(row in rows for row in already), f"{table.name} is not added to alone"
        if added := [row for row in rows if row not in already]:
            found.append((table, added))
    values = {value for _table, rows in found for row in rows for value in row.values() if isinstance(value, datetime)}
    assert values <= {MOMENT, _whole_second(MOMENT)}, f"not every moment could be moved: {values}"
    script = "; ".join(_insert(engine, table, row) for table, rows in found for row in rows)
    highest = {table.name: max(row["id"] for row in rows) for table, rows in found if "id" in table.c}
    return Remembered(made, script, highest)


def _insert(engine: Engine, table: Table, row: Row) -> str:
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(_literal(engine, value, table.c[name].type) for name, value in row.items())
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({values})'


def _literal(engine: Engine, value: object, kind: TypeEngine[Any]) -> str:
    """A value as it stands in a statement of this database."""
    process = kind.dialect_impl(engine.dialect).bind_processor(engine.dialect)
    kept = process(value) if process else value
    if engine.dialect.name == "postgresql":
        return sql.Literal(kept).as_string()
    with closing(engine.raw_connection()) as connection:
        return str(connection.cursor().execute("SELECT quote(?)", (kept,)).fetchone()[0])


def _whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _rows(engine: Engine) -> dict[Table, list[Row]]:
    """Every row of every table that has any."""
    with engine.connect() as connection:
        tables = {
            table: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }
    return {table: rows for table, rows in tables.items() if rows}
