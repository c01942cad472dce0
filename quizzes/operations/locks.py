"""Items and points are locked once a quiz has attempts."""

from __future__ import annotations

from sqlalchemy import exists, select

from core.database import db
from quizzes.models import Attempt, QuizDelivery


class QuizLockedError(Exception):
    """The quiz has attempts: its questions can be edited, but not added, removed, moved or reweighted."""


def lock_items(quiz_id: int) -> None:
    """Hold back new attempts until the caller's transaction ends; QuizLockedError if there are any.

    A new attempt needs its delivery's row, so holding the rows makes the check hold on PostgreSQL.
    """
    held = select(QuizDelivery.id).where(QuizDelivery.quiz_id == quiz_id).order_by(QuizDelivery.id)
    deliveries = db.session.scalars(held.with_for_update()).all()
    if deliveries and db.session.scalar(select(exists().where(Attempt.delivery_id.in_(deliveries)))):
        raise QuizLockedError
