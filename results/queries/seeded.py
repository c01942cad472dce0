"""The discussions that a class has of the items of a quiz."""

from __future__ import annotations

from functools import cache

from sqlalchemy import bindparam, select

from core.database import AnySelect, read_rows
from discussion.models import PromptDelivery
from results.seeding_models import SeededThread

MOST = 2_000


@cache
def _seeded() -> AnySelect:
    row = SeededThread
    return (
        select(row.item_id, row.prompt_delivery_id)
        .where(row.quiz_delivery_id == bindparam("delivery"))
        .order_by(row.prompt_delivery_id)
        .limit(MOST)
    )


def list_seeded_threads(quiz_delivery_id: int) -> dict[int, int]:
    """Return the thread of each item of a quiz that its class discusses, by item. One statement."""
    return {row[0]: row[1] for row in read_rows(_seeded(), {"delivery": quiz_delivery_id})}


@cache
def _in_reading() -> AnySelect:
    return (
        select(SeededThread.prompt_delivery_id)
        .join(PromptDelivery, PromptDelivery.id == SeededThread.prompt_delivery_id)
        .where(PromptDelivery.assignment_id == bindparam("assignment"))
        .order_by(SeededThread.prompt_delivery_id)
        .limit(MOST)
    )


def list_seeded_in(assignment_id: int) -> set[int]:
    """Return the threads of a reading that were made of how the class answered. The caller found the reading."""
    return {row[0] for row in read_rows(_in_reading(), {"assignment": assignment_id})}
