"""One student across the readings of a class: how far they are with each, and what it came to. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from articles.addresses import to_passages
from core.points import Points
from discussion.participation import OPEN as STILL_OPEN
from discussion.participation import Standing
from discussion.queries.credit import CreditThread
from quizzes.timing import second_of
from results.grade_cells import COUNTED, EXCUSED, MISSING, WAITING, Attempted, Cell, exists_for_student, is_told

HANDED_IN, LATE, STARTED, NOT_STARTED = "handed_in", "late", "started", "not_started"


class Lost(NamedTuple):
    """What one answer lost, in points: on which question's passages. `paragraph`: the first one's ¶ number.

    Without a passage, and where a heading is the passage, there is none.
    """

    paragraph: int | None
    spans: tuple[tuple[int, int], ...]
    lost: Points
    possible: Points


@dataclass(frozen=True)
class PlaceLost:
    """What was lost on a paragraph, of all that its questions were worth."""

    paragraph: int | None
    spans: tuple[tuple[int, int], ...]
    lost: Points
    possible: Points

    @property
    def address(self) -> str:
        """What follows the reading's address to get there, with what the questions test marked."""
        return to_passages(self.spans)


def lost_by_paragraph(answers: Sequence[Lost]) -> list[PlaceLost]:
    """Return the paragraphs where points were lost, in reading order; what is about no paragraph comes last.

    A question that tests several passages counts at the first, so that the points add up.
    """
    places: dict[int | None, list[Lost]] = defaultdict(list)
    for answer in answers:
        places[answer.paragraph].append(answer)
    found = [
        PlaceLost(
            paragraph,
            tuple(dict.fromkeys(span for each in here for span in each.spans)),
            sum(each.lost for each in here),
            sum(each.possible for each in here),
        )
        for paragraph, here in places.items()
    ]
    return sorted(
        (place for place in found if place.lost > 0), key=lambda each: (each.paragraph is None, each.paragraph or 0)
    )


@dataclass(frozen=True)
class QuizLine:
    """A quiz of a reading as the student stands with it. `is_told`: whoever looks may know the score."""

    cell: Cell
    is_told: bool = True

    @property
    def title(self) -> str:
        """What the quiz is called."""
        return self.cell.column.title

    @property
    def counted(self) -> Sequence[Attempted]:
        """The attempt that counts; all that are handed in where their average does.

        Or where the score is not told: which of them counts says which is better.
        """
        if self.cell.counting is not None and self.is_told:
            return [self.cell.counting]
        return [each for each in self.cell.attempts if each.is_handed_in]

    @cached_property
    def state(self) -> str:
        """One of handed_in, late (one that counts is), started, not_started and missing (its close is past)."""
        if self.counted:
            return LATE if any(each.is_late for each in self.counted) else HANDED_IN
        if (self.cell.plain or self.cell).state == MISSING:
            return MISSING
        return STARTED if self.cell.attempts else NOT_STARTED

    @property
    def running(self) -> Attempted | None:
        """The attempt in progress, if there is one."""
        return next((each for each in self.cell.attempts if not each.is_handed_in), None)

    @property
    def is_waiting(self) -> bool:
        """Whether a person has answers to read before there is a score."""
        return self.is_told and self.cell.state == WAITING

    @property
    def is_held(self) -> bool:
        """Whether it is handed in, and the score is not released to whoever looks."""
        return bool(self.counted) and not self.is_told

    @property
    def is_excused(self) -> bool:
        """Whether staff have decided that it does not count, and whoever looks may know."""
        return self.is_told and self.cell.state == EXCUSED

    @cached_property
    def share(self) -> Fraction | None:
        """The share of the points that count, of attempts or as staff decided; None while there are none."""
        if not self.is_told or self.cell.state != COUNTED or not self.cell.possible:
            return None
        return Fraction(self.cell.earned) / self.cell.possible


@dataclass(frozen=True)
class TalkLine:
    """What a discussion asks of the student, and how they stand with it."""

    thread: CreditThread
    standings: Sequence[Standing]

    @property
    def open(self) -> list[Standing]:
        """What can still be done for a box."""
        return [each for each in self.standings if each.state == STILL_OPEN]

    @property
    def ticked(self) -> int:
        """Boxes that are ticked."""
        return sum(len(each.ticks) for each in self.standings)

    @property
    def asked(self) -> int:
        """Boxes that there are for this student."""
        return sum(each.asked for each in self.standings)


@dataclass(frozen=True)
class ReadingLine:
    """A reading of the class, with the student's own dates (UTC) and posts, and all that is known of their work."""

    id: int
    title: str
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    posts: int
    quizzes: Sequence[QuizLine] = ()
    talks: Sequence[TalkLine] = ()
    lost: Sequence[PlaceLost] = field(default=())

    @cached_property
    def share(self) -> Fraction | None:
        """The share of the points of the reading's quizzes, of those that have a score; None while none has."""
        scored = [quiz.cell for quiz in self.quizzes if quiz.share is not None]
        possible = sum(cell.possible for cell in scored)
        return Fraction(sum(cell.earned for cell in scored)) / possible if possible else None


def own_lines(lines: Sequence[ReadingLine], now: datetime) -> list[ReadingLine]:
    """Return what a student may see of their own: what is open, scores that are released, nothing of single answers.

    A quiz that is withdrawn exists only for whoever has begun it, or has points of it.
    """
    return [
        replace(
            line,
            quizzes=[
                QuizLine(quiz.cell, is_told(quiz.cell, now)) for quiz in line.quizzes if exists_for_student(quiz.cell)
            ],
            lost=(),
        )
        for line in lines
        if line.opens_at is None or second_of(now) >= line.opens_at
    ]


def in_number(lines: Sequence[ReadingLine]) -> tuple[int, int]:
    """Return how many of the quizzes are handed in, and of how many."""
    quizzes = [quiz for line in lines for quiz in line.quizzes]
    return sum(bool(quiz.counted) for quiz in quizzes), len(quizzes)


@dataclass(frozen=True)
class NextUp:
    """A reading in which something is left to do for the student: quizzes to start or to go on with, boxes to tick."""

    reading: ReadingLine
    quizzes: Sequence[QuizLine]
    talks: Sequence[TalkLine]


def _is_left(quiz: QuizLine) -> bool:
    return quiz.state == NOT_STARTED and not quiz.is_excused and quiz.cell.column.is_published


def next_up(lines: Sequence[ReadingLine], now: datetime, writable: Container[int]) -> list[NextUp]:
    """Return the readings with something to do, in their order: what is in progress first, then what is due first.

    `writable`: the threads in which the student can post.
    """
    found = []
    for line in lines:
        is_open = line.closes_at is None or second_of(now) <= line.closes_at
        quizzes = [quiz for quiz in line.quizzes if is_open and (quiz.running or _is_left(quiz))]
        talks = [talk for talk in line.talks if talk.open and talk.thread.id in writable]
        if quizzes or talks:
            found.append(NextUp(line, quizzes, talks))
    return sorted(found, key=lambda each: not any(quiz.running for quiz in each.quizzes))
