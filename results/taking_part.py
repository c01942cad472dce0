"""How a class stands with what the discussions of a reading ask for. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from discussion.participation import DONE, EXCUSED, MISSED, OPEN, Requirement
from discussion.queries import TurnoutRow


@dataclass(frozen=True)
class AskedOfAll:
    """One thing that is asked for: how many students have done it, still can, missed it, or need not."""

    requirement: Requirement
    done: int
    open: int
    missed: int
    excused: int

    @property
    def asked(self) -> int:
        """Of how many it is asked."""
        return self.done + self.open + self.missed


@dataclass(frozen=True)
class TakingPart:
    """A discussion: how many posted, and what it asks for."""

    turnout: TurnoutRow
    asks: tuple[AskedOfAll, ...] = ()


def asked_of_all(requirements: Sequence[Requirement], standings: Mapping[tuple[str, ...], int]) -> list[AskedOfAll]:
    """Return each requirement with how many students stand how; `standings`: how many have these states."""
    found = []
    for at, requirement in enumerate(requirements):
        counts: Counter[str] = Counter()
        for states, students in standings.items():
            counts[states[at]] += students
        found.append(AskedOfAll(requirement, *(counts[state] for state in (DONE, OPEN, MISSED, EXCUSED))))
    return found
