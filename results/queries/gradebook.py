"""The gradebook of a class: its columns, how they are weighed, and the lines of some of its students.

A book takes five statements and the lines of any number of students four, however many columns there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from operator import attrgetter

from sqlalchemy import bindparam, func, select

from classroom.models import Accommodation, Enrollment, LabelledEnrollment, User
from core.database import AnySelect, read_rows
from core.folding import Folded, fold
from core.web import not_found
from discussion.queries.credit import (
    Counted,
    CreditSetting,
    CreditThread,
    list_credit_threads,
    read_first_posts,
    read_standings,
)
from results.grade_cells import (
    QUIZ,
    TALK,
    Cell,
    Column,
    Decision,
    Line,
    Moment,
    Student,
    decided,
    is_released_to_class,
    line_of,
    quiz_cell,
    talk_cell,
)
from results.grade_order import MOST_CELLS, NAME, Order, in_order
from results.gradebook import Category
from results.models import Gradebook, GradeCategory, GradeColumn, GradeDecision
from results.queries.quiz_columns import MOST, MOST_ROWS, PAGE, STUDENTS, At, key_of, list_quiz_columns, read_attempts


@dataclass(frozen=True)
class Book:
    """A class's gradebook without its students. `revision`: 0 where nobody has arranged anything yet."""

    section_id: int
    zone: str
    now: datetime
    revision: int
    totals_released_at: datetime | None
    categories: tuple[Category, ...]
    columns: tuple[Column, ...]
    credit: CreditSetting

    def column(self, key: str) -> Column | None:
        """The column with this key, None if there is none."""
        return next((column for column in self.columns if column.key == key), None)

    def is_released(self, column: Column) -> bool:
        """Whether students may know what they have in a column."""
        return is_released_to_class(column, self.now)

    def category(self, column: Column) -> Category | None:
        """The category in which a column counts."""
        return next((each for each in self.categories if each.id == column.category_id), None)


@dataclass(frozen=True)
class Which:
    """Which students are asked for: words in the name, a label, or those who left; a stretch of them."""

    words: str = ""
    label_id: int | None = None
    former: bool = False
    limit: int = PAGE
    offset: int = 0
    falls: bool = False  # the last name first


@cache
def _arrangement() -> AnySelect:
    row = GradeCategory
    return (
        select(Gradebook.revision, Gradebook.totals_released_at, row.id, row.name, row.weight, row.drop_lowest)
        .outerjoin(row, row.section_id == Gradebook.section_id)
        .where(Gradebook.section_id == bindparam("section"))
        .order_by(row.position, row.id)
        .limit(MOST)
    )


@cache
def _talks() -> AnySelect:
    return (
        select(GradeColumn.prompt_delivery_id, GradeColumn.category_id)
        .join(GradeCategory, GradeCategory.id == GradeColumn.category_id)
        .where(GradeCategory.section_id == bindparam("section"), GradeColumn.prompt_delivery_id.is_not(None))
        .order_by(GradeColumn.id)
        .limit(MOST)
    )


def read_book(section_id: int, zone: str, now: datetime) -> Book:
    """Return the gradebook of a class whose viewer has a place in it. Five statements at most."""
    of_class = {"section": section_id}
    arranged = read_rows(_arrangement(), of_class)
    threads = list_credit_threads(section_id)
    places: dict[int, int] = {row[0]: row[1] for row in read_rows(_talks(), of_class)} if threads else {}
    columns = list_quiz_columns(section_id)
    columns += [_talk(thread, places.get(thread.id)) for thread in threads]
    return Book(
        section_id,
        zone,
        now,
        arranged[0][0] if arranged else 0,
        arranged[0][1] if arranged else None,
        tuple(Category(*row[2:]) for row in arranged if row[2] is not None),
        tuple(sorted(columns, key=attrgetter("place"))),
        CreditSetting(threads, read_first_posts(threads), zone, now),
    )


def _talk(thread: CreditThread, category_id: int | None) -> Column:
    named = (thread.assignment_id, thread.title, thread.article_title)
    return Column(TALK, thread.id, *named, thread.points, category_id, thread.opens_at)


@cache
def _listed(former: bool, labelled: bool, falls: bool) -> AnySelect:
    statement = _students().where(Enrollment.state == ("removed" if former else "active"))
    if labelled:
        wearers = select(LabelledEnrollment.enrollment_id).where(LabelledEnrollment.label_id == bindparam("label"))
        statement = statement.where(Enrollment.id.in_(wearers))
    by = (User.name.desc(), Enrollment.id.desc()) if falls else (User.name, Enrollment.id)
    stretch = statement.order_by(*by).limit(bindparam("limit")).offset(bindparam("offset"))
    return stretch.add_columns(func.count().over())


