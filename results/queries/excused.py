"""Who is excused from a quiz, for a larger SELECT."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from results.grade_cells import EXCUSE
from results.models import GradeDecision


def is_excused(quiz: Any, student: Any) -> ColumnElement[bool]:
    """Whether staff have decided last that the quiz (a delivery) does not count for the student (a place)."""
    decision, later = aliased(GradeDecision), aliased(GradeDecision)
    cell = (decision.quiz_delivery_id == quiz, decision.enrollment_id == student)
    newer = (
        later.quiz_delivery_id == decision.quiz_delivery_id,
        later.enrollment_id == decision.enrollment_id,
        later.number > decision.number,
    )
    last = exists().where(*cell, decision.kind == EXCUSE, ~exists().where(*newer).correlate_except(later))
    return last.correlate_except(decision)
