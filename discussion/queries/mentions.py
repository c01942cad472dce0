"""Who can be named in a comment: members of the class for whom it can exist. What a gate hides opens in its time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, Protocol

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import Enrollment, User
from core.database import AnySelect, read_rows
from discussion.gates import Author, may_see_note
from discussion.mentions import Member
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
    def root_id(self) -> int | None: ...
    @property
    def visibility(self) -> str: ...


@cache
def _members() -> AnySelect:
    """The members of a class, each with the place of who wrote the note that is answered, if one is."""
    note = aliased(Comment)
    owner = select(note.enrollment_id).where(note.id == bindparam("root", type_=Integer)).scalar_subquery()
    return (
        select(Enrollment.id, User.name, Enrollment.role, func.coalesce(owner, bindparam("author", type_=Integer)))
        .join(User, User.id == Enrollment.user_id)
        .join(Assignment, Assignment.section_id == Enrollment.section_id)
        .where(Assignment.id == bindparam("assignment"), Enrollment.state == "active", Enrollment.role.in_(WRITERS))
        .order_by(User.name, Enrollment.id)
        .limit(MOST)
    )


def _read(where: Standing, author_id: int) -> Iterable[tuple[int, str, str, int]]:
    given = {"assignment": where.assignment_id, "root": where.root_id, "author": author_id}
    return read_rows(_members(), given)


def list_nameable(where: Standing, author_id: int) -> list[Member]:
    """Return whom a comment can name that somebody with this place writes: others, as far as it can exist for them."""
    return [
        Member(place, name)
        for place, name, role, owner in _read(where, author_id)
        if place != author_id and may_see_note(Author(place, role), where.visibility, owner)
    ]


def list_named(where: Standing, author_id: int) -> list[NamedRow]:
    """Return the members of the class whose names are offered to one of them, sorted. One statement."""
    return [NamedRow(*row[:3]) for row in _read(where, author_id) if row[0] != author_id]
