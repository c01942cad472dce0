"""How much each person of a class has written on one reading."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Subquery, func, select

from discussion.models import Comment, PromptDelivery
from discussion.queries.visibility import stands


def posts_by_person(assignment_id: Any) -> Subquery:
    """Return `enrollment_id` and `posts` of everybody who wrote in the threads of a reading, for a larger SELECT.

    Replies are among them; what was deleted or hidden does not count, as nowhere (decision 26). For staff's pages.
    """
    return (
        select(Comment.enrollment_id, func.count(Comment.id).label("posts"))
        .join(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
        .where(PromptDelivery.assignment_id == assignment_id, stands())
        .group_by(Comment.enrollment_id)
        .subquery()
    )
