"""PostgreSQL for many short requests: plans are kept, and what only reads opens no transaction.

psycopg prepares statements that come again, and so saves planning them, which for the joins of a
page costs more than running them. But each ROLLBACK makes it forget all it has prepared, and a
transaction that only read ends in one. So the driver begins no transaction by itself (autocommit):
what writes says BEGIN, and at READ COMMITTED every statement sees its own moment anyway.

psycopg also takes each statement apart to number its values, and one with more than fifty values anew each time.
Statements of hot pages are numbered when they are compiled.
"""

from __future__ import annotations

import time
from typing import Any

from psycopg import RawCursor
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Connection, Dialect, Engine, PoolProxiedConnection, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError, DisconnectionError

from core.line import Begin
from core.reading import reads_only

TRUSTED = 10.0  # seconds for which a connection that worked is taken to work
PREPARED_AFTER = 1  # uses; psycopg's own five are five plans more after each ROLLBACK
ENGINE = {
    "isolation_level": "AUTOCOMMIT",
    "connect_args": {"prepare_threshold": PREPARED_AFTER},
}
"""What the engine is made with; prepare_postgresql() does what these leave out."""
NUMBERED: Dialect = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
"""What compiles a statement with $1, $2 … in it, as cursor() takes it."""


def cursor(raw: Any) -> RawCursor[Any]:
    """Return a cursor of the driver's connection for statements with $1, $2 … in them."""
    return RawCursor(raw)


def _begin(borrowed: PoolProxiedConnection, reads: bool) -> None:
    if reads:
        return
    raw: Any = borrowed.dbapi_connection
    begun = raw.pgconn.exec_(b"BEGIN")  # nothing to prepare, to convert or to read: a tenth of what a cursor costs
    if begun.status != ExecStatus.COMMAND_OK:
        raise error_from_result(begun, encoding=raw.info.encoding)


def prepare_postgresql(engine: Engine) -> Begin:
    """Begin transactions where something is written; ask connections that were idle whether they are still there.

    Asking each time would be a round trip more, and so would be a ROLLBACK where there is nothing to undo. Returns
    what begins a transaction.
    """

    def begun(connection: Connection) -> None:
        raw: Any = connection.connection.dbapi_connection
        if raw.pgconn.transaction_status == TransactionStatus.IDLE:
            _begin(connection.connection, reads_only(connection))

    def reset(raw: Any, _record: Any, state: Any) -> None:
        if not state.terminate_only and raw.pgconn.transaction_status != TransactionStatus.IDLE:
            raw.rollback()

    def checkin(_raw: Any, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    def checkout(raw: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("used_at", time.monotonic()) < TRUSTED:
            return
        try:
            engine.dialect.do_ping(raw)
        except (engine.dialect.loaded_dbapi.Error, DBAPIError) as error:
            raise DisconnectionError from error

    event.listen(engine, "begin", begun)
    event.listen(engine, "reset", reset)
    event.listen(engine, "checkin", checkin)
    event.listen(engine, "checkout", checkout)
    return _begin
