"""What must follow from a change on the floors above it, in the same transaction; app.py says who follows what.

A floor does not know those above: it names the change (`with following(CHANGE, id):` around its writes), and
whoever must keep something true follows it there, before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TypeAlias

from flask import Flask, current_app

Follower: TypeAlias = Callable[[int], AbstractContextManager[None]]
"""Called with the id of what changes: what it does before the change, and after it. Flushes, never commits."""


@contextmanager
def following(change: str, about: int) -> Iterator[None]:
    """Let everybody who follows this change act: the first listed is the first before and the last after."""
    followers: Mapping[str, Sequence[Follower]] = current_app.extensions["followers"]
    with ExitStack() as stack:
        for follower in followers.get(change, ()):
            stack.enter_context(follower(about))
        yield


def init_following(app: Flask, followers: Mapping[str, Sequence[Follower]]) -> None:
    """Say who follows which change."""
    app.extensions["followers"] = followers
