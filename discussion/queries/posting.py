"""What a comment meets that is about to be written: how much its author wrote lately, its twin, what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, func, or_, select, true

from classroom.models import Enrollment, User
from core import clock
from core.database import AnySelect, UTCDateTime, read_rows
from discussion.comment_text import CommentText
from discussion.margins import Margin
from discussion.models import Comment
from discussion.names import Viewer, shown_name
from discussion.queries.discussions import DiscussionRow
from discussion.queries.visibility import ME, exists_for, is_meant_for, stands

TWINS = timedelta(minutes=5)
SECONDS = 60  # in which what a person writes is counted


@dataclass(frozen=True)
class ParentRow:
    """The comment that is answered: its id, its own parent's, and its author's name as the person knows it."""

    id: int
    parent_id: int | None
    author_name: str
    gone: bool = False  # one that is cannot be answered


@dataclass(frozen=True)
class PostingState:
    """What a new comment meets: how many the person wrote lately, since when, the parent if it stands.

    `twin_id`: the same words, at the same place, by the same person, not longer ago than TWINS: said twice.
    """

    recent: int
    oldest: datetime | None
    twin_id: int | None
    parent: ParentRow | None


class NoteSpot(NamedTuple):
    """Where in a margin somebody writes: beside a passage, or below a note."""

    span_id: int | None = None
    note_id: int | None = None


def _state(here: ColumnElement[bool], answerable: ColumnElement[bool] | None) -> AnySelect:
    """`here`: comments at the very place of the new one; `answerable`: what may stand as its parent, if it has one.

    A statement for each of the two: PostgreSQL keeps no plan of one that may look for the parent NULL.
    """
    wanted = bindparam("parent", type_=Integer)
    is_alike = Comment.parent_id.is_(None) if answerable is None else Comment.parent_id == wanted
    is_twin = and_(Comment.enrollment_id == ME, here, is_alike, Comment.body == bindparam("body"), stands())
    is_recent = Comment.created_at > bindparam("since", type_=UTCDateTime())
    mine = select(Enrollment.id).where(Enrollment.user_id == bindparam("user"))
    recent = (
        select(
            func.count(case((is_recent, Comment.id))).label("count"),
            func.min(case((is_recent, Comment.created_at))).label("oldest"),
            func.max(case((is_twin, Comment.id))).label("twin_id"),
        )
        .where(Comment.enrollment_id.in_(mine), Comment.created_at > bindparam("twins_since", type_=UTCDateTime()))
        .subquery()
    )
    if answerable is None:
        return select(recent)
    parent = (
        select(Comment.id, Comment.parent_id, Comment.enrollment_id, User.name, Comment.alias)
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(Comment.id == wanted, answerable, stands())
        .subquery()
    )
    return select(recent, parent).select_from(recent.outerjoin(parent, true()))


@cache
def _in_thread(answers: bool, is_open: bool) -> AnySelect:
    here = Comment.delivery_id == bindparam("thread")
    if answers:
        return _state(here, and_(here, is_meant_for(ME), exists_for(ME, Enrollment, is_open)))
    is_for_the_same = Comment.group_id.is_not_distinct_from(bindparam("group", type_=Integer))
    return _state(and_(here, is_for_the_same), None)


@cache
def _in_margin(answers: bool) -> AnySelect:
    span, note = bindparam("span", type_=Integer), bindparam("note", type_=Integer)
    here = and_(
        Comment.assignment_id == bindparam("assignment"),
        Comment.span_id.is_not_distinct_from(span),
        Comment.root_id.is_not_distinct_from(note),
        Comment.delivery_id.is_(None),
    )
    return _state(here, or_(Comment.id == note, Comment.root_id == note) if answers else None)


def find_posting_state(user_id: int, place: DiscussionRow, text: CommentText, chosen: int | None) -> PostingState:
    """Return in one statement what this person wrote in the last minute, the new comment's twin and its parent.

    `chosen`: the group of a split thread for which staff write. A parent stands if it exists for the person in this
    thread and is neither deleted nor hidden.
    """
    now = clock.now()
    given = {"user": user_id, "me": place.enrollment_id, "thread": place.id, "group": chosen or place.group_id}
    statement = _in_thread(text.parent_id is not None, place.is_open_at(now))
    return _read(place, statement, {**given, "parent": text.parent_id, "body": text.body})


def find_noting_state(user_id: int, margin: Margin, spot: NoteSpot, text: CommentText) -> PostingState:
    """Return the same of the last minute for a note, or for an answer to one that was found for the person."""
    given = {"user": user_id, "me": margin.enrollment_id, "assignment": margin.assignment_id}
    where = {"span": spot.span_id, "note": spot.note_id, "parent": text.parent_id}
    return _read(margin, _in_margin(text.parent_id is not None), {**given, **where, "body": text.body})


def _read(viewer: Viewer, statement: AnySelect, given: dict[str, object]) -> PostingState:
    now = clock.now()
    given = {**given, "since": now - timedelta(seconds=SECONDS), "twins_since": now - TWINS}
    count, oldest, twin_id, *found = read_rows(statement, given).one()
    if not found or found[0] is None:
        return PostingState(count, oldest, twin_id, None)
    parent_id, grandparent_id, *author = found
    return PostingState(count, oldest, twin_id, ParentRow(parent_id, grandparent_id, shown_name(viewer, *author)))
