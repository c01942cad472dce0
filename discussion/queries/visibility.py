"""The gate in SQL: which comments exist for a reader, given the threads that gates.may_see() opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from classroom.models import STAFF, Enrollment
from discussion.models import Comment

ReaderId: TypeAlias = ColumnElement[int] | InstrumentedAttribute[int] | int


def exists_for(reader_id: ReaderId, author: type[Enrollment], is_open: bool) -> ColumnElement[bool]:
    """A comment of one thread: every one once the gate is open; before, the reader's own and those of staff."""
    return true() if is_open else or_(Comment.enrollment_id == reader_id, author.role.in_(STAFF))


def exists_in_threads(reader_id: ReaderId, author: type[Enrollment], open_ids: Sequence[int]) -> ColumnElement[bool]:
    """The same over several threads, of which `open_ids` are open to the reader."""
    return or_(Comment.delivery_id.in_(open_ids), exists_for(reader_id, author, is_open=False))


def stands() -> ColumnElement[bool]:
    """Neither deleted by its author nor hidden by staff."""
    return Comment.deleted_at.is_(None) & Comment.hidden_at.is_(None)
