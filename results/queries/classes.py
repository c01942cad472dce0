"""The quizzes of a class's reading, and the same quiz in the viewer's other classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, false, or_, select

from articles.models import Assignment
from classroom.models import STAFF, Enrollment, Section
from core.database import AnySelect, read_rows
from quizzes.figures import Completion
from quizzes.models import Attempt, Quiz, QuizDelivery
from quizzes.queries.completion import count_attempts, count_late, count_students
from quizzes.queries.standing import is_in_progress
from quizzes.standings import EVERYBODY, Meant, Which
from quizzes.timing import second_of

MOST = 500
MOST_BESIDE = 50


@dataclass(frozen=True)
class DeliveryRow:
    """A quiz given to a class, with how many study there, have started, and handed in late (of the attempts meant)."""

    id: int
    assignment_id: int
    quiz_id: int
    title: str
    section_id: int
    section_name: str
    due_at: datetime | None
    students: int
    started: int
    late: int
    certainty: str = "off"

    def completion(self, handed_in: int) -> Completion:
        """Return how far the class is; `handed_in` is known from the scores."""
        return Completion(handed_in, self.late, self.started, self.students)


def _rows(which: Which, labelled: bool) -> AnySelect:
    return (
        select(
            QuizDelivery.id,
            QuizDelivery.assignment_id,
            Quiz.id,
            Quiz.title,
            Section.id,
            Section.name,
            Assignment.due_at,
            count_students(labelled),
            count_attempts(is_in_progress(), labelled=labelled),
            count_late(which=which, labelled=labelled),
            QuizDelivery.certainty,
        )
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Section, Section.id == Assignment.section_id)
        .order_by(QuizDelivery.id)
    )


@cache
def _deliveries(which: Which, labelled: bool) -> AnySelect:
    assignment_id: Any = bindparam("assignment_id")
    here = select(QuizDelivery.quiz_id).where(QuizDelivery.assignment_id == assignment_id)
    staff = select(Enrollment.section_id).where(
        Enrollment.user_id == bindparam("user_id"),
        Enrollment.state == "active",
        Enrollment.role.in_(STAFF),
    )
    return (
        _rows(which, labelled)
        .where(
            QuizDelivery.quiz_id.in_(here),
            or_(QuizDelivery.assignment_id == assignment_id, false() if labelled else Section.id.in_(staff)),
        )
        .order_by(None)
        .order_by(QuizDelivery.assignment_id != assignment_id, QuizDelivery.id)
        .limit(MOST_BESIDE)
    )


@cache
def _of_class() -> AnySelect:
    begun = exists().where(Attempt.delivery_id == QuizDelivery.id)
    return (
        _rows("first", labelled=False)
        .where(Section.id == bindparam("section"), or_(Quiz.published_at.is_not(None), begun))
        .limit(MOST)
    )


def list_deliveries_of_class(section_id: int, now: datetime) -> list[DeliveryRow]:
    """Return every quiz of a class that is published or begun, oldest first. One statement."""
    given = {"section": section_id, "second": second_of(now)}
    return [DeliveryRow(*row) for row in read_rows(_of_class(), given)]


@cache
def _size() -> AnySelect:
    return select(count_students()).select_from(Section).where(Section.id == bindparam("section"))


def count_class(section_id: int) -> int:
    """Return how many study in a class. One statement."""
    return int(read_rows(_size(), {"section": section_id}).one()[0])


def list_deliveries(user_id: int, assignment_id: int, now: datetime, meant: Meant = EVERYBODY) -> list[DeliveryRow]:
    """Return the quizzes given with a reading, and the same quizzes in classes where the person is staff.

    The reading's own first, each oldest first, at most MOST_BESIDE, in one statement; a row's `assignment_id` tells
    which class it is. A label is one class's own: with it the others are left out.
    """
    given = {"user_id": user_id, "assignment_id": assignment_id, "second": second_of(now), "label_id": meant.label_id}
    return [DeliveryRow(*row) for row in read_rows(_deliveries(meant.which, meant.is_labelled), given)]
