"""What counts of closed attempts, as SQL: row by row for a few attempts, summed for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SmallInteger,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
)

from core.database import AnySelect, connection, read_rows
from core.points import FRACTION_ONE
from quizzes.counts import CountedRow
from quizzes.models import NO_EVIDENCE, AnswerTally, Attempt, Response, ScoreTally
from quizzes.standings import ClosedAttempt, standings_of

MANY = 5_000
"""So many ids go into one statement."""


def in_chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    """Yield the ids without repetition, highest first, as many as go into one statement."""
    ordered = sorted(set(ids), reverse=True)
    for start in range(0, len(ordered), MANY):
        yield ordered[start : start + MANY]


def list_counted(attempt_ids: Sequence[int]) -> Iterator[CountedRow]:
    """Yield every answer of these attempts, closed or not, attempt by attempt; a statement for each MANY."""
    for ids in in_chunks(attempt_ids):
        for row in read_rows(_answers_of(), {"attempt_ids": ids}):
            yield CountedRow(*row)


@cache
def _answers_of() -> AnySelect:
    return (
        select(
            Response.attempt_id,
            Response.delivery_id,
            Attempt.standing,
            Attempt.max_points,
            Attempt.ungraded > 0,
            Response.item_id,
            Response.answer_key,
            Response.evidence_fraction,
            Response.fraction,
            Response.points,
            Response.dropped,
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Response.attempt_id.in_(bindparam("attempt_ids", expanding=True)))
        .order_by(Response.attempt_id, Response.id)
    )


def _level() -> ColumnElement[int]:
    found = case(
        (Response.evidence_fraction.is_(None), NO_EVIDENCE),
        (Response.evidence_fraction == FRACTION_ONE, 2),
        (Response.evidence_fraction > 0, 1),
        else_=0,
    )
    return cast(found, SmallInteger)


def answers_under(standing: Any) -> AnySelect:
    """Each answer under its key and `standing`, not summed yet: the columns of AnswerTally."""
    partial = and_(Response.fraction > 0, Response.fraction < FRACTION_ONE)
    return select(
        Response.delivery_id,
        Response.item_id,
        standing.label("standing"),
        func.coalesce(Response.answer_key, literal_column("''")).label("answer_key"),
        _level().label("evidence"),
        literal_column("1").label("responses"),
        case((Response.points.is_not(None), 1), else_=0).label("graded"),
        func.coalesce(Response.points, 0).label("points"),
        case((Response.fraction == FRACTION_ONE, 1), else_=0).label("full"),
        case((partial, 1), else_=0).label("partial"),
    ).where(Response.dropped.is_(False))


@cache
def answers_of_one() -> AnySelect:
    """The counts of one attempt's answers, sorted by key: `attempt_id`, and the `standing` it is counted under."""
    found = answers_under(bindparam("standing", type_=SmallInteger))
    return found.where(Response.attempt_id == bindparam("attempt_id")).order_by(Response.item_id)


@cache
def score_of_one() -> AnySelect:
    """The count of the score of an attempt that was just closed: `attempt_id`, and the `standing` it is counted under.

    Its points are those of the answers, as in every figure about a class: certainty may be mixed into the attempt's.
    """
    standing: Any = bindparam("standing", type_=SmallInteger)
    mine = (Response.attempt_id == Attempt.id, Response.dropped.is_(False))
    points = select(cast(func.coalesce(func.sum(Response.points), 0), BigInteger)).where(*mine).scalar_subquery()
    found = select(Attempt.delivery_id, standing, points, Attempt.max_points, Attempt.ungraded > 0, literal_column("1"))
    return found.where(Attempt.id == bindparam("attempt_id"))


@cache
def all_answers() -> AnySelect:
    """The counts of every closed attempt's answers, summed."""
    closed = answers_under(Attempt.standing).join(Attempt, Attempt.id == Response.attempt_id)
    each = closed.where(Attempt.submitted_at.is_not(None)).subquery().c
    keys = (each.delivery_id, each.item_id, each.standing, each.answer_key, each.evidence)
    sums = (each.responses, each.graded, each.points, each.full, each.partial)
    return select(*keys, *(func.sum(count).label(count.name) for count in sums)).group_by(*keys).order_by(*keys)


@cache
def all_scores() -> AnySelect:
    """The counts of every closed attempt's score."""
    return scores_where(Attempt.submitted_at.is_not(None))


def scores_where(condition: ColumnElement[bool]) -> AnySelect:
    """The counts of the scores of the attempts that meet `condition`: the columns of ScoreTally."""
    waiting = (Attempt.ungraded > 0).label("waiting")
    points = cast(func.coalesce(func.sum(Response.points).filter(Response.dropped.is_(False)), 0), BigInteger)
    found = select(Attempt.delivery_id, Attempt.standing, points.label("points"), Attempt.max_points, waiting)
    found = found.join(Response, Response.attempt_id == Attempt.id).group_by(Attempt.id)
    each = found.where(condition).subquery().c
    keys = (each.delivery_id, each.standing, each.points, each.max_points, each.waiting)
    return select(*keys, func.count().label("attempts")).group_by(*keys).order_by(*keys)


def wrong_tallies() -> Iterator[str]:
    """Yield a line for each count that is not what the attempts and the answers say; for each wrong standing too.

    Reads every closed attempt: for the command line and for tests.
    """
    for model, statement in ((AnswerTally, all_answers()), (ScoreTally, all_scores())):
        columns = list(model.__table__.c)
        keys = sum(column.primary_key for column in columns)
        kept = _by_key(select(*columns), keys)
        true = _by_key(statement, keys)
        for key in sorted({*kept, *true}):
            if kept.get(key) != true.get(key):
                yield f"{model.__tablename__} {key}: kept {kept.get(key)}, counted {true.get(key)}"
    closed = select(Attempt.delivery_id, Attempt.enrollment_id, Attempt.id, Attempt.number, Attempt.points)
    closed = closed.add_columns(Attempt.standing).where(Attempt.submitted_at.is_not(None))
    rows = connection().execute(closed.order_by(Attempt.delivery_id, Attempt.enrollment_id, Attempt.id))
    for _student, group in groupby(rows, key=lambda row: (row.delivery_id, row.enrollment_id)):
        attempts = list(group)
        standings = standings_of([ClosedAttempt(row.id, row.number, row.points) for row in attempts])
        for row in attempts:
            if standings[row.id] != row.standing:
                yield f"attempt {row.id}: standing {row.standing}, should be {standings[row.id]}"


def _by_key(statement: AnySelect, keys: int) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """The counts by key, without those that count nothing."""
    found = {tuple(map(_plain, row[:keys])): tuple(map(int, row[keys:])) for row in connection().execute(statement)}
    return {key: counts for key, counts in found.items() if any(counts)}


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value
