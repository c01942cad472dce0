"""Deciding anew how an item is scored in a class, and taking that back: every score and count in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import bindparam, case, exists, func, insert, select, update
from sqlalchemy.orm import aliased

from core import clock
from core.database import db
from quizzes.models import Item, QuestionVersion, QuizDelivery, Regrade, Response, ScoreChange, SecondTry
from quizzes.operations.sums import add_to_maximum, sum_up_attempts
from quizzes.operations.tallies import recounted
from quizzes.queries.regrades import (
    attempts_with,
    list_answers_to,
    list_applied,
    list_in_force,
    lock_taken_together,
)
from quizzes.queries.versions import list_version_ids
from quizzes.regrading import BY_KEY, DROP, Change, Rule, Scored, reaches, regrade, undo

CHUNK = 500
WRITTEN = ("fraction", "points", "dropped", "evidence_fraction", "regrade_id")
T = TypeVar("T")


class DroppedError(Exception):
    """The item is dropped in this class: that has to be taken back before it is scored in another way."""


class NewerRegradeError(Exception):
    """A decision came after this one and holds: it has to be taken back first."""


class AlreadyUndoneError(Exception):
    """Somebody has taken this decision back already."""


@dataclass(frozen=True)
class Decision:
    """What is to become of an item's scores: one of REGRADE_POLICIES, the reason for the students, who decides, when.

    Where the item draws its questions, `question_id` is the one that it is about.
    """

    policy: str
    why: str
    by_id: int
    question_id: int | None = None
    at: datetime = field(default_factory=clock.now)


def regrade_item(delivery_id: int, item_id: int, decision: Decision) -> int:
    """Score every answer to an item in a class anew and return the decision's id. Raises DroppedError.

    Handed-in scores that change go into their history; answers in attempts that are still in progress are
    scored by the decision from now on. Attempts that start afterwards do not hold an item that is dropped.
    """
    _hold(delivery_id)
    rule = _record(delivery_id, item_id, decision)
    regrade_id = rule.regrade_id
    with recounted(attempts_with(delivery_id, item_id)):
        changes = regrade(rule, _scored(delivery_id, item_id, [rule]))
        reached = {change.scored.response_id: regrade_id for change in changes}
        _write(changes, reached, _Why(regrade_id, decision.by_id, decision.why))
    return regrade_id


def undo_regrade(regrade_id: int, by_id: int) -> None:
    """Take a decision back: the scores are what they were, but for answers that a person graded since.

    Raises NewerRegradeError unless it is the newest that holds about its question, and AlreadyUndoneError.
    """
    _undo(regrade_id, _hold_for(regrade_id), by_id)


def undo_taken_together(delivery_id: int, item_id: int, regrade_id: int, by_id: int) -> None:
    """Take back what was decided in one go in a class: one decision for an item, one for each draw.

    404 where there is no such decision about the item; raises as undo_regrade does.
    """
    for each, item in lock_taken_together(delivery_id, item_id, regrade_id):
        _undo(each, (delivery_id, item), by_id)


def _undo(regrade_id: int, place: tuple[int, int], by_id: int) -> None:
    all_rules = list_in_force(*place)
    meant = next((rule for rule in all_rules if rule.regrade_id == regrade_id), None)
    if meant is None:
        raise AlreadyUndoneError
    rules = [rule for rule in all_rules if rule.question_id == meant.question_id]
    if rules[-1].regrade_id != regrade_id:
        raise NewerRegradeError
    *below, rule = rules
    undone = {"undone_by_id": by_id, "undone_at": clock.now()}
    db.session.execute(update(Regrade).where(Regrade.id == regrade_id).values(undone))
    with recounted(attempts_with(*place)):
        changes = undo(rule, _scored(*place, rules), below, list_applied(regrade_id).get)
        held = {change.scored.response_id: _newest_reaching(below, change.scored) for change in changes}
        _write(changes, held, _Why(regrade_id, by_id, ""))


@dataclass(frozen=True)
class _Why:
    """What goes into the history of each score."""

    regrade_id: int
    by_id: int
    why: str


def _hold(delivery_id: int) -> None:
    """One decision at a time in a class."""
    held = select(QuizDelivery.id).where(QuizDelivery.id == delivery_id)
    db.session.execute(held.with_for_update(key_share=True))


def _hold_for(regrade_id: int) -> tuple[int, int]:
    """The same for a decision that was taken: the class and the item that it is about."""
    held = select(QuizDelivery.id, Regrade.item_id).join(Regrade, Regrade.delivery_id == QuizDelivery.id)
    held = held.where(Regrade.id == regrade_id).with_for_update(key_share=True, of=QuizDelivery)
    delivery_id, item_id = db.session.execute(held).one()
    return delivery_id, item_id


def _scored(delivery_id: int, item_id: int, rules: Sequence[Rule]) -> list[Scored]:
    known = {rule.version_id: (rule.type, rule.content) for rule in rules}
    return [row.scored for row in list_answers_to([delivery_id], [item_id], known)]


def _record(delivery_id: int, item_id: int, decision: Decision) -> Rule:
    """Write the decision down. Raises DroppedError.

    It is not remembered yet: should it be given up, its id may become another decision's.
    """
    version_id, kind, content, question_id = _version_meant(delivery_id, item_id, decision)
    made = Regrade(
        delivery_id=delivery_id,
        item_id=item_id,
        policy=decision.policy,
        question_version_id=version_id,
        why=decision.why,
        by_id=decision.by_id,
        at=decision.at,
    )
    db.session.add(made)
    db.session.flush()
    drawn = decision.question_id
    versions = list_version_ids({drawn})[drawn] if drawn else None
    return Rule(made.id, decision.policy, version_id, kind, content, question_id, versions)


def _version_meant(delivery_id: int, item_id: int, decision: Decision) -> tuple[int, str, dict[str, Any], int]:
    """The newest version, whose key is used; without a key the newest that anybody in the class was asked (if anybody
    was): attempts on a later one are graded by its own key. Its id, type, content and question."""
    own: Any = select(Item.question_id).where(Item.id == item_id).scalar_subquery()
    about = own if decision.question_id is None else decision.question_id
    each = aliased(QuestionVersion)
    versions = select(each.id).where(each.question_id == about)
    seen: Any = select(func.max(Response.question_version_id)).where(Response.delivery_id == delivery_id)
    if decision.question_id is None:
        seen = seen.where(Response.item_id == item_id)
    else:
        seen = seen.where(Response.question_version_id.in_(versions))
    dropped = exists().where(
        Regrade.delivery_id == delivery_id,
        Regrade.item_id == item_id,
        Regrade.policy == DROP,
        Regrade.undone_at.is_(None),
        Regrade.question_version_id.in_(versions),
    )
    columns = (QuestionVersion.id, QuestionVersion.type, QuestionVersion.content, QuestionVersion.question_id)
    wanted = select(*columns, dropped).where(QuestionVersion.question_id == about)
    if decision.policy not in BY_KEY:
        wanted = wanted.order_by(case((QuestionVersion.id == seen.scalar_subquery(), 0), else_=1))
    newest_first = wanted.order_by(QuestionVersion.number.desc(), QuestionVersion.id).limit(1)
    *meant, is_dropped = db.session.execute(newest_first).one()
    if is_dropped:
        raise DroppedError
    version_id, kind, content, question_id = meant
    return version_id, kind, content, question_id


def _newest_reaching(rules: Sequence[Rule], row: Scored) -> int | None:
    return next((rule.regrade_id for rule in reversed(rules) if reaches(rule, row.given.version_id)), None)


def _write(changes: Sequence[Change], held: Mapping[int, int | None], why: _Why) -> None:
    """Write what changes and which decision holds, add to the history, and sum the attempts up."""
    table: Any = Response.__table__
    saving = update(table).where(table.c.id == bindparam("of_id")).values({name: bindparam(name) for name in WRITTEN})
    connection = db.session.connection()
    for some in _chunks(changes):
        connection.execute(saving, [_values(change, held) for change in some])
    again: Any = SecondTry.__table__
    scoring: dict[str, Any] = {"fraction": bindparam("new_fraction"), "points": bindparam("new_points")}
    for some in _chunks([change for change in changes if change.second != change.scored.second]):
        rescoring = update(again).where(again.c.response_id == bindparam("of_id")).values(scoring)
        connection.execute(rescoring, [_second_values(change) for change in some])
    for some in _chunks([change for change in changes if change.tells]):
        connection.execute(insert(ScoreChange), [_history(change, why) for change in some])
    flipped = [change for change in changes if change.dropped != change.scored.dropped]
    for some in _chunks(flipped):
        sign = -1 if some[0].dropped else 1
        add_to_maximum([change.scored.attempt_id for change in some], sign * some[0].scored.given.worth)
    for ids in _chunks(sorted({change.scored.attempt_id for change in changes if change.changes})):
        sum_up_attempts(ids)


def _values(change: Change, held: Mapping[int, int | None]) -> dict[str, Any]:
    return {
        "of_id": change.scored.response_id,
        "fraction": change.fraction,
        "points": change.points,
        "dropped": change.dropped,
        "evidence_fraction": change.evidence_fraction,
        "regrade_id": held[change.scored.response_id],
    }


def _second_values(change: Change) -> dict[str, Any]:
    second = change.second
    scores = {"new_fraction": second.fraction, "new_points": second.points} if second else {}
    return {"of_id": change.scored.response_id, **scores}


def _history(change: Change, why: _Why) -> dict[str, Any]:
    """What both tries had before and what they have now: nothing while the item is dropped."""
    scored = change.scored
    was = None if scored.dropped else scored.second
    now = None if change.dropped else change.second
    return {
        "response_id": scored.response_id,
        "by_id": why.by_id,
        "at": clock.now(),
        "before": None if scored.dropped else scored.points,
        "before_fraction": None if scored.dropped else scored.fraction,
        "after": None if change.dropped else change.points,
        "after_fraction": None if change.dropped else change.fraction,
        "second_before": was.points if was else None,
        "second_after": now.points if now else None,
        "second_before_fraction": was.fraction if was else None,
        "second_after_fraction": now.fraction if now else None,
        "why": why.why,
        "regrade_id": why.regrade_id,
    }


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for at in range(0, len(rows), CHUNK):
        yield rows[at : at + CHUNK]
