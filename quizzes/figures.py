"""What is counted over a class: values only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Protocol

from core.points import Points
from quizzes.models import NO_EVIDENCE

NEAR = timedelta(days=3)
"""Missing hand-ins are worth a word from this long before the due time until the quiz closes."""


class Counts(Protocol):
    """Whatever has the counts of an item: a row of a tally or of a sum."""

    @property
    def responses(self) -> int: ...
    @property
    def graded(self) -> int: ...
    @property
    def points(self) -> Points: ...
    @property
    def full(self) -> int: ...
    @property
    def partial(self) -> int: ...


@dataclass
class ItemFigures:
    """One item in one class: answers, of these graded, their points, full marks, part marks, answers by key.

    `evidence` counts answers by (key, level) where the question has an evidence part: level 0 to 2.
    """

    responses: int = 0
    graded: int = 0
    points: Points = 0
    full: int = 0
    partial: int = 0
    answers: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    evidence: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    def add(self, counts: Counts, times: int = 1) -> None:
        """Add counts of the same names, or take them away (`times` -1)."""
        self.responses += times * counts.responses
        self.graded += times * counts.graded
        self.points += times * counts.points
        self.full += times * counts.full
        self.partial += times * counts.partial

    def add_answers(self, answer_key: str, level: int, responses: int) -> None:
        """Add answers of one key whose evidence came out at `level`; less than nothing takes away."""
        self.answers[answer_key] += responses
        if level != NO_EVIDENCE:
            self.evidence[answer_key, level] += responses

    @property
    def key(self) -> Hashable:
        """The same for the same figures."""
        counts = (self.responses, self.graded, self.points, self.full, self.partial)
        return (counts, tuple(self.answers.items()), tuple(self.evidence.items()))

    @property
    def none(self) -> int:
        """How many graded answers earned nothing."""
        return self.graded - self.full - self.partial

    @property
    def waiting(self) -> int:
        """How many answers a person must still grade."""
        return self.responses - self.graded

    def facility(self, maximum: Points) -> Fraction | None:
        """Return mean points / maximum points, 0 to 1; None without a graded answer or points to earn."""
        possible = maximum * self.graded
        return Fraction(self.points, possible) if possible else None


@dataclass(frozen=True)
class ScoreCount:
    """How many students have this score, of `maximum`; `waiting` scores may still rise."""

    points: Points
    waiting: bool
    students: int
    maximum: Points = 0


def middle_score(scores: Sequence[ScoreCount]) -> Points | None:
    """Return the median of the final scores, half a unit rounded up; None if there is none."""
    ordered = sorted((s.points, s.students) for s in scores if not s.waiting)
    count = sum(students for _, students in ordered)
    if not count:
        return None

    def at(index: int) -> Points:
        for points, students in ordered:
            index -= students
            if index < 0:
                return points
        raise IndexError(index)

    return (at((count - 1) // 2) + at(count // 2) + 1) // 2


def handed_in_of(scores: Sequence[ScoreCount]) -> int:
    """Return how many students have handed in."""
    return sum(score.students for score in scores)


@dataclass(frozen=True)
class Completion:
    """How many students of a class have handed in (`late`: of these), have started, and are in the class."""

    handed_in: int
    late: int
    started: int
    students: int

    @property
    def not_started(self) -> int:
        """How many have not opened the quiz."""
        return max(0, self.students - self.handed_in - self.started)

    @property
    def missing(self) -> int:
        """How many have not handed in."""
        return max(0, self.students - self.handed_in)
