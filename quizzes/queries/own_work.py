"""All that one person did in the quizzes of a reading, in as many statements however many quizzes there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, select

from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from quizzes.attempts import AttemptRow, DeliveryRow
from quizzes.missed import Answered, OwnWork
from quizzes.models import Attempt, QuizDelivery, Response, SecondTry
from quizzes.queries.attempts import ANSWER_COLUMNS, ATTEMPT_COLUMNS, MOST_ATTEMPTS, answers_of, attempt_of
from quizzes.queries.deliveries import DELIVERY_COLUMNS, deliveries_in_reach
from quizzes.queries.versions import questions_of
from quizzes.tries import SecondAnswer

MOST_ANSWERS = 20_000


@cache
def _work() -> AnySelect:
    mine = and_(Attempt.delivery_id == QuizDelivery.id, Attempt.enrollment_id == Enrollment.id)
    return (
        deliveries_in_reach()
        .add_columns(*ATTEMPT_COLUMNS)
        .outerjoin(Attempt, mine)
        .where(QuizDelivery.assignment_id == bindparam("assignment_id"))
        .order_by(QuizDelivery.id, Attempt.number, Attempt.id)
        .limit(MOST_ATTEMPTS)
    )


@cache
def _answers() -> AnySelect:
    second = (SecondTry.answer, SecondTry.fraction, SecondTry.points, SecondTry.percent)
    return (
        select(Response.attempt_id, SecondTry.response_id, *second, *ANSWER_COLUMNS)
        .outerjoin(SecondTry, SecondTry.response_id == Response.id)
        .where(Response.attempt_id.in_(bindparam("attempts", expanding=True)))
        .order_by(Response.attempt_id, Response.id)
        .limit(MOST_ANSWERS)
    )


def list_own_work(user_id: int, assignment_id: int) -> list[OwnWork]:
    """Return the quizzes of a reading as this person meets them, oldest first, each with their attempts at it.

    One statement.
    """
    ends = len(DELIVERY_COLUMNS)
    rows = read_rows(_work(), {"user_id": user_id, "assignment_id": assignment_id})
    found = []
    for _id, group in groupby(rows, key=lambda row: row[0]):
        own = list(group)
        attempts = [attempt_of(row) for row in own if row[ends] is not None]
        found.append(OwnWork(DeliveryRow(*own[0][:ends]), attempts))
    return found


def read_answers_of(attempts: Sequence[AttemptRow]) -> Mapping[int, Answered]:
    """Return every answer of the reader's own attempts, with second tries, by the attempt's id.

    One statement, and another where this process has not met these questions together; none without attempts.
    """
    if not attempts:
        return {}
    rows = read_rows(_answers(), {"attempts": [attempt.id for attempt in attempts]})
    ends = 6
    given: dict[int, list[Sequence[Any]]] = {attempt.id: [] for attempt in attempts}
    seconds: dict[int, dict[int, SecondAnswer]] = {attempt.id: {} for attempt in attempts}
    for row in rows:
        given[row[0]].append(row[ends:])
        if row[1] is not None:
            seconds[row[0]][row[1]] = SecondAnswer(*row[2:ends])
    placed = {one["version"] for attempt in attempts for one in attempt.layout}
    known = questions_of(placed | {row[ends + 2] for row in rows})
    return {each.id: Answered(answers_of(each, given[each.id], known), seconds[each.id]) for each in attempts}
