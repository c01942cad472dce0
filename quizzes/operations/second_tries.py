"""A second try after re-reading: the first answer stays as it was, the attempt counts the better of the two."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from core import clock
from core.database import db
from core.points import FRACTION_ONE
from quizzes.attempts import AnswerRow, AttemptRow
from quizzes.models import Response, ScoreChange, SecondTry
from quizzes.operations.sums import sum_up_attempts
from quizzes.operations.tallies import recounted
from quizzes.queries.in_force import rules_up_to
from quizzes.question_types import TYPES
from quizzes.question_types.base import Answer
from quizzes.regrading import graded
from quizzes.tries import SecondAnswer, better, points_of_second


class AlreadyTriedError(Exception):
    """The question was tried again before: there is one second try."""


class NothingToTryError(Exception):
    """The question was dropped, or scored as right, since it was shown."""


def try_again(user_id: int, attempt: AttemptRow, row: AnswerRow, answer: Answer) -> None:
    """Keep and grade a second answer; whoever calls has asked may_try_again.

    Raises AlreadyTriedError, and NothingToTryError where a decision about scoring came first.
    """
    with recounted([attempt.id]):
        row = _as_it_is(row)
        if row.dropped or row.fraction is None or row.fraction >= FRACTION_ONE:
            raise NothingToTryError
        second = _graded(row, answer, attempt.delivery.second_try_percent or 0)
        _keep(row, second)
        if better(row.points, second) != row.points:
            _record(user_id, row, second)
        sum_up_attempts([attempt.id])


def _as_it_is(row: AnswerRow) -> AnswerRow:
    """The first answer's score as it stands under the lock: a decision may have come since the page was read."""
    columns = (Response.fraction, Response.points, Response.dropped, Response.regrade_id)
    now = db.session.execute(select(*columns).where(Response.id == row.response_id)).one()
    return row._replace(**now._mapping)


def _graded(row: AnswerRow, answer: Answer, percent: int) -> SecondAnswer:
    fraction = graded(row.giving(answer), rules_up_to(row.regrade_id)).fraction or 0
    return SecondAnswer(answer, fraction, points_of_second(row.worth, fraction, percent), percent)


def _keep(row: AnswerRow, second: SecondAnswer) -> None:
    values = {"fraction": second.fraction, "points": second.points, "percent": second.percent, "at": clock.now()}
    key = TYPES[row.type].answer_key(TYPES[row.type].read(row.content), second.answer)
    try:
        with db.session.begin_nested():
            db.session.execute(
                insert(SecondTry).values(response_id=row.response_id, answer=second.answer, answer_key=key, **values)
            )
    except IntegrityError as error:
        raise AlreadyTriedError from error


def _record(user_id: int, row: AnswerRow, second: SecondAnswer) -> None:
    """The first try's score stays; what the question counts is now the second's."""
    db.session.add(
        ScoreChange(
            response_id=row.response_id,
            by_id=user_id,
            at=clock.now(),
            before=row.points,
            after=row.points,
            before_fraction=row.fraction,
            after_fraction=row.fraction,
            second_after=second.points,
            second_after_fraction=second.fraction,
            why=str(_("Second try after re-reading")),
        )
    )
