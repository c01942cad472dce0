"""Which posts staff have chosen for the projector of a reading."""

from __future__ import annotations

from functools import cache

from sqlalchemy import bindparam, select

from core.database import AnySelect, read_rows
from discussion.projected_models import MOST_PROJECTED, ProjectedComment


@cache
def _projected() -> AnySelect:
    return (
        select(ProjectedComment.comment_id)
        .where(ProjectedComment.assignment_id == bindparam("assignment"))
        .order_by(ProjectedComment.slot)
        .limit(MOST_PROJECTED)
    )


def list_projected(assignment_id: int) -> list[int]:
    """Return the ids of the chosen posts in the order in which they stand there, for staff. One statement.

    Also of those that are not shown, since the class may not read them any more.
    """
    return [row[0] for row in read_rows(_projected(), {"assignment": assignment_id})]
