"""How far somebody has read, asked by that person alone."""

from __future__ import annotations

from functools import cache

from sqlalchemy import bindparam, select

from core.database import AnySelect, read_rows
from reading.models import ReadingPlace


@cache
def _place() -> AnySelect:
    return select(ReadingPlace.sentence_id).where(
        ReadingPlace.enrollment_id == bindparam("me"), ReadingPlace.assignment_id == bindparam("assignment")
    )


def find_place(enrollment_id: int, assignment_id: int) -> int | None:
    """Return the sentence that this person has come to in a reading, None before the first. One statement."""
    found: int | None = read_rows(_place(), {"me": enrollment_id, "assignment": assignment_id}).scalar()
    return found
