"""Grading by hand: drafts that students do not see, and their release, which changes scores and counts at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import bindparam, delete, insert, select, update

from core import clock
from core.database import AnySelect, db
from core.live import publish
from core.points import FractionUnits, Points, fraction_of
from quizzes.models import GradeDraft, Item, Response, ScoreChange
from quizzes.operations.closing import close_attempt
from quizzes.operations.sums import sum_up_attempts
from quizzes.operations.tallies import recounted
from quizzes.operations.telling import tell_of_grades
from quizzes.queries.grading import list_unclosed_attempts, seen_of
from quizzes.topics import SCORED, delivery_topic

CHUNK = 500
MOST_DRAFTS = 50_000
T = TypeVar("T")


class StaleGradeError(Exception):
    """Somebody graded the answer since it was shown."""


class DraftsChangedError(Exception):
    """The drafts are not those that were looked at before they were to be released."""


@dataclass(frozen=True)
class HandGrade:
    """What a grader gives: points (0 to the item's), words for the student, the levels chosen (criterion to level).

    `seen` is what the grader saw (`GradedAnswer.seen`); `why` the reason for changing a released grade.
    """

    by_id: int
    points: Points
    comment: str
    seen: str
    why: str = ""
    rubric: dict[str, str] | None = None


@dataclass(frozen=True)
class Draft:
    """One draft with the answer's released grade, as a release needs them."""

    response_id: int
    attempt_id: int
    revision: int
    points: Points
    comment: str
    why: str
    rubric: dict[str, str] | None
    by_id: int
    before: Points | None
    before_fraction: FractionUnits | None
    most: Points
    regrade_id: int | None
    delivery_id: int

    @property
    def changes(self) -> bool:
        """Whether the score becomes another, or a person's where a decision about the class had set it."""
        return self.before != self.points or self.regrade_id is not None


def save_draft(response_id: int, grade: HandGrade) -> None:
    """Keep a grade that its student does not see yet. Raises StaleGradeError if others graded the answer meanwhile."""
    revision = db.session.scalars(select(Response.revision).where(Response.id == response_id).with_for_update()).one()
    draft = db.session.get(GradeDraft, response_id, populate_existing=True)
    if grade.seen != seen_of(revision, draft.revision if draft else 0):
        raise StaleGradeError
    values = {"points": grade.points, "comment": grade.comment, "why": grade.why, "rubric": grade.rubric}
    values |= {"by_id": grade.by_id, "at": clock.now()}
    if draft is None:
        db.session.add(GradeDraft(response_id=response_id, revision=1, **values))
    else:
        for name, value in values.items():
            setattr(draft, name, value)
        draft.revision += 1
    db.session.flush()


def drop_draft(response_id: int) -> None:
    """Throw a draft away; the released grade, if there is one, stays."""
    db.session.execute(delete(GradeDraft).where(GradeDraft.response_id == response_id))


def list_drafts(delivery_id: int, item_id: int | None = None) -> list[Draft]:
    """Return every draft of a class's quiz, or of one item of it."""
    return _drafts(_over_drafts().where(Response.delivery_id == delivery_id), item_id)


def fingerprint(drafts: Sequence[Draft]) -> str:
    """A short text that is the same for the same drafts."""
    return sha256(repr([(draft.response_id, draft.revision) for draft in drafts]).encode()).hexdigest()[:16]


def release_drafts(delivery_id: int, item_id: int | None, seen: str) -> int:
    """Let students see what was drafted, of one item or of the whole quiz; how many grades that was.

    `seen` is the fingerprint of the drafts that were confirmed: DraftsChangedError when they are others now.
    """
    return _release(lambda: list_drafts(delivery_id, item_id), seen)


def grade_response(response_id: int, grade: HandGrade) -> None:
    """Grade one answer and release the grade at once. Raises StaleGradeError.

    For who works alone, as the demonstration does while it is loaded: the answer is held before its attempt.
    """
    save_draft(response_id, grade)
    own = _over_drafts().where(Response.id == response_id)
    _release(lambda: _drafts(own, None), fingerprint(_drafts(own, None)))


def _over_drafts() -> AnySelect:
    return (
        select(
            Response.id,
            Response.attempt_id,
            GradeDraft.revision,
            GradeDraft.points,
            GradeDraft.comment,
            GradeDraft.why,
            GradeDraft.rubric,
            GradeDraft.by_id,
            Response.points,
            Response.fraction,
            Item.points,
            Response.regrade_id,
            Response.delivery_id,
        )
        .join(GradeDraft, GradeDraft.response_id == Response.id)
        .join(Item, Item.id == Response.item_id)
        .order_by(Response.id)
        .limit(MOST_DRAFTS)
    )


def _drafts(statement: AnySelect, item_id: int | None) -> list[Draft]:
    wanted = statement if item_id is None else statement.where(Response.item_id == item_id)
    return [Draft(*row) for row in db.session.execute(wanted)]


def _release(listed: Callable[[], list[Draft]], seen: str) -> int:
    """Close what is past its end, then write grades, history, sums and counts, and take the drafts away.

    Open results hear of it.
    """
    drafts = listed()
    attempt_ids = sorted({draft.attempt_id for draft in drafts})
    for some in _chunks(attempt_ids):
        for attempt_id, end in list_unclosed_attempts(some):
            close_attempt(attempt_id, end)
    with recounted(attempt_ids):
        _hold([draft.response_id for draft in drafts])
        drafts = listed()
        if fingerprint(drafts) != seen:
            raise DraftsChangedError
        _write(drafts)
        for some in _chunks(attempt_ids):
            sum_up_attempts(some)
    for some in _chunks(attempt_ids):
        tell_of_grades(some)
    for delivery_id in sorted({draft.delivery_id for draft in drafts}):
        publish(delivery_topic(delivery_id), SCORED, delivery_id)
    return len(drafts)


def _hold(response_ids: Sequence[int]) -> None:
    """Nobody drafts or scores these answers until the commit."""
    for some in _chunks(response_ids):
        db.session.execute(select(Response.id).where(Response.id.in_(some)).order_by(Response.id).with_for_update())


def _write(drafts: Sequence[Draft]) -> None:
    for some in _chunks(drafts):
        db.session.connection().execute(_grading(), [_values(draft) for draft in some])
        db.session.execute(delete(GradeDraft).where(GradeDraft.response_id.in_([draft.response_id for draft in some])))
    for some in _chunks([draft for draft in drafts if draft.changes]):
        db.session.execute(insert(ScoreChange), [_history(draft) for draft in some])


def _grading() -> Any:
    table: Any = Response.__table__
    names = ("points", "fraction", "grader_comment", "rubric", "graded_by_id", "graded_at")
    return (
        update(table)
        .where(table.c.id == bindparam("of_id"))
        .values(
            {name: bindparam(name, type_=table.c[name].type) for name in names} | {"revision": table.c.revision + 1}
        )
    )


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "of_id": draft.response_id,
        "points": draft.points,
        "fraction": fraction_of(draft.points, draft.most),
        "grader_comment": draft.comment,
        "rubric": draft.rubric,
        "graded_by_id": draft.by_id,
        "graded_at": clock.now(),
    }


def _history(draft: Draft) -> dict[str, Any]:
    return {
        "response_id": draft.response_id,
        "by_id": draft.by_id,
        "at": clock.now(),
        "before": draft.before,
        "after": draft.points,
        "before_fraction": draft.before_fraction,
        "after_fraction": fraction_of(draft.points, draft.most),
        "why": draft.why,
    }


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for at in range(0, len(rows), CHUNK):
        yield rows[at : at + CHUNK]
