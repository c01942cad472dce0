"""What a class answered, read from the tallies and put right for what they cannot know.

The tallies count closed first attempts of whoever made them. Reading adds the attempts whose
end has passed though nobody closed them yet, and takes out those of people who are no longer
students of the class. Both are few, so the cost does not grow with the class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CTE, and_, bindparam, case, desc, func, literal, or_, select, union_all

from articles.models import Assignment
from classroom.models import Enrollment
from core.database import AnySelect, db
from quizzes.figures import ItemFigures, ScoreCount
from quizzes.models import AnswerTally, Attempt, ItemTally, QuizDelivery, Response, ScoreTally
from quizzes.points import FRACTION_ONE
from quizzes.queries.standing import is_past_end
from quizzes.timing import second_of

_IDS: Any = bindparam("delivery_ids", expanding=True)


def _given(delivery_ids: Sequence[int], now: datetime) -> dict[str, Any]:
    return {"delivery_ids": list(delivery_ids), "second": second_of(now)}


def _exceptions() -> CTE:
    """Attempts with a sign: +1 not counted yet though over, -1 counted though not a student's any more."""
    unclosed = (
        select(Attempt.id, Attempt.delivery_id, Attempt.points, Attempt.ungraded, literal(1).label("sign"))
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Attempt.delivery_id.in_(_IDS),
            Attempt.submitted_at.is_(None),
            Attempt.number == 1,
            is_past_end(),
            Enrollment.state == "active",
            Enrollment.role == "student",
        )
    )
    left = (
        select(Attempt.id, Attempt.delivery_id, Attempt.points, Attempt.ungraded, literal(-1).label("sign"))
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(Assignment, Assignment.section_id == Enrollment.section_id)
        .join(
            QuizDelivery,
            and_(QuizDelivery.assignment_id == Assignment.id, QuizDelivery.id == Attempt.delivery_id),
        )
        .where(
            QuizDelivery.id.in_(_IDS),
            Attempt.submitted_at.is_not(None),
            Attempt.number == 1,
            or_(Enrollment.state != "active", Enrollment.role != "student"),
        )
    )
    return union_all(unclosed, left).cte("exceptions")


def _signed(tallied: Any, exceptional: AnySelect, keys: tuple[str, ...]) -> AnySelect:
    """Return tallies and exceptions summed by `keys`; the other columns are counts."""
    rows = union_all(tallied, exceptional).subquery()
    counts = [func.sum(column).label(column.key) for column in rows.c if column.key not in keys]
    by = [rows.c[key] for key in keys]
    return select(*by, *counts).group_by(*by)


def _times(sign: Any, condition: Any) -> Any:
    return func.sum(case((condition, sign), else_=0))


def item_figures(delivery_ids: Sequence[int], now: datetime) -> dict[tuple[int, int], ItemFigures]:
    """Return the figures of each (delivery, item), first attempts of today's students, in two statements."""
    figures: dict[tuple[int, int], ItemFigures] = defaultdict(ItemFigures)
    given = _given(delivery_ids, now)
    for row in db.session.execute(_item_rows(), given):
        responses, graded, points, full, partial = map(int, row[2:])
        figures[row[0], row[1]] = ItemFigures(responses, graded, points, full, partial)
    for row in db.session.execute(_answer_rows(), given):
        figures[row[0], row[1]].answers[row[2]] = int(row[3])
    return dict(figures)


@cache
def _item_rows() -> AnySelect:
    tallied = select(*ItemTally.__table__.c).where(ItemTally.delivery_id.in_(_IDS))
    exceptions = _exceptions()
    sign = exceptions.c.sign
    partial = and_(Response.fraction > 0, Response.fraction < FRACTION_ONE)
    exceptional = (
        select(
            Response.delivery_id,
            Response.item_id,
            func.sum(sign),
            _times(sign, Response.points.is_not(None)),
            func.coalesce(func.sum(Response.points * sign), 0),
            _times(sign, Response.fraction == FRACTION_ONE),
            _times(sign, partial),
        )
        .join(exceptions, exceptions.c.id == Response.attempt_id)
        .group_by(Response.delivery_id, Response.item_id)
    )
    rows = _signed(tallied, exceptional, ("delivery_id", "item_id"))
    return rows.order_by("delivery_id", "item_id").limit(5_000)


@cache
def _answer_rows() -> AnySelect:
    tallied = select(*AnswerTally.__table__.c).where(AnswerTally.delivery_id.in_(_IDS))
    exceptions = _exceptions()
    key = func.coalesce(Response.answer_key, "")
    exceptional = (
        select(Response.delivery_id, Response.item_id, key, func.sum(exceptions.c.sign))
        .join(exceptions, exceptions.c.id == Response.attempt_id)
        .group_by(Response.delivery_id, Response.item_id, key)
    )
    keys = ("delivery_id", "item_id", "answer_key")
    rows = _signed(tallied, exceptional, keys)
    return rows.order_by(desc("responses"), *keys).limit(10_000)


@cache
def _score_rows() -> AnySelect:
    tallied = select(*ScoreTally.__table__.c).where(ScoreTally.delivery_id.in_(_IDS))
    exceptions = _exceptions()
    waiting = case((exceptions.c.ungraded > 0, literal(True)), else_=literal(False))
    columns = (exceptions.c.delivery_id, exceptions.c.points, waiting, exceptions.c.sign)
    keys = ("delivery_id", "points", "waiting")
    rows = _signed(tallied, select(*columns).select_from(exceptions), keys)
    return rows.order_by(*keys).limit(10_000)


def score_counts(delivery_ids: Sequence[int], now: datetime) -> dict[int, list[ScoreCount]]:
    """Return for each delivery how many students have each score, lowest first, in one statement."""
    counts: dict[int, list[ScoreCount]] = defaultdict(list)
    rows = db.session.execute(_score_rows(), _given(delivery_ids, now))
    for delivery_id, points, is_waiting, students in rows:
        if students > 0:
            counts[delivery_id].append(ScoreCount(points, bool(is_waiting), int(students)))
    return dict(counts)
