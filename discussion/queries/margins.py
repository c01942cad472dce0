"""The margin of a reading: which places of the text have notes, and where it was found hard. Walls apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from articles.models import ArticleVersion, Span, VersionSentence
from articles.queries import AssignmentRow, offsets_of, place_of, with_places
from articles.queries.assignments import get_assignment_of
from classroom.models import Enrollment
from core.database import AnySelect, db, read_rows
from discussion.margins import Margin
from discussion.models import Comment, CommentRead, ConfusionMark
from discussion.queries.visibility import IS_STAFF, ME, is_gone, note_exists

MOST_ANCHORS = 5_000
MOST_MARKS = 10_000


@dataclass(frozen=True)
class AnchorRow:
    """A place that has notes: its first and last sentence and offsets, None where the class's text has no such place.

    Of the notes that exist for the viewer: how many there are, how many stand, how many are new, and whether some are
    by an instructor, by the viewer, and by others.
    """

    span_id: int
    total: int
    notes: int
    unread: int
    by_teacher: bool
    mine: bool
    by_others: bool
    first_id: int | None
    last_id: int | None
    start: int | None
    end: int | None


class ConfusionRow(NamedTuple):
    """A sentence that was found hard: by how many (only staff are told; else 0), and whether the viewer is one."""

    sentence_id: int
    people: int
    mine: bool


def as_margin(reading: AssignmentRow) -> Margin:
    """Return the margin of a reading that was found for the viewer."""
    return Margin(
        assignment_id=reading.id,
        section_id=reading.section_id,
        section_name=reading.section_name,
        zone=reading.zone,
        archived=reading.archived,
        article_id=reading.article_id,
        article_title=reading.article_title,
        language=reading.language,
        direction=reading.direction,
        version_id=reading.version_id,
        enrollment_id=reading.enrollment_id,
        role=reading.role,
        muted_for=reading.muted_for,
        closes_at=reading.closes_at,
    )


def get_margin_for(user_id: int, assignment_id: int) -> Margin:
    """Return the margin of a reading as this person meets it, or answer 404. One statement."""
    return as_margin(get_assignment_of(user_id, assignment_id))


def visible_notes() -> ColumnElement[bool]:
    """The notes of the margin `assignment` that exist for the viewer; one that is gone while something answers it."""
    answer = aliased(Comment)
    is_answered = exists().where(answer.root_id == Comment.id, not_(is_gone(answer)))
    return and_(
        Comment.assignment_id == bindparam("assignment"),
        Comment.delivery_id.is_(None),
        Comment.span_id.is_not(None),
        note_exists(),
        or_(not_(is_gone(Comment)), is_answered),
    )


def is_new() -> ColumnElement[bool]:
    """Not read by the viewer, of a SELECT that has joined what they have read; what is hidden is not new."""
    return and_(CommentRead.comment_id.is_(None), Comment.enrollment_id != ME, Comment.hidden_at.is_(None))


def with_reads(statement: AnySelect) -> AnySelect:
    """Join a SELECT over Comment to what the viewer has read."""
    mine = and_(CommentRead.comment_id == Comment.id, CommentRead.enrollment_id == ME)
    return statement.outerjoin(CommentRead, mine)


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0), type_=Integer)


def _viewer(margin: Margin) -> dict[str, int]:
    return {"me": margin.enrollment_id, "is_staff": int(margin.is_staff), "assignment": margin.assignment_id}


@cache
def _anchors() -> AnySelect:
    stands = not_(is_gone(Comment))
    mine, by_teacher = Comment.enrollment_id == ME, Enrollment.role == "instructor"
    counted = (
        with_reads(
            select(
                Comment.span_id,
                func.count(Comment.id).label("total"),
                _number_of(stands).label("notes"),
                _number_of(and_(stands, is_new())).label("unread"),
                _number_of(by_teacher).label("by_teacher"),
                _number_of(mine).label("mine"),
                _number_of(not_(or_(by_teacher, mine))).label("by_others"),
            ).join(Enrollment, Enrollment.id == Comment.enrollment_id)
        )
        .where(visible_notes())
        .group_by(Comment.span_id)
        .subquery()
    )
    statement = select(*counted.c, *place_of(), *offsets_of()).join(Span, Span.id == counted.c.span_id)
    return with_places(statement, bindparam("version")).order_by(Span.id).limit(MOST_ANCHORS)


def list_anchors(margin: Margin) -> list[AnchorRow]:
    """Return the places of a margin that have notes which exist for the viewer. One statement."""
    given = {**_viewer(margin), "version": margin.version_id}
    rows = read_rows(_anchors(), given)
    return [
        AnchorRow(span, total, notes, unread, bool(teacher), bool(mine), bool(others), *place)
        for span, total, notes, unread, teacher, mine, others, *place in rows
    ]


def list_places_of(margin: Margin, comment_ids: Sequence[int]) -> list[tuple[int | None, int | None]]:
    """Return the first and last sentence of the notes that these are, or that these answer. One statement.

    None where the class's text has no such place. Who may know of them has been asked.
    """
    note = aliased(Comment)
    span_id = func.coalesce(Comment.span_id, note.span_id)
    statement = (
        select(*place_of())
        .select_from(Comment)
        .outerjoin(note, note.id == Comment.root_id)
        .join(Span, Span.id == span_id)
        .where(Comment.id.in_(comment_ids), Comment.assignment_id == margin.assignment_id)
    )
    rows = db.session.execute(with_places(statement, margin.version_id).order_by(Comment.id).limit(MOST_ANCHORS))
    return [(first, last) for first, last in rows]


@cache
def _confusion() -> AnySelect:
    is_mine = ConfusionMark.enrollment_id == ME
    counts = and_(IS_STAFF, Enrollment.role == "student", Enrollment.state == "active")
    return (
        select(ConfusionMark.sentence_id, _number_of(counts), _number_of(is_mine))
        .join(Enrollment, Enrollment.id == ConfusionMark.enrollment_id)
        .where(ConfusionMark.assignment_id == bindparam("assignment"), or_(is_mine, counts))
        .group_by(ConfusionMark.sentence_id)
        .order_by(ConfusionMark.sentence_id)
        .limit(MOST_MARKS)
    )


def list_confusion(margin: Margin) -> list[ConfusionRow]:
    """Return the sentences that were found hard: to staff by how many students, to a student the own marks alone."""
    rows = read_rows(_confusion(), _viewer(margin))
    return [ConfusionRow(sentence, people, bool(mine)) for sentence, people, mine in rows]


@cache
def _confused() -> AnySelect:
    counts = (Enrollment.role == "student", Enrollment.state == "active")
    marked = select(func.count(ConfusionMark.enrollment_id.distinct()))
    marked = marked.join(Enrollment, Enrollment.id == ConfusionMark.enrollment_id)
    return marked.where(ConfusionMark.assignment_id == bindparam("assignment"), *counts)


def count_confused(margin: Margin) -> int:
    """Return how many students have marked any sentence of a reading. For staff. One statement."""
    return int(read_rows(_confused(), {"assignment": margin.assignment_id}).one()[0])


def list_last_words(sentence_ids: Sequence[int]) -> dict[int, str]:
    """Return what sentences said in the newest version that has them. One statement."""
    rows = db.session.execute(
        select(VersionSentence.sentence_id, VersionSentence.text)
        .join(ArticleVersion, ArticleVersion.id == VersionSentence.version_id)
        .where(VersionSentence.sentence_id.in_(sentence_ids))
        .order_by(ArticleVersion.number, VersionSentence.sentence_id)
        .limit(MOST_MARKS)
    )
    return {sentence_id: text for sentence_id, text in rows}  # noqa: C416 - a later one takes the place of an earlier
