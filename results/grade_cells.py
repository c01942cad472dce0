"""What one student has in one column of the gradebook, and why. Pure.

**A quiz** counts with the attempt that counts, late credit taken off. Handed in too late to be handed in at all is
not possible: who has handed in nothing when their own close is past has 0. Before, nothing counts yet. While a person
has answers to read in an attempt that could count, it does not count either.

**A discussion** counts with the requirements whose time is over or that are met.

**A decision** by staff stands above both: another number of points, or that the column does not count for a student.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from core.dates import days_later
from core.points import Points, half_up, mean
from discussion.participation import OPEN as STILL_OPEN
from discussion.participation import Standing
from quizzes.feedback import ReleaseMoment, is_released
from quizzes.grading import AVERAGE, FIRST, LAST, CountedAttempt, counting_points
from quizzes.timing import second_of
from results.gradebook import Amount, Category, CourseGrade, Mark, course_grade

QUIZ, TALK = "quiz", "discussion"
STATES = (COUNTED, MISSING, WAITING, OPEN, NOTHING, EXCUSED) = (
    "counted",
    "missing",
    "waiting",
    "open",
    "nothing",
    "excused",
)
DECISIONS = (OVERRIDE, EXCUSE, BACK) = ("override", "excuse", "back")


@dataclass(frozen=True)
class Column:
    """A column: a quiz or a discussion of one reading of the class, and what it is worth. `id` is its delivery's."""

    kind: str
    id: int
    assignment_id: int
    title: str
    article_title: str
    worth: Points
    category_id: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    which_counts: str = ""
    late_credit_percent: int = 100
    release_score: str = ""
    latest_due_at: datetime | None = None
    latest_closes_at: datetime | None = None
    released_at: datetime | None = None
    is_published: bool = True

    @cached_property
    def key(self) -> str:
        """What the column is called in addresses and files, whatever its title becomes."""
        return f"{self.kind}-{self.id}"

    @property
    def place(self) -> tuple[float, int]:
        """What columns are sorted by: as their readings opened, those that were open from the beginning first."""
        return self.opens_at.timestamp() if self.opens_at else 0.0, self.assignment_id


class Attempted(NamedTuple):
    """One attempt. `points` before late credit, `credited` after; both without what waits to be read."""

    id: int
    number: int
    is_handed_in: bool
    is_late: bool
    points: Points
    credited: Points
    max_points: Points
    ungraded: int


@dataclass(frozen=True)
class Decision:
    """What staff decided about a cell: who, when and why. `number` counts the decisions about it.

    `before` and `points`: what it counted before and after; None where it did not count.
    """

    number: int
    kind: str
    points: Points | None
    why: str = ""
    by_name: str = ""
    at: datetime | None = None
    before: Points | None = None


class Cell(NamedTuple):
    """One student's place in one column. `earned` of `possible` points, in hundred-thousandths; what was it made of.

    `is_final` is False while a person has answers to read. `plain` is what it would be without the decision.
    """

    column: Column
    state: str
    earned: Amount = 0
    possible: Amount = 0
    attempts: Sequence[Attempted] = ()
    counting: Attempted | None = None
    standings: Sequence[Standing] = ()
    decision: Decision | None = None
    plain: Cell | None = None

    @property
    def counts(self) -> bool:
        """Whether the column is in the student's total."""
        return self.state in (COUNTED, MISSING) and self.possible > 0

    @property
    def asked(self) -> Amount:
        """What other points are of: all that is asked of the student, also what is not over yet."""
        return sum(each.possible for each in self.standings) or self.possible or self.column.worth

    @property
    def number(self) -> int:
        """How many decisions there were about it."""
        return self.decision.number if self.decision else 0

    @property
    def ruled(self) -> Decision | None:
        """The decision that holds, if one does."""
        return self.decision if self.decision and self.decision.kind != BACK else None


@dataclass(frozen=True)
class Student:
    """A student of the class. `is_former`: no longer in it."""

    enrollment_id: int
    name: str
    extra_days: int = 0
    is_former: bool = False


@dataclass(frozen=True)
class Moment:
    """The class's zone, and now."""

    zone: str
    now: datetime


def quiz_cell(column: Column, student: Student, attempts: Sequence[Attempted], moment: Moment) -> Cell:
    """Return what a student's attempts at a quiz come to."""
    if len(attempts) == 1 and attempts[0].is_handed_in:  # as it is nearly always: nothing to choose among
        only = attempts[0]
        state = WAITING if only.ungraded else (COUNTED if only.max_points else NOTHING)
        chosen = None if column.which_counts == AVERAGE else only
        return Cell(column, state, only.credited, only.max_points, attempts, chosen)
    return _of_several(column, student, attempts, moment)


