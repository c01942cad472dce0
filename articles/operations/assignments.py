"""Giving an article to classes, each with its own dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from articles.models import Assignment
from articles.operations.own_dates import hold_dates, keep_dates_of_assignment
from core import clock
from core.database import db
from core.following import following

DATES_CHANGE = "dates of an assignment"


class AlreadyAssigned(Exception):
    """The class has this article already."""


class HasWork(Exception):
    """The class has a quiz, a prompt or work on this article: it cannot be taken back."""


@dataclass(frozen=True)
class Dates:
    """When an assignment opens, is due and closes, in this order; None sets no bound."""

    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None


def assign_article(section_id: int, article_id: int, version_id: int, dates: Dates) -> Assignment:
    """Give a version of an article to a class. Raises AlreadyAssigned."""
    assignment = Assignment(
        section_id=section_id,
        article_id=article_id,
        version_id=version_id,
        opens_at=dates.opens_at,
        due_at=dates.due_at,
        closes_at=dates.closes_at,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(assignment)
    except IntegrityError as error:
        raise AlreadyAssigned from error
    keep_dates_of_assignment(assignment.id)
    return assignment


def change_dates(assignment_id: int, dates: Dates) -> None:
    """Give an assignment other dates; they hold at once, also for work under way and for own dates.

    What the old dates had ended stays so, and what the new ones end is over: whoever follows DATES_CHANGE sees to it.
    """
    of = select(Assignment.section_id).where(Assignment.id == assignment_id)
    hold_dates(of.scalar_subquery())
    with following(DATES_CHANGE, assignment_id):
        db.session.execute(
            update(Assignment)
            .where(Assignment.id == assignment_id)
            .values(opens_at=dates.opens_at, due_at=dates.due_at, closes_at=dates.closes_at)
        )
        keep_dates_of_assignment(assignment_id)


def unassign_article(assignment_id: int) -> None:
    """Take an article back from a class. Raises HasWork when a quiz or a prompt stands on it."""
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Assignment).where(Assignment.id == assignment_id))
    except IntegrityError as error:
        raise HasWork from error
