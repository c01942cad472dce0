"""What a page asks of the database: its statements, in order, and how often it committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from core.line import Line

# Transaction control and settings are not questions to the database.
NOT_COUNTED = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ")


class Statements(list[str]):
    """The statements sent so far; `commits` counts transactions that were committed after a write."""

    commits = 0

    def writes(self) -> list[str]:
        """Those that change something."""
        return [statement for statement in self if statement.lstrip().upper().startswith(WRITES)]


WRITES = ("INSERT", "UPDATE", "DELETE")
CountStatements = Callable[[], AbstractContextManager[Statements]]


@contextmanager
def recorded(engine: Engine) -> Iterator[Statements]:
    """Record what `engine` is sent inside the block."""
    seen = Statements()
    has_written: set[int] = set()

    def before_execute(connection: Connection | Line, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            seen.append(statement)
            if statement.lstrip().upper().startswith(WRITES):
                has_written.add(_wire(connection))

    def committed(connection: Connection | Line) -> None:
        if _wire(connection) in has_written:
            has_written.discard(_wire(connection))
            seen.commits += 1

    event.listen(engine, "before_cursor_execute", before_execute)
    event.listen(engine, "commit", committed)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", before_execute)
        event.remove(engine, "commit", committed)


def _wire(connection: Connection | Line) -> int:
    """The driver's connection, which a request's line and the session share."""
    return id(connection.raw if isinstance(connection, Line) else connection.connection.dbapi_connection)
