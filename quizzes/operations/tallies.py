"""Keeps the counts of quizzes/models/tallies.py true, in the caller's transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, delete, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from core.database import AnySelect, Base, db
from quizzes.models import AnswerTally, Attempt, ItemTally, Response, ScoreTally
from quizzes.points import FRACTION_ONE


def _is_counted() -> Any:
    return and_(Attempt.number == 1, Attempt.submitted_at.is_not(None))


def _items(times: int) -> AnySelect:
    graded = Response.points.is_not(None)
    partial = and_(Response.fraction > 0, Response.fraction < FRACTION_ONE)
    return (
        select(
            Response.delivery_id,
            Response.item_id,
            func.count() * times,
            func.sum(case((graded, times), else_=0)),
            func.coalesce(func.sum(Response.points), 0) * times,
            func.sum(case((Response.fraction == FRACTION_ONE, times), else_=0)),
            func.sum(case((partial, times), else_=0)),
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(_is_counted())
        .group_by(Response.delivery_id, Response.item_id)
        .order_by(Response.delivery_id, Response.item_id)
    )


def _answers(times: int) -> AnySelect:
    key = func.coalesce(Response.answer_key, "")
    return (
        select(Response.delivery_id, Response.item_id, key, func.count() * times)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(_is_counted())
        .group_by(Response.delivery_id, Response.item_id, key)
        .order_by(Response.delivery_id, Response.item_id, key)
    )


def _scores(times: int) -> AnySelect:
    waiting = case((Attempt.ungraded > 0, literal(True)), else_=literal(False))
    return (
        select(Attempt.delivery_id, Attempt.points, waiting, func.count() * times)
        .where(_is_counted())
        .group_by(Attempt.delivery_id, Attempt.points, waiting)
        .order_by(Attempt.delivery_id, Attempt.points, waiting)
    )


def _add(model: type[Base], counts: tuple[str, ...], rows: AnySelect) -> None:
    """Add `rows` (keys, then counts) to a tally. Sorted by key, so that two writers never wait in a circle."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    table: Any = model.__table__
    keys = [column.name for column in table.primary_key.columns]
    insert = dialect.insert(table).from_select([*keys, *counts], rows)
    summed = {name: table.c[name] + insert.excluded[name] for name in counts}
    db.session.execute(insert.on_conflict_do_update(index_elements=keys, set_=summed))


ITEM_COUNTS = ("responses", "graded", "points", "full", "partial")


def count_attempt(attempt_id: int, times: int = 1) -> None:
    """Add what a closed attempt counts for (`times` 1) or take it away (-1); nothing unless it is a first attempt.

    Call it once when an attempt closes, and around every change of a score: away before, added after.
    """
    db.session.flush()
    _add(ItemTally, ITEM_COUNTS, _items(times).where(Response.attempt_id == attempt_id))
    _add(AnswerTally, ("responses",), _answers(times).where(Response.attempt_id == attempt_id))
    _add(ScoreTally, ("attempts",), _scores(times).where(Attempt.id == attempt_id))


def rebuild_tallies() -> None:
    """Count everything anew from the responses."""
    for model in (ItemTally, AnswerTally, ScoreTally):
        db.session.execute(delete(model))
    _add(ItemTally, ITEM_COUNTS, _items(1))
    _add(AnswerTally, ("responses",), _answers(1))
    _add(ScoreTally, ("attempts",), _scores(1))
