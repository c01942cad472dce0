"""What can be followed of quizzes, and what is said to happen there. Pure.

That somebody handed in is for the staff of the class and its observers: whoever follows says who may hear of it.
"""

from __future__ import annotations

HANDED_IN, SCORED = "handed_in", "scored"
"""An attempt was handed in, by its student or by the clock; answers have other points, or points at last."""


def delivery_topic(delivery_id: int) -> str:
    """What happens to one quiz in one class."""
    return f"quiz:{delivery_id}"
