"""What waits for staff over several of their classes: questions that nobody answered, posts that people flagged, and
students who have posted nothing where posts are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select

from articles.models import Article, Assignment
from classroom.models import Accommodation, Enrollment, Section, User
from core.database import AnySelect, UTCDateTime, read_rows
from core.dates import days_later
from discussion.models import SELF, STAFF_ONLY, Comment, CommentFlag, Prompt, PromptDelivery
from discussion.participation_models import ParticipationRequirement, ParticipationRuling
from discussion.queries.open_questions import is_open_question
from discussion.queries.titles import TITLE, with_titles
from discussion.queries.visibility import stands

MOST = 200
SECTIONS: Any = bindparam("sections", expanding=True)


@dataclass(frozen=True)
class AskedRow:
    """A question in the margin that nobody has answered; `body` as it was typed."""

    section_id: int
    comment_id: int
    enrollment_id: int
    name: str
    title: str
    body: str
    is_for_staff: bool
    asked_at: datetime
    edited_at: datetime | None


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


@dataclass(frozen=True)
class SilentRow:
    """A student without a post in a thread that asks for some; `due_at`: the student's own next date."""

    section_id: int
    assignment_id: int
    delivery_id: int
    title: str
    enrollment_id: int
    name: str
    due_at: datetime


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
        )
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


@cache
def _silent() -> AnySelect:
    asked, thread, now = ParticipationRequirement, PromptDelivery, bindparam("now", type_=UTCDateTime)
    extra = func.coalesce(Accommodation.extra_days, 0)
    # By the student, who has few posts, and not by the thread, which has those of a whole class: hence + 0.
    has_posted = exists().where(Comment.enrollment_id == Enrollment.id, Comment.delivery_id + 0 == thread.id, stands())
    is_granted = exists().where(
        ParticipationRuling.requirement_id == asked.id,
        ParticipationRuling.enrollment_id == Enrollment.id,
        ParticipationRuling.box.is_not(None),
    )
    whom = (Assignment.section_id, Assignment.id, thread.id, Prompt.title, Enrollment.id, User.name)
    return (
        select(*whom, asked.due_at, extra, Section.time_zone)
        .select_from(asked)
        .join(thread, thread.id == asked.delivery_id)
        .join(Prompt, Prompt.id == thread.prompt_id)
        .join(Assignment, Assignment.id == thread.assignment_id)
        .join(Section, Section.id == Assignment.section_id)
        .join(Enrollment, Enrollment.section_id == Section.id + 0 * asked.id)  # after what is asked: that is little
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(Accommodation, Accommodation.enrollment_id == Enrollment.id)
        .where(
            Section.id.in_(SECTIONS),
            Enrollment.role == "student",
            Enrollment.state == "active",
            thread.locked_at.is_(None),
            or_(thread.closes_at.is_(None), thread.closes_at >= now),
            or_(Assignment.opens_at.is_(None), Assignment.opens_at <= now),
            asked.due_at <= bindparam("soon", type_=UTCDateTime),
            or_(asked.due_at >= now, extra > 0),
            ~has_posted,
            ~is_granted,
        )
        .order_by(asked.due_at, asked.id, Enrollment.id)
        .limit(2 * MOST)
    )


def list_silent_in(section_ids: Sequence[int], now: datetime, soon: datetime) -> list[SilentRow]:
    """Return who has posted nothing in a thread of these classes that asks for posts until `soon`, each once a thread
    with the student's next date, at most twice MOST. For staff's eyes. One statement."""
    found: dict[tuple[int, int], SilentRow] = {}
    for row in read_rows(_silent(), {"sections": list(section_ids), "now": now, "soon": soon}):
        section, assignment, thread, title, student, name, due, extra, zone = row
        silent = SilentRow(section, assignment, thread, title, student, name, days_later(due, extra, zone))
        if silent.due_at >= now:
            found.setdefault((silent.delivery_id, silent.enrollment_id), silent)
    return list(found.values())
