"""The comments of a thread, in one statement, and single ones found through the place where they stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple, TypeAlias

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from classroom.models import Enrollment, User
from core import clock
from core.database import AnySelect, db, read_rows
from core.web import not_found
from discussion.gates import Author, may_see_comment, may_see_note
from discussion.margins import Margin
from discussion.models import Comment, CommentRead, CommentRevision
from discussion.names import Viewer, shown_name
from discussion.permissions import is_staff
from discussion.queries.discussions import DiscussionRow, get_discussion_for
from discussion.queries.margins import get_margin_for
from discussion.queries.quoted import without_hidden
from discussion.queries.visibility import ME, exists_for, is_gone, is_kept_back, shown_role

MOST_ON_A_PAGE = 1_000
MOST_REVISIONS = 200
CommentPlace: TypeAlias = DiscussionRow | Margin
"""Where a comment stands: a thread or a margin, with the viewer's place in the class."""


class CommentRow(NamedTuple):
    """A comment with its author's name and role in the class as the viewer may know them, and whether they read it."""

    id: int
    delivery_id: int | None
    enrollment_id: int
    parent_id: int | None
    root_id: int | None
    body_html: str
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    hidden_at: datetime | None
    hidden_reason: str
    endorsed_at: datetime | None
    endorsement_reason: str
    endorser_name: str | None
    pinned_at: datetime | None
    author_id: int
    author_name: str
    author_role: str
    alias: int | None
    waits: bool
    group_id: int | None
    is_read: bool
    gone: bool


@dataclass(frozen=True)
class RevisionRow:
    """What a comment said until `replaced_at`."""

    body: str
    replaced_at: datetime


def as_known(viewer: Viewer, row: Sequence[object]) -> CommentRow:
    """Return a row of shown_comments() with the name under which the viewer knows the author."""
    comment = CommentRow._make(row)
    if comment.alias is None:
        return comment
    name = shown_name(viewer, comment.enrollment_id, comment.author_name, comment.alias)
    return comment._replace(author_name=name)


def shown_comments() -> AnySelect:
    """A SELECT of comments as as_known() wants them; who looks is in its parameters (visibility.ME, IS_STAFF)."""
    endorser = aliased(User)
    return (
        select(
            Comment.id,
            Comment.delivery_id,
            Comment.enrollment_id,
            Comment.parent_id,
            Comment.root_id,
            Comment.body_html,
            Comment.created_at,
            Comment.edited_at,
            Comment.deleted_at,
            Comment.hidden_at,
            Comment.hidden_reason,
            Comment.endorsed_at,
            Comment.endorsement_reason,
            endorser.name,
            Comment.pinned_at,
            Enrollment.user_id,
            User.name,
            shown_role(Enrollment),
            Comment.alias,
            Comment.waits,
            Comment.group_id,
            or_(CommentRead.comment_id.is_not(None), Comment.enrollment_id == ME),
            is_gone(Comment),
        )
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(endorser, endorser.id == Comment.endorsed_by_id)
        .outerjoin(CommentRead, and_(CommentRead.comment_id == Comment.id, CommentRead.enrollment_id == ME))
    )


@cache
def _of_thread(is_open: bool, is_part: bool) -> AnySelect:
    statement = shown_comments().where(Comment.delivery_id == bindparam("thread"), exists_for(ME, Enrollment, is_open))
    if is_part:
        statement = statement.where(Comment.id.in_(bindparam("comments", expanding=True)))
    return statement.order_by(Comment.id.desc()).limit(MOST_ON_A_PAGE)


@cache
def _one() -> AnySelect:
    """One comment, and whether it is kept back from the viewer until it is approved."""
    return shown_comments().add_columns(is_kept_back(Comment, ME)).where(Comment.id == bindparam("comment"))


@cache
def _some(is_open: bool) -> AnySelect:
    """Some comments of a thread and what each of them answers."""
    some = Comment.id.in_(bindparam("comments", expanding=True))
    answered = select(Comment.parent_id).where(some)
    return (
        shown_comments()
        .where(
            Comment.delivery_id == bindparam("thread"),
            or_(some, Comment.id.in_(answered)),
            exists_for(ME, Enrollment, is_open),
        )
        .order_by(Comment.id)
        .limit(MOST_ON_A_PAGE)
    )


def viewer_of(place: CommentPlace) -> dict[str, int]:
    """Return the parameters of a SELECT of comments that say who looks."""
    return {"me": place.enrollment_id, "is_staff": int(is_staff(place))}


def for_viewer(place: CommentPlace, rows: list[CommentRow]) -> list[CommentRow]:
    """Return rows as the viewer may read them: quotations of hidden posts are for staff alone."""
    return rows if is_staff(place) else without_hidden(rows)


def list_comments(place: DiscussionRow, among: Sequence[int] | None = None) -> list[CommentRow]:
    """Return the comments of a thread that exist for the viewer, in the order they were written.

    At most the newest MOST_ON_A_PAGE. `among`: of these comments (ids) only. One statement.
    """
    given: dict[str, object] = {**viewer_of(place), "thread": place.id}
    if among is not None:
        given["comments"] = among
    rows = read_rows(_of_thread(place.is_open_at(clock.now()), among is not None), given)
    return for_viewer(place, [as_known(place, row) for row in reversed(rows)])


def list_some_comments(place: DiscussionRow, comment_ids: Collection[int]) -> list[CommentRow]:
    """Return these comments of a thread and those that they answer, as far as they exist for the viewer."""
    given = {**viewer_of(place), "thread": place.id, "comments": list(comment_ids)}
    return for_viewer(place, [as_known(place, row) for row in read_rows(_some(place.is_open_at(clock.now())), given)])


def get_comment_for(user_id: int, comment_id: int) -> tuple[CommentPlace, CommentRow]:
    """Return a comment and where it stands, or answer 404.

    Not there: another class's, one behind the gate, or a note that is not meant for this person.
    """
    note = aliased(Comment)
    owner_id = func.coalesce(note.enrollment_id, Comment.enrollment_id)
    stands_in = select(Comment.delivery_id, Comment.assignment_id, Comment.visibility, owner_id)
    found = db.session.execute(
        stands_in.outerjoin(note, note.id == Comment.root_id).where(Comment.id == comment_id)
    ).first()
    delivery_id, assignment_id, visibility, owner = found or not_found()
    if delivery_id is None:
        margin = get_margin_for(user_id, assignment_id)
        if not may_see_note(Author(margin.enrollment_id, margin.role), visibility, owner):
            not_found()
        return margin.beside(visibility), _get_row(margin, comment_id)[0]
    thread = get_discussion_for(user_id, delivery_id)
    comment, waits = _get_row(thread, comment_id)
    author = Author(comment.enrollment_id, comment.author_role, waits, comment.group_id)
    if not may_see_comment(thread.reader, thread.gate, author, clock.now()):
        not_found()
    return thread, comment


def get_note_for(user_id: int, note_id: int) -> tuple[Margin, CommentRow]:
    """Return a note and its margin as the person meets them, or answer 404: also for what is no note."""
    margin, note = get_comment_for(user_id, note_id)
    return (margin, note) if isinstance(margin, Margin) and note.root_id is None else not_found()


def _get_row(place: CommentPlace, comment_id: int) -> tuple[CommentRow, bool]:
    *found, waits = read_rows(_one(), {**viewer_of(place), "comment": comment_id}).first() or not_found()
    return for_viewer(place, [as_known(place, found)])[0], bool(waits)


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
