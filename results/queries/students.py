"""The students of a class with the attempts meant, and the points of each of their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, ScalarSelect, and_, bindparam, func, literal, select, true, tuple_
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import Enrollment, User
from core.database import AnySelect, db, read_rows
from core.points import Points
from discussion.queries import posts_by_person
from quizzes.models import Attempt, QuizDelivery, Response, SecondTry
from quizzes.queries.completion import is_one_of, is_student
from quizzes.queries.standing import handed_in_at, is_handed_in, is_late
from quizzes.standings import Meant, Which
from quizzes.timing import second_of
from quizzes.tries import better_of
from results.queries.classes import DeliveryRow

PAGE = 50
WHOLE_CLASS = 5_000
AT_ONCE = 500
"""So many rows of a file are read at a time."""


class StudentRow(NamedTuple):
    """One student: state handed_in, started or not_started; points of the attempt meant, its
    number, how many attempts there are, and how many posts on the reading where they were asked for.

    A tuple, since a class may have thousands and a dataclass takes five times as long to make.
    """

    enrollment_id: int
    name: str
    attempt_id: int | None
    state: str
    points: Points
    max_points: Points
    ungraded: int
    started_at: datetime | None
    handed_in_at: datetime | None
    is_late: bool
    attempts: int
    number: int
    posts: int = 0

    @property
    def minutes(self) -> int | None:
        """Minutes from the start to handing in, rounded up; None while it is not handed in."""
        if self.started_at is None or self.handed_in_at is None or self.state != "handed_in":
            return None
        return -(-int((self.handed_in_at - self.started_at).total_seconds()) // 60)


def _attempt_count(delivery_id: Any) -> ScalarSelect[int]:
    """The number of the newest attempt: numbers have no gaps, and the index holds them."""
    any_attempt = aliased(Attempt)
    return (
        select(func.max(any_attempt.number))
        .where(any_attempt.delivery_id == delivery_id, any_attempt.enrollment_id == Enrollment.id)
        .correlate(Enrollment)
        .scalar_subquery()
    )


@cache
def _students(which: Which, labelled: bool, goes_on: bool, with_posts: bool) -> AnySelect:
    place = (User.name, Enrollment.id, func.coalesce(Attempt.number, 0))
    after = tuple_(*place) > tuple_(bindparam("name"), bindparam("enrollment"), bindparam("number"))
    delivery_id: Any = bindparam("delivery_id")
    meant = and_(
        Attempt.enrollment_id == Enrollment.id,
        Attempt.delivery_id == delivery_id,
        is_one_of(which),
    )
    wrote = posts_by_person(bindparam("assignment_id"))
    statement = (
        select(
            Enrollment.id,
            User.name,
            Attempt.id,
            is_handed_in(),
            Attempt.points,
            Attempt.max_points,
            Attempt.ungraded,
            Attempt.started_at,
            handed_in_at(),
            and_(is_handed_in(), is_late()),
            _attempt_count(delivery_id),
            Attempt.number,
            wrote.c.posts if with_posts else literal(0),
        )
        .select_from(Enrollment)
        .join(User, User.id == Enrollment.user_id)
        .join(QuizDelivery, QuizDelivery.id == delivery_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .outerjoin(Attempt, meant)
        .where(Enrollment.section_id == bindparam("section_id"), is_student(labelled), after if goes_on else true())
        .order_by(User.name, Enrollment.id, Attempt.number)
        .limit(bindparam("limit", type_=Integer))
        .offset(bindparam("offset", type_=Integer))
    )
    return statement.outerjoin(wrote, wrote.c.enrollment_id == Enrollment.id) if with_posts else statement


@dataclass(frozen=True)
class Stretch:
    """A part of a long list: from a number on, or after a row. `with_posts`: with how much each student wrote."""

    limit: int
    offset: int = 0
    after: StudentRow | None = None
    with_posts: bool = False


def list_students(delivery: DeliveryRow, now: datetime, meant: Meant, stretch: Stretch) -> list[StudentRow]:
    """Return the students meant by name with how far they are, in one statement; for "all", a row an attempt."""
    given: dict[str, Any] = {
        "delivery_id": delivery.id,
        "section_id": delivery.section_id,
        "second": second_of(now),
        "limit": stretch.limit,
        "offset": stretch.offset,
        "label_id": meant.label_id,
        "assignment_id": delivery.assignment_id,
    }
    after = stretch.after
    if after is not None:
        given |= {"name": after.name, "enrollment": after.enrollment_id, "number": after.number}
    statement = _students(meant.which, meant.is_labelled, after is not None, stretch.with_posts)
    return [_student(row) for row in read_rows(statement, given)]


def _student(row: Any) -> StudentRow:
    enrollment_id, name, attempt_id, done, points, maximum, ungraded, started_at, at, late, *counts = row
    attempts, number, posts = counts
    state = "not_started" if attempt_id is None else ("handed_in" if done else "started")
    return StudentRow(
        enrollment_id,
        name,
        attempt_id,
        state,
        points or 0,
        maximum or 0,
        ungraded or 0,
        started_at,
        at,
        bool(late) and state == "handed_in",  # nothing that was never begun is late
        attempts or 0,
        number or 0,
        posts or 0,
    )


@dataclass(frozen=True)
class Cell:
    """One answer in the matrix: what it counts, None while a person must grade it; whether it was answered.

    Of two tries the better counts. A dropped question counts nothing.
    """

    response_id: int
    points: Points | None
    answered: bool
    is_dropped: bool = False


Cells = dict[tuple[int, int], Cell]
"""Cells by (attempt id, item id)."""


def every_student(delivery: DeliveryRow, now: datetime, meant: Meant) -> Iterator[tuple[list[StudentRow], Cells]]:
    """Yield the students meant by name, and the cells of their attempts, AT_ONCE rows at a time; two statements each.

    Nobody is there twice or left out because somebody else comes or goes meanwhile.
    """
    stretch = Stretch(AT_ONCE)
    while rows := list_students(delivery, now, meant, stretch):
        yield rows, list_cells([row.attempt_id for row in rows if row.attempt_id and row.state == "handed_in"])
        stretch = Stretch(AT_ONCE, after=rows[-1])


def list_cells(attempt_ids: Sequence[int]) -> Cells:
    """Return the cells of these attempts by (attempt id, item id), in one statement."""
    rows = db.session.execute(
        select(
            Response.attempt_id,
            Response.item_id,
            Response.id,
            Response.points,
            SecondTry.points,
            Response.answer_key.is_not(None),
            Response.dropped,
        )
        .outerjoin(SecondTry, SecondTry.response_id == Response.id)
        .where(Response.attempt_id.in_(attempt_ids))
        .order_by(Response.attempt_id, Response.id)
        .limit(WHOLE_CLASS * 100)
    )
    cells: Cells = {}
    for attempt_id, item_id, response_id, first, second, answered, dropped in rows:
        points = 0 if dropped else better_of(first, second)
        cells[attempt_id, item_id] = Cell(response_id, points, answered, dropped)
    return cells
