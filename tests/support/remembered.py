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
    """What making it gave, and all rows that were in the database afterwards."""

    made: T
    rows: Sequence[tuple[Table, Sequence[Row]]]

    def put_back(self, engine: Engine) -> dict[str, int]:
        """Write the rows into an empty database, as made at this moment; returns the highest id of each table."""
        moment = clock.now()
        with engine.begin() as connection:
            for table, rows in self.rows:
                fresh = [{key: moment if value == MOMENT else value for key, value in row.items()} for row in rows]
                connection.execute(insert(table), fresh)
        return {table.name: max(row["id"] for row in rows) for table, rows in self.rows if "id" in table.c}


def remember(engine: Engine, make: Callable[[], T]) -> Remembered[T]:
    """Make it in an empty database, and remember it."""
    with clock.at(MOMENT):
        made = make()
    found = []
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            if rows:
                found.append((table, rows))
    moments = {value for _table, rows in found for row in rows for value in row.values() if isinstance(value, datetime)}
    assert moments <= {MOMENT}, f"not every moment could be moved: {moments}"
    return Remembered(made, found)
