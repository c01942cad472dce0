"""Deciding anew how an item is scored in a class, and taking that back: every score and count in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import bindparam, case, exists, func, insert, literal, select, update
from sqlalchemy.orm import aliased

from core import clock
from core.database import db
from core.live import publish
from quizzes.models import Item, QuestionVersion, QuizDelivery, Regrade, Response, ScoreChange, SecondTry
from quizzes.operations.sums import add_to_maximum, sum_up_attempts
from quizzes.operations.tallies import recounted
from quizzes.queries.in_force import InForce, lock_regrade, lock_taken_together
from quizzes.queries.regrades import attempts_with, list_answers_to, list_applied
from quizzes.queries.versions import list_version_ids
from quizzes.regrading import BY_KEY, DROP, Change, Rule, Scored, reaches, regrade, undo
from quizzes.topics import SCORED, delivery_topic

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
    Open results hear of it.
    """
    rule = _record(delivery_id, item_id, decision)
    regrade_id = rule.regrade_id
    with recounted(attempts_with(delivery_id, item_id)):
        changes = regrade(rule, _scored(delivery_id, item_id, [rule]))
        reached = {change.scored.response_id: regrade_id for change in changes}
        _write(changes, reached, _Why(regrade_id, decision.by_id, decision.why))
    _tell(delivery_id, changes)
    return regrade_id


def undo_regrade(regrade_id: int, by_id: int) -> None:
    """Take a decision back: the scores are what they were, but for answers that a person graded since.

    Raises NewerRegradeError unless it is the newest that holds about its question, and AlreadyUndoneError.
    Open results hear of it.
    """
    _undo(lock_regrade(regrade_id), by_id)


def undo_taken_together(delivery_id: int, item_id: int, regrade_id: int, by_id: int) -> None:
    """Take back what was decided in one go in a class: one decision for an item, one for each draw.

    Raises as undo_regrade does.
    """
    _undo(lock_taken_together(delivery_id, item_id, regrade_id), by_id)


def _undo(held: Sequence[InForce], by_id: int) -> None:
    if not held:
        raise AlreadyUndoneError
    for each in held:
        _mark_undone(each.regrade_id, by_id)
        *below, rule = each.rules
        place = (each.delivery_id, each.item_id)
        with recounted(attempts_with(*place)):
            changes = undo(rule, _scored(*place, each.rules), below, list_applied(each.regrade_id).get)
            reached = {change.scored.response_id: _newest_reaching(below, change.scored) for change in changes}
            _write(changes, reached, _Why(each.regrade_id, by_id, ""))
        _tell(each.delivery_id, changes)


def _mark_undone(regrade_id: int, by_id: int) -> None:
    """Raises AlreadyUndoneError, and NewerRegradeError where a newer decision about the question holds."""
    newer, its, own = aliased(Regrade), aliased(QuestionVersion), aliased(QuestionVersion)
    is_newer = exists().where(
        newer.delivery_id == Regrade.delivery_id,
        newer.item_id == Regrade.item_id,
        newer.id > Regrade.id,
        newer.undone_at.is_(None),
        its.id == newer.question_version_id,
        own.id == Regrade.question_version_id,
        its.question_id == own.question_id,
    )
    holds = (Regrade.id == regrade_id, Regrade.undone_at.is_(None))
    marked = (
        update(Regrade).where(*holds, ~is_newer.correlate(Regrade)).values(undone_by_id=by_id, undone_at=clock.now())
    )
    if not db.session.execute(marked.returning(Regrade.id), execution_options={"synchronize_session": False}).all():
        still = db.session.scalar(select(exists().where(*holds)))
        raise NewerRegradeError if still else AlreadyUndoneError


def _tell(delivery_id: int, changes: Sequence[Change]) -> None:
    """Open results hear of scores that changed."""
    if changes:
        publish(delivery_topic(delivery_id), SCORED, delivery_id)


@dataclass(frozen=True)
class _Why:
    """What goes into the history of each score."""

    regrade_id: int
    by_id: int
    why: str


def _scored(delivery_id: int, item_id: int, rules: Sequence[Rule]) -> list[Scored]:
    known = {rule.version_id: (rule.type, rule.content) for rule in rules}
    return [row.scored for row in list_answers_to([delivery_id], [item_id], known)]


def _record(delivery_id: int, item_id: int, decision: Decision) -> Rule:
    """Write the decision down; nobody else decides in the class until the commit. Raises DroppedError.

    It is not remembered yet: should it be given up, its id may become another decision's.
    """
    version_id, kind, content, question_id = _hold_version_meant(delivery_id, item_id, decision)
    versions = select(QuestionVersion.id).where(QuestionVersion.question_id == question_id)
    here = (Regrade.delivery_id == delivery_id, Regrade.item_id == item_id, Regrade.undone_at.is_(None))
    dropped = exists().where(*here, Regrade.policy == DROP, Regrade.question_version_id.in_(versions))
    made = {
        "delivery_id": delivery_id,
        "item_id": item_id,
        "policy": decision.policy,
        "question_version_id": version_id,
        "why": decision.why,
        "by_id": decision.by_id,
        "at": decision.at,
    }
    columns = Regrade.__table__.c
    row = select(*(literal(value, columns[name].type) for name, value in made.items())).where(~dropped)
    regrade_id = db.session.scalar(insert(Regrade).from_select(list(made), row).returning(Regrade.id))
    if regrade_id is None:
        raise DroppedError
    drawn = decision.question_id
    known = list_version_ids({drawn})[drawn] if drawn else None
    return Rule(regrade_id, decision.policy, version_id, kind, content, question_id, known)


def _hold_version_meant(delivery_id: int, item_id: int, decision: Decision) -> tuple[int, str, dict[str, Any], int]:
    """The newest version, whose key is used; without a key the newest that anybody in the class was asked (if anybody
    was): attempts on a later one are graded by its own key. Its id, type, content and question.

    One decision at a time in a class: it holds the class's quiz.
    """
    own: Any = select(Item.question_id).where(Item.id == item_id).scalar_subquery()
    about = own if decision.question_id is None else decision.question_id
    seen: Any = select(func.max(Response.question_version_id)).where(Response.delivery_id == delivery_id)
    if decision.question_id is None:
        seen = seen.where(Response.item_id == item_id)
    else:
        each = aliased(QuestionVersion)
        seen = seen.where(Response.question_version_id.in_(select(each.id).where(each.question_id == about)))
    columns = (QuestionVersion.id, QuestionVersion.type, QuestionVersion.content, QuestionVersion.question_id)
    wanted = select(*columns).join(QuizDelivery, QuizDelivery.id == delivery_id)
    wanted = wanted.where(QuestionVersion.question_id == about).with_for_update(key_share=True, of=QuizDelivery)
    if decision.policy not in BY_KEY:
        wanted = wanted.order_by(case((QuestionVersion.id == seen.scalar_subquery(), 0), else_=1))
    newest_first = wanted.order_by(QuestionVersion.number.desc(), QuestionVersion.id).limit(1)
    version_id, kind, content, question_id = db.session.execute(newest_first).one()
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
