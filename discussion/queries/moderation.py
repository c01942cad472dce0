"""What waits for the staff of one class: what people flagged, what is to be approved, what is hidden.

The caller has found the class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import Enrollment, Mute, User
from core.database import AnySelect, read_rows
from discussion.comment_text import stamp
from discussion.models import SELF, Comment, CommentFlag
from discussion.queries.titles import TITLE, with_titles
from discussion.queries.visibility import ME

KINDS = (FLAGGED, WAITING, HIDDEN, MUTED) = ("flagged", "waiting", "hidden", "muted")
"""The lists, in the order in which they ask for somebody."""
ON_A_PAGE = 25
MOST_FLAGS = 500


class Waiting(NamedTuple):
    """How many posts and notes are flagged, wait for approval and are hidden, and how many students are muted."""

    flagged: int
    waiting: int
    hidden: int
    muted: int

    @property
    def urgent(self) -> int:
        """How many ask for a decision."""
        return self.flagged + self.waiting


@dataclass(frozen=True)
class FlagRow:
    """One person's flag: its kind, a few words, by whom and when."""

    comment_id: int
    kind: str
    words: str
    name: str
    created_at: datetime


@dataclass(frozen=True)
class ModerationRow:
    """A post or note in one of the lists. `body` as it was typed; `title`: of its prompt, of a note the article's."""

    comment_id: int
    enrollment_id: int
    author_name: str
    author_role: str
    body: str
    created_at: datetime
    is_note: bool
    title: str
    hidden_reason: str
    hider_name: str | None
    is_anonymous: bool
    edited_at: datetime | None

    @property
    def stamp(self) -> str:
        """Which of its versions this is, for a form."""
        return stamp(self.edited_at)


def _in_class() -> ColumnElement[bool]:
    """What others wrote in the class `section`, for its staff's eyes, and did not delete."""
    return and_(
        Comment.assignment_id.in_(select(Assignment.id).where(Assignment.section_id == bindparam("section"))),
        Comment.visibility != SELF,
        Comment.deleted_at.is_(None),
    )


def _waits() -> ColumnElement[bool]:
    return and_(Comment.waits, Comment.hidden_at.is_(None))


def _flagged() -> Any:
    """The comments with open flags, but for the viewer's own: who is flagged is not told."""
    return (
        select(CommentFlag.comment_id, func.max(CommentFlag.created_at).label("at"))
        .join(Comment, Comment.id == CommentFlag.comment_id)
        .where(CommentFlag.settled_at.is_(None), _in_class(), Comment.hidden_at.is_(None), Comment.enrollment_id != ME)
        .group_by(CommentFlag.comment_id)
    )


@cache
def _counts() -> AnySelect:
    hidden = select(func.count(Comment.id)).where(_in_class(), Comment.hidden_at.is_not(None))
    muted = select(func.count()).select_from(Mute).join(Enrollment, Enrollment.id == Mute.enrollment_id)
    muted = muted.where(Enrollment.section_id == bindparam("section"))
    flagged = select(func.count()).select_from(_flagged().subquery())
    waiting = select(func.count(Comment.id)).where(_in_class(), _waits())
    return select(*(many.scalar_subquery() for many in (flagged, waiting, hidden, muted)))


def count_waiting(section_id: int, enrollment_id: int) -> Waiting:
    """Return how long each list is for the staff with this place. One statement."""
    return Waiting._make(read_rows(_counts(), {"section": section_id, "me": enrollment_id}).one())


def _rows() -> AnySelect:
    author, hider = aliased(User), aliased(User)
    return with_titles(
        select(
            Comment.id,
            Comment.enrollment_id,
            author.name,
            Enrollment.role,
            Comment.body,
            Comment.created_at,
            Comment.delivery_id.is_(None),
            TITLE,
            Comment.hidden_reason,
            hider.name,
            Comment.alias.is_not(None),
            Comment.edited_at,
        )
        .join(Enrollment, Enrollment.id == Comment.enrollment_id)
        .join(author, author.id == Enrollment.user_id)
        .outerjoin(hider, hider.id == Comment.hidden_by_id)
    )


@cache
def _list(kind: str) -> AnySelect:
    if kind == FLAGGED:
        flagged = _flagged().subquery()
        rows = _rows().join(flagged, flagged.c.comment_id == Comment.id)
        rows = rows.order_by(flagged.c.at.desc(), Comment.id.desc())
    elif kind == WAITING:
        rows = _rows().where(_in_class(), _waits()).order_by(Comment.id.desc())
    else:
        rows = _rows().where(_in_class(), Comment.hidden_at.is_not(None))
        rows = rows.order_by(Comment.hidden_at.desc(), Comment.id.desc())
    return rows.limit(ON_A_PAGE + 1).offset(bindparam("skipped"))


def list_to_moderate(kind: str, section_id: int, enrollment_id: int, page: int = 1) -> list[ModerationRow]:
    """Return one page of a list, newest first, and one row more if there is another page. One statement."""
    given = {"section": section_id, "me": enrollment_id, "skipped": (page - 1) * ON_A_PAGE}
    return [ModerationRow(*row) for row in read_rows(_list(kind), given)]


@cache
def _flags() -> AnySelect:
    return (
        select(CommentFlag.comment_id, CommentFlag.kind, CommentFlag.words, User.name, CommentFlag.created_at)
        .join(Enrollment, Enrollment.id == CommentFlag.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(CommentFlag.comment_id.in_(bindparam("comments", expanding=True)), CommentFlag.settled_at.is_(None))
        .order_by(CommentFlag.created_at.desc(), CommentFlag.comment_id, CommentFlag.enrollment_id)
        .limit(MOST_FLAGS)
    )


def list_flags(comment_ids: Sequence[int]) -> dict[int, list[FlagRow]]:
    """Return the open flags of some comments, newest first. For staff's eyes. One statement."""
    found: dict[int, list[FlagRow]] = {}
    for row in read_rows(_flags(), {"comments": list(comment_ids)}):
        found.setdefault(row[0], []).append(FlagRow(*row))
    return found


class OwnFlag(NamedTuple):
    """A flag as whoever raised it sees it."""

    kind: str
    words: str
    created_at: datetime
    settled_at: datetime | None


@cache
def _own_flag() -> AnySelect:
    own = CommentFlag.comment_id == bindparam("comment"), CommentFlag.enrollment_id == ME
    return select(CommentFlag.kind, CommentFlag.words, CommentFlag.created_at, CommentFlag.settled_at).where(*own)


def find_own_flag(enrollment_id: int, comment_id: int) -> OwnFlag | None:
    """Return the flag that this person has raised on a comment, if there is one."""
    row = read_rows(_own_flag(), {"me": enrollment_id, "comment": comment_id}).first()
    return OwnFlag._make(row) if row else None
