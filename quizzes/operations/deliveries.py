"""Giving a quiz to a class, changing its rules there, and releasing what students wait for."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError

from articles.models import Assignment
from classroom.models import Section
from core import clock
from core.database import db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, QuizDelivery

MOST_PER_CLASS = 500
"""A gradebook reads so many quizzes of a class; more are refused here, so that none is ever missing there."""


class DeliveryHasAttemptsError(Exception):
    """Students have started the quiz in this class: their work is kept, so the delivery is too."""


class ClassIsFullError(Exception):
    """The class has as many quizzes as its gradebook has room for."""


class AlreadyDeliveredError(Exception):
    """The class has this quiz already."""


def deliver_quiz(quiz_id: int, assignment_id: int, rules: DeliveryRules) -> QuizDelivery:
    """Give a quiz to the class of an assignment of its article. Raises AlreadyDeliveredError, ClassIsFullError.

    It holds the class, so that two at once cannot both be the last.
    """
    section = select(Section.id).join(Assignment, Assignment.section_id == Section.id)
    section = section.where(Assignment.id == assignment_id).with_for_update(key_share=True, of=Section)
    here = db.session.scalars(section).one()
    given = select(func.count(QuizDelivery.id)).join(Assignment, Assignment.id == QuizDelivery.assignment_id)
    if (db.session.scalar(given.where(Assignment.section_id == here)) or 0) >= MOST_PER_CLASS:
        raise ClassIsFullError
    delivery = QuizDelivery(quiz_id=quiz_id, assignment_id=assignment_id, created_at=clock.now(), **asdict(rules))
    try:
        with db.session.begin_nested():
            db.session.add(delivery)
    except IntegrityError as error:
        raise AlreadyDeliveredError from error
    return delivery


def change_rules(delivery_id: int, rules: DeliveryRules) -> None:
    """Set the rules. Attempts in progress keep the end they were given at their start."""
    db.session.execute(update(QuizDelivery).where(QuizDelivery.id == delivery_id).values(**asdict(rules)))


def remove_delivery(delivery_id: int) -> None:
    """Take a quiz away from a class. Raises DeliveryHasAttemptsError once a student has started it."""
    db.session.execute(select(QuizDelivery.id).where(QuizDelivery.id == delivery_id).with_for_update())
    if db.session.scalar(select(exists().where(Attempt.delivery_id == delivery_id))):
        raise DeliveryHasAttemptsError
    db.session.execute(delete(QuizDelivery).where(QuizDelivery.id == delivery_id))


def release_now(delivery_id: int) -> None:
    """Show students what waits for the instructor's release; a second time changes nothing."""
    db.session.execute(
        update(QuizDelivery)
        .where(QuizDelivery.id == delivery_id, QuizDelivery.released_at.is_(None))
        .values(released_at=clock.now())
    )
