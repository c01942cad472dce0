"""What a person's open pages follow that is about nobody else. Pure."""

from __future__ import annotations

TOLD = "told"
"""The person was told something, or has read it: the dot in the bar may have changed."""


def person_topic(user_id: int) -> str:
    """What happens to one person."""
    return f"person:{user_id}"
