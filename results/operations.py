"""What the gradebook writes: how it is weighed, what staff decide about cells, whether totals are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import UpdateBase, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from classroom.models import Enrollment
from classroom.operations.notifications import telling
from core import audit, clock
from core.database import db
from core.points import Points
from quizzes.queries.completion import IS_STUDENT
from results.grade_cells import BACK, OVERRIDE, QUIZ, Cell, Student, counted_points
from results.gradebook import Category
from results.models import Gradebook, GradeCategory, GradeColumn, GradeDecision
from results.queries.quiz_columns import key_of

TOTALS = "totals"
"""A kind of notification, about a class whose students see their totals; results/notifications.py has its words."""


class Outdated(Exception):
    """Somebody else changed it since it was read: nothing was written."""


@dataclass(frozen=True)
class Actor:
    """Who acts, and in which class: what the audit log writes down."""

    user_id: int
    section_id: int


@dataclass(frozen=True)
class Arrangement:
    """How a gradebook is weighed: the categories in order, with the id that each had (0: a new one), and by column the
    place of its category among them, None for the rest. A column of which nothing is said stays where it is."""

    categories: Sequence[Category]
    places: Mapping[str, int | None]


def delivery_of(key: str) -> dict[str, int | None]:
    """Return the columns that point at what a gradebook's column is about."""
    kind, _dash, number = key.partition("-")
    is_quiz = kind == QUIZ
    return {
        "quiz_delivery_id": int(number) if is_quiz else None,
        "prompt_delivery_id": None if is_quiz else int(number),
    }


def arrange(actor: Actor, wanted: Arrangement, seen: int) -> None:
    """Weigh a class's gradebook like this from now on. `seen`: the revision that was read. Raises Outdated."""
    _take_turn(actor.section_id, seen)
    places = {**_unsaid(actor.section_id, wanted), **wanted.places}
    db.session.execute(delete(GradeCategory).where(GradeCategory.section_id == actor.section_id))
    rows = [
        GradeCategory(
            section_id=actor.section_id,
            position=position,
            name=each.name,
            weight=each.weight,
            drop_lowest=each.drop_lowest,
        )
        for position, each in enumerate(wanted.categories)
    ]
    db.session.add_all(rows)
    db.session.flush()
    placed = [{"category_id": rows[place].id, **delivery_of(key)} for key, place in places.items() if place is not None]
    if placed:
        db.session.execute(insert(GradeColumn), placed)
    detail = [{"name": row.name, "weight": row.weight, "drop_lowest": row.drop_lowest} for row in rows]
    _record(actor, "gradebook.arrange", {"categories": detail})


def _unsaid(section_id: int, wanted: Arrangement) -> dict[str, int]:
    """The places of columns of which nothing is said, such as a quiz that is not published now: their category's, by
    its id or, where that is another's by now, by its name."""
    column, category = GradeColumn, GradeCategory
    held = (
        select(column.quiz_delivery_id, column.prompt_delivery_id, category.id, category.name)
        .join(category, category.id == column.category_id)
        .where(category.section_id == section_id)
        .order_by(column.id)
    )
    by_name = {each.name: place for place, each in enumerate(wanted.categories)}
    by_id = {each.id: place for place, each in enumerate(wanted.categories) if each.id}
    found = {}
    for quiz, talk, category_id, name in db.session.execute(held):
        place = by_id.get(category_id, by_name.get(name))
        if place is not None:
            found[key_of(quiz, talk)] = place
    return found


@dataclass(frozen=True)
class Verdict:
    """What staff decide about a cell: another number of points, to excuse, or to take back; and why."""

    kind: str
    points: Points | None
    why: str


Decided = tuple[Student, Cell, Verdict]


def decide(actor: Actor, student: Student, cell: Cell, verdict: Verdict) -> None:
    """Keep a decision about a student's cell, after the last one that is known of it. Raises Outdated.

    What it counted before and counts now is kept with it, for ever.
    """
    _keep(actor, [(student, cell, verdict)])
    detail = {"column": cell.column.key, "enrollment": student.enrollment_id, "reason": verdict.why}
    _record(actor, f"gradebook.{verdict.kind}", detail)


def decide_all(actor: Actor, decisions: Sequence[Decided]) -> None:
    """Keep decisions about many cells, at most one for each: all of them or, raising Outdated, none."""
    _keep(actor, decisions)
    reason = decisions[0][2].why if decisions else ""
    _record(actor, "gradebook.import", {"cells": len(decisions), "reason": reason})


def _keep(actor: Actor, decisions: Sequence[Decided]) -> None:
    rows = [_row(actor, *decision) for decision in decisions]
    try:
        with db.session.begin_nested():
            db.session.execute(insert(GradeDecision), rows)
    except IntegrityError as error:
        raise Outdated from error


def _row(actor: Actor, student: Student, cell: Cell, verdict: Verdict) -> dict[str, Any]:
    after = verdict.points if verdict.kind == OVERRIDE else None
    if verdict.kind == BACK:
        after = counted_points(cell.plain or cell)
    return {
        "enrollment_id": student.enrollment_id,
        **delivery_of(cell.column.key),
        "number": cell.number + 1,
        "kind": verdict.kind,
        "before": counted_points(cell),
        "after": after,
        "why": verdict.why,
        "by_id": actor.user_id,
        "at": clock.now(),
    }


def show_totals(actor: Actor, seen: int, *, shown: bool) -> None:
    """Let students see their totals as they are weighed in the revision that was read, or not. Raises Outdated.

    Students are told that they are shown: again, if they were hidden in between.
    """
    now = clock.now()
    _take_turn(actor.section_id, seen, totals_released_at=now if shown else None)
    if shown:
        db.session.execute(_telling(db.engine.dialect.name), {"section": actor.section_id, "now": now})
    _record(actor, "gradebook.release" if shown else "gradebook.hide", {})


@cache
def _telling(dialect: str) -> UpdateBase:
    whom = select(Enrollment.user_id, Enrollment.section_id, Enrollment.section_id.label("object_id"))
    of_class = (Enrollment.section_id == bindparam("section"), IS_STUDENT)
    return telling(dialect, TOTALS, whom.where(*of_class), again=True)


def _take_turn(section_id: int, seen: int, **values: Any) -> None:
    """Count one change of a class's gradebook, or refuse where somebody else has changed it."""
    if seen == 0:
        try:
            with db.session.begin_nested():
                db.session.add(Gradebook(section_id=section_id, **values))
        except IntegrityError as error:
            raise Outdated from error
        return
    mine = (Gradebook.section_id == section_id, Gradebook.revision == seen)
    changed = update(Gradebook).where(*mine).values(revision=seen + 1, **values)
    if not db.session.execute(changed.returning(Gradebook.section_id)).all():
        raise Outdated


def _record(actor: Actor, action: str, detail: dict[str, Any]) -> None:
    act = audit.Act(action, "gradebook", actor.section_id, actor.section_id, detail)
    audit.record(actor.user_id, act)
