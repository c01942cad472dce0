"""Which sentences the attempts meant pointed at, counted by what was answered beside them."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, case, func, select

from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from quizzes.models import Attempt, QuestionVersion, Response
from quizzes.standings import Meant, Which
from results.citations import CitationRow
from results.queries.meant import is_among, values_of

MOST_ROWS = 20_000
POINTING = "evidence"
"""The type of question whose answer is nothing but sentences."""


@cache
def _citations(which: Which, labelled: bool) -> AnySelect:
    points_only = QuestionVersion.type == POINTING
    cited = case((points_only, Response.answer_key), else_=Response.evidence_key)
    answer = case((points_only, ""), else_=func.coalesce(Response.answer_key, ""))
    each = (
        select(
            Response.item_id,
            points_only.label("points_only"),
            answer.label("answer_key"),
            cited.label("cited"),
        )
        .join(QuestionVersion, QuestionVersion.id == Response.question_version_id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Response.delivery_id == bindparam("delivery_id"),
            Response.dropped.is_(False),
            func.coalesce(cited, "") != "",
            is_among(which, labelled),
        )
        .subquery()
        .c
    )
    keys = (each.item_id, each.points_only, each.answer_key, each.cited)
    return select(*keys, func.count()).group_by(*keys).order_by(*keys).limit(MOST_ROWS)


def list_citations(delivery_id: int, now: datetime, meant: Meant) -> list[CitationRow]:
    """Return what today's students pointed at in the attempts meant; in two statements, three at most."""
    given = values_of(delivery_id, now, meant)
    rows = read_rows(_citations(meant.which, meant.is_labelled), given)
    return [CitationRow(item, bool(points), key, cited, n) for item, points, key, cited, n in rows]
