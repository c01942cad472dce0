"""Who needs the staff of some classes: the facts of each kind in one statement, however many classes there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import Enrollment, User
from core.database import AnySelect, UTCDateTime, read_rows
from core.points import FRACTION_ONE
from discussion.queries.needing import list_asked_in, list_flagged_in
from discussion.queries.silent import list_silent_in
from quizzes.figures import NEAR
from quizzes.models import Attempt, Item, QuestionVersion, Quiz, QuizDelivery, Response
from quizzes.queries.completion import IS_STUDENT, is_one_of
from quizzes.queries.grading import list_piles_for
from quizzes.queries.standing import closes_at, handed_in_at, is_in_progress, is_past_end, joined
from quizzes.question_types.draw import DRAW
from quizzes.question_types.evidence import Evidence
from quizzes.timing import second_of
from results.need_facts import (
    END_NEAR,
    LOW_BELOW,
    LOW_FOR,
    STILL,
    WRONG_FROM,
    Flagged,
    Low,
    NotStarted,
    Question,
    Silent,
    Stuck,
    Ungraded,
)
from results.need_models import DismissedNeed
from results.needs import (
    FLAGGED,
    KINDS,
    LOW,
    NOT_STARTED,
    QUESTION,
    SILENT,
    STUCK,
    UNGRADED,
    Facts,
    Key,
    PutAside,
)
from results.queries.not_started import MOST, SECTIONS, not_started

MOST_ASIDE = 2_000


def _moment(name: str) -> Any:
    return bindparam(name, type_=UTCDateTime)


def list_facts(user_id: int, section_ids: Sequence[int], now: datetime, kinds: Collection[str] = KINDS) -> list[Facts]:
    """Return what may need the person, who is staff of these classes: at most MOST of each kind, and so many
    statements as there are kinds."""
    sections = list(section_ids)
    readers: dict[str, Callable[[], list[Facts]]] = {
        NOT_STARTED: lambda: _read(NotStarted, not_started(), sections, second=now, soon=now + NEAR),
        STUCK: lambda: _read(Stuck, _stuck(), sections, second=second_of(now), **_stillness(now)),
        QUESTION: lambda: _as(Question, list_asked_in(sections)),
        FLAGGED: lambda: _as(Flagged, list_flagged_in(sections, user_id)),
        SILENT: lambda: _as(Silent, list_silent_in(sections, now, now + NEAR)),
        LOW: lambda: _read(Low, _low(), sections, second=second_of(now), since=now - LOW_FOR),
        UNGRADED: lambda: _as(Ungraded, [row for row in list_piles_for(user_id) if row.section_id in sections]),
    }
    return [facts for kind, read in readers.items() if kind in kinds for facts in read()]


def _read(kind: type[Any], statement: AnySelect, sections: Sequence[int], **given: datetime) -> list[Facts]:
    return [kind(*row) for row in read_rows(statement, {"sections": sections, **given})]


def _as(kind: type[Any], rows: Iterable[Any]) -> list[Facts]:
    return [kind(*vars(row).values()) for row in rows]


def _stillness(now: datetime) -> dict[str, datetime]:
    return {"still": now - STILL, "near": now + END_NEAR}


@cache
def _stuck() -> AnySelect:
    saved = func.max(Response.saved_at)
    ends = or_(Attempt.limit_ends_at <= _moment("near"), closes_at() <= _moment("near"))
    statement = joined(
        select(
            Attempt.id,
            Assignment.id,
            Assignment.section_id,
            Quiz.title,
            Enrollment.id,
            User.name,
            Attempt.started_at,
            saved,
            Attempt.limit_ends_at,
            closes_at(),
            func.count(Response.answer),
            func.count(Response.id),
        ).select_from(Attempt)
    )
    return (
        statement.join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Response, Response.attempt_id == Attempt.id)
        .where(Assignment.section_id.in_(SECTIONS), IS_STUDENT, is_in_progress())
        .group_by(Attempt.id, Assignment.id, Quiz.title, Enrollment.id, User.name)
        .having(func.coalesce(saved, Attempt.started_at) <= _moment("still"))
        .order_by(case((ends, 0), else_=1), func.coalesce(saved, Attempt.started_at), Attempt.id)
        .limit(MOST)
    )


@cache
def _low() -> AnySelect:
    """Of each student the best attempt, once it is handed in or its time is over and every answer has points.

    A place in the text is right or wrong.
    """
    is_place = QuestionVersion.type == Evidence.name
    is_asked = or_(is_place, Response.evidence_fraction.is_not(None))
    fraction = case((is_place, Response.fraction), else_=Response.evidence_fraction)
    asked = func.sum(case((is_asked, 1), else_=0))
    wrong = func.sum(case((and_(is_asked, fraction < FRACTION_ONE), 1), else_=0))
    whose = (Attempt.id, Assignment.id, Assignment.section_id, Quiz.title, Enrollment.id, User.name)
    return (
        joined(select(*whose, Attempt.points, Attempt.max_points, asked, wrong, handed_in_at()).select_from(Attempt))
        .join(Quiz, Quiz.id == QuizDelivery.quiz_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Response, and_(Response.attempt_id == Attempt.id, Response.dropped.is_(False)))
        .join(QuestionVersion, QuestionVersion.id == Response.question_version_id)
        .where(
            Assignment.section_id.in_(SECTIONS),
            IS_STUDENT,
            or_(Attempt.submitted_at >= _moment("since"), and_(Attempt.submitted_at.is_(None), is_past_end())),
            handed_in_at() >= _moment("since"),
            _may_ask_for_evidence(),
            is_one_of("best"),
            Attempt.ungraded == 0,
            Attempt.points * LOW_BELOW.denominator < Attempt.max_points * LOW_BELOW.numerator,
        )
        .group_by(*whose)
        .having(asked > 0, wrong * WRONG_FROM.denominator >= asked * WRONG_FROM.numerator)
        .order_by(handed_in_at().desc(), Attempt.id)
        .limit(MOST)
    )


def _may_ask_for_evidence() -> Any:
    """Whether a quiz asks where something stands, or may: most do not, and then no answer needs to be read."""
    version = aliased(QuestionVersion)
    asks = or_(version.type.in_((Evidence.name, DRAW)), version.content["evidence"].as_string().is_not(None))
    of_quiz = Item.quiz_id == QuizDelivery.quiz_id
    return exists().where(of_quiz, version.question_id == Item.question_id, asks)


@cache
def _aside() -> AnySelect:
    row = DismissedNeed
    return (
        select(row.kind, row.object_id, row.student_id, row.id, row.facts)
        .where(row.user_id == bindparam("user_id"))
        .order_by(row.id.desc())
        .limit(MOST_ASIDE)
    )


def list_put_aside(user_id: int) -> dict[Key, PutAside]:
    """Return what a person has put aside, whether or not it has become something else since. One statement."""
    rows = read_rows(_aside(), {"user_id": user_id})
    return {Key(kind, object_id, student): PutAside(row_id, facts) for kind, object_id, student, row_id, facts in rows}
