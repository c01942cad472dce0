"""Whoever holds spans of articles: quizzes and discussions, which stand above and are called from here.

The composition root hands them over; the article knows only what this page says of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import Flask, current_app

EXTENSION = "span_holders"
KEEPERS = "version_keepers"


class HeldMeanwhile(Exception):
    """Somebody changed what holds a span at the same moment: load again and repeat."""


@dataclass(frozen=True)
class Pointer:
    """Something that points at a span today: in words for the article's owner, who need not see people's work.

    `address` leads there within the application, "" if nowhere. `needs_place`: it cannot be answered without.
    """

    span_id: int
    words: str
    address: str = ""
    needs_place: bool = False


@dataclass(frozen=True)
class Moved:
    """An article whose spans have new places in its newest version, and who moved them."""

    article_id: int
    version_id: int
    author_id: int


class SpanHolder(Protocol):
    """A room whose rows hold span ids."""

    def list_pointers(self, owner_id: int, article_id: int) -> Sequence[Pointer]:
        """Return what points at spans of this person's article today. A fixed number of statements."""

    def follow(self, moved: Moved) -> None:
        """Write whatever has to be written once spans have new places. Flushed. Raises HeldMeanwhile."""


class VersionKeeper(Protocol):
    """A room whose rows keep a version of a text for somebody, though the class has gone on to a newer one."""

    def kept_for(self, user_id: int, version_ids: Sequence[int]) -> set[int]:
        """Return which of these versions this person goes on seeing. One statement at most."""


def init_holders(app: Flask, holders: Sequence[SpanHolder], keepers: Sequence[VersionKeeper]) -> None:
    """Give the application those who hold spans, and those who keep versions."""
    app.extensions[EXTENSION] = tuple(holders)
    app.extensions[KEEPERS] = tuple(keepers)


def version_keepers() -> Sequence[VersionKeeper]:
    """Return those who keep versions."""
    found: Sequence[VersionKeeper] = current_app.extensions[KEEPERS]
    return found


def holders() -> Sequence[SpanHolder]:
    """Return those who hold spans."""
    found: Sequence[SpanHolder] = current_app.extensions[EXTENSION]
    return found


def pointers_by_span(owner_id: int, article_id: int) -> dict[int, list[Pointer]]:
    """Return what points at an article's spans today, by span."""
    found: dict[int, list[Pointer]] = defaultdict(list)
    for holder in holders():
        for pointer in holder.list_pointers(owner_id, article_id):
            found[pointer.span_id].append(pointer)
    return dict(found)
