"""Statements of hot pages: compiled once, then handed straight to the driver.

SQLAlchemy's own way from a statement to its rows (looking up the compiled form, an execution context, a result with
its metadata) costs two to three times what the driver takes. None of it is needed for a statement that is built
once, has a name for each value, and whose rows are read whole, by position.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from sqlalchemy import CompoundSelect, Dialect, Select, UpdateBase

from core import postgresql
from core.line import Line

Row: TypeAlias = tuple[Any, ...]
Statement: TypeAlias = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | UpdateBase
Process: TypeAlias = Callable[[Any], Any]
Place: TypeAlias = tuple[str | None, Process | None, Any]
"""The name of a value and what makes it the driver's; or no name, and the driver's value itself."""


class Rows(list[Row]):
    """Every row of an answer, as plain tuples in the order of the columns."""

    def first(self) -> Row | None:
        """Return the first row, None if there is none."""
        return self[0] if self else None

    def one(self) -> Row:
        """Return the only row."""
        (row,) = self
        return row

    def scalar(self) -> Any:
        """Return the first value of the first row, None if there is no row."""
        return self[0][0] if self else None


class Prepared:
    """A statement in one database's own words, with what turns its values into the driver's and back."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        is_postgresql = dialect.name == "postgresql"
        compiled: Any = statement.compile(dialect=postgresql.NUMBERED if is_postgresql else dialect)
        binds: dict[str, Any] = compiled.binds
        given = {name: None for name, bind in binds.items() if bind.required}
        self.fits = not any(binds[name].expanding for name in given)
        if not self.fits:
            return
        spelled_out = compiled.construct_expanded_state(given)  # a fixed list has a value for each of its members
        self._sql: str = spelled_out.statement
        self._sent = self._sql.encode() if is_postgresql else self._sql  # psycopg would encode it each time
        fixed = {name: value for name, value in spelled_out.parameters.items() if name not in given}
        fixed |= {column.key: _default(column) for column in getattr(compiled, "insert_prefetch", ())}
        self._places = [_place(name, binds.get(name), fixed, dialect) for name in spelled_out.positiontup]
        self._open: Callable[[Any], Any] = postgresql.cursor if is_postgresql else _cursor
        self._types = [column.type.dialect_impl(dialect) for column in getattr(statement, "exported_columns", ())]
        self._readers: list[tuple[int, Process]] | None = None

    def run(self, line: Line, values: Mapping[str, Any], alike: int = 0) -> Rows:
        """Run it in the line's transaction and return all its rows. Whoever watches the engine is told.

        The first `alike` columns are the same in every row: they are made Python's in the first row alone.
        """
        cursor = self._open(line.raw)
        parameters = self._parameters(values)
        for watch in line.engine.dispatch.before_cursor_execute:
            watch(line, cursor, self._sql, parameters, None, False)
        try:
            cursor.execute(self._sent, parameters)
            if not self._types:
                return Rows()
            found = cursor.fetchall()
        except line.engine.dialect.loaded_dbapi.Error as error:
            raise line.failure(error, self._sql) from error
        if self._readers is None:
            self._readers = self._find_readers(line.engine.dialect, cursor.description)
        cursor.close()
        return self._read(found, self._readers, alike)

    def run_each(self, line: Line, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each of the rows; no answer is read."""
        cursor = self._open(line.raw)
        parameters = [self._parameters(values) for values in rows]
        for watch in line.engine.dispatch.before_cursor_execute:
            watch(line, cursor, self._sql, parameters, None, True)
        try:
            cursor.executemany(self._sent, parameters)
        except line.engine.dialect.loaded_dbapi.Error as error:
            raise line.failure(error, self._sql) from error
        cursor.close()

    def _parameters(self, values: Mapping[str, Any]) -> Row:
        return tuple(
            [
                always if name is None else values[name] if process is None else process(values[name])
                for name, process, always in self._places
            ]
        )

    def _find_readers(self, dialect: Dialect, description: Sequence[Any]) -> list[tuple[int, Process]]:
        """What turns the driver's values into Python's, by place; known once the driver has told the types."""
        found = [kind.result_processor(dialect, told[1]) for kind, told in zip(self._types, description, strict=True)]
        return [(place, process) for place, process in enumerate(found) if process is not None]

    def _read(self, found: Sequence[Row], readers: Sequence[tuple[int, Process]], alike: int) -> Rows:
        if not readers:
            return Rows(found)
        rows = Rows()
        for each in found:
            row = list(each)
            for place, process in readers:
                if row[place] is not None:  # what is empty stays so, whatever its type
                    row[place] = process(row[place])
            rows.append(tuple(row))
            if alike and len(rows) == 1:
                readers = [reader for reader in readers if reader[0] >= alike]
        return rows


def _cursor(raw: Any) -> Any:
    return raw.cursor()


def _place(name: str, bind: Any, fixed: Mapping[str, Any], dialect: Dialect) -> Place:
    """What stands in one place of the statement: the value with this name, or always the same one."""
    process = bind.type.dialect_impl(dialect).bind_processor(dialect) if bind is not None else None
    if name not in fixed:
        return name, process, None
    return None, None, process(fixed[name]) if process else fixed[name]


def _default(column: Any) -> Any:
    """What a model says a column begins with. A default that is called for each row would not be hot: say it."""
    if column.default is None or not column.default.is_scalar:
        raise TypeError(f"{column} needs a value in the statement")
    return column.default.arg


_prepared: WeakKeyDictionary[Statement, dict[str, Prepared]] = WeakKeyDictionary()


def run(line: Line, statement: Statement, values: Mapping[str, Any], alike: int = 0) -> Rows:
    """Run a statement that is built once (functools.cache) and return its rows.

    A list for an IN goes SQLAlchemy's own way. Of the first `alike` columns, which are the same in every row, only
    the first row's are turned into Python's values.
    """
    prepared = _prepare(line, statement)
    if prepared.fits:
        return prepared.run(line, values, alike)
    return Rows(map(tuple, line.connection().execute(statement, values).all()))


def run_each(line: Line, statement: UpdateBase, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement that is built once, once for each of the rows."""
    _prepare(line, statement).run_each(line, rows)


def _prepare(line: Line, statement: Statement) -> Prepared:
    by_dialect = _prepared.get(statement)
    if by_dialect is None:
        by_dialect = _prepared.setdefault(statement, {})
    dialect = line.engine.dialect
    prepared = by_dialect.get(dialect.name)
    if prepared is None:
        prepared = by_dialect[dialect.name] = Prepared(statement, dialect)
    return prepared
