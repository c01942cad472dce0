"""Which versions of a text somebody's attempts show."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from classroom.models import Enrollment
from core.database import db
from quizzes.models import Attempt


def list_versions_seen(user_id: int, version_ids: Sequence[int]) -> set[int]:
    """Return which of these versions this person has attempts on, in classes where they still are."""
    if not version_ids:
        return set()
    seen = (
        select(Attempt.article_version_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Enrollment.user_id == user_id,
            Enrollment.state == "active",
            Attempt.article_version_id.in_(sorted(set(version_ids))),
        )
    )
    return set(db.session.scalars(seen))
