"""What a second try after re-reading earns, and what a question counts then. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from core.points import FractionUnits, Points, earned


@dataclass(frozen=True)
class SecondAnswer:
    """What was answered after re-reading. `points` have the reduced credit, `percent`, in them."""

    answer: Any
    fraction: FractionUnits
    points: Points
    percent: int = 100

    def earning(self, worth: Points, fraction: FractionUnits) -> SecondAnswer:
        """The same answer with another fraction of what the question is worth."""
        return replace(self, fraction=fraction, points=points_of_second(worth, fraction, self.percent))


def points_of_second(worth: Points, fraction: FractionUnits, percent: int) -> Points:
    """What a second answer earns, rounded half up once for the answer and once for the credit."""
    return (earned(worth, fraction) * percent + 50) // 100


def better(first: Points | None, second: SecondAnswer | None) -> Points | None:
    """What a question counts: the better of the two."""
    return better_of(first, second.points if second else None)


def better_of(first: Points | None, second: Points | None) -> Points | None:
    """The better of the points of two tries; nothing counts while the first waits for a person."""
    return first if first is None or second is None else max(first, second)
