"""How often a student may try the access code of a quiz: it is read out in a room, not guessed."""

from __future__ import annotations

from core import throttle
from core.throttle import Limit

PER_STUDENT = Limit(hits=10, seconds=10 * 60)


def wait_for(enrollment_id: int, delivery_id: int) -> int:
    """Return 0 if a code may be tried now, else the seconds to wait. Only wrong codes count. Reads only."""
    return throttle.seconds_to_wait(_key(enrollment_id, delivery_id), PER_STUDENT)


def count_failure(enrollment_id: int, delivery_id: int) -> None:
    """Count one wrong code, in the caller's transaction."""
    throttle.count(_key(enrollment_id, delivery_id))


def _key(enrollment_id: int, delivery_id: int) -> str:
    return f"access-code:{delivery_id}:{enrollment_id}"
