"""Who can be named in a comment: members of the class for whom it can exist. What a gate hides opens in its time."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, Protocol

from sqlalchemy import ColumnElement, Integer, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from articles.models import Assignment
from classroom.models import Enrollment, User
from core.database import AnySelect, read_rows
from discussion.gates import Author, is_for_group, may_see_note
from discussion.group_models import ThreadGroupMember
from discussion.models import Comment
from discussion.permissions import WRITERS

MOST = 2_000


class NamedRow(NamedTuple):
    """A member of the class who can be named."""

    id: int
    name: str
    role: str


class Standing(Protocol):
    """Where a comment stands, in a thread or in a margin."""

    @property
    def assignment_id(self) -> int: ...
    @property
    def delivery_id(self) -> int | None: ...
    @property
    def group_id(self) -> int | None: ...
    @property
    def root_id(self) -> int | None: ...
    @property
    def visibility(self) -> str: ...


class _MemberRow(NamedTuple):
    """A member of the class with what decides whether a comment can exist for them.

    `owner_id`: who wrote the note that is answered, or else the comment; `group_id`: for which group of a split
    thread it is, `own_group_id`: in which one the member is.
    """

    id: int
    name: str
    role: str
    owner_id: int
    group_id: int | None
    own_group_id: int | None


def _group_of(place_id: InstrumentedAttribute[int]) -> ColumnElement[int]:
    here = ThreadGroupMember.delivery_id == bindparam("thread", type_=Integer)
    group = select(ThreadGroupMember.group_id).where(here, ThreadGroupMember.enrollment_id == place_id)
    return group.correlate_except(ThreadGroupMember).scalar_subquery()


@cache
def _members() -> AnySelect:
    other, writer = aliased(Comment), aliased(Enrollment)
    author, of_answered = bindparam("author", type_=Integer), select(other.group_id)
    owner = select(other.enrollment_id).where(other.id == bindparam("root", type_=Integer))
    of_answered = of_answered.where(other.id == bindparam("answered", type_=Integer))
    of_author = select(_group_of(writer.id)).where(writer.id == author, writer.role == "student")
    given = (of_answered.scalar_subquery(), bindparam("group", type_=Integer), of_author.scalar_subquery())
    return (
        select(
            Enrollment.id,
            User.name,
            Enrollment.role,
            func.coalesce(owner.scalar_subquery(), author),
            func.coalesce(*given),
            _group_of(Enrollment.id),
        )
        .join(User, User.id == Enrollment.user_id)
        .join(Assignment, Assignment.section_id == Enrollment.section_id)
        .where(Assignment.id == bindparam("assignment"), Enrollment.state == "active", Enrollment.role.in_(WRITERS))
        .order_by(User.name, Enrollment.id)
        .limit(MOST)
    )


def list_nameable(where: Standing, author_id: int, answered_id: int | None = None) -> list[NamedRow]:
    """Return whom a comment can name that somebody with this place writes, sorted by name: those for whom it can
    exist, the author as well. One statement.
    """
    given = {"assignment": where.assignment_id, "thread": where.delivery_id, "group": where.group_id}
    given |= {"root": where.root_id, "answered": answered_id, "author": author_id}
    return [
        NamedRow(each.id, each.name, each.role)
        for each in map(_MemberRow._make, read_rows(_members(), given))
        if each.id == author_id
        or (
            may_see_note(Author(each.id, each.role), where.visibility, each.owner_id)
            and is_for_group(each.group_id, each.role, each.own_group_id)
        )
    ]
