"""What wakes the watcher of a process when somebody, in whatever process, has committed an event."""

from __future__ import annotations

import sqlite3
import time
from typing import Protocol

import psycopg
from sqlalchemy import URL

from core.live.events import CHANNEL

TURN = 0.25  # seconds between two looks at SQLite's file, and at whether it is time to end
DOUBT = 5.0  # seconds after which PostgreSQL is asked without having said anything: a line may break in silence


class Waker(Protocol):
    """Sleeps until there may be news."""

    def wait(self) -> bool:
        """Sleep for TURN seconds at most; tell whether there may be news."""

    def close(self) -> None:
        """Leave nothing open."""


class SQLiteWaker:
    """Looks at a number in the file that changes when another connection commits: no query, no lock."""

    def __init__(self, url: URL) -> None:
        self._own = sqlite3.connect(url.database or "", isolation_level=None, check_same_thread=False)
        self._seen: int | None = None

    def wait(self) -> bool:
        """Sleep, then look."""
        if self._seen is not None:
            time.sleep(TURN)
        (version,) = self._own.execute("PRAGMA data_version").fetchone()
        changed = version != self._seen
        self._seen = version
        return changed

    def close(self) -> None:
        """Close the connection."""
        self._own.close()


class PostgreSQLWaker:
    """Listens on a connection of its own."""

    def __init__(self, url: URL) -> None:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._own = psycopg.connect(address, autocommit=True)
        self._own.execute(f"LISTEN {CHANNEL}".encode())
        self._looked = -DOUBT  # what came before it listened is looked for at once

    def wait(self) -> bool:
        """Sleep until something is said or nothing was said for long."""
        if list(self._own.notifies(timeout=TURN, stop_after=1)) or time.monotonic() - self._looked > DOUBT:
            self._looked = time.monotonic()
            return True
        return False

    def close(self) -> None:
        """Close the connection."""
        self._own.close()
