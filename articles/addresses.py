"""Addresses of a reading and within it. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def to_reading(root: str, assignment_id: int) -> str:
    """Return the address of a reading's page, where the application stands at `root` ("" at the top of its host)."""
    return f"{root}/readings/{assignment_id}"


def to_passages(spans: Sequence[tuple[int, int]]) -> str:
    """Return what follows a reading's address to get to the first of these passages, with all sentences of all marked.

    A passage is its first and its last sentence's id. Without any the address leads to the reading's beginning.
    """
    if not spans:
        return ""
    marked = ".".join(f"{first}-{last}" for first, last in spans)
    return f"?marked={marked}#s{spans[0][0]}"
