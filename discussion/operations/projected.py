"""Putting posts on the projector of a reading, and taking them off. The pages on which they stand hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from articles.models import Assignment
from core import clock
from core.database import db
from core.live import publish
from discussion.models import Comment
from discussion.projected_models import MOST_PROJECTED, ProjectedComment
from discussion.queries.showable import list_showable
from discussion.topics import WRITTEN, topic_of

SLOTS = range(1, MOST_PROJECTED + 1)


class _Held(NamedTuple):
    """What stands in a place of the projector, and since when."""

    slot: int
    comment_id: int
    chosen_at: datetime


def project_comment(assignment_id: int, comment_id: int) -> int | None:
    """Put a post of a reading on its projector; return the id of the one that makes room, None while there was room.

    Room is also where a post stands that the class may not read any more. Else the one that was chosen first makes it.
    """
    held = _held(assignment_id)
    if any(row.comment_id == comment_id for row in held):
        return None
    shown = _shown(assignment_id, [row.comment_id for row in held])
    occupied = [row for row in held if row.comment_id in shown]
    free = next((slot for slot in SLOTS if slot not in {row.slot for row in occupied}), None)
    first = min(occupied, key=lambda row: (row.chosen_at, row.slot), default=None)
    if free is not None or first is None:
        _put(assignment_id, free or SLOTS[0], comment_id)
        return None
    _put(assignment_id, first.slot, comment_id)
    return first.comment_id


def take_off_projector(assignment_id: int, comment_id: int, instead: int | None = None) -> None:
    """Take a post off the projector. `instead`: what takes its place, if it is of this reading and may be shown."""
    for row in _held(assignment_id):
        if row.comment_id == comment_id:
            _empty(assignment_id, row.slot)
            if instead is not None and _shown(assignment_id, [instead]):
                _put(assignment_id, row.slot, instead)


def choose_for_projector(assignment_id: int, comment_ids: Sequence[int]) -> None:
    """Have these posts on the projector and no others; what is not of this reading or may not be shown is left out."""
    for row in _held(assignment_id):
        _empty(assignment_id, row.slot)
    shown = _shown(assignment_id, comment_ids)
    for slot, comment_id in zip(SLOTS, (each for each in comment_ids if each in shown), strict=False):
        _put(assignment_id, slot, comment_id)


def _shown(assignment_id: int, comment_ids: Sequence[int]) -> set[int]:
    return {row.id for row in list_showable(assignment_id, comment_ids)} if comment_ids else set()


def _held(assignment_id: int) -> list[_Held]:
    """What stands there; nobody else changes it until this transaction ends."""
    db.session.execute(select(Assignment.id).where(Assignment.id == assignment_id).with_for_update())
    row = ProjectedComment
    held = select(row.slot, row.comment_id, row.chosen_at).where(row.assignment_id == assignment_id)
    return [_Held(*each) for each in db.session.execute(held.order_by(row.slot))]


def _put(assignment_id: int, slot: int, comment_id: int) -> None:
    """Put a post in a place, wherever it stood before, and in the place of what stands there."""
    _empty(assignment_id, slot)
    values = {"assignment_id": assignment_id, "slot": slot, "comment_id": comment_id, "chosen_at": clock.now()}
    db.session.execute(delete(ProjectedComment).where(ProjectedComment.comment_id == comment_id))
    db.session.execute(insert(ProjectedComment).values(**values))
    _tell(comment_id)


def _empty(assignment_id: int, slot: int) -> None:
    here = (ProjectedComment.assignment_id == assignment_id, ProjectedComment.slot == slot)
    comment_id = db.session.scalar(select(ProjectedComment.comment_id).where(*here))
    if comment_id is not None:
        db.session.execute(delete(ProjectedComment).where(*here))
        _tell(comment_id)


def _tell(comment_id: int) -> None:
    publish(topic_of(db.session.get_one(Comment, comment_id)), WRITTEN, comment_id)
