"""A process of its own that does to a class, at random and without pause, all that changes what is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import func, select

from app import create_app
from classroom.allowances import Allowance
from core.clock import now
from core.database import db
from core.points import POINT
from quizzes.models import Attempt, GradeDraft, Regrade, Response
from quizzes.operations.accommodations import change_allowance
from quizzes.operations.attempts import (
    AttemptInProgressError,
    AttemptOverError,
    Sent,
    hand_in,
    save_answers,
    start_attempt,
)
from quizzes.operations.grading import (
    DraftsChangedError,
    HandGrade,
    StaleGradeError,
    fingerprint,
    list_drafts,
    release_drafts,
    save_draft,
)
from quizzes.operations.regrades import (
    AlreadyUndoneError,
    Decision,
    DroppedError,
    NewerRegradeError,
    regrade_item,
    undo_regrade,
)
from quizzes.operations.second_tries import AlreadyTriedError, NothingToTryError, try_again
from quizzes.queries.attempts import (
    get_attempt_for,
    list_answers,
    list_own_attempts,
    lock_answers_for,
    lock_own_attempts,
)
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.grading import seen_of

LOST_RACES = (
    AttemptInProgressError,
    AttemptOverError,
    StaleGradeError,
    DraftsChangedError,
    DroppedError,
    NewerRegradeError,
    AlreadyUndoneError,
    AlreadyTriedError,
    NothingToTryError,
)
"""What may happen when somebody else was faster."""
HAND = (6, 8, 6, 6, 1, 1, 3, 1)
"""How often each kind of act comes in 32 steps."""
ANSWERS = {"single_choice": (["k1"], ["k2"], []), "open_answer": (["At sea."], ["In port."], [" "])}


@dataclass(frozen=True)
class Class:
    """What a process hammers on."""

    settings: Mapping[str, Any]
    delivery: int
    students: tuple[int, ...]
    instructor: int
    items: Mapping[str, int]


def hand_in_once(school: Class) -> None:
    """Let every student hand in one attempt with every item answered, so that each kind of act finds something."""
    for student in school.students:
        attempt_id = _start_attempt(school, student)
        _save_answers(student, attempt_id, {school.items[name]: given[0] for name, given in ANSWERS.items()})
        hand_in(get_attempt_for(student, attempt_id, lock=True), now())
        db.session.commit()


def hammer(school: Class, seed: int, steps: int) -> list[str]:
    """Act `steps` times; returns what went wrong other than lost races."""
    app, random, wrong = create_app(dict(school.settings)), Random(seed), []
    with app.app_context():
        for act in _deal(random, steps):
            try:
                act(school, random)
                db.session.commit()
            except LOST_RACES:
                db.session.rollback()
            except Exception as error:
                db.session.rollback()
                wrong.append(f"{act.__name__}: {error!r}")
        db.engine.dispose()
    return wrong


def _deal(random: Random, steps: int) -> list[Callable[[Class, Random], None]]:
    """Return what to do, each kind as often as a hand of `HAND` has it, so that none is left to luck."""
    acts = (_start, _save, _hand_in, _grade, _regrade, _undo, _try_again, _change_limits)
    hand = [act for act, times in zip(acts, HAND, strict=True) for _time in range(times)]
    dealt = [act for _hand in range(steps // len(hand) + 1) for act in random.sample(hand, len(hand))]
    return dealt[:steps]


def _start(school: Class, random: Random) -> None:
    _start_attempt(school, random.choice(school.students))


def _start_attempt(school: Class, student: int) -> int:
    own = lock_own_attempts(student, school.delivery)
    return start_attempt(get_delivery_for(student, school.delivery), own, now())


def _newest(school: Class, random: Random) -> tuple[int, int] | None:
    student = random.choice(school.students)
    delivery = get_delivery_for(student, school.delivery)
    own = list_own_attempts(delivery.id, delivery.enrollment_id)
    return (student, own[-1].id) if own else None


def _save(school: Class, random: Random) -> None:
    found = _newest(school, random)
    if found:
        held = select(Response.item_id).where(Response.attempt_id == found[1], Response.dropped.is_(False))
        items = set(db.session.scalars(held))  # an item that is dropped is in no attempt that starts later
        names = [name for name in ANSWERS if school.items[name] in items]
        some = random.sample(names, random.randint(1, len(names)))
        _save_answers(*found, {school.items[name]: random.choice(ANSWERS[name]) for name in some})


def _save_answers(student: int, attempt_id: int, given: Mapping[int, list[str]]) -> None:
    attempt, answers = lock_answers_for(student, attempt_id, list(given))
    save_answers(attempt, answers, [Sent(item, "hammer", 0, {"answer": each}) for item, each in given.items()], now())


def _hand_in(school: Class, random: Random) -> None:
    found = _newest(school, random)
    if found:
        hand_in(get_attempt_for(*found, lock=True), now())


def _grade(school: Class, random: Random) -> None:
    """Draft a grade and keep it, then release whatever is drafted by then, as the pages do."""
    wanted = (
        select(Response.id, Response.revision, func.coalesce(GradeDraft.revision, 0).label("drafted"))
        .join(Attempt, Attempt.id == Response.attempt_id)
        .outerjoin(GradeDraft, GradeDraft.response_id == Response.id)
        .where(Response.item_id == school.items["open_answer"], Response.answer.is_not(None))
        .where(Attempt.submitted_at.is_not(None))
    )
    rows = db.session.execute(wanted.order_by(Response.id)).all()
    db.session.rollback()  # a page was read; the grade is sent later
    if rows:
        row = random.choice(rows)
        points = random.choice((0, POINT // 2, POINT))
        save_draft(row.id, HandGrade(school.instructor, points, "", seen_of(row.revision, row.drafted)))
        db.session.commit()
    seen = fingerprint(list_drafts(school.delivery))
    db.session.rollback()
    release_drafts(school.delivery, None, seen)


def _regrade(school: Class, random: Random) -> None:
    policy = random.choice(("new_key", "full_credit", "nobody_loses", "drop"))
    decision = Decision(policy, "So it was decided.", school.instructor)
    regrade_item(school.delivery, school.items["single_choice"], decision)


def _try_again(school: Class, random: Random) -> None:
    found = _newest(school, random)
    attempt = get_attempt_for(*found) if found else None
    if found and attempt and attempt.submitted_at:
        rows = [row for row in list_answers(attempt) if row.type == "single_choice"]
        for row in rows:
            try_again(found[0], attempt, row, {"choice": random.choice(("k1", "k2"))})


def _change_limits(school: Class, random: Random) -> None:
    place = get_delivery_for(random.choice(school.students), school.delivery).enrollment_id
    factor = random.choice((100, 150, 200))
    change_allowance(school.instructor, place, Allowance(time_factor_percent=factor), now())


def _undo(school: Class, random: Random) -> None:
    in_force = db.session.scalars(select(Regrade.id).where(Regrade.undone_at.is_(None)).order_by(Regrade.id)).all()
    if in_force:
        undo_regrade(in_force[-1], school.instructor)
