"""What a page asks of the database: its statements, in order, and how often it committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Engine, event

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

    def before_execute(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            seen.append(statement)
            if statement.lstrip().upper().startswith(WRITES):
                has_written.add(id(connection))

    def committed(connection: Any) -> None:
        if id(connection) in has_written:
            has_written.discard(id(connection))
            seen.commits += 1

    event.listen(engine, "before_cursor_execute", before_execute)
    event.listen(engine, "commit", committed)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", before_execute)
        event.remove(engine, "commit", committed)
