"""A clean, migrated database for each test, on SQLite and on PostgreSQL, with real commits.

Each test process has one database of each kind and one application on it. Before a test the database
is emptied in place: SQLite's file is copied from a template (about 2 ms), PostgreSQL's non-empty
tables are deleted from (1 ms; TRUNCATE takes 35, a new database from a template 43).
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, Engine, event

from app import create_app
from bench.postgresql import postgresql_server
from core import clock
from core.database import Base, db
from core.memory import Memory
from tests.support.remembered import MOMENT, Remembered, remember

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
# Compiled once, not for each application of each test process.
TEMPLATES = ROOT / ".pytest_cache/templates"
# A test that waits for itself is told so: PostgreSQL would wait for ever.
LONGEST_WAITS = {
    "lock_timeout": "120s",
    "statement_timeout": "300s",
    "idle_in_transaction_session_timeout": "600s",
}
SETTINGS = {
    "TESTING": True,
    "SECRET_KEY": "only-for-tests-and-public-anyway",
    "COLLOQUY_CHEAP_PASSWORDS": "yes",
}


def make_app(settings: Mapping[str, Any]) -> Flask:
    """An application that shares its compiled templates with every other in the tests."""
    app = create_app(dict(settings))
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(TEMPLATES))
    return app


class Database(ABC):
    """One database of one kind, kept for the whole test process, and the application on it."""

    def __init__(self, kind: str, url: str, folder: Path) -> None:
        self.kind = kind
        self.url = url
        instance = folder / "instance"
        instance.mkdir(exist_ok=True)
        self.settings = {**SETTINGS, "DATABASE_URL": url, "COLLOQUY_INSTANCE": str(instance)}
        self._apps: list[Flask] = []
        self._remembered: dict[str, Remembered[Any]] = {}
        self._memories: dict[str, dict[Hashable, Any]] = {}
        self._holds: str | None = None
        self.app = self.make_app()

    def make_app(self, **overrides: Any) -> Flask:
        """Another application on this database, with settings of its own."""
        app = make_app({**self.settings, **overrides})
        app.extensions["test-database"] = self
        self._apps.append(app)
        with app.app_context():
            event.listen(db.engine, "commit", self._has_changed)
        return app

    def _has_changed(self, _connection: Connection) -> None:
        self._holds = None

    def recall(self, name: str, make: Callable[[], T], on: str = "") -> T:
        """What `make` gives and writes into the database that holds what was recalled `on` that name: nothing at first.

        It is made once, then put back; if the database holds something else, it is made now.
        """
        if self._holds != on:
            return make()
        if name not in self._remembered:
            with clock.at(MOMENT):
                self._hold_alone(on)
                self._remembered[name] = remember(self.engine, make)
            self._memories[name] = dict(self._memory)
            self._hold_alone(on)
        self._put_back(name)
        made: T = self._remembered[name].made
        return made

    def _hold_alone(self, name: str) -> None:
        self.empty()
        if name:
            self._put_back(name)

    def _put_back(self, name: str) -> None:
        self._remembered[name].put_back(self.engine)
        self.count_from(self._remembered[name].highest)
        self._memory.update(self._memories.get(name, {}))
        self._holds = name

    @property
    def _memory(self) -> OrderedDict[Hashable, Any]:
        """What the application remembers in its process: making things leaves something there as well."""
        memory: Memory = self.app.extensions["memory"]
        return memory._values

    def count_from(self, highest: Mapping[str, int]) -> None:  # noqa: B027
        """Give new rows of these tables ids above these; SQLite does by itself."""

    @property
    def engine(self) -> Engine:
        """The application's engine."""
        with self.app.app_context():
            return db.engine

    def build(self) -> None:
        """Make the tables, by the migrations."""
        with self.app.app_context():
            if any((ROOT / "migrations/versions").glob("*.py")):
                upgrade(directory=str(ROOT / "migrations"))
            else:
                db.create_all()
        self.disconnect()

    def disconnect(self) -> None:
        """Close the connections of every application that was made; only the first is kept."""
        for app in self._apps:
            app.extensions["live"].end_all()
            with app.app_context():
                db.engine.dispose()
        del self._apps[1:]

    def empty(self) -> None:
        """Take every row out and start the ids at 1 again."""
        self.app.extensions["memory"].forget()
        self._take_out()
        self._holds = ""

    @abstractmethod
    def _take_out(self) -> None:
        """Take every row out and start the ids at 1 again."""

    def close(self) -> None:
        """Leave nothing open."""
        self.disconnect()


