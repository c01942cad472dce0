"""What can be followed in discussions, and what is said to happen there. Pure.

An event about a comment names the comment, so that whoever is told of it may be asked for: who cannot see the comment
hears nothing, not even that there is one.
"""

from __future__ import annotations

from typing import Protocol

WRITTEN, RULES, READ, NOTES_READ, WAITS, MARKED = "written", "rules", "read", "notes_read", "waits", "marked"
"""A comment was written or treated; a thread's rules changed; somebody has read in a thread, or in a margin; what waits
for a class's staff changed; somebody marked a sentence as confusing, or no longer does."""


class Spot(Protocol):
    """Where a comment stands: in a thread, or else in the margin of a reading."""

    @property
    def assignment_id(self) -> int: ...
    @property
    def delivery_id(self) -> int | None: ...


def thread_topic(delivery_id: int) -> str:
    """What happens in one thread."""
    return f"thread:{delivery_id}"


def margin_topic(assignment_id: int) -> str:
    """What happens in the margin of one reading."""
    return f"margin:{assignment_id}"


def confusion_topic(assignment_id: int) -> str:
    """Which sentences of one reading confuse students: for the eyes of its staff. It says nothing of who."""
    return f"confusion:{assignment_id}"


def place_topic(enrollment_id: int) -> str:
    """What a person's other pages should know of the person's own doing. Nobody else follows it."""
    return f"place:{enrollment_id}"


def staff_topic(section_id: int) -> str:
    """What is for the eyes of a class's staff. Nobody else follows it."""
    return f"staff:{section_id}"


def topic_of(spot: Spot) -> str:
    """What a comment that stands there belongs to."""
    return margin_topic(spot.assignment_id) if spot.delivery_id is None else thread_topic(spot.delivery_id)


def about(topic: str) -> tuple[str, int]:
    """Return the kind and the id that a topic is made of."""
    kind, _, number = topic.partition(":")
    return kind, int(number)
