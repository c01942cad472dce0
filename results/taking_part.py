"""How a class stands with what the discussions of a reading ask for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from discussion.participation import DONE, EXCUSED, MISSED, OPEN, Requirement, Standing
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


def count_standings(requirements: Sequence[Requirement], standings: Iterable[Sequence[Standing]]) -> list[AskedOfAll]:
    """Return each requirement with how many students stand how; `standings` has a row for each student."""
    rows = list(standings)
    found = []
    for at, requirement in enumerate(requirements):
        states = [row[at].state for row in rows]
        found.append(AskedOfAll(requirement, *(states.count(state) for state in (DONE, OPEN, MISSED, EXCUSED))))
    return found