def recall(app: Flask, name: str, make: Callable[[], T], on: str = "") -> T:
    """As the recall() of the database that an application is on."""
    database: Database = app.extensions["test-database"]
    return database.recall(name, make, on)


class SQLiteDatabase(Database):
    """A file, copied from a template before each test."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "test.sqlite3"
        self._template = folder / "template.sqlite3"
        super().__init__("sqlite", f"sqlite:///{self._file}", folder)
        self.build()
        shutil.copyfile(self._file, self._template)

    def make_app(self, **overrides: Any) -> Flask:
        """An application whose SQLite does not wait for the disk."""
        app = super().make_app(**overrides)
        with app.app_context():
            event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
        return app

    def _take_out(self) -> None:
        self.disconnect()
        fresh = self._file.with_suffix(".fresh")
        shutil.copyfile(self._template, fresh)
        for side_file in ("-wal", "-shm"):
            Path(f"{self._file}{side_file}").unlink(missing_ok=True)
        fresh.replace(self._file)  # in one step: a server that is still stopping never sees half a file


class PostgreSQLDatabase(Database):
    """A database of a throw-away server, whose tables are emptied before each test."""

    def __init__(self, url: str, folder: Path) -> None:
        super().__init__("postgresql", url, folder)
        self.build()
        self._connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        # Foreign keys are not asked while emptying. A test that left a transaction open is told so.
        self._connection.execute("SET session_replication_role = replica")
        self._connection.execute("SET lock_timeout = '60s'")
        tables = [table.name for table in Base.metadata.sorted_tables]
        rows = ", ".join(f"('{table}', EXISTS (SELECT FROM \"{table}\"))" for table in tables)
        self._find_rows = f"SELECT name FROM (VALUES {rows}) AS v (name, has_rows) WHERE has_rows"
        self._sequences: dict[str, str] = dict(self._connection.execute(OWNED_SEQUENCES).fetchall())
        # Of tables without rows as well: ids that were given out and undone (0.5 ms).
        self._restart_ids = "SELECT " + ", ".join(f"setval('{name}', 1, false)" for name in self._sequences.values())

    def _take_out(self) -> None:
        self.app.extensions["live"].end_all()
        if len(self._apps) > 1:
            self.disconnect()
        found = [str(name) for (name,) in self._connection.execute(self._find_rows.encode())]
        steps = [f'DELETE FROM "{table}"' for table in found]
        self._connection.execute("; ".join([*steps, self._restart_ids]).encode())

    def count_from(self, highest: Mapping[str, int]) -> None:
        steps = [f"SELECT setval('{self._sequences[table]}', {id_})" for table, id_ in highest.items()]
        self._connection.execute("; ".join(steps).encode())

    def close(self) -> None:
        super().close()
        self._connection.close()


OWNED_SEQUENCES = """
    SELECT t.relname, s.oid::regclass::text FROM pg_class AS s
    JOIN pg_depend AS d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
    JOIN pg_class AS t ON t.oid = d.refobjid WHERE s.relkind = 'S'
"""


@contextmanager
def open_database(kind: str, folder: Path) -> Iterator[Database]:
    """Make the database of one kind for this test process, with `folder` for its files."""
    database: Database
    if kind == "sqlite":
        database = SQLiteDatabase(folder)
        yield database
        database.close()
        return
    with postgresql_server() as address:
        name = f"colloquy_test_{folder.name.replace('-', '_')}"
        with psycopg.connect(address.format("postgres").replace("+psycopg", ""), autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name}".encode())
            admin.execute(f"CREATE DATABASE {name}".encode())
            for wait, longest in LONGEST_WAITS.items():
                admin.execute(f"ALTER DATABASE {name} SET {wait} = '{longest}'".encode())
        database = PostgreSQLDatabase(address.format(name), folder)
        yield database
        database.close()
