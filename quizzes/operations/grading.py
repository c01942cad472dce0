"""Grading by hand: the answer, its attempt and every count of it change in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, update

from core import clock
from core.database import db
from quizzes.models import Attempt, Item, Response, ScoreChange
from quizzes.operations.tallies import count_attempt
from quizzes.points import Points, fraction_of


class StaleGradeError(Exception):
    """Somebody graded the answer since it was shown."""


@dataclass(frozen=True)
class HandGrade:
    """What a grader gives: points (0 to the item's), words for the student, and the revision that was read."""

    by_id: int
    points: Points
    comment: str
    revision: int


def grade_response(response_id: int, grade: HandGrade) -> None:
    """Grade an answer of a closed attempt. Raises StaleGradeError unless `grade.revision` is the answer's.

    Keeps true in the same transaction: the attempt's points and how many of its answers wait, the counts of
    the results pages, and the record of who changed which score when.
    """
    response = db.session.get_one(Response, response_id)
    db.session.execute(select(Attempt.id).where(Attempt.id == response.attempt_id).with_for_update())
    db.session.refresh(response)
    if response.revision != grade.revision:
        raise StaleGradeError
    count_attempt(response.attempt_id, -1)
    before, changed = response.points, response.points != grade.points
    most = db.session.scalars(select(Item.points).where(Item.id == response.item_id)).one()
    response.points = grade.points
    response.fraction = fraction_of(grade.points, most)
    response.grader_comment = grade.comment
    response.graded_by_id, response.graded_at = grade.by_id, clock.now()
    response.revision += 1
    if changed:
        change = ScoreChange(
            response_id=response_id, by_id=grade.by_id, at=clock.now(), before=before, after=grade.points, why=""
        )
        db.session.add(change)
    db.session.flush()
    sum_up_attempt(response.attempt_id)
    count_attempt(response.attempt_id)


def sum_up_attempt(attempt_id: int) -> None:
    """Set an attempt's points and its number of waiting answers from its answers."""
    own = Response.attempt_id == attempt_id
    total = select(func.coalesce(func.sum(Response.points), 0)).where(own).scalar_subquery()
    waiting = select(func.count()).where(own, Response.points.is_(None)).scalar_subquery()
    db.session.execute(update(Attempt).where(Attempt.id == attempt_id).values(points=total, ungraded=waiting))
