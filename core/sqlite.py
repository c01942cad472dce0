"""SQLite as a small production database: WAL, real transactions, one writer at a time in a fair queue.

The driver's own transaction handling loses updates without an error; a deferred BEGIN
turns them into "database is locked". So: a request that may write begins IMMEDIATE, and
writers queue for it, threads on a lock and processes on a lock file.
"""

from __future__ import annotations

import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection, event

from core.folding import teach_sqlite
from core.line import Begin
from core.reading import reads_only

if sys.platform != "win32":  # there, threads queue, and processes wait on SQLite's own busy time-out
    import fcntl

PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-16000",
)
LONGEST_WAIT = 20.0  # seconds in the queue before giving up
TURN = 0.002  # seconds between two tries for the other processes' lock


class WriteQueue:
    """Lets one writer in at a time, over the threads and the processes that use one database file."""

    def __init__(self, path: str) -> None:
        self._lock = threading.Lock()
        self._path = Path(f"{path}.lock")
        self._file: IO[str] | None = None

    def enter(self) -> None:
        """Wait for the turn; raises TimeoutError after LONGEST_WAIT seconds."""
        end = time.monotonic() + LONGEST_WAIT
        if not self._lock.acquire(timeout=LONGEST_WAIT):
            raise TimeoutError("another write transaction of this process stays open")
        try:
            self._lock_file(end)
        except BaseException:
            self._lock.release()
            raise

    def _lock_file(self, end: float) -> None:
        if sys.platform == "win32":
            return
        if self._file is None:
            self._file = self._path.open("w", encoding="ascii")
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > end:
                    raise TimeoutError("another process holds the write lock") from None
                time.sleep(TURN)

    def leave(self) -> None:
        """Let the next writer in."""
        if sys.platform != "win32" and self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._lock.release()

    def close(self) -> None:
        """Let go of the lock file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _begin(queue: WriteQueue | None, borrowed: PoolProxiedConnection, reads: bool) -> None:
    raw: Any = borrowed.dbapi_connection
    if reads:
        raw.execute("BEGIN")
        return
    if queue and "queue" not in borrowed.info:  # the turn ends when the connection goes back to the pool
        queue.enter()
        borrowed.info["queue"] = queue
    raw.execute("BEGIN IMMEDIATE")


def _reset(raw: Any, _record: Any, state: Any) -> None:
    """Undo what a connection that is given back has left open."""
    if not state.terminate_only and raw.in_transaction:
        raw.rollback()


def prepare_sqlite(engine: Engine) -> Begin:
    """Attach the pragmas, the explicit BEGIN and the queue to one engine; returns what begins a transaction."""
    path = engine.url.database
    queue = WriteQueue(path) if path and path != ":memory:" else None

    def connect(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # the driver must never BEGIN by itself
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        teach_sqlite(raw)

    begin = partial(_begin, queue)

    def begun(connection: Connection) -> None:
        raw: Any = connection.connection.dbapi_connection
        if not raw.in_transaction:
            begin(connection.connection, reads_only(connection))

    def checkin(_raw: Any, record: Any) -> None:
        held = record.info.pop("queue", None)
        if held is not None:
            held.leave()

    def disposed(_engine: Engine) -> None:
        if queue:
            queue.close()

    event.listen(engine, "engine_disposed", disposed)
    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begun)
    event.listen(engine, "reset", _reset)
    event.listen(engine, "checkin", checkin)
    return begin
