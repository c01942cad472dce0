"""Which of a student's attempts a figure means: first, last, best or all. Pure.

A closed attempt has a standing, the sum of FIRST, LAST and BEST as far as they hold: counts are kept by
standing, so that each attempt is counted once and every rule reads the same counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.points import Points

Which: TypeAlias = Literal["first", "last", "best", "all"]
FIRST, LAST, BEST = 1, 2, 4
ALONE = FIRST | LAST | BEST
"""The standing of the only closed attempt of a student."""
BITS: dict[Which, int] = {"first": FIRST, "last": LAST, "best": BEST}


@dataclass(frozen=True)
class Meant:
    """Which attempts a page's figures mean: of each student those of the rule; with a label, of its students alone."""

    which: Which = "first"
    label_id: int | None = None

    @property
    def is_labelled(self) -> bool:
        """Whether only the students of a label are meant."""
        return self.label_id is not None


EVERYBODY = Meant()
"""The first attempts of the whole class."""


@dataclass(frozen=True)
class ClosedAttempt:
    """What decides a standing: `points` are those before late credit, answers that wait for a person without."""

    id: int
    number: int
    points: Points


def standings_of(attempts: Sequence[ClosedAttempt]) -> dict[int, int]:
    """Return the standing of each closed attempt of one student, by id. Of two equally good the earlier is best."""
    if not attempts:
        return {}
    first = min(attempts, key=lambda attempt: attempt.number)
    last = max(attempts, key=lambda attempt: attempt.number)
    best = max(attempts, key=lambda attempt: (attempt.points, -attempt.number))
    return {
        attempt.id: FIRST * (attempt is first) | LAST * (attempt is last) | BEST * (attempt is best)
        for attempt in attempts
    }


def is_meant(standing: int, which: Which) -> bool:
    """Tell whether an attempt of this standing counts under the rule."""
    return which == "all" or bool(standing & BITS[which])
