"""A class over its readings: how many hand in, how they do, what they write. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from core.points import Points
from quizzes.figures import Completion
from results.overview import FEW, Scores


@dataclass(frozen=True)
class QuizTurnout:
    """A quiz of a reading: how far the class is with it, and the spread of the first attempts' scores."""

    id: int
    title: str
    completion: Completion
    scores: Scores

    @property
    def share(self) -> Fraction | None:
        """The share of the class that has handed in; None while nobody is in the class."""
        done = self.completion
        return min(Fraction(1), Fraction(done.handed_in, done.students)) if done.students else None

    @property
    def middle(self) -> Points | None:
        """The middle one of the final scores; None while there are fewer than FEW: it would tell of persons."""
        return self.scores.middle

    @property
    def middle_share(self) -> Fraction | None:
        """The same as a share of the points."""
        if self.middle is None or not self.scores.maximum:
            return None
        return Fraction(self.middle, self.scores.maximum)


@dataclass(frozen=True)
class ClassReadingLine:
    """A reading of the class: its due date (UTC), its quizzes, and what `students` students of today posted."""

    id: int
    title: str
    due_at: datetime | None
    quizzes: tuple[QuizTurnout, ...]
    posts: int
    posters: int
    students: int

    @property
    def posts_each(self) -> Fraction | None:
        """Posts for each student of the class; None while there are fewer than FEW who posted, or nobody."""
        return Fraction(self.posts, self.students) if self.students and self.posters >= FEW else None

    @property
    def first(self) -> QuizTurnout | None:
        """The quiz that the charts show: the reading's first."""
        return self.quizzes[0] if self.quizzes else None
