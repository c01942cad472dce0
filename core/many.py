"""Several rows of one table in one statement: what is sent row by row costs a round trip, or most of one, for each.

To PostgreSQL they travel as one value, a list in JSON: a statement with a value for each column of each row would be
planned anew for each number of rows, and for each mixture of small and large numbers in them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, Dialect, Insert, Table, Update, bindparam, cast, column, func, insert, select
from sqlalchemy.types import Text

from core.database import Base, line
from core.prepared import Process, run, run_each

RowValues = dict[str, Any]


def add_rows(model: type[Base], rows: Sequence[RowValues]) -> None:
    """Insert rows that all name the same columns; the others get the constant defaults of the model.

    One statement. SQLite's is compiled once for each number of rows, so there should be few different ones.
    """
    if not rows:
        return
    table: Any = model.__table__
    own, names = line(), tuple(rows[0])
    if own.engine.dialect.name == "sqlite":
        run(own, _adding(table, names, len(rows)), _numbered(rows))
    else:
        run(own, _adding_list(table, names), {"rows": _as_list(own.engine.dialect, table, rows)})


def change_rows(model: type[Base], rows: Sequence[RowValues]) -> None:
    """Give rows new values. All name the same columns, among them `id`, which says the row. One statement.

    None makes a column empty, one of JSON too. SQLite, to which nothing has to travel, takes it once for each row.
    """
    if not rows:
        return
    table: Any = model.__table__
    own, names = line(), tuple(rows[0])
    if own.engine.dialect.name == "sqlite" or len(rows) == 1:
        run_each(own, _changing_one(table, names), [{f"new_{name}": row[name] for name in names} for row in rows])
    else:
        run(own, _changing_list(table, names), {"rows": _as_list(own.engine.dialect, table, rows), "count": len(rows)})


def _numbered(rows: Sequence[RowValues]) -> dict[str, Any]:
    return {f"{name}_{at}": value for at, row in enumerate(rows) for name, value in row.items()}


@cache
def _adding(table: Table, names: tuple[str, ...], count: int) -> Insert:
    types = {name: table.c[name].type for name in names}  # of the first row alone SQLAlchemy knows them itself
    rows: list[dict[str, Any]] = [
        {name: bindparam(f"{name}_{at}", type_=types[name]) for name in names} for at in range(count)
    ]
    return insert(table).values(rows).inline()  # nobody asks for the ids


@cache
def _changing_one(table: Table, names: tuple[str, ...]) -> Update:
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names if name != "id"}
    return table.update().where(table.c.id == bindparam("new_id")).values(new)


@cache
def _adding_list(table: Table, names: tuple[str, ...]) -> Insert:
    return insert(table).from_select(list(names), select(*_listed(table, names).c)).inline()


@cache
def _changing_list(table: Table, names: tuple[str, ...]) -> Update:
    few = select(*_listed(table, names).c).limit(bindparam("count"))  # else it is planned for a hundred
    given = few.subquery("given")
    new: dict[str, Any] = {name: given.c[name] for name in names if name != "id"}
    return table.update().where(table.c.id == given.c.id).values(new)


def _listed(table: Table, names: tuple[str, ...]) -> Any:
    columns = [column(name, table.c[name].type) for name in names]
    rows = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON)).table_valued(*columns)
    return rows.render_derived(name="each", with_types=True)


def _as_list(dialect: Dialect, table: Table, rows: Sequence[RowValues]) -> str:
    made = _processes(dialect, table, tuple(rows[0]))
    ready = [row | {name: process(row[name]) for name, process in made} for row in rows]
    return json.dumps(ready, default=str)  # a moment as PostgreSQL reads it


@cache
def _processes(dialect: Dialect, table: Table, names: tuple[str, ...]) -> list[tuple[str, Process]]:
    """What makes a column's values the driver's, where it is not JSON anyway."""
    kinds = [(name, table.c[name].type) for name in names]
    found = [
        (name, kind.dialect_impl(dialect).bind_processor(dialect)) for name, kind in kinds if not isinstance(kind, JSON)
    ]
    return [(name, process) for name, process in found if process is not None]
