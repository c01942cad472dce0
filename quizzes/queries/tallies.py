"""What a class answered, read from the tallies and put right for what they cannot know.

The tallies count closed first attempts of whoever made them. Reading adds the attempts whose
end has passed though nobody closed them yet, and takes out those of people who are no longer
students of the class. Both are few, so the cost does not grow with the class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, and_, bindparam, case, func, literal, select, union_all

from articles.models import Assignment
from classroom.models import CLASS_ROLES, Enrollment
from core.database import AnySelect, db
from quizzes.figures import ItemFigures, ScoreCount
from quizzes.models import AnswerTally, Attempt, ItemTally, QuizDelivery, Response, ScoreTally
from quizzes.points import FRACTION_ONE, Points
from quizzes.queries.completion import IS_STUDENT
from quizzes.queries.standing import is_past_end
from quizzes.timing import second_of

NOT_STUDENTS = tuple(role for role in CLASS_ROLES if role != "student")
_IDS: Any = bindparam("delivery_ids", expanding=True)


@dataclass(frozen=True)
class _Exception:
    """An attempt that the tallies have wrong: sign +1 is missing in them, -1 does not belong."""

    attempt_id: int
    delivery_id: int
    points: Points
    waiting: bool
    sign: int


def _columns(sign: int) -> AnySelect:
    found = (Attempt.id, Attempt.delivery_id, Attempt.points, Attempt.ungraded > 0)
    return select(*found, literal(sign).label("sign"))


def _unclosed() -> AnySelect:
    return (
        _columns(1)
        .select_from(Attempt)
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Attempt.delivery_id.in_(_IDS),
            Attempt.submitted_at.is_(None),
            Attempt.number == 1,
            is_past_end(),
            IS_STUDENT,
        )
    )


def _closed_of(whose: ColumnElement[bool]) -> AnySelect:
    own = and_(Attempt.delivery_id == QuizDelivery.id, Attempt.enrollment_id == Enrollment.id)
    return (
        _columns(-1)
        .select_from(QuizDelivery)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Enrollment, Enrollment.section_id == Assignment.section_id)
        .join(Attempt, own)
        .where(QuizDelivery.id.in_(_IDS), Attempt.number == 1, Attempt.submitted_at.is_not(None))
        .where(whose)
    )


@cache
def _exceptions() -> CompoundSelect[*tuple[Any, ...]]:
    """Attempts that are over but not closed, and closed ones of people who left or do not study (any more).

    Each part goes through an index: one condition for all would read the whole class.
    """
    left = Enrollment.state.in_(("removed", "invited"))
    others = and_(Enrollment.state == "active", Enrollment.role.in_(NOT_STUDENTS))
    return union_all(_unclosed(), _closed_of(left), _closed_of(others))


def _find_exceptions(delivery_ids: Sequence[int], now: datetime) -> list[_Exception]:
    given = {"delivery_ids": list(delivery_ids), "second": second_of(now)}
    return [_Exception(*tuple(row)) for row in db.session.execute(_exceptions(), given)]


@cache
def _tallied(model: type[ItemTally] | type[AnswerTally] | type[ScoreTally]) -> AnySelect:
    columns = tuple(model.__table__.c)
    most_first = (AnswerTally.responses.desc(), *columns) if model is AnswerTally else columns
    return select(*columns).where(model.delivery_id.in_(_IDS)).order_by(*most_first).limit(10_000)


@cache
def _answered() -> AnySelect:
    key = func.coalesce(Response.answer_key, "").label("answer_key")
    partial = and_(Response.fraction > 0, Response.fraction < FRACTION_ONE)
    keys = (Response.delivery_id, Response.item_id, key)
    return (
        select(
            *keys,
            func.count().label("responses"),
            func.count(Response.points).label("graded"),
            func.coalesce(func.sum(Response.points), 0).label("points"),
            func.sum(case((Response.fraction == FRACTION_ONE, 1), else_=0)).label("full"),
            func.sum(case((partial, 1), else_=0)).label("partial"),
        )
        .where(Response.attempt_id.in_(bindparam("attempt_ids", expanding=True)))
        .group_by(*keys)
        .order_by(*keys)
    )


@dataclass(frozen=True)
class ClassFigures:
    """The figures of each (delivery, item), and for each delivery how many have each score, lowest first."""

    items: dict[tuple[int, int], ItemFigures]
    scores: dict[int, list[ScoreCount]]

    @property
    def key(self) -> Hashable:
        """The same for the same figures."""
        items = ((at, figures.key) for at, figures in self.items.items())
        return (tuple(items), tuple((at, *counts) for at, counts in self.scores.items()))


def class_figures(delivery_ids: Sequence[int], now: datetime) -> ClassFigures:
    """Return what first attempts of today's students came to, in four statements, six at most."""
    exceptions = _find_exceptions(delivery_ids, now)
    return ClassFigures(_item_figures(delivery_ids, exceptions), _score_counts(delivery_ids, exceptions))


def _item_figures(delivery_ids: Sequence[int], exceptions: Sequence[_Exception]) -> dict[tuple[int, int], ItemFigures]:
    given = {"delivery_ids": list(delivery_ids)}
    figures: dict[tuple[int, int], ItemFigures] = defaultdict(ItemFigures)
    for row in db.session.execute(_tallied(ItemTally), given):
        figures[row.delivery_id, row.item_id].add(row)
    for row in db.session.execute(_tallied(AnswerTally), given):
        figures[row.delivery_id, row.item_id].answers[row.answer_key] += row.responses
    for sign in (1, -1):
        ids = [found.attempt_id for found in exceptions if found.sign == sign]
        rows = db.session.execute(_answered(), {"attempt_ids": ids}) if ids else ()
        for row in rows:
            entry = figures[row.delivery_id, row.item_id]
            entry.add(row, sign)
            entry.answers[row.answer_key] += sign * row.responses
    return dict(figures)


def _score_counts(delivery_ids: Sequence[int], exceptions: Sequence[_Exception]) -> dict[int, list[ScoreCount]]:
    counts: dict[tuple[int, Points, bool], int] = defaultdict(int)
    for row in db.session.execute(_tallied(ScoreTally), {"delivery_ids": list(delivery_ids)}):
        counts[row.delivery_id, row.points, row.waiting] += row.attempts
    for found in exceptions:
        counts[found.delivery_id, found.points, bool(found.waiting)] += found.sign
    scores: dict[int, list[ScoreCount]] = defaultdict(list)
    for (delivery_id, points, waiting), students in sorted(counts.items()):
        if students > 0:
            scores[delivery_id].append(ScoreCount(points, waiting, students))
    return dict(scores)
