"""What every test can ask for. Fixtures give ids and keep no application context open."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from tests.support import browsing, statements
from tests.support.browsing import Client
from tests.support.databases import Database, open_database
from tests.support.lateness import WHAT
from tests.support.moments import Clock
from tests.support.people import People, Person, make_people
from tests.support.reading import Reading, make_reading
from tests.support.statements import Statements

pytest_plugins = ["tests.support.chromium"]

KINDS = ("sqlite", "postgresql")
# A Wednesday morning in a term, far from any change of the clocks.
START = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("colloquy")
    group.addoption("--sqlite-only", action="store_true", help="leave PostgreSQL out")
    late = "answer these half a second late: scripts, posts, pages (finds tests that race what they wait for)"
    group.addoption("--late", action="append", choices=WHAT, default=[], help=late)
    group.addoption("--postgresql-only", action="store_true", help="leave SQLite out")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in set(os.environ) - {"COLLOQUY_TEST_DATA"}:
        if name in {"SECRET_KEY", "DATABASE_URL"} or name.startswith("COLLOQUY_"):
            del os.environ[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, or at the end one process works on it while the others have nothing left."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for garbage only in what tests leave: going through all that was collected each time takes longer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Say at once what failed: a run that is stopped from outside never reaches its summary."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        heading = f"{report.nodeid} failed ({report.when}, {report.duration:.0f} s)"
        print(f"\n{heading}\n{report.longreprtext}", file=sys.__stderr__, flush=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what touches the database on both kinds, but for what is marked to need one alone."""
    if "database" not in metafunc.fixturenames:
        return
    kinds: tuple[str, ...] = KINDS
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    if "sqlite_only" in marks:
        kinds = ("sqlite",)
    if metafunc.config.getoption("--sqlite-only"):
        kinds = tuple(kind for kind in kinds if kind == "sqlite")
    if metafunc.config.getoption("--postgresql-only"):
        kinds = tuple(kind for kind in kinds if kind == "postgresql")
    metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture(scope="session")
def _databases() -> Iterator[Callable[[str], Database]]:
    """The databases of this test process, each made when it is first needed."""
    made: dict[str, Database] = {}
    with ExitStack() as stack:
        parent = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="colloquy-", ignore_cleanup_errors=True)))

        def get(kind: str) -> Database:
            if kind not in made:
                folder = parent / f"{parent.name}-{kind}"
                folder.mkdir(exist_ok=True)
                made[kind] = stack.enter_context(open_database(kind, folder))
            return made[kind]

        yield get


@pytest.fixture
def database(request: pytest.FixtureRequest, _databases: Callable[[str], Database]) -> Database:
    """A migrated database without a row: on SQLite, then on PostgreSQL."""
    database = _databases(request.param)
    database.empty()
    return database


@pytest.fixture
def app(database: Database) -> Flask:
    """The application on the test's database. For settings of its own: `database.make_app(NAME=value)`."""
    return database.app


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser in which nobody is signed in."""
    return browsing.client_of(app)


@pytest.fixture
def people(app: Flask, database: Database) -> People:
    """The same few people and their two classes."""
    return database.recall("people", lambda: make_people(app))


@pytest.fixture
def reading(app: Flask, database: Database, people: People) -> Reading:
    """A reading of the first class, with a quiz, attempts, a prompt and comments."""
    return database.recall("reading", lambda: make_reading(app, people), on="people")


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Person | str], Client]:
    """`sign_in(people.student)` is the browser of somebody signed in; a name is signed in through the page."""

    def signed_in(person: Person | str) -> Client:
        return browsing.sign_in(app, person) if isinstance(person, str) else browsing.signed_in(app, person.id)

    return signed_in


@pytest.fixture
def count_statements(database: Database) -> Callable[[], AbstractContextManager[Statements]]:
    """`with count_statements() as seen:` lists the statements; `seen.commits`, `seen.writes()`."""
    return lambda: statements.recorded(database.engine)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock that stands still: `clock.set(moment)`, `clock.forward(minutes=30)`."""
    with time_machine.travel(START, tick=False) as traveller:
        yield Clock(traveller)
