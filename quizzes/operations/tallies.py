"""Keeps the counts of quizzes/models/tallies.py true, in the caller's transaction.

Locks are taken in one order by everybody, so that no two writers wait in a circle: a student's attempts from
the newest to the oldest, then the counts, sorted by their keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import (
    Executable,
    Select,
    UpdateBase,
    bindparam,
    case,
    delete,
    exists,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from core.database import AnySelect, Base, db, write
from quizzes.counts import ANSWER_COUNTS, Counts
from quizzes.models import AnswerTally, Attempt, ScoreTally
from quizzes.queries.counted import (
    all_answers,
    all_scores,
    answers_of_one,
    in_chunks,
    list_counted,
    score_of_one,
)
from quizzes.standings import ALONE, BEST, FIRST, LAST, ClosedAttempt, standings_of


def count_only_attempt(attempt_id: int) -> None:
    """Count the attempt that was just closed as its student's first: two statements, and nothing else is held."""
    for statement in _counting_one(db.engine.dialect.name):
        write(statement, {"attempt_id": attempt_id, "standing": ALONE})


def count_next_attempt(attempt_id: int) -> None:
    """Count the attempt that was just closed; earlier ones move where they are no longer the last or the best."""
    moved = _settle(_lock_groups([attempt_id]))
    _move(Counts(), moved, already=set(moved) - {attempt_id})


@contextmanager
def recounted(attempts: Sequence[int] | AnySelect) -> Iterator[None]:
    """Keep every count true while the body changes points, fractions, answer keys or drops of these attempts (ids).

    What the closed ones among them counted before the body is taken out and what they count after it is put in,
    each under the standing that it then has. Enter it before the body locks anything of an attempt: it holds all
    attempts of the students concerned, in the order in which everybody does. The body closes no attempt.
    """
    db.session.flush()
    held = _lock_groups(attempts)
    ids = [row.id for row in held] if isinstance(attempts, Select) else attempts
    closed = {row.id for row in held if row.submitted_at} & set(ids)
    counts = Counts()
    counts.add(list_counted(list(closed)), -1)
    yield
    db.session.flush()
    alone = len(held) == len({(row.delivery_id, row.enrollment_id) for row in held})
    moved = {} if alone else _settle(_groups_of(ids))
    counts.add(list_counted([each for each in closed if each not in moved]))
    _move(counts, moved, already=set(moved) - closed)


def rebuild_tallies() -> None:
    """Decide every standing anew, and count everything anew from the responses."""
    for model in (AnswerTally, ScoreTally):
        db.session.execute(delete(model))
    db.session.execute(_every_standing())
    connection = db.session.connection()
    for statement in _counting_all(connection.dialect.name):
        connection.execute(statement)


def _move(counts: Counts, moved: Mapping[int, tuple[int, int]], already: set[int]) -> None:
    """Count the moved attempts where they are now, those `already` counted no longer where they were; write it."""
    rows = list(list_counted(list(moved)))  # reads nothing where nothing moved
    counts.add((row for row in rows if row.attempt_id in already), -1, {key: old for key, (old, _) in moved.items()})
    counts.add(rows)
    connection = db.session.connection()
    statements = _adding_rows(connection.dialect.name)
    for statement, values in zip(statements, counts.rows(), strict=True):
        if values:
            connection.execute(statement, values)


@cache
def _groups() -> AnySelect:
    """Every attempt of the students who made `attempt_ids`, newest first."""
    return _groups_with(bindparam("attempt_ids", expanding=True))


def _groups_with(attempts: Any) -> AnySelect:
    whose = tuple_(Attempt.delivery_id, Attempt.enrollment_id)
    given = aliased(Attempt)
    made = select(given.delivery_id, given.enrollment_id).where(given.id.in_(attempts))
    return (
        select(
            Attempt.id,
            Attempt.delivery_id,
            Attempt.enrollment_id,
            Attempt.number,
            Attempt.points,
            Attempt.standing,
            Attempt.submitted_at,
        )
        .where(whose.in_(made))
        .order_by(Attempt.id.desc())
    )


