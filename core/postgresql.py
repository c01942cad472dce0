"""PostgreSQL for many short requests: plans are kept, and what only reads opens no transaction.

psycopg prepares statements that come again, and so saves planning them, which for the joins of a
page costs more than running them. But each ROLLBACK makes it forget all it has prepared, and a
transaction that only read ends in one. So the driver begins no transaction by itself (autocommit):
what writes says BEGIN, and at READ COMMITTED every statement sees its own moment anyway.
"""

from __future__ import annotations

import time
from typing import Any

from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError

from core.reading import reads_only

TRUSTED = 10.0  # seconds for which a connection that worked is taken to work
PREPARED_AFTER = 1  # uses; psycopg's own five are five plans more after each ROLLBACK
ENGINE = {
    "isolation_level": "AUTOCOMMIT",
    "pool_reset_on_return": None,
    "connect_args": {"prepare_threshold": PREPARED_AFTER},
}
"""What the engine is made with; prepare_postgresql() does what these leave out."""


def prepare_postgresql(engine: Engine) -> None:
    """Begin transactions where something is written; ask connections that were idle whether they are still there.

    Asking each time would be a round trip more, and so would be a ROLLBACK where there is nothing to undo.
    """

    def begin(connection: Connection) -> None:
        if not reads_only(connection):
            raw: Any = connection.connection.dbapi_connection
            raw.execute("BEGIN", prepare=False)

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

    event.listen(engine, "begin", begin)
    event.listen(engine, "reset", reset)
    event.listen(engine, "checkin", checkin)
    event.listen(engine, "checkout", checkout)
