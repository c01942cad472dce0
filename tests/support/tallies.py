"""What the tallies of the results pages hold."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from core.database import db
from quizzes.models import AnswerTally


def item_tallies() -> dict[int, Any]:
    """The sums of each item over all its answers and standings, by item id: responses, graded, points."""
    sums = (func.sum(getattr(AnswerTally, name)).label(name) for name in ("responses", "graded", "points"))
    found = select(AnswerTally.item_id, *sums).group_by(AnswerTally.item_id).order_by(AnswerTally.item_id)
    return {row.item_id: row for row in db.session.execute(found)}


def tallied_responses() -> list[int]:
    """How many answers are counted of each item."""
    return [row.responses for row in item_tallies().values()]