def _lock_groups(attempts: Sequence[int] | AnySelect) -> list[Any]:
    """Hold all attempts of the students who made these until the commit, and return them."""
    if isinstance(attempts, Select):
        return list(db.session.connection().execute(_groups_with(attempts).with_for_update(of=Attempt)))
    return _groups_of(attempts, _groups().with_for_update())


def _groups_of(attempt_ids: Sequence[int], statement: AnySelect | None = None) -> list[Any]:
    connection = db.session.connection()
    wanted = _groups() if statement is None else statement
    found: dict[int, Any] = {}
    for ids in in_chunks(attempt_ids):
        found |= {row.id: row for row in connection.execute(wanted, {"attempt_ids": ids})}
    return list(found.values())


def _settle(attempts: Sequence[Any]) -> dict[int, tuple[int, int]]:
    """Write down the standings of all attempts of some students that are closed; (old, new) of those that changed."""
    closed = [row for row in attempts if row.submitted_at]
    groups: dict[tuple[int, int], list[ClosedAttempt]] = defaultdict(list)
    for row in closed:
        groups[row.delivery_id, row.enrollment_id].append(ClosedAttempt(row.id, row.number, row.points))
    now: dict[int, int] = {}
    for group in groups.values():
        now |= standings_of(group)
    moved = {row.id: (row.standing, now[row.id]) for row in closed if row.standing != now[row.id]}
    if moved:
        values = [{"of_attempt": key, "new": moved[key][1]} for key in sorted(moved, reverse=True)]
        db.session.connection().execute(_placing(), values)
    return moved


@cache
def _placing() -> Executable:
    table: Any = Attempt.__table__
    return table.update().where(table.c.id == bindparam("of_attempt")).values(standing=bindparam("new"))


def _every_standing() -> Executable:
    """The rule of quizzes/standings.py as SQL, for all attempts at once.

    Each question about another attempt has a range of numbers, so that it reads one student's attempts by their
    index: SQLite would otherwise read the whole class for each.
    """
    other = aliased(Attempt)
    earlier, later = other.number < Attempt.number, other.number > Attempt.number

    def is_there(*which: Any) -> Any:
        return exists().where(
            other.delivery_id == Attempt.delivery_id,
            other.enrollment_id == Attempt.enrollment_id,
            other.submitted_at.is_not(None),
            *which,
        )

    better = or_(is_there(earlier, other.points >= Attempt.points), is_there(later, other.points > Attempt.points))
    standing: Any = case((is_there(earlier), 0), else_=FIRST)
    standing += case((is_there(later), 0), else_=LAST)
    standing += case((better, 0), else_=BEST)
    whole = case((Attempt.submitted_at.is_(None), 0), else_=standing)
    return update(Attempt).where(true()).values(standing=whole).execution_options(synchronize_session=False)


def _upsert(model: type[Base], counts: Sequence[str], rows: AnySelect | None, dialect: str) -> UpdateBase:
    """Add counts to a tally: those of `rows` (keys, then counts, sorted by key), or of the values executed with."""
    maker = postgresql if dialect == "postgresql" else sqlite
    table: Any = model.__table__
    keys = [column.name for column in table.primary_key.columns]
    insert = maker.insert(table)
    if rows is not None:
        insert = insert.from_select([*keys, *counts], rows)
    summed = {name: table.c[name] + insert.excluded[name] for name in counts}
    return insert.on_conflict_do_update(index_elements=keys, set_=summed)


def _upserts(dialect: str, answers: AnySelect | None, scores: AnySelect | None) -> tuple[UpdateBase, UpdateBase]:
    return (
        _upsert(AnswerTally, ANSWER_COUNTS, answers, dialect),
        _upsert(ScoreTally, ("attempts",), scores, dialect),
    )


@cache
def _counting_one(dialect: str) -> tuple[UpdateBase, UpdateBase]:
    return _upserts(dialect, answers_of_one(), score_of_one())


@cache
def _counting_all(dialect: str) -> tuple[UpdateBase, UpdateBase]:
    return _upserts(dialect, all_answers(), all_scores())


@cache
def _adding_rows(dialect: str) -> tuple[UpdateBase, UpdateBase]:
    return _upserts(dialect, None, None)
