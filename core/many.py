"""Several rows of one table in one statement: what is sent row by row costs a round trip, or most of one, for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Table, Update, bindparam, column, insert, values

from core.database import Base, connection
from core.prepared import run, run_each

RowValues = Mapping[str, Any]


def add_rows(model: type[Base], rows: Sequence[RowValues]) -> None:
    """Insert rows that all name the same columns; the others get the constant defaults of the model.

    One statement. It is compiled once for each number of rows, so there should be few different ones.
    """
    if rows:
        table: Any = model.__table__
        run(connection(), _adding(table, tuple(rows[0]), len(rows)), _numbered(rows))


def change_rows(model: type[Base], rows: Sequence[RowValues]) -> None:
    """Give rows new values. All name the same columns, among them `id`, which says the row. One statement.

    SQLite, to which nothing has to travel, takes it once for each row.
    """
    if not rows:
        return
    table: Any = model.__table__
    own, names = connection(), tuple(rows[0])
    if own.dialect.name == "sqlite" or len(rows) == 1:
        run_each(own, _changing_one(table, names), [{f"new_{name}": row[name] for name in names} for row in rows])
    else:
        run(own, _changing(table, names, len(rows)), _numbered(rows))


def _numbered(rows: Sequence[RowValues]) -> dict[str, Any]:
    return {f"{name}_{at}": value for at, row in enumerate(rows) for name, value in row.items()}


@cache
def _adding(table: Table, names: tuple[str, ...], count: int) -> Insert:
    rows: list[dict[str, Any]] = [{name: bindparam(f"{name}_{at}") for name in names} for at in range(count)]
    return insert(table).values(rows).inline()  # nobody asks for the ids


@cache
def _changing_one(table: Table, names: tuple[str, ...]) -> Update:
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names if name != "id"}
    return table.update().where(table.c.id == bindparam("new_id")).values(new)


@cache
def _changing(table: Table, names: tuple[str, ...], count: int) -> Update:
    rows = [tuple(bindparam(f"{name}_{at}", type_=table.c[name].type) for name in names) for at in range(count)]
    given = values(*(column(name, table.c[name].type) for name in names), name="given").data(rows)
    new: dict[str, Any] = {name: given.c[name] for name in names if name != "id"}
    return table.update().where(table.c.id == given.c.id).values(new)
