"""PostgreSQL for many short requests: plans are kept, and what only reads opens no transaction.

psycopg prepares statements that come again, and so saves planning them, which for the joins of a
page costs more than running them. But each ROLLBACK makes it forget all it has prepared, and a
transaction that only read ends in one. So requests that only read run in autocommit: at READ
COMMITTED every statement sees its own moment anyway.
"""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError

TRUSTED = 10.0  # seconds for which a connection that worked is taken to work


@cache
def reading(engine: Engine) -> Engine:
    """Return the same engine and pool without transactions; any other database's engine as it is."""
    if engine.dialect.name != "postgresql":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def prepare_postgresql(engine: Engine) -> None:
    """Ask connections that were idle whether they are still there; asking each time would be a round trip more."""

    def checkin(_raw: Any, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    def checkout(raw: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("used_at", time.monotonic()) < TRUSTED:
            return
        try:
            engine.dialect.do_ping(raw)
        except (engine.dialect.loaded_dbapi.Error, DBAPIError) as error:
            raise DisconnectionError from error

    event.listen(engine, "checkin", checkin)
    event.listen(engine, "checkout", checkout)
