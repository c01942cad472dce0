"""Fresh databases for the bench: a throw-away PostgreSQL server and SQLite files in a temporary folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from bench.postgresql import postgresql_server

KINDS = ("postgresql", "sqlite")
APPLICATIONS = ("colloquy", "yardstick")


@dataclass(frozen=True)
class Databases:
    """One empty database for each application, and the database's own processes (SQLite has none)."""

    kind: str
    colloquy: str
    yardstick: str
    roots: tuple[int, ...]


@contextmanager
def databases(kind: str) -> Iterator[Databases]:
    """Make both databases of one kind and take them away in the end."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="colloquy-bench-") as folder:
            colloquy, yardstick = (f"sqlite:///{Path(folder) / name}.sqlite3" for name in APPLICATIONS)
            yield Databases(kind, colloquy, yardstick, ())
        return
    with postgresql_server() as address:
        _create(address.format("postgres"))
        colloquy, yardstick = (address.format(name) for name in APPLICATIONS)
        yield Databases(kind, colloquy, yardstick, (_postmaster(address.format("postgres")),))


def _create(url: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in APPLICATIONS:
            connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()


def _postmaster(url: str) -> int:
    """The server's first process, parent of all others. A server elsewhere cannot be measured from /proc."""
    folder = make_url(url).query.get("host")
    if not isinstance(folder, str) or not folder.startswith("/"):
        raise RuntimeError("the bench measures its own PostgreSQL: unset TEST_DATABASE_URL")
    return int((Path(folder) / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
