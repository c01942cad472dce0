"""A line to the database: the driver's own connection from the pool, and SQLAlchemy's around it where it is asked for.

SQLAlchemy's Connection and its transaction cost a request that only runs prepared statements as much as two of these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, PoolProxiedConnection
from sqlalchemy.exc import DBAPIError

from core.reading import request_reads_only

Begin: TypeAlias = Callable[[PoolProxiedConnection, bool], None]
"""Begins a transaction, in which nothing is written if it is told so, on a connection that is in none."""


class Line:
    """One connection, given back by close(); what is not committed by then is undone."""

    def __init__(self, engine: Engine, begin: Begin, around: Connection | None = None) -> None:
        self.engine = engine
        self.has_begun = around is not None
        self._begin = begin
        self._around = around
        self._borrowed = engine.raw_connection() if around is None else around.connection
        self.raw: Any = self._borrowed.dbapi_connection

    def begin(self) -> None:
        """Begin the transaction, unless that was done before."""
        if self.has_begun:
            return
        try:
            self._begin(self._borrowed, request_reads_only())
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise self.failure(error) from error
        self.has_begun = True

    def connection(self) -> Connection:
        """Return SQLAlchemy's connection in the same transaction, which begins here at the latest."""
        self.begin()
        if self._around is None:
            self._around = Connection(self.engine, self._borrowed)
            self._around.begin()
        return self._around

    def commit(self) -> None:
        """Make durable what was written. Whoever watches the engine is told."""
        if self._around is not None:
            self._around.commit()
            return
        for watch in self.engine.dispatch.commit:
            watch(self)
        try:
            self.raw.commit()
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise self.failure(error) from error

    def close(self) -> None:
        """Give the connection back."""
        (self._around or self._borrowed).close()

    def failure(self, error: Exception, statement: str | None = None) -> BaseException:
        """Return the driver's error as SQLAlchemy would raise it; a connection that is lost is not used again."""
        dialect = self.engine.dialect
        lost = dialect.is_disconnect(error, self.raw, None)  # type: ignore[arg-type]
        if lost:
            (self._around or self._borrowed).invalidate(error)
        return DBAPIError.instance(
            statement,
            None,
            error,
            dialect.loaded_dbapi.Error,
            connection_invalidated=lost,
            dialect=dialect,
            hide_parameters=True,
        )
