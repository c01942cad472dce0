"""What a prompt asks of each student, and what staff decide about single boxes. Operations flush, the view commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, exists, func, select
from sqlalchemy.exc import IntegrityError

from articles.models import Assignment
from classroom.models import Section
from core import clock
from core.audit import Act, record
from core.database import db
from core.live import publish
from discussion.models import PromptDelivery
from discussion.operations.acts import Actor, log_rule
from discussion.participation import Requirement
from discussion.participation_models import ParticipationRequirement, ParticipationRuling
from discussion.topics import RULES, place_topic


class AlreadyRuled(Exception):
    """Staff have decided about it already, perhaps at this very moment and with another note."""


MOST_PER_CLASS = 500
"""A gradebook reads so many threads with a rule of a class; more are refused here, so that none is missing there."""


class ClassIsFull(Exception):
    """The class has as many threads with a rule as its gradebook has room for."""


class HasRulings(Exception):
    """Staff have decided about boxes of a requirement: it cannot be taken away."""


@dataclass(frozen=True)
class RulingDraft:
    """What staff decide about a student and a requirement: a box granted, or a post that ticks none; with a note."""

    requirement_id: int
    enrollment_id: int
    note: str
    box: int | None = None
    comment_id: int | None = None


def set_requirements(actor: Actor, delivery_id: int, wanted: Sequence[Requirement]) -> None:
    """Let a thread ask for just this; what is not among `wanted` goes. Raises HasRulings if staff decided about it.

    Raises ClassIsFull where it is the first rule of the thread and there is no room for another; two at once cannot
    both be the last.
    """
    rows = select(ParticipationRequirement).where(ParticipationRequirement.delivery_id == delivery_id)
    held = {row.id: row for row in db.session.scalars(rows.order_by(ParticipationRequirement.id).with_for_update())}
    if wanted and not held and _count_ruled(actor.section_id) >= MOST_PER_CLASS:
        raise ClassIsFull
    before = [_said(held[key]) for key in held]
    for position, each in enumerate(wanted):
        row = held.pop(each.id, None)
        if row is None:
            row = ParticipationRequirement(delivery_id=delivery_id)
            db.session.add(row)
        row.position, row.kind, row.count = position, each.kind, each.count
        row.due_at, row.points = each.due_at, each.points
    _remove(list(held))
    db.session.flush()
    after = [_said(row) for row in db.session.scalars(rows.order_by(ParticipationRequirement.id))]
    if before != after:
        log_rule(actor, "participation.rule", delivery_id, before=before, after=after)


def _count_ruled(section_id: int) -> int:
    """How many threads of a class have a rule. Nobody else gives one its first until the commit."""
    db.session.execute(select(Section.id).where(Section.id == section_id).with_for_update(key_share=True))
    ruled = (
        select(func.count(ParticipationRequirement.delivery_id.distinct()))
        .join(PromptDelivery, PromptDelivery.id == ParticipationRequirement.delivery_id)
        .join(Assignment, Assignment.id == PromptDelivery.assignment_id)
    )
    return db.session.scalar(ruled.where(Assignment.section_id == section_id)) or 0


def _remove(requirement_ids: Sequence[int]) -> None:
    ruled = select(exists().where(ParticipationRuling.requirement_id.in_(requirement_ids)))
    if db.session.scalar(ruled):
        raise HasRulings
    db.session.execute(delete(ParticipationRequirement).where(ParticipationRequirement.id.in_(requirement_ids)))


def _said(row: ParticipationRequirement) -> dict[str, object]:
    return {"id": row.id, "kind": row.kind, "count": row.count, "due_at": row.due_at.isoformat(), "points": row.points}


def rule(actor: Actor, delivery_id: int, draft: RulingDraft, instead_of: int | None = None) -> int:
    """Grant a student a box, or let a post of the student's tick none; return the id of the decision.

    `instead_of`: an earlier decision about it, which is taken back. The caller has found it, the requirement, the
    student and the post in this thread. Raises AlreadyRuled.
    """
    if instead_of is not None:
        take_back_ruling(actor, delivery_id, instead_of)
    ruling = ParticipationRuling(
        **asdict(draft), delivery_id=delivery_id, ruled_by_id=actor.user_id, ruled_at=clock.now()
    )
    try:
        with db.session.begin_nested():
            db.session.add(ruling)
    except IntegrityError as error:
        raise AlreadyRuled from error
    _record(actor, delivery_id, "participation.grant" if draft.box else "participation.void", ruling)
    return ruling.id


def take_back_ruling(actor: Actor, delivery_id: int, ruling_id: int) -> None:
    """Let it be as if staff had not decided; what they had decided stays in the log."""
    ruling = db.session.get(ParticipationRuling, ruling_id)
    if ruling is not None:
        _record(actor, delivery_id, "participation.take_back", ruling)
        db.session.delete(ruling)
        db.session.flush()


def _record(actor: Actor, delivery_id: int, action: str, ruling: ParticipationRuling) -> None:
    detail = {
        "delivery_id": delivery_id,
        "requirement_id": ruling.requirement_id,
        "enrollment_id": ruling.enrollment_id,
        "box": ruling.box,
        "comment_id": ruling.comment_id,
        "note": ruling.note,
    }
    record(actor.user_id, Act(action, "participation_ruling", ruling.id, actor.section_id, detail))
    publish(place_topic(ruling.enrollment_id), RULES, delivery_id)
