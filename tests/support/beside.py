"""Two at the same moment, on two real connections."""

from __future__ import annotations

import threading
from collections.abc import Callable

WHILE = 0.7
"""Seconds in which whoever need not wait is done."""


class Beside:
    """Does one thing on a thread, and so on a connection, of its own."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.result: object = None
        self._thread = threading.Thread(target=self._run, args=(act,), daemon=True)
        self._thread.start()
        self._thread.join(WHILE)

    def _run(self, act: Callable[[], object]) -> None:
        self.result = act()

    @property
    def waits(self) -> bool:
        """Whether it is not done yet."""
        return self._thread.is_alive()

    def end(self) -> object:
        """Wait until it is done, and return what came of it."""
        self._thread.join(300)
        assert not self._thread.is_alive()
        return self.result
