"""The database: one `db`, one naming convention, engine settings for each database, one `commit()`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeAlias

from flask import Flask, current_app, g, has_request_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, Select, UpdateBase
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from core import postgresql
from core.line import Line
from core.postgresql import prepare_postgresql
from core.prepared import Rows, Statement, run
from core.reading import READ, request_reads_only, write_no_more
from core.sqlite import prepare_sqlite

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

HELD = "line"
"""Where `g` keeps the line of a request, and the application what opens one."""
AFTERWARDS = "after_commit"
"""Where `g`, or outside of any request the session, keeps what is to be done after the commit."""

AnySelect: TypeAlias = Select[*tuple[Any, ...]]
"""A SELECT of whatever columns."""


class Base(DeclarativeBase):
    """What every model subclasses; each names its table itself."""

    metadata = MetaData(naming_convention=NAMING)


class RequestSession(Session):
    """The request's session: it joins the request's own connection, and is never made where nobody needs it."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """Return what runs a statement: the request's connection, outside of any request the engine."""
        return connection() if has_request_context() else super().get_bind(*args, **kwargs)


db = SQLAlchemy(model_class=Base, session_options={"class_": RequestSession})


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC in Python, on both databases. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must be aware: use clock.now()")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """One function, not SQLAlchemy's three: a long list has thousands of moments, most of them empty."""
        return _from_text if dialect.name == "sqlite" else _in_utc


def _from_text(value: str | None) -> datetime | None:
    """Read a moment as SQLite keeps it, in UTC; putting the zone in afterwards would take ten times as long."""
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def after_commit(act: Callable[[], None]) -> None:
    """Have `act` done, once, when what is written now is durable; not if it is undone. It must not fail."""
    if has_request_context():
        g.setdefault(AFTERWARDS, {})[act] = None
    else:
        db.session.info.setdefault(AFTERWARDS, {})[act] = None


def commit() -> None:
    """Make everything of this request durable: once, last, by the view. What is read afterwards takes no lock."""
    if not has_request_context():
        db.session.commit()
        _do(db.session.info.pop(AFTERWARDS, {}))
        return
    if db.session.registry.has():
        db.session.commit()  # flushes; what it joined is committed here
    held: Line | None = g.pop(HELD, None)
    if held is not None:
        try:
            held.commit()
        finally:
            held.close()
    write_no_more()
    _do(g.pop(AFTERWARDS, {}))


def _do(acts: Iterable[Callable[[], None]]) -> None:
    for act in acts:
        act()


def give_up() -> None:
    """Undo what this request wrote so far and let other writers in."""
    if has_request_context():
        g.pop(AFTERWARDS, None)
    if db.session.registry.has():
        db.session.rollback()
    _let_go()


def _let_go(_error: BaseException | None = None) -> None:
    """Give the request's line back; what is not committed is undone."""
    held: Line | None = g.pop(HELD, None)
    if held is not None:
        held.close()


def _held() -> Line:
    """Return the request's line, whether or not it is in a transaction."""
    held: Line | None = g.get(HELD)
    if held is None:
        held = current_app.extensions[HELD]()
        setattr(g, HELD, held)
    return held


def line() -> Line:
    """Return the line of the request's transaction, which begins here; outside of any request, the session's.

    A request has one line and one transaction; the session joins them if anybody asks it. A session of its
    own around a hot page would cost as much as the page's rows.
    """
    if not has_request_context():
        return current_app.extensions[HELD](around=db.session.connection())
    held = _held()
    held.begin()
    return held


def connection() -> Connection:
    """Return SQLAlchemy's connection of the request's transaction; outside of any request, the session's."""
    return line().connection() if has_request_context() else db.session.connection()


@contextmanager
def read_connection() -> Iterator[Connection]:
    """A connection in a transaction that only reads, over before the block's caller goes on.

    For what must be known before slow work (a password hash, Markdown) on a request
    that will write: on SQLite it does not take the write lock. A request that only reads
    anyway uses its own connection, which costs one transaction less.
    """
    if request_reads_only():
        yield connection()
        return
    with db.engine.connect().execution_options(**READ) as apart:
        yield apart


@contextmanager
def reading_only() -> Iterator[None]:
    """Outside of any request: let the session read, in a transaction that is over when the block is.

    On SQLite it does not take the write lock, so that a worker that looks at much keeps nobody waiting.
    """
    db.session.connection(execution_options=READ)
    try:
        yield
    finally:
        db.session.rollback()


def read_first(statement: Statement, values: Mapping[str, Any]) -> Rows:
    """Run a hot SELECT before anything else of the request, past the ORM.

    On a request that may write it is no part of the transaction, which, if one is needed, begins later.
    """
    return run(line() if request_reads_only() else _held(), statement, values)


def read_rows(statement: Statement, values: Mapping[str, Any], alike: int = 0) -> Rows:
    """Run a SELECT of columns in the request's transaction, past the ORM: for hot pages.

    Build the statement once (functools.cache) with `bindparam`s: building costs more than running.
    What the session has not flushed is not seen. Where the first `alike` columns are the same in every row, look
    at them in the first row only.
    """
    return run(line(), statement, values, alike)


def write(statement: UpdateBase, values: Mapping[str, Any]) -> Rows:
    """Run an INSERT, UPDATE or DELETE in the request's transaction and return what it is RETURNING.

    Built once like a hot SELECT, with a `bindparam` for each column that is no constant default of its model.
    """
    return run(line(), statement, values)


def _engine_options(url: str) -> dict[str, Any]:
    """A connection given back is reset by prepare_sqlite() or prepare_postgresql(), only where there is need to."""
    common = {"pool_timeout": 30, "pool_use_lifo": True, "pool_reset_on_return": None}
    if url.startswith("sqlite"):
        return {"pool_size": 40, "max_overflow": 0, **common}
    return {"pool_size": 20, "max_overflow": 20, **common, **postgresql.ENGINE}


def init_database(app: Flask) -> None:
    """Attach `db` to the application and prepare its engine."""
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _engine_options(url))
    db.init_app(app)
    app.teardown_request(_let_go)
    with app.app_context():
        prepare = prepare_sqlite if db.engine.dialect.name == "sqlite" else prepare_postgresql
        app.extensions[HELD] = partial(Line, db.engine, prepare(db.engine))
