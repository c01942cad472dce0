"""Many people at once: who does what when, and how long each act lets a person wait."""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException

COLUMNS = ("database", "act", "side", "times", "median_ms", "p95_ms", "refused", "lost")


@dataclass
class Waits:
    """How long each act took, in milliseconds, and how many were not answered as they should be."""

    of: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def measured(self, act: str) -> Iterator[None]:
        """Time one act."""
        begun = time.perf_counter()
        try:
            yield
        except (AssertionError, OSError, HTTPException) as error:
            print(f"{act}: {str(error)[:300]}", file=sys.stderr)
            with self.lock:
                self.refused += 1
            return
        with self.lock:
            self.of[act].append((time.perf_counter() - begun) * 1000)

    def table(self, kind: str, side: str, lost: int) -> None:
        """Print a line for each act: COLUMNS."""
        for act, times in self.of.items():
            median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            row = (kind, act, side, len(times), f"{median:.1f}", f"{p95:.1f}", self.refused, lost)
            print(*row, sep="\t", flush=True)


class Clock:
    """Everybody's seconds since the bell."""

    def __init__(self) -> None:
        self._bell = time.monotonic() + 1

    def wait_until(self, second: float) -> None:
        """Sleep until a second after the bell."""
        time.sleep(max(0.0, self._bell + second - time.monotonic()))


def everybody(acts: Sequence[Callable[[], None]]) -> None:
    """Let all of them go at the same time; returns when the last is done."""
    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(lambda act: act(), acts))
