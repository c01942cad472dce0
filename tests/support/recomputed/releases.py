"""What a student may be told of an attempt by the moments at which a class releases things."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.support.recomputed.goes import Go, Sat
from tests.support.recomputed.raw import Row

GRACE = timedelta(seconds=10)


def latest(sat: Sat, date: datetime | None) -> datetime | None:
    """The latest of the own dates in the class, of everybody who has a place in it."""
    places = [row.id for row in sat.raw.places.values() if row.section_id == sat.section]
    return max((own for place in places if (own := sat.raw.own(date, place))), default=None)


def is_out(sat: Sat, moment: str) -> bool:
    """Whether a moment of release has come for the class."""
    if moment in ("at_once", "never"):
        return moment == "at_once"
    if moment == "by_instructor":
        return sat.delivery.released_at is not None
    date = sat.assignment.due_at if moment == "after_due" else sat.assignment.closes_at
    own = latest(sat, date)
    return own is not None and sat.raw.now > own + (GRACE if moment == "after_close" else timedelta())


def is_settled(go: Go) -> bool:
    """Whether no save can change it any more."""
    return go.row.submitted_at is not None or (go.end is not None and go.raw.now > go.end + GRACE)


def tells_score(sat: Sat, go: Go) -> bool:
    """Whether its student may know the score."""
    return is_settled(go) and is_out(sat, sat.delivery.release_score)


def tells_right(sat: Sat, go: Go) -> bool:
    """Whether its student may know what was right."""
    return tells_score(sat, go) and is_out(sat, sat.delivery.release_correctness)


def is_closed(sat: Sat, place: int) -> bool:
    """Whether nothing can be handed in any more."""
    closes = sat.raw.own(sat.assignment.closes_at, place)
    return closes is not None and sat.raw.now > closes


def may_start(sat: Sat, place: int) -> bool:
    """Whether a student can start another attempt."""
    goes, allowed = sat.goes(place), allowed_attempts(sat, place)
    is_used_up = allowed is not None and len(goes) >= allowed
    return not (is_closed(sat, place) or is_used_up or any(not go.is_in for go in goes))


def allowed_attempts(sat: Sat, place: int) -> int | None:
    """How many attempts a student has, with those that staff added."""
    own: Row | None = sat.raw.allowances.get(place)
    most: int | None = sat.delivery.attempts_allowed
    return None if most is None else most + (own.extra_attempts if own else 0)
