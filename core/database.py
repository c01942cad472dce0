"""The database: one `db`, one naming convention, engine settings for each database, one `commit()`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeAlias

from flask import Flask, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, Select, UpdateBase
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from core.postgresql import prepare_postgresql, reading
from core.prepared import Rows, Statement, run
from core.sqlite import READ, SAFE_METHODS, prepare_sqlite

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

AnySelect: TypeAlias = Select[*tuple[Any, ...]]
"""A SELECT of whatever columns."""


class Base(DeclarativeBase):
    """What every model subclasses; each names its table itself."""

    metadata = MetaData(naming_convention=NAMING)


class RequestSession(Session):
    """The request's session. On PostgreSQL a request that only reads needs no transaction."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """Return the engine for what is to be run."""
        bind = super().get_bind(*args, **kwargs)
        return reading(bind) if isinstance(bind, Engine) and _only_reads() else bind


def _only_reads() -> bool:
    return has_request_context() and request.method in SAFE_METHODS


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
        read = self.impl_instance.result_processor(dialect, coltype)

        def as_utc(value: Any) -> datetime | None:
            if value is None:
                return None
            moment: Any = read(value) if read else value
            found: datetime = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
            return found

        return as_utc


def commit() -> None:
    """Make everything of this request durable: once, last, by the view."""
    db.session.commit()


def give_up() -> None:
    """Undo what this request wrote so far and let other writers in."""
    db.session.rollback()


@contextmanager
def read_connection() -> Iterator[Connection]:
    """A connection in a transaction that only reads, over before the block's caller goes on.

    For what must be known before slow work (a password hash, Markdown) on a request
    that will write: on SQLite it does not take the write lock. A request that only reads
    anyway uses its own connection, which costs one transaction less.
    """
    if _only_reads():
        yield connection()
        return
    with reading(db.engine).connect().execution_options(**READ) as apart:
        yield apart


def connection() -> Connection:
    """Return the connection of the request's transaction.

    A request that only reads has one of its own: a session around it would cost as much as the rows of a page.
    (What it asks the session as well, the session asks on another one.) A request that writes uses the session's,
    so that one commit ends both.
    """
    name = "reading" if _only_reads() else "writing"
    held: Connection | None = g.get(name)
    if held is None or held.closed:  # the transaction before is over
        held = _begin_reading() if name == "reading" else db.session.connection()
        setattr(g, name, held)
    return held


def _begin_reading() -> Connection:
    begun = reading(db.engine).connect()
    begun.begin()  # on SQLite all that a page shows is of one moment
    return begun


def _end_reading(_error: BaseException | None) -> None:
    begun: Connection | None = g.pop("reading", None)
    if begun is not None:
        begun.close()


def read_rows(statement: Statement, values: Mapping[str, Any]) -> Rows:
    """Run a SELECT of columns in the request's transaction, past the ORM: for hot pages.

    Build the statement once (functools.cache) with `bindparam`s: building costs more than running.
    What the session has not flushed is not seen.
    """
    return run(connection(), statement, values)


def write(statement: UpdateBase, values: Mapping[str, Any]) -> Rows:
    """Run an INSERT, UPDATE or DELETE in the request's transaction and return what it is RETURNING.

    Built once like a hot SELECT, with a `bindparam` for each column that is no constant default of its model.
    """
    return run(connection(), statement, values)


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"pool_size": 40, "max_overflow": 0, "pool_timeout": 30}
    return {"pool_size": 20, "max_overflow": 20, "pool_timeout": 30}


def init_database(app: Flask) -> None:
    """Attach `db` to the application and prepare its engine."""
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _engine_options(url))
    db.init_app(app)
    app.teardown_request(_end_reading)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
        else:
            prepare_postgresql(db.engine)
