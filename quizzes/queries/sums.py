"""What an attempt's answers come to, as SQL: the same arithmetic as quizzes.certainty and quizzes.tries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, ScalarSelect, case, cast, func, select

from quizzes.certainty import COUNTED, LEVELS, WHEN_RIGHT, WHEN_WRONG
from quizzes.models import Attempt, Item, QuizDelivery, Response, SecondTry


def total_points() -> ScalarSelect[Any]:
    """The points of the attempt that the statement around is about: for each answer that is not dropped the better
    of two tries, with certainty mixed into the first where the delivery says so; 0 to what they are worth."""
    first = func.coalesce(Response.points, 0)
    gain = case((SecondTry.points > first, SecondTry.points - first), else_=0)
    gains, worth = _sum(gain), _sum(Item.points)
    sure = case((_sum(_thirds(first)) > 0, (2 * _sum(_thirds(first)) + 3) // 6), else_=0) + gains
    mixed = case((sure > worth, worth), else_=sure)
    is_mixed = func.max(case((QuizDelivery.certainty == COUNTED, 1), else_=0)) == 1
    return (
        select(case((is_mixed, mixed), else_=_sum(first) + gains))
        .select_from(Response)
        .join(Item, Item.id == Response.item_id)
        .join(QuizDelivery, QuizDelivery.id == Response.delivery_id)
        .outerjoin(SecondTry, SecondTry.response_id == Response.id)
        .where(Response.attempt_id == Attempt.id, Response.dropped.is_(False))
        .correlate(Attempt)
        .scalar_subquery()
    )


def _thirds(points: ColumnElement[int]) -> ColumnElement[int]:
    """Three times what an answer counts with its certainty."""
    marks = {level: points * WHEN_RIGHT[level] + (Item.points - points) * WHEN_WRONG[level] for level in LEVELS}
    return case(
        *((Response.certainty == level, mark) for level, mark in marks.items()),
        else_=3 * points,
    )


def _sum(values: Any) -> ColumnElement[int]:
    """A sum that stays a whole number on PostgreSQL, 0 of nothing."""
    return func.coalesce(cast(func.sum(values), BigInteger), 0)