def find_grade_students(section_id: int, which: Which) -> tuple[list[Student], int]:
    """Return students of a class by name: those who are in it, or those who are not any more. One statement.

    With them how many there are beyond the stretch; 0 where it is empty.
    """
    statement = _listed(which.former, which.label_id is not None, which.falls)
    if which.words:
        statement = statement.where(Folded(User.name).contains(fold(which.words), autoescape=True))
    given = {"section": section_id, "label": which.label_id, "limit": which.limit, "offset": which.offset}
    rows = read_rows(statement, given)
    return [Student(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


def list_students_by_id(section_id: int, ids: Sequence[int]) -> list[Student]:
    """Return those of these students who are or were in the class. One statement."""
    statement = _students().where(Enrollment.id.in_(ids)).order_by(Enrollment.id).limit(MOST)
    return [Student(*row) for row in read_rows(statement, {"section": section_id})]


@cache
def _student() -> AnySelect:
    return _students().where(Enrollment.id == bindparam("student"))


def get_grade_student(section_id: int, enrollment_id: int) -> Student:
    """Return a student of a class, also one who left it; 404 for anybody else."""
    row = read_rows(_student(), {"section": section_id, "student": enrollment_id}).first()
    return Student(*row) if row else not_found()


@cache
def _students() -> AnySelect:
    days = func.coalesce(Accommodation.extra_days, 0)
    return (
        select(Enrollment.id, User.name, days, Enrollment.state == "removed")
        .join(User, User.id == Enrollment.user_id)
        .outerjoin(Accommodation, Accommodation.enrollment_id == Enrollment.id)
        .where(Enrollment.section_id == bindparam("section"), Enrollment.role == "student")
    )


@cache
def _decisions() -> AnySelect:
    row = GradeDecision
    return (
        select(
            row.enrollment_id, row.quiz_delivery_id, row.prompt_delivery_id,
            row.number, row.kind, row.after, row.why, User.name, row.at, row.before,
        )
        .join(User, User.id == row.by_id)
        .where(row.enrollment_id.in_(STUDENTS))
        .order_by(row.number, row.id)
        .limit(MOST_ROWS)
    )  # fmt: skip


def read_decisions(students: Sequence[int]) -> dict[At, list[Decision]]:
    """Return what staff decided about these students, by (place in the class, column), the last decision last."""
    found: dict[At, list[Decision]] = defaultdict(list)
    for who, quiz, talk, *decision in read_rows(_decisions(), {"students": list(students)}) if students else ():
        found[who, key_of(quiz, talk)].append(Decision(*decision))
    return found


def read_lines(book: Book, students: Sequence[Student], *, handed_in_before: datetime | None = None) -> list[Line]:
    """Return the lines of these students. Four statements, two where no discussion earns anything.

    `handed_in_before`: the moment that says which attempts are handed in; now, unless it is given.
    """
    if not students:
        return []
    ids = [student.enrollment_id for student in students]
    attempts = read_attempts(ids, handed_in_before or book.now)
    decisions = read_decisions(ids)
    standings = read_standings(book.credit, [Counted(each.enrollment_id, each.extra_days) for each in students])
    moment = Moment(book.zone, book.now)

    def cell(student: Student, column: Column) -> Cell:
        at = (student.enrollment_id, column.key)
        held = decisions.get(at)
        if column.kind == QUIZ:
            found = quiz_cell(column, student, attempts.get(at, ()), moment)
        else:
            found = talk_cell(column, standings.get((column.id, student.enrollment_id), ()))
        return decided(found, held[-1] if held else None)

    return [line_of(each, [cell(each, column) for column in book.columns], book.categories) for each in students]


def read_page(book: Book, which: Which, order: Order) -> tuple[list[Line], int, Order]:
    """Return the lines of a stretch of students, how many there are beyond it, and the order in which they stand.

    Two statements and those of `read_lines`. By a number all lines are read; where they are too many, by name.
    """
    if order.key != NAME:
        most = MOST_CELLS // max(1, len(book.columns))
        students, found = find_grade_students(book.section_id, replace(which, limit=most, offset=0))
        if found <= most:
            return in_order(read_lines(book, students), order)[which.offset :][: which.limit], found, order
        order = Order()
    students, found = find_grade_students(book.section_id, replace(which, falls=order.falls))
    return read_lines(book, students), found, order


@cache
def _showing_totals() -> AnySelect:
    return (
        select(Gradebook.section_id)
        .join(Enrollment, Enrollment.section_id == Gradebook.section_id)
        .where(
            Gradebook.section_id.in_(bindparam("sections", expanding=True)),
            Gradebook.totals_released_at.is_not(None),
            Enrollment.user_id == bindparam("user"),
            Enrollment.role == "student",
            Enrollment.state == "active",
        )
        .order_by(Gradebook.section_id)
        .limit(MOST)
    )


def list_showing_totals(user_id: int, section_ids: Sequence[int]) -> set[int]:
    """Return those of these classes in which the person studies and totals are shown. One statement."""
    return {row[0] for row in read_rows(_showing_totals(), {"sections": list(section_ids), "user": user_id})}
