"""Second tries after re-reading."""

from __future__ import annotations

from functools import cache

from sqlalchemy import bindparam, select

from core.database import AnySelect, read_rows
from quizzes.models import Response, SecondTry
from quizzes.tries import SecondAnswer


@cache
def _of_attempt() -> AnySelect:
    return (
        select(SecondTry.response_id, SecondTry.answer, SecondTry.fraction, SecondTry.points, SecondTry.percent)
        .join(Response, Response.id == SecondTry.response_id)
        .where(Response.attempt_id == bindparam("attempt_id"))
        .order_by(SecondTry.response_id)
        .limit(500)
    )


def list_second_tries(attempt_id: int) -> dict[int, SecondAnswer]:
    """Return what was answered after re-reading in an attempt, by the id of the first answer's row."""
    rows = read_rows(_of_attempt(), {"attempt_id": attempt_id})
    return {response_id: SecondAnswer(*given) for response_id, *given in rows}
