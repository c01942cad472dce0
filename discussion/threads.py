"""From a flat list of comments to a thread of two levels. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar


class ThreadRow(Protocol):
    """What nesting needs to know of a comment."""

    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def gone(self) -> bool: ...
    @property
    def created_at(self) -> datetime: ...


Row = TypeVar("Row", bound=ThreadRow)


@dataclass
class Node(Generic[Row]):
    """A comment with what answers it, oldest first. `answers`: the reply it answers, if that is no top comment."""

    comment: Row
    answers: Row | None = None
    replies: list[Node[Row]] = field(default_factory=list)


def nest(rows: Sequence[Row]) -> list[Node[Row]]:
    """Return the top comments with every reply below them, however deep, at the second level.

    `rows` are in the order they were written. A comment whose parent is not among them stands at the
    top and tells nothing of it. What is gone (deleted, or hidden from this reader) stays as an empty
    place only while something answers it.
    """
    by_id = {row.id: row for row in rows}
    kept = _kept(rows, by_id)
    nodes: dict[int, Node[Row]] = {}
    top: list[Node[Row]] = []
    root_of: dict[int, int] = {}
    for row in rows:
        if row.id not in kept:
            continue
        parent = by_id.get(row.parent_id) if row.parent_id is not None else None
        node = nodes[row.id] = Node(row)
        if parent is None or parent.id not in root_of:
            root_of[row.id] = row.id
            top.append(node)
            continue
        root = root_of[row.id] = root_of[parent.id]
        node.answers = parent if parent.id != root else None
        nodes[root].replies.append(node)
    return top


def _kept(rows: Sequence[Row], by_id: dict[int, Row]) -> set[int]:
    """Return the ids of what stands, and of what is gone but still has something standing below it."""
    kept: set[int] = set()
    for row in rows:
        if row.gone:
            continue
        at: Row | None = row
        while at is not None and at.id not in kept:
            kept.add(at.id)
            at = by_id.get(at.parent_id) if at.parent_id is not None else None
    return kept
