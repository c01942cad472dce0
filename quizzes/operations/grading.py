"""Grading by hand: the answer, its attempt and every count of it change in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from core import clock
from core.database import db
from quizzes.models import Attempt, Item, Response, ScoreChange
from quizzes.operations.sums import sum_up_attempts
from quizzes.operations.tallies import recounted
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
    attempt_id = db.session.scalars(select(Response.attempt_id).where(Response.id == response_id)).one()
    with recounted([attempt_id]):
        response, most = _locked(response_id)
        if response.revision != grade.revision:
            raise StaleGradeError
        _write(response, grade, most)
        db.session.flush()
        sum_up_attempts([attempt_id])


def _write(response: Response, grade: HandGrade, most: Points) -> None:
    """Put the grade into the answer, and the change of the score into its history."""
    before, changed = response.points, response.points != grade.points
    response.points = grade.points
    response.fraction = fraction_of(grade.points, most)
    response.grader_comment = grade.comment
    response.graded_by_id, response.graded_at = grade.by_id, clock.now()
    response.revision += 1
    if changed:
        change = ScoreChange(
            response_id=response.id, by_id=grade.by_id, at=clock.now(), before=before, after=grade.points, why=""
        )
        db.session.add(change)


def _locked(response_id: int) -> tuple[Response, Points]:
    """The answer as it is now, and what it is worth; it and its attempt are held until the commit."""
    row = db.session.execute(
        select(Response, Item.points)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Item, Item.id == Response.item_id)
        .where(Response.id == response_id)
        .with_for_update(of=[Response, Attempt]),
        execution_options={"populate_existing": True},
    ).one()
    return row[0], row[1]
