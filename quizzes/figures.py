"""What is counted over a class: values only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from quizzes.points import Points


@dataclass
class ItemFigures:
    """One item in one class: answers, of these graded, their points, full marks, part marks, answers by key."""

    responses: int = 0
    graded: int = 0
    points: Points = 0
    full: int = 0
    partial: int = 0
    answers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

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
    """How many students have this score; `waiting` scores may still rise."""

    points: Points
    waiting: bool
    students: int
