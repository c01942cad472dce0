"""Articles as they are assigned to classes, always found through the viewer's place in the class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from articles.models import Article, ArticleVersion, Assignment, OwnDates
from classroom.models import STAFF, Enrollment, Section
from classroom.queries.mutes import muted_for
from classroom.viewer import Viewer
from core import clock
from core.database import AnySelect, UTCDateTime, connection, read_connection
from core.web import not_found

MOST = 500


@dataclass(frozen=True)
class AssignmentRow:
    """An article in one class, with the viewer's place in it and the dates that hold for them. None sets no bound."""

    id: int
    section_id: int
    article_id: int
    version_id: int
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    section_name: str
    zone: str
    archived: bool
    article_title: str
    language: str
    direction: str
    word_count: int
    role: str
    enrollment_id: int
    muted_for: str | None

    @property
    def is_staff(self) -> bool:
        """Whether the viewer teaches or assists in the class."""
        return self.role in STAFF


@dataclass(frozen=True)
class ClassRow:
    """A class the viewer teaches, and the dates of one article in it if it is assigned there."""

    section_id: int
    section_name: str
    zone: str
    archived: bool
    assignment_id: int | None
    version_id: int | None
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None


def due_at() -> ColumnElement[Any]:
    """Return the due date that holds for the Enrollment of the SELECT, which `with_own_dates` has joined."""
    return func.coalesce(OwnDates.due_at, Assignment.due_at).label("due_at")


def closes_at() -> ColumnElement[Any]:
    """Return the close that holds for the Enrollment of the SELECT, which `with_own_dates` has joined."""
    return func.coalesce(OwnDates.closes_at, Assignment.closes_at).label("closes_at")


def with_own_dates(statement: AnySelect) -> AnySelect:
    """Join a SELECT over Assignment and Enrollment to the dates a student has instead of the class's."""
    mine = and_(OwnDates.assignment_id == Assignment.id, OwnDates.enrollment_id == Enrollment.id)
    return statement.outerjoin(OwnDates, and_(mine, Enrollment.role == "student"))


def _assignments() -> AnySelect:
    statement = (
        select(
            Assignment.id,
            Assignment.section_id,
            Assignment.article_id,
            Assignment.version_id,
            Assignment.opens_at,
            due_at(),
            closes_at(),
            Section.name.label("section_name"),
            Section.time_zone.label("zone"),
            Section.archived_at.is_not(None).label("archived"),
            Article.title.label("article_title"),
            Article.language,
            Article.direction,
            ArticleVersion.word_count,
            Enrollment.role,
            Enrollment.id.label("enrollment_id"),
            muted_for().label("muted_for"),
        )
        .join(Section, Section.id == Assignment.section_id)
        .join(Enrollment, Enrollment.section_id == Section.id)
        .join(Article, Article.id == Assignment.article_id)
        .join(ArticleVersion, ArticleVersion.id == Assignment.version_id)
        .where(
            Enrollment.user_id == bindparam("user_id"),
            Enrollment.state == "active",
            is_open_to_reader(),
        )
    )
    return with_own_dates(statement)


def is_open_to_reader() -> ColumnElement[bool]:
    """Staff always see an assignment, everybody else from the moment it opens, and after it closes as well."""
    return or_(
        Enrollment.role.in_(STAFF),
        Assignment.opens_at.is_(None),
        Assignment.opens_at <= bindparam("now", type_=UTCDateTime),
    )


@cache
def _one() -> AnySelect:
    return _assignments().where(Assignment.id == bindparam("assignment_id"))


@cache
def _of_section() -> AnySelect:
    return (
        _assignments()
        .where(Assignment.section_id == bindparam("section_id"))
        .order_by(due_at().is_(None), due_at(), Assignment.id)
        .limit(MOST)
    )


def get_assignment_for(user: Viewer, assignment_id: int) -> AssignmentRow:
    """Return the assignment as this person meets it, or answer 404."""
    return get_assignment_of(user.id, assignment_id)


def get_assignment_of(user_id: int, assignment_id: int) -> AssignmentRow:
    """Return the assignment as the person with this id meets it, or answer 404."""
    given = {"user_id": user_id, "now": clock.now(), "assignment_id": assignment_id}
    row = connection().execute(_one(), given).first()
    return AssignmentRow(**row._mapping) if row else not_found()


def list_assignments_for(user: Viewer, section_id: int) -> list[AssignmentRow]:
    """Return a class's assignments as this person meets them: next due first, those without a date last."""
    given = {"user_id": user.id, "now": clock.now(), "section_id": section_id}
    rows = connection().execute(_of_section(), given)
    return [AssignmentRow(**row._mapping) for row in rows]


def list_classes_of_article(user: Viewer, article_id: int) -> list[ClassRow]:
    """Return every class this person teaches with the article's dates in it, running classes first.

    Reads in a transaction of its own, as a text may be read and split before the writing begins.
    """
    statement = (
        select(
            Section.id.label("section_id"),
            Section.name.label("section_name"),
            Section.time_zone.label("zone"),
            Section.archived_at.is_not(None).label("archived"),
            Assignment.id.label("assignment_id"),
            Assignment.version_id,
            Assignment.opens_at,
            Assignment.due_at,
            Assignment.closes_at,
        )
        .join(Enrollment, Enrollment.section_id == Section.id)
        .outerjoin(
            Assignment,
            and_(Assignment.section_id == Section.id, Assignment.article_id == article_id),
        )
        .where(
            Enrollment.user_id == user.id,
            Enrollment.state == "active",
            Enrollment.role == "instructor",
        )
        .order_by(Section.archived_at.is_not(None), Section.name, Section.id)
        .limit(MOST)
    )
    with read_connection() as apart:
        return [ClassRow(**row._mapping) for row in apart.execute(statement)]
