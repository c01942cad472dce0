"""Reads every answer of a class on one quiz, as compactly as the statistics need it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from sys import intern

from sqlalchemy import bindparam, select

from classroom.models import Enrollment
from core.database import AnySelect, read_rows
from core.points import Points
from core.prepared import Row
from quizzes.models import Attempt, Response
from quizzes.standings import Meant, Which
from results.queries.meant import is_among, values_of

MOST_ANSWERS = 1_000_000
"""So many answers are read; of a larger class the first attempts by id."""


@dataclass
class ClassAnswers:
    """The graded answers of `attempts` complete and graded attempts, by item: a cell for each attempt, in one order.

    `points` and `keys` (of answers, "" for none) are None where an attempt did not hold the item, or it was dropped.
    `versions` say, of draws alone, which question version was asked.
    """

    attempts: int = 0
    points: dict[int, list[Points | None]] = field(default_factory=dict)
    keys: dict[int, list[str | None]] = field(default_factory=dict)
    versions: dict[int, list[int | None]] = field(default_factory=dict)

    def add(self, item_id: int, points: Points, key: str | None) -> None:
        """Put an answer of the newest attempt into its item's column."""
        column = self.points.setdefault(item_id, [])
        keys = self.keys.setdefault(item_id, [])
        missing = [None] * (self.attempts - 1 - len(column))
        column += [*missing, points]
        keys += [*missing, intern(key or "")]

    def add_version(self, item_id: int, version_id: int) -> None:
        """Say which version the newest attempt was asked for a draw."""
        column = self.versions.setdefault(item_id, [])
        column += [None] * (self.attempts - 1 - len(column))
        column.append(version_id)

    def fill(self) -> None:
        """Make all columns equally long."""
        for points in self.points.values():
            points.extend([None] * (self.attempts - len(points)))
        for keys in self.keys.values():
            keys.extend([None] * (self.attempts - len(keys)))
        for versions in self.versions.values():
            versions.extend([None] * (self.attempts - len(versions)))


@cache
def _answers(which: Which, labelled: bool) -> AnySelect:
    return (
        select(
            Response.attempt_id, Response.item_id, Response.points, Response.answer_key, Response.question_version_id
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Attempt.delivery_id == bindparam("delivery_id"),
            Attempt.ungraded == 0,
            Response.dropped.is_(False),
            Response.points.is_not(None),
            is_among(which, labelled),
        )
        .order_by(Response.attempt_id, Response.item_id)
        .limit(MOST_ANSWERS)
    )


def read_class_answers(
    delivery_id: int, now: datetime, meant: Meant, draws: Collection[int] = frozenset()
) -> ClassAnswers:
    """Return the answers of the attempts meant, of today's students: complete, graded; two or three statements.

    `draws` are the items in whose place each attempt was asked another question.
    """
    given = values_of(delivery_id, now, meant)
    rows = read_rows(_answers(meant.which, meant.is_labelled), given)
    return _alike(rows, draws) or _one_by_one(rows, draws)


def _alike(rows: Sequence[Row], draws: Collection[int]) -> ClassAnswers | None:
    """The answers where every attempt held the same items, as is usual: whole columns at once. None where not."""
    attempts, items, points, keys, versions = zip(*rows, strict=True) if rows else ((),) * 5
    first = [row[1] for row in rows[: attempts.count(attempts[0])]] if rows else []
    each = len(first)
    if not each or items != tuple(first) * (len(rows) // each):
        return None
    if any(attempts[at::each] != attempts[::each] for at in range(1, each)):
        return None
    found = ClassAnswers(len(rows) // each)
    for at, item in enumerate(first):
        found.points[item] = list(points[at::each])
        found.keys[item] = [key or "" for key in keys[at::each]]
        if item in draws:
            found.versions[item] = list(versions[at::each])
    return found


def _one_by_one(rows: Sequence[Row], draws: Collection[int]) -> ClassAnswers:
    found, newest = ClassAnswers(), None
    for attempt_id, item_id, points, key, version_id in rows:
        if attempt_id != newest:
            found.attempts, newest = found.attempts + 1, attempt_id
        found.add(item_id, points, key)
        if item_id in draws:
            found.add_version(item_id, version_id)
    found.fill()
    return found
