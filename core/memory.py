"""Remembers, in this process, what can never change: the words of one version of a text, for instance."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app

T = TypeVar("T")
MOST = 512
"""How much is remembered; what was not asked for longest goes first."""


class Memory:
    """A bounded store for values whose key always means the same. Safe over threads."""

    def __init__(self) -> None:
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of `key`, made with `make` the first time; what is empty is not remembered."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                found: T = self._values[key]
                return found
        made = make()
        if not made:
            return made
        with self._lock:
            self._values[key] = made
            while len(self._values) > MOST:
                self._values.popitem(last=False)
        return made

    def forget(self) -> None:
        """Forget everything: when another database takes the place of this one."""
        with self._lock:
            self._values.clear()


def recall(key: Hashable, make: Callable[[], T]) -> T:
    """Return what never changes under `key`, made with `make` if this process has not met it.

    Only for what the key fixes for ever (a version's id, which is never reused), never for
    settings, permissions or counts; who may see it is asked before.
    """
    memory: Memory = current_app.extensions["memory"]
    return memory.recall(key, make)


def init_memory(app: Flask) -> None:
    """Give the application its memory."""
    app.extensions["memory"] = Memory()
