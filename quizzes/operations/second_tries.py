"""A second try after re-reading: the first answer stays as it was, the attempt counts the better of the two."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from core import clock
from core.database import db
from quizzes.attempts import AnswerRow, AttemptRow
from quizzes.models import ScoreChange, SecondTry
from quizzes.operations.sums import sum_up_attempts
from quizzes.operations.tallies import recounted
from quizzes.queries.regrades import rules_up_to
from quizzes.question_types import TYPES
from quizzes.question_types.base import Answer
from quizzes.regrading import graded
from quizzes.second_tries import SecondAnswer, better, points_of_second


class AlreadyTriedError(Exception):
    """The question was tried again before: there is one second try."""


def try_again(user_id: int, attempt: AttemptRow, row: AnswerRow, answer: Answer) -> None:
    """Keep and grade a second answer; whoever calls has asked may_try_again. Raises AlreadyTriedError."""
    now, percent = clock.now(), attempt.delivery.second_try_percent or 0
    grade = graded(row.giving(answer), rules_up_to(row.regrade_id))
    second = SecondAnswer(answer, grade.fraction or 0, points_of_second(row.worth, grade.fraction or 0, percent))
    key = TYPES[row.type].answer_key(TYPES[row.type].read(row.content), answer)
    with recounted([attempt.id]):
        try:
            with db.session.begin_nested():
                db.session.add(
                    SecondTry(
                        response_id=row.response_id,
                        answer=answer,
                        answer_key=key,
                        fraction=second.fraction,
                        points=second.points,
                        percent=percent,
                        at=now,
                    )
                )
        except IntegrityError as error:
            raise AlreadyTriedError from error
        after = better(row.points, second)
        if after != row.points:
            db.session.add(
                ScoreChange(
                    response_id=row.response_id,
                    by_id=user_id,
                    at=now,
                    before=row.points,
                    after=after,
                    before_fraction=row.fraction,
                    after_fraction=second.fraction,
                    why=str(_("Second try after re-reading")),
                )
            )
        sum_up_attempts([attempt.id])
