"""The threads of one reading, each with what the viewer may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, and_, case, cast, func, select, true

from classroom.models import Enrollment
from core import clock
from core.database import db
from discussion.models import Comment, CommentRead
from discussion.permissions import is_closed, is_staff
from discussion.queries.discussions import DiscussionRow, list_discussions_for
from discussion.queries.passages import list_passages_of_prompts
from discussion.queries.visibility import exists_in_threads, voice


@dataclass(frozen=True)
class DiscussionSummary:
    """One thread of a reading for one viewer. Behind the gate `posts` and `people` are None."""

    id: int
    prompt_id: int
    title: str
    position: int
    section_id: int
    assignment_id: int
    gate_open: bool
    posts: int | None
    people: int | None
    classmates_posted: int
    unread: int
    own_posts: int
    posts_before_seeing: int
    gate_opens_at: datetime | None
    closes_at: datetime | None
    is_locked: bool
    is_closed: bool
    passages: tuple[str, ...]


def _counts(rows: list[DiscussionRow], now: datetime) -> dict[int | None, tuple[int, int, int]]:
    """Return (comments, people, unread) by thread, of what exists for the viewer. One statement."""
    me = rows[0].enrollment_id
    unread = case(
        (and_(CommentRead.comment_id.is_(None), Comment.enrollment_id != me, Comment.hidden_at.is_(None)), 1), else_=0
    )
    open_ids = [row.id for row in rows if row.is_open_at(now)]
    knows = true() if is_staff(rows[0]) else Comment.enrollment_id == me
    found = db.session.execute(
        select(
            Comment.delivery_id,
            func.count(Comment.id),
            func.count(voice(knows).distinct()),
            func.sum(cast(unread, Integer)),
        )
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .outerjoin(CommentRead, and_(CommentRead.comment_id == Comment.id, CommentRead.enrollment_id == me))
        .where(
            Comment.delivery_id.in_([row.id for row in rows]),
            Comment.deleted_at.is_(None),
            exists_in_threads(me, Enrollment, open_ids),
        )
        .group_by(Comment.delivery_id)
        .order_by(Comment.delivery_id)
    )
    return {thread: (posts, people, new) for thread, posts, people, new in found}


def _summary(
    row: DiscussionRow, counts: tuple[int, int, int], passages: tuple[str, ...], now: datetime
) -> DiscussionSummary:
    is_open = row.is_open_at(now)
    posts, people, unread = counts
    return DiscussionSummary(
        id=row.id,
        prompt_id=row.prompt_id,
        title=row.title,
        position=row.position,
        section_id=row.section_id,
        assignment_id=row.assignment_id,
        gate_open=is_open,
        posts=posts if is_open else None,
        people=people if is_open else None,
        classmates_posted=row.classmates_posted,
        unread=unread,
        own_posts=row.own_posts,
        posts_before_seeing=row.posts_before_seeing,
        gate_opens_at=row.gate_opens_at,
        closes_at=row.closes_at,
        is_locked=row.locked_at is not None,
        is_closed=is_closed(row, now),
        passages=passages,
    )


def list_prompt_deliveries_for(user_id: int, assignment_id: int) -> list[DiscussionSummary]:
    """Return the threads of one reading as this person may know them; [] where there is nothing for them.

    Three statements, however many threads and comments there are.
    """
    rows = list_discussions_for(user_id, assignment_id)
    if not rows:
        return []
    now = clock.now()
    counts = _counts(rows, now)
    passages = list_passages_of_prompts([row.prompt_id for row in rows], rows[0].version_id)
    return [
        _summary(
            row,
            counts.get(row.id, (0, 0, 0)),
            tuple(passage.label for passage in passages.get(row.prompt_id, []) if passage.label),
            now,
        )
        for row in rows
    ]
