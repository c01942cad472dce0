"""Two kinds of work measured side by side: a little of one, a little of the other, again and again."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from bench.servers import Server

Work = Callable[[], object]


@dataclass(frozen=True)
class Effort:
    """Rounds, and how often each side works in a round. The first round only warms up."""

    rounds: int
    times: int


@dataclass(frozen=True)
class Side:
    """One of the two: what it does, and on which server."""

    server: Server
    work: Work

    def once(self, times: int) -> float:
        """CPU milliseconds for doing it once, as the mean over `times`."""
        before = self.server.milliseconds()
        for _ in range(times):
            self.work()
        return (self.server.milliseconds() - before) / times


@dataclass(frozen=True)
class Pair:
    """CPU milliseconds of each for doing it once: medians over the rounds, and the median of their ratios."""

    measured: float
    yardstick: float
    ratio: float


def compare(measured: Side, yardstick: Side, effort: Effort) -> Pair:
    """Measure both in turns, the order changing with every round, so that a busy machine hits both alike."""
    pairs: list[tuple[float, float]] = []
    for number in range(effort.rounds + 1):
        if number % 2:
            mine, other = measured.once(effort.times), yardstick.once(effort.times)
        else:
            other, mine = yardstick.once(effort.times), measured.once(effort.times)
        if number:
            pairs.append((mine, other))
    return Pair(
        statistics.median(mine for mine, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(mine / other for mine, other in pairs),
    )
