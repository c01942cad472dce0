"""What a class answered, read from the tallies and put right for what they cannot know.

The tallies count closed first attempts of whoever made them. Reading adds the attempts whose
end has passed though nobody closed them yet, and takes out those of people who are no longer
students of the class. Both are few, so the cost does not grow with the class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, and_, case, func, literal, or_, select, union_all

from articles.models import Assignment
from classroom.models import Enrollment
from core.database import db
from quizzes.figures import ItemFigures, ScoreCount
from quizzes.models import AnswerTally, Attempt, ItemTally, QuizDelivery, Response, ScoreTally
from quizzes.points import FRACTION_ONE, Points
from quizzes.queries.standing import is_past_end


def _exceptions(delivery_ids: Sequence[int], now: datetime) -> CTE:
    """Attempts with a sign: +1 not counted yet though over, -1 counted though not a student's any more."""
    unclosed = (
        select(Attempt.id, Attempt.delivery_id, Attempt.points, Attempt.ungraded, literal(1).label("sign"))
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Attempt.delivery_id.in_(delivery_ids),
            Attempt.submitted_at.is_(None),
            Attempt.number == 1,
            is_past_end(now),
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
            QuizDelivery.id.in_(delivery_ids),
            Attempt.submitted_at.is_not(None),
            Attempt.number == 1,
            or_(Enrollment.state != "active", Enrollment.role != "student"),
        )
    )
    return union_all(unclosed, left).cte("exceptions")


_MOST_FIRST = (AnswerTally.responses.desc(), AnswerTally.item_id, AnswerTally.answer_key)


def item_figures(delivery_ids: Sequence[int], now: datetime) -> dict[tuple[int, int], ItemFigures]:
    """Return the figures of each (delivery, item), first attempts of today's students, in three statements."""
    figures: dict[tuple[int, int], ItemFigures] = defaultdict(ItemFigures)
    items = select(ItemTally).where(ItemTally.delivery_id.in_(delivery_ids)).limit(5_000)
    for row in db.session.execute(items.with_only_columns(*ItemTally.__table__.c)):
        _add(figures[row.delivery_id, row.item_id], row, 1)
    answers = select(*AnswerTally.__table__.c).where(AnswerTally.delivery_id.in_(delivery_ids))
    for row in db.session.execute(answers.order_by(*_MOST_FIRST).limit(5_000)):
        figures[row.delivery_id, row.item_id].answers[row.answer_key] += row.responses
    for row in db.session.execute(_exceptional_responses(delivery_ids, now)):
        entry = figures[row.delivery_id, row.item_id]
        _add(entry, row, row.sign)
        entry.answers[row.answer_key] += row.sign * row.responses
    return dict(figures)


def _add(entry: ItemFigures, row: Any, sign: int) -> None:
    entry.responses += sign * row.responses
    entry.graded += sign * row.graded
    entry.points += sign * row.points
    entry.full += sign * row.full
    entry.partial += sign * row.partial


def _exceptional_responses(delivery_ids: Sequence[int], now: datetime) -> Any:
    exceptions = _exceptions(delivery_ids, now)
    key = func.coalesce(Response.answer_key, "").label("answer_key")
    partial = and_(Response.fraction > 0, Response.fraction < FRACTION_ONE)
    return (
        select(
            Response.delivery_id,
            Response.item_id,
            key,
            exceptions.c.sign,
            func.count().label("responses"),
            func.count(Response.points).label("graded"),
            func.coalesce(func.sum(Response.points), 0).label("points"),
            func.sum(case((Response.fraction == FRACTION_ONE, 1), else_=0)).label("full"),
            func.sum(case((partial, 1), else_=0)).label("partial"),
        )
        .join(exceptions, exceptions.c.id == Response.attempt_id)
        .group_by(Response.delivery_id, Response.item_id, key, exceptions.c.sign)
        .order_by(Response.delivery_id, Response.item_id, key, exceptions.c.sign)
    )


def score_counts(delivery_ids: Sequence[int], now: datetime) -> dict[int, list[ScoreCount]]:
    """Return for each delivery how many students have each score, lowest first, in two statements."""
    counts: dict[int, dict[tuple[Points, bool], int]] = defaultdict(lambda: defaultdict(int))
    tallies = select(*ScoreTally.__table__.c).where(ScoreTally.delivery_id.in_(delivery_ids))
    for row in db.session.execute(tallies.order_by(ScoreTally.points).limit(5_000)):
        counts[row.delivery_id][row.points, row.waiting] += row.attempts
    exceptions = _exceptions(delivery_ids, now)
    waiting = (exceptions.c.ungraded > 0).label("waiting")
    keys = (exceptions.c.delivery_id, exceptions.c.points, waiting)
    signed = select(*keys, func.sum(exceptions.c.sign).label("attempts")).group_by(*keys)
    for row in db.session.execute(signed.order_by(*keys)):
        counts[row.delivery_id][row.points, bool(row.waiting)] += row.attempts
    return {
        delivery_id: [ScoreCount(*key, n) for key, n in sorted(by_score.items()) if n > 0]
        for delivery_id, by_score in counts.items()
    }
