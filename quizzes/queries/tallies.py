"""What a class answered, read from the tallies and put right for what they cannot know.

The tallies count closed attempts of whoever made them. Reading adds the attempts whose end has passed
though nobody closed them yet (and moves what they take the place of), and takes out those of people who
are no longer students of the class. Both are few, so the cost does not grow with the class.

The tallies know no labels. The same sums over the answers of a label's students take their place, and only
attempts that nobody closed are added: the cost grows with the label, never with the class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased

from articles.models import Assignment
from classroom.models import CLASS_ROLES, Enrollment
from core.database import AnySelect, connection
from quizzes.counts import ANSWER_COUNTS, CountedRow, Counts
from quizzes.figures import ItemFigures, ScoreCount
from quizzes.models import AnswerTally, Attempt, QuizDelivery, Response, ScoreTally
from quizzes.queries.completion import is_student, is_under
from quizzes.queries.counted import answers_under, list_counted, scores_where
from quizzes.queries.standing import is_past_end
from quizzes.standings import ALONE, EVERYBODY, ClosedAttempt, Meant, Which, is_meant, standings_of
from quizzes.timing import second_of

NOT_STUDENTS = tuple(role for role in CLASS_ROLES if role != "student")
MOST_ROWS = 10_000
"""So many different answers are read; the sums of an item are whole nevertheless."""
_IDS: Any = bindparam("delivery_ids", expanding=True)


def _columns(closed: bool) -> AnySelect:
    found = (Attempt.id, Attempt.delivery_id, Attempt.enrollment_id, Attempt.number, Attempt.points, Attempt.standing)
    return select(*found, literal(closed).label("closed"))


@cache
def _unclosed(labelled: bool) -> AnySelect:
    return (
        _columns(closed=False)
        .select_from(Attempt)
        .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
        .join(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(Attempt.delivery_id.in_(_IDS), Attempt.submitted_at.is_(None), is_past_end(), is_student(labelled))
    )


def _closed_of(whose: ColumnElement[bool]) -> AnySelect:
    """The closed attempts of some people, who are few.

    Found by their places: asked for in the plain way, "closed" leads SQLite to the index of all that are closed.
    """
    is_closed = case((Attempt.submitted_at.is_(None), 0), else_=1) == 1
    sections = (
        select(Assignment.section_id)
        .join(QuizDelivery, QuizDelivery.assignment_id == Assignment.id)
        .where(QuizDelivery.id.in_(_IDS))
    )
    places = select(Enrollment.id).where(Enrollment.section_id.in_(sections), whose)
    return _columns(closed=True).where(Attempt.delivery_id.in_(_IDS), Attempt.enrollment_id.in_(places), is_closed)


@cache
def _exceptions() -> CompoundSelect[*tuple[Any, ...]]:
    """Attempts that are over but not closed, and closed ones of people who left or do not study (any more).

    Each part goes through an index: one condition for all would read the whole class.
    """
    left = Enrollment.state.in_(("removed", "invited"))
    others = and_(Enrollment.state == "active", Enrollment.role.in_(NOT_STUDENTS))
    return union_all(_unclosed(labelled=False), _closed_of(left), _closed_of(others))


@cache
def _earlier() -> AnySelect:
    """The closed attempts of the students whose attempt nobody closed yet."""
    late, found = aliased(Attempt), (Attempt.delivery_id, Attempt.enrollment_id)
    whose = select(late.delivery_id, late.enrollment_id).where(late.id.in_(bindparam("attempt_ids", expanding=True)))
    return _columns(closed=True).where(tuple_(*found).in_(whose), Attempt.submitted_at.is_not(None))


@dataclass(frozen=True)
class Exceptions:
    """Attempts that are to be counted under a standing though they are not, and the other way about, by id."""

    missing: dict[int, int]
    wrong: dict[int, int]

    def counts(self) -> Counts:
        """Return what is to be added to the tallies; one statement, none without an exception."""
        counts = Counts()
        ids = {**self.missing, **self.wrong}
        rows: list[CountedRow] = list(list_counted(list(ids))) if ids else []
        counts.add((row for row in rows if row.attempt_id in self.wrong), -1, self.wrong)
        counts.add((row for row in rows if row.attempt_id in self.missing), 1, self.missing)
        return counts


def find_exceptions(delivery_ids: Sequence[int], now: datetime, label_id: int | None = None) -> Exceptions:
    """Return which attempts are to be counted other than their rows say, in one statement, two at most.

    With a label, those of its students; of people who left there is then nothing to take out.
    """
    given = {"delivery_ids": list(delivery_ids), "second": second_of(now), "label_id": label_id}
    statement = _exceptions() if label_id is None else _unclosed(labelled=True)
    rows = connection().execute(statement, given).all()
    unclosed = [row for row in rows if not row.closed]
    found = Exceptions({row.id: ALONE for row in unclosed}, {row.id: row.standing for row in rows if row.closed})
    again = [row.id for row in unclosed if row.number > 1]
    if again:
        earlier = connection().execute(_earlier(), {"attempt_ids": again}).all()
        _move_earlier(found, [*(row for row in unclosed if row.number > 1), *earlier])
    return found


def _move_earlier(found: Exceptions, rows: Sequence[Any]) -> None:
    """Give every attempt of a student who has one that nobody closed the standing that it will have."""
    groups: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.delivery_id, row.enrollment_id].append(row)
    for group in groups.values():
        standings = standings_of([ClosedAttempt(row.id, row.number, row.points) for row in group])
        for row in group:
            if not row.closed:
                found.missing[row.id] = standings[row.id]
            elif standings[row.id] != row.standing:
                found.wrong[row.id], found.missing[row.id] = row.standing, standings[row.id]


def _of_label() -> ColumnElement[bool]:
    """Whether an attempt is closed and of a student who has the label; found by its people."""
    wearers = select(Enrollment.id).where(is_student(labelled=True))
    is_closed = case((Attempt.submitted_at.is_(None), 0), else_=1) == 1
    return and_(Attempt.delivery_id.in_(_IDS), Attempt.enrollment_id.in_(wearers), is_closed)


def _kept(labelled: bool) -> tuple[Any, ColumnElement[bool]]:
    """The columns of the counts of answers and which rows count: those kept or, for a label, one of each answer."""
    if not labelled:
        return AnswerTally.__table__.c, AnswerTally.delivery_id.in_(_IDS)
    each = answers_under(Attempt.standing).join(Attempt, Attempt.id == Response.attempt_id)
    return each.where(_of_label()).subquery().c, true()


@cache
def _answers(which: Which, labelled: bool) -> AnySelect:
    kept, counts = _kept(labelled)
    keys = (kept.delivery_id, kept.item_id, kept.answer_key, kept.evidence)
    return (
        select(*keys, *_sums(kept))
        .where(counts, is_under(kept.standing, which))
        .group_by(*keys)
        .order_by(func.sum(kept.responses).desc(), *keys)
        .limit(MOST_ROWS)
    )


@cache
def _item_sums(which: Which, labelled: bool) -> AnySelect:
    kept, counts = _kept(labelled)
    keys = (kept.delivery_id, kept.item_id)
    return (
        select(*keys, *_sums(kept))
        .where(counts, is_under(kept.standing, which))
        .group_by(*keys)
        .order_by(*keys)
        .limit(MOST_ROWS)
    )


def _sums(kept: Any) -> list[Any]:
    # PostgreSQL sums whole numbers to decimals.
    return [cast(func.sum(kept[name]), BigInteger).label(name) for name in ANSWER_COUNTS]


@cache
def _scores(labelled: bool) -> AnySelect:
    if labelled:
        return scores_where(_of_label()).limit(MOST_ROWS)
    columns = tuple(ScoreTally.__table__.c)
    return select(*columns).where(ScoreTally.delivery_id.in_(_IDS)).order_by(*columns).limit(MOST_ROWS)


@dataclass(frozen=True)
class ClassFigures:
    """The figures of each (delivery, item), and for each delivery how many have each score, lowest first.

    `handed_in` says how many students of each delivery have handed in at all, whichever attempts are meant;
    `has_several`, whether anybody has more than one attempt.
    """

    meant: Meant
    items: dict[tuple[int, int], ItemFigures]
    scores: dict[int, list[ScoreCount]]
    handed_in: dict[int, int]
    has_several: bool

    def of(self, delivery_id: int, item_id: int) -> ItemFigures:
        """The figures of one item in one delivery; those of nothing where nobody answered it."""
        return self.items.get((delivery_id, item_id), ItemFigures())

    @property
    def key(self) -> Hashable:
        """The same for the same figures."""
        items = ((at, figures.key) for at, figures in self.items.items())
        scores = ((at, *counts) for at, counts in self.scores.items())
        return (self.meant, tuple(items), tuple(scores), tuple(self.handed_in.items()), self.has_several)


def class_figures(
    delivery_ids: Sequence[int], now: datetime, meant: Meant = EVERYBODY, found: Exceptions | None = None
) -> ClassFigures:
    """Return what the attempts meant of today's students came to, in three statements, six at most.

    `found`: the exceptions of these deliveries, where they were asked for already.
    """
    exceptions = (found or find_exceptions(delivery_ids, now, meant.label_id)).counts()
    items = _item_figures(delivery_ids, meant, exceptions)
    return _figures(items, _score_counts(delivery_ids, meant, exceptions), meant)


def class_scores(delivery_ids: Sequence[int], now: datetime) -> ClassFigures:
    """Return the same of everybody's first attempts without the questions' figures, in two statements, four at most."""
    exceptions = find_exceptions(delivery_ids, now).counts()
    return _figures({}, _score_counts(delivery_ids, EVERYBODY, exceptions), EVERYBODY)


def _figures(items: dict[tuple[int, int], ItemFigures], counted: _ScoreCounts, meant: Meant) -> ClassFigures:
    return ClassFigures(meant, items, dict(counted.scores), dict(counted.handed_in), counted.has_several)


def _item_figures(delivery_ids: Sequence[int], meant: Meant, exceptions: Counts) -> dict[tuple[int, int], ItemFigures]:
    given, rule = {"delivery_ids": list(delivery_ids), "label_id": meant.label_id}, (meant.which, meant.is_labelled)
    figures: dict[tuple[int, int], ItemFigures] = defaultdict(ItemFigures)
    rows = connection().execute(_answers(*rule), given).all()
    for row in rows:
        figures[row.delivery_id, row.item_id].add_answers(row.answer_key, row.evidence, row.responses)
    for row in rows if len(rows) < MOST_ROWS else connection().execute(_item_sums(*rule), given):
        figures[row.delivery_id, row.item_id].add(row)
    for key, counts in exceptions.answers():
        if is_meant(key.standing, meant.which):
            entry = figures[key.delivery_id, key.item_id]
            entry.add_answers(key.answer_key, key.evidence, counts.responses)
            entry.add(counts)
    return dict(figures)


@dataclass
class _ScoreCounts:
    scores: dict[int, list[ScoreCount]]
    handed_in: dict[int, int]
    has_several: bool = False


def _score_counts(delivery_ids: Sequence[int], meant: Meant, exceptions: Counts) -> _ScoreCounts:
    given = {"delivery_ids": list(delivery_ids), "label_id": meant.label_id}
    found = _ScoreCounts(defaultdict(list), defaultdict(int))
    counts: dict[tuple[int, int, int, bool], int] = defaultdict(int)
    rows: list[Any] = list(connection().execute(_scores(meant.is_labelled), given))
    for row, attempts in (*((row, row.attempts) for row in rows), *exceptions.scores()):
        if is_meant(row.standing, meant.which):
            counts[row.delivery_id, row.points, row.max_points, bool(row.waiting)] += attempts
        if is_meant(row.standing, "first"):
            found.handed_in[row.delivery_id] += attempts
        found.has_several |= row.standing != ALONE and attempts > 0
    for (delivery_id, points, maximum, waiting), attempts in sorted(counts.items()):
        if attempts > 0:
            found.scores[delivery_id].append(ScoreCount(points, waiting, attempts, maximum))
    return found