def _of_several(column: Column, student: Student, attempts: Sequence[Attempted], moment: Moment) -> Cell:
    done = [each for each in attempts if each.is_handed_in]
    if not done:
        state = MISSING if not attempts and is_closed(column, student, moment) else OPEN
        return Cell(column, state, possible=column.worth, attempts=attempts)
    chosen = _chosen(done, column.which_counts)
    could_count = [chosen] if chosen and column.which_counts in (FIRST, LAST) else done
    waits = any(each.ungraded for each in could_count)
    points = counting_points([CountedAttempt(each.number, each.credited) for each in done], column.which_counts)
    possible = chosen.max_points if chosen else mean(each.max_points for each in done)
    state = WAITING if waits else (COUNTED if possible else NOTHING)
    return Cell(column, state, points or 0, possible, attempts, chosen)


def _chosen(done: Sequence[Attempted], which: str) -> Attempted | None:
    """The attempt that counts: the earlier of equals; None where it is their average."""
    if which == AVERAGE:
        return None
    in_order = sorted(done, key=lambda each: each.number)
    if which in (FIRST, LAST):
        return in_order[0 if which == FIRST else -1]
    return max(in_order, key=lambda each: (each.credited, -each.number))


def is_closed(column: Column, student: Student, moment: Moment) -> bool:
    """Whether the student can hand in no more; extra days move the close. Without a close it never is."""
    if column.closes_at is None:
        return False
    closes_at = column.closes_at
    if student.extra_days:
        closes_at = days_later(closes_at, student.extra_days, moment.zone)
    return second_of(moment.now) > closes_at


def talk_cell(column: Column, standings: Sequence[Standing]) -> Cell:
    """Return what a student's part in a discussion comes to."""
    over = [each for each in standings if each.state != STILL_OPEN]
    earned = sum(each.earned for each in over)
    possible = sum(each.possible for each in over)
    state = COUNTED if possible else (OPEN if len(over) < len(standings) else NOTHING)
    return Cell(column, state, earned, possible or column.worth, standings=standings)


def decided(cell: Cell, decision: Decision | None) -> Cell:
    """Return the cell as staff decided, if they did; what it was made of is kept."""
    if decision is None:
        return cell
    if decision.kind == BACK:
        return cell._replace(decision=decision)
    if decision.kind == EXCUSE:
        return cell._replace(state=EXCUSED, earned=0, decision=decision, plain=cell)
    earned, possible = decision.points or 0, cell.asked
    return cell._replace(state=COUNTED, earned=earned, possible=possible, decision=decision, plain=cell)


def counted_points(cell: Cell | None) -> Points | None:
    """Return what a cell counts as points are kept, rounded half up; None where it does not count."""
    return half_up(Fraction(cell.earned)) if cell and cell.counts else None


def is_told(cell: Cell, now: datetime) -> bool:
    """Whether the student may know what the cell says: a quiz's when its score is released, a discussion's always.

    What is still open tells nothing, and is told too. The key and the feedback are no part of it.
    """
    column = cell.column
    if column.opens_at and second_of(now) < column.opens_at:
        return False
    if cell.state == OPEN and cell.ruled is None:
        return True
    return is_released_to_class(column, now)


def is_released_to_class(column: Column, now: datetime) -> bool:
    """Whether what students have in a column may be told to them: a discussion's always is."""
    if column.kind == TALK:
        return True
    return is_released(column.release_score, ReleaseMoment.of(column, now))


def exists_for_student(cell: Cell) -> bool:
    """Whether a column is there for the student: one that is withdrawn only for who has begun it, or has points."""
    return cell.column.is_published or bool(cell.attempts or cell.decision)


@dataclass(frozen=True)
class Line:
    """A student, what they have in each column, and the total of it."""

    student: Student
    cells: Mapping[str, Cell]
    grade: CourseGrade
    waiting: int


def line_of(student: Student, cells: Sequence[Cell], categories: Sequence[Category]) -> Line:
    """Return the line of a student: the total is of the cells that count."""
    marks = [
        Mark(cell.column.key, cell.column.category_id, cell.earned, cell.possible) for cell in cells if cell.counts
    ]
    waiting = sum(cell.state == WAITING for cell in cells)
    return Line(student, {cell.column.key: cell for cell in cells}, course_grade(categories, marks), waiting)


@dataclass(frozen=True)
class OwnLine:
    """What a student sees of their own line: cells that may be told, and columns of which nothing is told yet.

    The total is of the cells that are told, and None while totals are not shown.
    """

    told: Line
    untold: tuple[Column, ...]
    shows_total: bool


def own_line(line: Line, categories: Sequence[Category], now: datetime, *, shows_total: bool) -> OwnLine:
    """Return what a student may see of a line: nothing of a column that is not open yet."""
    there = [cell for cell in line.cells.values() if exists_for_student(cell)]
    opened = [cell for cell in there if cell.column.opens_at is None or second_of(now) >= cell.column.opens_at]
    told: list[Cell] = []
    untold: list[Cell] = []
    for cell in opened:
        (told if is_told(cell, now) else untold).append(cell)
    return OwnLine(line_of(line.student, told, categories), tuple(cell.column for cell in untold), shows_total)
