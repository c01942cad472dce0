"""Rows that many tests begin with: made once by the application's own operations, then put back as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine, Table, insert, select

from core import clock
from core.database import Base

T = TypeVar("T")
# When what is remembered was made; put back, it was made now.
MOMENT = datetime(2001, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Remembered(Generic[T]):
    """What making it gave, and all rows that it added to the database."""

    made: T
    rows: Sequence[tuple[Table, Sequence[Row]]]

    def put_back(self, engine: Engine) -> dict[str, int]:
        """Write the rows once more, as made at this moment; returns the highest id of each table."""
        now = clock.now()
        moments = {MOMENT: now, _whole_second(MOMENT): _whole_second(now)}
        with engine.begin() as connection:
            for table, rows in self.rows:
                fresh = [{key: _moved(value, moments) for key, value in row.items()} for row in rows]
                connection.execute(insert(table), fresh)
        return {table.name: max(row["id"] for row in rows) for table, rows in self.rows if "id" in table.c}


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
    return Remembered(made, found)


def _whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _moved(value: object, moments: Mapping[datetime, datetime]) -> object:
    return moments[value] if isinstance(value, datetime) else value


def _rows(engine: Engine) -> dict[Table, list[Row]]:
    """Every row of every table that has any."""
    with engine.connect() as connection:
        tables = {
            table: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }
    return {table: rows for table, rows in tables.items() if rows}
