"""Addresses within a reading. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def to_passages(spans: Sequence[tuple[int, int]]) -> str:
    """Return what follows a reading's address to get to the first of these passages, with all sentences of all marked.

    A passage is its first and its last sentence's id. Without any the address leads to the reading's beginning.
    """
    if not spans:
        return ""
    marked = ".".join(f"{first}-{last}" for first, last in spans)
    return f"?marked={marked}#s{spans[0][0]}"
