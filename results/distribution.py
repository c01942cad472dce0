"""How scores spread over the class. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.points import POINT, Points
from quizzes.figures import ScoreCount, middle_score

MOST_BINS = 11


@dataclass(frozen=True)
class Bin:
    """Scores from `low` up to `high` points, without `high` but in the last bin; `label` is what is printed."""

    label: str
    low: Points
    high: Points
    students: int
    is_middle: bool


def bin_width(maximum: Points) -> Points:
    """Return the width of a bin: the smallest of 1, 2, 5, 10, 20 … points that needs at most MOST_BINS bins."""
    step = POINT
    for factor in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1_000):
        step = factor * POINT
        if maximum // step + 1 <= MOST_BINS:
            break
    return step


def histogram(scores: Sequence[ScoreCount], maximum: Points) -> list[Bin]:
    """Return the bins from 0 to `maximum`, the final scores counted; a score above falls in the last."""
    width, middle = bin_width(maximum), middle_score(scores)
    starts = range(0, maximum + 1, width)
    last = starts[-1]
    bins = []
    for low in starts:
        counted = [s for s in scores if not s.waiting and min(s.points // width * width, last) == low]
        students = sum(s.students for s in counted)
        is_middle = middle is not None and min(middle // width * width, last) == low
        bins.append(Bin(_label(low, width, maximum), low, low + width, students, is_middle))
    return bins


def _label(low: Points, width: Points, maximum: Points) -> str:
    first = low // POINT
    if width == POINT:
        return str(first)
    top = min(low + width - POINT, maximum) // POINT
    return f"{first}–{top}" if top > first else str(first)
