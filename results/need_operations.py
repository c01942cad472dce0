"""Putting a row of the queue aside, and taking that back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from core import clock
from core.database import db
from results.need_models import DismissedNeed
from results.needs import Need

INSERT_FOR = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def put_aside(user_id: int, need: Need) -> int:
    """Keep a need out of a person's queue until it becomes something else; return the row's id. Flushed."""
    kind, object_id, student_id = need.key
    whose = {"user_id": user_id, "kind": kind, "object_id": object_id, "student_id": student_id}
    found = {"facts": need.ruling.facts, "dismissed_at": clock.now()}
    insert: Any = INSERT_FOR[db.engine.dialect.name](DismissedNeed)
    row = insert.values(**whose, **found, section_id=need.section_id)
    row = row.on_conflict_do_update(index_elements=list(whose), set_=found).returning(DismissedNeed.id)
    return int(db.session.scalars(row).one())


def take_up_again(user_id: int, row_id: int) -> int | None:
    """Have a need of the person's own queue wait again; return its class, None where there is no such row. Flushed."""
    own = delete(DismissedNeed).where(DismissedNeed.id == row_id, DismissedNeed.user_id == user_id)
    return db.session.scalars(own.returning(DismissedNeed.section_id)).first()
