"""The yardstick's four tables and its engine. YARDSTICK_DATABASE names the database, as SQLAlchemy writes it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)

POOL = 8

metadata = MetaData()

questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("quiz_id", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("stem", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Index("ix_questions_quiz", "quiz_id", "position"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("quiz_id", Integer, nullable=False),
    Column("student", String(80), nullable=False),
    Column("points", Integer, nullable=False),
    Column("answers", Text, nullable=False),
    Index("ix_attempts_quiz", "quiz_id", "student"),
)

responses = Table(
    "responses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("quiz_id", Integer, nullable=False),
    Column("question_id", Integer, nullable=False),
    Column("student", String(80), nullable=False),
    Column("chosen", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Index("ix_responses_tally", "quiz_id", "question_id", "chosen", "points"),
)

comments = Table(
    "comments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer, nullable=False),
    Column("parent_id", Integer),
    Column("author", String(80), nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_comments_thread", "thread_id", "id"),
)


def connect(url: str) -> Engine:
    """An engine on the database; SQLite as Colloquy runs it: WAL, and a commit that survives a power cut."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=POOL)
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(raw: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "cache_size=-16000"):
        raw.execute(f"PRAGMA {pragma}")
