"""Whether a difference between two classes may be chance. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from core.points import half_up
from quizzes.intervals import difference_interval
from results.answers import QuestionResult
from results.overview import FEW


@dataclass(frozen=True)
class ClassShare:
    """The share of the points, 0 to 1, that a class has of a question, and of how many answers it is."""

    share: Fraction | None = None
    n: int = 0

    @property
    def told(self) -> Fraction | None:
        """The share; None while it is of fewer than FEW answers: it would tell of persons."""
        return self.share if self.n >= FEW else None


def class_share(question: QuestionResult) -> ClassShare:
    """Return the share that the class of a page has of a question."""
    return ClassShare(question.facility, question.figures.graded)


@dataclass(frozen=True)
class Difference:
    """How two classes differ, in whole percentage points, the first less the second, with its 95 % interval."""

    points: int
    low: int
    high: int

    @property
    def is_chance(self) -> bool:
        """Whether the interval holds no difference at all."""
        return self.low <= 0 <= self.high


def difference_of(first: ClassShare, second: ClassShare) -> Difference | None:
    """Return how two classes differ; None while one of them has too few answers."""
    if first.told is None or second.told is None:
        return None
    interval = difference_interval((float(first.told), first.n), (float(second.told), second.n))
    if interval is None:
        return None
    return Difference(half_up(100 * (first.told - second.told)), _outwards(interval[0]), _outwards(interval[1]))


def _outwards(end: float) -> int:
    """An end in whole points: never rounded to the other side of no difference."""
    return (round(100 * end) or 1) if end > 0 else (round(100 * end) or (-1 if end < 0 else 0))


def difference_in_words(first: ClassShare, second: ClassShare) -> str:
    """Return what a teacher may make of the difference, in a sentence."""
    found = difference_of(first, second)
    if found is None:
        return _("Each class needs five answers to this question before they can be compared.")
    said = {"gap": _signed(found.points), "low": _signed(found.low), "high": _signed(found.high)}
    if found.is_chance:
        return _("%(gap)s points, within chance: the true difference may lie from %(low)s to %(high)s.", **said)
    return _("%(gap)s points, more than chance: the true difference may lie from %(low)s to %(high)s.", **said)


def _signed(points: int) -> str:
    return f"−{-points}" if points < 0 else (f"+{points}" if points else "0")
