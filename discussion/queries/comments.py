"""The comments of a thread, in one statement, and single ones found through their thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import Integer, and_, bindparam, case, func, or_, select, true
from sqlalchemy.orm import aliased

from classroom.models import STAFF, Enrollment, User
from core import clock
from core.database import AnySelect, UTCDateTime, db, read_rows
from core.web import not_found
from discussion.comment_text import CommentText
from discussion.gates import Author, may_see_comment
from discussion.models import Comment, CommentRead, CommentRevision
from discussion.queries.discussions import DiscussionRow, get_discussion_for
from discussion.queries.visibility import exists_for, stands

MOST_ON_A_PAGE = 1_000
MOST_REVISIONS = 200


class CommentRow(NamedTuple):
    """A comment with its author's name and role in the class, and whether the viewer has read it."""

    id: int
    delivery_id: int
    enrollment_id: int
    parent_id: int | None
    body_html: str
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    hidden_at: datetime | None
    hidden_reason: str
    endorsed_at: datetime | None
    endorsement_reason: str
    endorser_name: str | None
    author_id: int
    author_name: str
    author_role: str
    is_read: bool
    gone: bool


@dataclass(frozen=True)
class RevisionRow:
    """What a comment said until `replaced_at`."""

    body: str
    replaced_at: datetime


@cache
def _comments() -> AnySelect:
    """Built once: the parameters are `me` (the viewer's place) and `sees_hidden` (1 for staff)."""
    endorser = aliased(User)
    me = bindparam("me", type_=Integer)
    return (
        select(
            Comment.id,
            Comment.delivery_id,
            Comment.enrollment_id,
            Comment.parent_id,
            Comment.body_html,
            Comment.created_at,
            Comment.edited_at,
            Comment.deleted_at,
            Comment.hidden_at,
            Comment.hidden_reason,
            Comment.endorsed_at,
            Comment.endorsement_reason,
            endorser.name,
            Enrollment.user_id,
            User.name,
            Enrollment.role,
            or_(CommentRead.comment_id.is_not(None), Comment.enrollment_id == me),
            or_(
                Comment.deleted_at.is_not(None),
                and_(
                    Comment.hidden_at.is_not(None),
                    Comment.enrollment_id != me,
                    bindparam("sees_hidden", type_=Integer) == 0,
                ),
            ),
        )
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(endorser, endorser.id == Comment.endorsed_by_id)
        .outerjoin(CommentRead, and_(CommentRead.comment_id == Comment.id, CommentRead.enrollment_id == me))
    )


@cache
def _of_thread(is_open: bool, is_earlier: bool) -> AnySelect:
    statement = _comments().where(
        Comment.delivery_id == bindparam("thread"), exists_for(bindparam("me", type_=Integer), Enrollment, is_open)
    )
    if is_earlier:
        statement = statement.where(Comment.id < bindparam("before"))
    return statement.order_by(Comment.id.desc()).limit(MOST_ON_A_PAGE)


@cache
def _one() -> AnySelect:
    return _comments().where(Comment.id == bindparam("comment"))


def _viewer(place: DiscussionRow) -> dict[str, int]:
    return {"me": place.enrollment_id, "sees_hidden": int(place.role in STAFF)}


def list_comments(place: DiscussionRow, before: int | None = None) -> list[CommentRow]:
    """Return the comments of a thread that exist for the viewer, in the order they were written.

    At most the newest MOST_ON_A_PAGE, or those before the comment with the id `before`. One statement.
    """
    given = {**_viewer(place), "thread": place.id}
    if before is not None:
        given["before"] = before
    statement = _of_thread(place.is_open_at(clock.now()), before is not None)
    rows = read_rows(statement, given)
    return [CommentRow._make(row) for row in reversed(rows)]


def get_comment_for(user_id: int, comment_id: int) -> tuple[DiscussionRow, CommentRow]:
    """Return the thread and the comment in it, or answer 404: not there, another class's, or behind the gate."""
    delivery_id = db.session.execute(select(Comment.delivery_id).where(Comment.id == comment_id)).scalar()
    if delivery_id is None:
        not_found()
    place = get_discussion_for(user_id, delivery_id)
    found = read_rows(_one(), {**_viewer(place), "comment": comment_id}).first()
    comment = CommentRow._make(found) if found else not_found()
    author = Author(comment.enrollment_id, comment.author_role)
    if not may_see_comment(place.reader, place.gate, author, clock.now()):
        not_found()
    return place, comment


def get_comment_body(comment_id: int) -> str:
    """Return a comment as it was typed, to edit it or to show its history. The caller has found it for the person."""
    return db.session.execute(select(Comment.body).where(Comment.id == comment_id)).scalar_one()


def list_revisions(comment_id: int) -> list[RevisionRow]:
    """Return what a comment said before each edit, newest first. The caller has found it for the person."""
    rows = db.session.execute(
        select(CommentRevision.body, CommentRevision.replaced_at)
        .where(CommentRevision.comment_id == comment_id)
        .order_by(CommentRevision.id.desc())
        .limit(MOST_REVISIONS)
    )
    return [RevisionRow(*row) for row in rows]


@dataclass(frozen=True)
class ParentRow:
    """The comment that is answered: its id, its own parent's, and its author's name."""

    id: int
    parent_id: int | None
    author_name: str
    gone: bool = False  # one that is cannot be answered


@dataclass(frozen=True)
class PostingState:
    """What a new comment meets: how many the person wrote lately, since when, the parent if it stands.

    `twin_id`: the same words, at the same place, by the same person, in this time: a form sent twice.
    """

    recent: int
    oldest: datetime | None
    twin_id: int | None
    parent: ParentRow | None


@cache
def _state(is_open: bool) -> AnySelect:
    """Built once for an open and a closed gate; the parameters are those of find_posting_state()."""
    me = bindparam("me", type_=Integer)
    wanted = bindparam("parent", type_=Integer)
    is_twin = and_(
        Comment.enrollment_id == me,
        Comment.delivery_id == bindparam("thread"),
        Comment.parent_id.is_not_distinct_from(wanted),
        Comment.body == bindparam("body"),
        stands(),
    )
    mine = select(Enrollment.id).where(Enrollment.user_id == bindparam("user"))
    recent = (
        select(
            func.count(Comment.id).label("count"),
            func.min(Comment.created_at).label("oldest"),
            func.max(case((is_twin, Comment.id))).label("twin_id"),
        )
        .where(Comment.enrollment_id.in_(mine), Comment.created_at > bindparam("since", type_=UTCDateTime()))
        .subquery()
    )
    parent = (
        select(Comment.id, Comment.parent_id, User.name)
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(
            Comment.id == wanted,
            Comment.delivery_id == bindparam("thread"),
            stands(),
            exists_for(me, Enrollment, is_open),
        )
        .subquery()
    )
    return select(recent, parent).select_from(recent.outerjoin(parent, true()))


def find_posting_state(user_id: int, place: DiscussionRow, text: CommentText, seconds: int) -> PostingState:
    """Return in one statement what this person wrote in the last `seconds`, and the parent of the new comment.

    A parent stands if it exists for the person in this thread and is neither deleted nor hidden.
    """
    now = clock.now()
    given = {
        "user": user_id,
        "me": place.enrollment_id,
        "thread": place.id,
        "parent": text.parent_id,
        "body": text.body,
        "since": now - timedelta(seconds=seconds),
    }
    row = read_rows(_state(place.is_open_at(now)), given).one()
    count, oldest, twin_id, *found = row
    return PostingState(count, oldest, twin_id, ParentRow(*found) if found[0] is not None else None)
