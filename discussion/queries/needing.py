"""What waits for staff over several of their classes: questions that nobody answered, and posts that people flagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from articles.models import Article, Assignment, Span
from classroom.models import Enrollment, User
from core.database import AnySelect, read_rows
from discussion.models import SELF, STAFF_ONLY, Comment, CommentFlag
from discussion.queries.open_questions import is_answer, is_open_question, is_question
from discussion.queries.titles import TITLE, with_titles
from discussion.queries.visibility import stands

MOST = 200
SECTIONS: Any = bindparam("sections", expanding=True)


@dataclass(frozen=True)
class AskedRow:
    """A question in the margin that nobody has answered; `body` as it was typed, `quote`: what it is about."""

    section_id: int
    comment_id: int
    enrollment_id: int
    name: str
    title: str
    body: str
    is_for_staff: bool
    asked_at: datetime
    edited_at: datetime | None
    quote: str


class QuestionState(NamedTuple):
    """By whom a question in the margin is, and who else has answered it, last."""

    enrollment_id: int
    name: str
    answered_by: str | None


@dataclass(frozen=True)
class FlaggedRow:
    """A post or note with open flags: by whom it is, how many flagged it, and when last."""

    section_id: int
    comment_id: int
    enrollment_id: int
    name: str
    title: str
    body: str
    flags: int
    first_at: datetime
    last_at: datetime


@cache
def _asked() -> AnySelect:
    return (
        select(
            Assignment.section_id,
            Comment.id,
            Enrollment.id,
            User.name,
            Article.title,
            Comment.body,
            Comment.visibility == STAFF_ONLY,
            Comment.created_at,
            Comment.edited_at,
            Span.quote,
        )
        .join(Span, Span.id == Comment.span_id)
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Assignment, Assignment.id == Comment.assignment_id)
        .join(Article, Article.id == Assignment.article_id)
        .where(Assignment.section_id.in_(SECTIONS), is_open_question())
        .order_by(Comment.created_at, Comment.id)
        .limit(MOST)
    )


def list_asked_in(section_ids: Sequence[int]) -> list[AskedRow]:
    """Return the open questions of these classes, the oldest first, at most MOST. For staff's eyes. One statement."""
    return [AskedRow(*row) for row in read_rows(_asked(), {"sections": list(section_ids)})]


@cache
def _question() -> AnySelect:
    answer, by, who = aliased(Comment), aliased(Enrollment), aliased(User)
    answered_by = (
        select(who.name)
        .join(by, by.user_id == who.id)
        .join(answer, answer.enrollment_id == by.id)
        .where(is_answer(answer), who.id != bindparam("viewer"))
        .order_by(answer.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )
    return (
        select(Enrollment.id, User.name, answered_by)
        .select_from(Comment)
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .join(Assignment, Assignment.id == Comment.assignment_id)
        .where(Comment.id == bindparam("note"), Assignment.section_id == bindparam("section"), is_question())
    )


def find_question(section_id: int, note_id: int, viewer_id: int) -> QuestionState | None:
    """Return a question of this class that stands, and who but the viewer has answered. For staff. One statement."""
    given = {"section": section_id, "note": note_id, "viewer": viewer_id}
    row = read_rows(_question(), given).first()
    return QuestionState(*row) if row else None


@cache
def _flagged() -> AnySelect:
    flags = (
        select(
            CommentFlag.comment_id,
            func.count().label("flags"),
            func.min(CommentFlag.created_at).label("first_at"),
            func.max(CommentFlag.created_at).label("last_at"),
        )
        .where(CommentFlag.settled_at.is_(None))
        .group_by(CommentFlag.comment_id)
        .subquery()
    )
    return (
        with_titles(
            select(
                Assignment.section_id,
                Comment.id,
                Enrollment.id,
                User.name,
                TITLE,
                Comment.body,
                flags.c.flags,
                flags.c.first_at,
                flags.c.last_at,
            )
            .select_from(Comment)
            .join(flags, flags.c.comment_id == Comment.id)
            .join(Enrollment, Enrollment.id == Comment.enrollment_id)
            .join(User, User.id == Enrollment.user_id)
        )
        .where(
            Assignment.section_id.in_(SECTIONS),
            Comment.visibility != SELF,
            stands(),
            Enrollment.user_id != bindparam("viewer"),
        )
        .order_by(flags.c.first_at, Comment.id)
        .limit(MOST)
    )


def list_flagged_in(section_ids: Sequence[int], viewer_id: int) -> list[FlaggedRow]:
    """Return what is flagged in these classes, longest first, at most MOST; the viewer's own is not told.

    For staff's eyes. One statement.
    """
    given = {"sections": list(section_ids), "viewer": viewer_id}
    return [FlaggedRow(*row) for row in read_rows(_flagged(), given)]
