"""The decisions about scoring that hold: what each answer is scored by, and what can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import aliased

from core.database import AnySelect, db, read_rows
from core.memory import recall
from quizzes.models import Item, QuestionVersion, QuizDelivery, Regrade
from quizzes.queries.versions import list_version_ids
from quizzes.regrading import Rule


@dataclass(frozen=True)
class InForce:
    """A decision that holds: about which item of which class, and the rules up to its own about the same question."""

    regrade_id: int
    delivery_id: int
    item_id: int
    rules: tuple[Rule, ...]


@cache
def _rules() -> AnySelect:
    """The decision with this id and those before it about the same item of the same class, that hold."""
    this = select(Regrade.delivery_id, Regrade.item_id).where(Regrade.id == bindparam("regrade_id")).subquery()
    return (
        _decided()
        .join(this, and_(this.c.delivery_id == Regrade.delivery_id, this.c.item_id == Regrade.item_id))
        .where(Regrade.id <= bindparam("regrade_id"))
    )


def _decided() -> AnySelect:
    """Over the decisions that hold, oldest first; the last column says whether it is about a drawn question."""
    version = (QuestionVersion.id, QuestionVersion.type, QuestionVersion.content, QuestionVersion.question_id)
    return (
        select(Regrade.id, Regrade.policy, *version, QuestionVersion.question_id != Item.question_id)
        .join(QuestionVersion, QuestionVersion.id == Regrade.question_version_id)
        .join(Item, Item.id == Regrade.item_id)
        .where(Regrade.undone_at.is_(None))
        .order_by(Regrade.id)
        .limit(1_000)
    )


def _as_rules(rows: Sequence[Any]) -> tuple[Rule, ...]:
    """One statement more where a draw is concerned: for the versions of what was drawn."""
    drawn = {row[5] for row in rows if row[6]}
    versions = list_version_ids(drawn) if drawn else {}
    return tuple(Rule(*(*row[:6], versions.get(row[5]))) for row in rows)


def rules_up_to(regrade_id: int | None) -> tuple[Rule, ...]:
    """Return the decisions that hold up to this one, oldest first.

    Remembered: while a decision holds, none before it can be taken back.
    """
    if regrade_id is None:
        return ()

    def read() -> tuple[Rule, ...]:
        return _as_rules(read_rows(_rules(), {"regrade_id": regrade_id}))

    return recall(("rules", regrade_id), read)


def lock_regrade(regrade_id: int) -> list[InForce]:
    """Return one decision, or nothing where it does not hold. Until the commit nobody else decides in the class."""
    return _lock_in_force(aliased(Regrade), lambda each: each.id == regrade_id)


def lock_taken_together(delivery_id: int, item_id: int, regrade_id: int) -> list[InForce]:
    """Return what was decided in one go with this decision about the item in the class, as lock_regrade does.

    What was decided in one go stays so.
    """
    this = aliased(Regrade)
    asked = and_(this.id == regrade_id, this.delivery_id == delivery_id, this.item_id == item_id)

    def together(each: Any) -> Any:
        same = (each.delivery_id == this.delivery_id, each.at == this.at)
        return exists().where(asked, *same, each.question_version_id == this.question_version_id)

    return _lock_in_force(aliased(Regrade), together)


def _lock_in_force(each: Any, meant: Callable[[Any], Any]) -> list[InForce]:
    """The decisions meant that hold, each with those below it about the same question.

    Whoever waits here for another decision may read what stood before it. What is below a decision stands as long
    as that one does: only whether it still holds, and is the newest, is to be asked afterwards.
    """
    asked = aliased(QuestionVersion)
    below = and_(each.delivery_id == Regrade.delivery_id, each.item_id == Regrade.item_id, Regrade.id <= each.id)
    rows = db.session.execute(
        _decided()
        .add_columns(each.id, each.delivery_id, each.item_id)
        .join(each, and_(below, each.undone_at.is_(None), meant(each)))
        .join(asked, and_(asked.id == each.question_version_id, asked.question_id == QuestionVersion.question_id))
        .join(QuizDelivery, QuizDelivery.id == each.delivery_id)
        .with_for_update(key_share=True, of=QuizDelivery)
    ).all()
    rules = _as_rules(rows)
    found: dict[tuple[int, int, int], list[Rule]] = defaultdict(list)
    for row, rule in zip(rows, rules, strict=True):
        found[tuple(row[-3:])].append(rule)
    return [InForce(*key, tuple(found[key])) for key in sorted(found)]
