"""Putting rows of the queue aside, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from core import clock
from core.database import db
from results.need_models import DismissedNeed
from results.needs import Need

WHOSE = ("user_id", "kind", "object_id", "student_id")
INSERT_FOR = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def put_aside(user_id: int, needs: Sequence[Need]) -> list[int]:
    """Keep needs (one or more) out of a person's queue until they become something else; return the rows' ids.

    Flushed. One statement.
    """
    insert: Any = INSERT_FOR[db.engine.dialect.name](DismissedNeed)
    found = {"user_id": user_id, "dismissed_at": clock.now()}
    row = insert.values([found | _values(need) for need in needs])
    new = {name: row.excluded[name] for name in ("facts", "dismissed_at")}
    row = row.on_conflict_do_update(index_elements=WHOSE, set_=new).returning(DismissedNeed.id)
    return list(db.session.scalars(row))


def _values(need: Need) -> dict[str, Any]:
    kind, object_id, student_id = need.key
    whose = {"kind": kind, "object_id": object_id, "student_id": student_id}
    return {**whose, "section_id": need.section_id, "facts": need.ruling.facts}


def take_up_again(user_id: int, row_ids: Sequence[int]) -> set[int]:
    """Have needs of the person's own queue wait again; return the rows that there were. Flushed. One statement."""
    own = delete(DismissedNeed).where(DismissedNeed.id.in_(row_ids), DismissedNeed.user_id == user_id)
    return set(db.session.scalars(own.returning(DismissedNeed.id)))
