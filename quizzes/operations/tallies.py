"""Keeps the counts of quizzes/models/tallies.py true, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import (
    Executable,
    Integer,
    and_,
    bindparam,
    case,
    delete,
    false,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite

from core.database import AnySelect, Base, db
from quizzes.models import AnswerTally, Attempt, ItemTally, Response, ScoreTally
from quizzes.points import FRACTION_ONE

TIMES = bindparam("times", type_=Integer)


def _is_counted() -> Any:
    return and_(Attempt.number == 1, Attempt.submitted_at.is_not(None))


def _items() -> AnySelect:
    graded = Response.points.is_not(None)
    partial = and_(Response.fraction > 0, Response.fraction < FRACTION_ONE)
    return (
        select(
            Response.delivery_id,
            Response.item_id,
            func.count() * TIMES,
            func.coalesce(func.sum(case((graded, 1), else_=0)), 0) * TIMES,
            func.coalesce(func.sum(Response.points), 0) * TIMES,
            func.coalesce(func.sum(case((Response.fraction == FRACTION_ONE, 1), else_=0)), 0) * TIMES,
            func.coalesce(func.sum(case((partial, 1), else_=0)), 0) * TIMES,
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(_is_counted())
        .group_by(Response.delivery_id, Response.item_id)
        .order_by(Response.delivery_id, Response.item_id)
    )


def _answers() -> AnySelect:
    key = func.coalesce(Response.answer_key, literal_column("''"))
    return (
        select(Response.delivery_id, Response.item_id, key, func.count() * TIMES)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(_is_counted())
        .group_by(Response.delivery_id, Response.item_id, key)
        .order_by(Response.delivery_id, Response.item_id, key)
    )


def _scores() -> AnySelect:
    waiting = case((Attempt.ungraded > 0, true()), else_=false())
    return (
        select(Attempt.delivery_id, Attempt.points, waiting, func.count() * TIMES)
        .where(_is_counted())
        .group_by(Attempt.delivery_id, Attempt.points, waiting)
        .order_by(Attempt.delivery_id, Attempt.points, waiting)
    )


def _adding(model: type[Base], counts: tuple[str, ...], rows: AnySelect) -> Executable:
    """Add `rows` (keys, then counts) to a tally. Sorted by key, so that two writers never wait in a circle."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    table: Any = model.__table__
    keys = [column.name for column in table.primary_key.columns]
    insert = dialect.insert(table).from_select([*keys, *counts], rows)
    summed = {name: table.c[name] + insert.excluded[name] for name in counts}
    return insert.on_conflict_do_update(index_elements=keys, set_=summed)


@cache
def _counting(_dialect: str, *, one: bool) -> tuple[Executable, ...]:
    """The three statements that add what is counted; with `one`, of a single attempt. Built once."""
    of_response = Response.attempt_id == bindparam("attempt_id") if one else true()
    of_attempt = Attempt.id == bindparam("attempt_id") if one else true()
    return (
        _adding(ItemTally, ("responses", "graded", "points", "full", "partial"), _items().where(of_response)),
        _adding(AnswerTally, ("responses",), _answers().where(of_response)),
        _adding(ScoreTally, ("attempts",), _scores().where(of_attempt)),
    )


def count_attempt(attempt_id: int, times: int = 1) -> None:
    """Add what a closed attempt counts for (`times` 1) or take it away (-1); nothing unless it is a first attempt.

    Call it once when an attempt closes, and around every change of a score: away before, added after.
    """
    db.session.flush()
    connection = db.session.connection()
    for statement in _counting(connection.dialect.name, one=True):
        connection.execute(statement, {"attempt_id": attempt_id, "times": times})


@contextmanager
def recounted(attempt_ids: Sequence[int]) -> Iterator[None]:
    """Keep every count true while the body changes points, fractions, answer keys or drops of these attempts.

    The counts of all closed attempts of the students concerned are taken out before and put in again after
    what the body flushed. Enter it before the body locks anything of an attempt: it locks the attempts in
    the order in which everybody does, the newest first.
    """
    for attempt_id in attempt_ids:
        count_attempt(attempt_id, -1)
    yield
    for attempt_id in attempt_ids:
        count_attempt(attempt_id)


def rebuild_tallies() -> None:
    """Count everything anew from the responses."""
    for model in (ItemTally, AnswerTally, ScoreTally):
        db.session.execute(delete(model))
    connection = db.session.connection()
    for statement in _counting(connection.dialect.name, one=False):
        connection.execute(statement, {"times": 1})
