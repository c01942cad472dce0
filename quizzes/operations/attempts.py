"""What a student does to an attempt: start it, save answers in it, hand it in. On Core: these are the hot paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from random import Random
from typing import Any, TypeAlias

from sqlalchemy import UpdateBase, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from core.database import line, write
from core.many import add_rows, change_rows
from quizzes.attempts import AnswerRow, AttemptRow, DeliveryRow, OwnAttempt
from quizzes.certainty import COUNTED, certainty_to_keep
from quizzes.clashes import Clash
from quizzes.endings import STUDENT, clock_ending
from quizzes.grading import Grade
from quizzes.layout import LayoutRow, PlacedItem, make_layout
from quizzes.models import Attempt, Response
from quizzes.operations.closing import close_attempt
from quizzes.operations.given_answers import given_answer
from quizzes.queries.draws import draw_for
from quizzes.queries.in_force import rules_up_to
from quizzes.queries.items import ItemRow, list_items_in_class
from quizzes.queries.sums import total_points
from quizzes.question_types import TYPES
from quizzes.question_types.base import Answer, AnswerFields, AnswerRefusedError
from quizzes.receipts import new_receipt_code
from quizzes.regrading import DROP, graded, reaches
from quizzes.timing import end_of, has_ended, limit_end, recorded_at, second_of, still_accepts

_STARTED = (
    "delivery_id", "enrollment_id", "number", "article_version_id", "layout", "started_at", "limit_ends_at",
    "receipt_code", "points", "max_points", "ungraded",
)  # fmt: skip


class AttemptInProgressError(Exception):
    """This person already has an attempt at this quiz that is not handed in."""


class NoQuestionsError(Exception):
    """The quiz has no questions to show."""


class AttemptOverError(Exception):
    """The attempt is handed in, or its time is up; what was saved before stands."""

    def __init__(self, attempt: AttemptRow) -> None:
        super().__init__(attempt.id)
        self.attempt = attempt


@dataclass(frozen=True)
class Sent:
    """What a page sent for one item. Without `fields` the answer stays as it is; likewise the flag and certainty."""

    item_id: int
    writer: str
    revision: int
    fields: AnswerFields | None = None
    flagged: bool | None = None
    certainty: int | None = None


@dataclass(frozen=True)
class Saved:
    """An answer as it now stands in the database."""

    item_id: int
    answer: Answer | None
    revision: int
    writer: str
    saved_at: datetime


_Change: TypeAlias = tuple[AnswerRow, Sent, Saved, Grade]


@dataclass(frozen=True)
class SaveOutcome:
    """What became of everything sent; `refused` holds a message for each item that cannot be kept."""

    saved: dict[int, Saved]
    clashes: list[Clash]
    refused: dict[int, str]


def start_attempt(delivery: DeliveryRow, own: Sequence[OwnAttempt], now: datetime, random: Random | None = None) -> int:
    """Start the next attempt and return its id. Attempts of one's own whose time has passed are closed first.

    Raises AttemptInProgressError, also when another tab was faster; NoQuestionsError.
    """
    _close_expired(delivery, own, now)
    random = random or Random()  # noqa: S311 - seeded by the system, and it only mixes
    items = _items_to_ask(delivery, random)
    layout = new_layout(delivery, items, random)
    attempt_id = _insert_attempt(delivery, layout, len(own) + 1, second_of(now))
    held = {item.item_id: _reaching(item) for item in items}
    add_rows(
        Response,
        [
            {
                "attempt_id": attempt_id,
                "item_id": row["item"],
                "delivery_id": delivery.id,
                "question_version_id": row["version"],
                "regrade_id": held[row["item"]],
            }
            for row in layout
        ],
    )
    return attempt_id


def save_answers(attempt: AttemptRow, answers: Sequence[AnswerRow], sent: Sequence[Sent], now: datetime) -> SaveOutcome:
    """Save and grade what was sent, one thing an item. `attempt` must be locked, and `answers` hold every item sent.

    A writer always supersedes itself; another writer must have seen the last revision, or say the same.
    Raises AttemptOverError.
    """
    if attempt.submitted_at or not still_accepts(attempt.ends_at, now):
        raise AttemptOverError(attempt)
    by_item = {row.item_id: row for row in answers}
    outcome = SaveOutcome({}, [], {})
    changes = []
    for one in {each.item_id: each for each in sent}.values():  # a sum counts an item once
        row = by_item[one.item_id]
        try:
            given = row.answer if one.fields is None else given_answer(row, one.fields, attempt.article_version_id)
        except AnswerRefusedError as refusal:
            outcome.refused[row.item_id] = str(refusal)
            continue
        if one.writer != row.writer and one.revision != row.revision and given != row.answer:
            outcome.clashes.append(Clash(row, given))
            continue
        saved = _as_saved(row, one, given, recorded_at(attempt.ends_at, now))
        outcome.saved[row.item_id] = saved
        changes.append((row, one, saved, graded(row.giving(given), rules_up_to(row.regrade_id))))
    if changes:
        _write(attempt, changes)
    return outcome


def hand_in(attempt: AttemptRow, now: datetime, *, by_clock: bool = False) -> bool:
    """Close an attempt, at its end at the latest; whether it was this call that did. Safe to repeat.

    `by_clock` says that it is the page's clock that hands in, and not the student.
    Raises AttemptOverError when nobody did and its time is up.
    """
    if attempt.submitted_at:
        return False
    if not still_accepts(attempt.ends_at, now):
        raise AttemptOverError(attempt)
    over = by_clock or has_ended(attempt.ends_at, now)
    ended_by = clock_ending(attempt.limit_ends_at, attempt.delivery.closes_at) if over else STUDENT
    return close_attempt(attempt.id, recorded_at(attempt.ends_at, now), ended_by)


def _close_expired(delivery: DeliveryRow, own: Sequence[OwnAttempt], now: datetime) -> None:
    for attempt in own:
        end = end_of(attempt.limit_ends_at, delivery.closes_at)
        if attempt.submitted_at is None and end and has_ended(end, now):
            close_attempt(attempt.id, end)


def _items_to_ask(delivery: DeliveryRow, random: Random) -> list[ItemRow]:
    """The questions as they are now, drawn where the quiz draws, without those that are dropped in this class."""
    items = list_items_in_class(delivery.quiz_id, delivery.id)
    dropped = {rule.question_id for item in items for rule in rules_up_to(item.regrade_id) if rule.policy == DROP}
    drawn = draw_for(delivery.quiz_id, items, random, dropped)
    return [item for item in drawn if item.question_id not in dropped]


def _reaching(item: ItemRow) -> int | None:
    """The newest decision about scoring that is about the version which is asked now."""
    rules = reversed(rules_up_to(item.regrade_id))
    return next((rule.regrade_id for rule in rules if reaches(rule, item.version_id)), None)


def new_layout(delivery: DeliveryRow, items: Sequence[ItemRow], random: Random) -> list[LayoutRow]:
    """The order of questions and options that an attempt is started with. Raises NoQuestionsError."""
    placed = []
    for item in items:
        kind = TYPES[item.type]
        keys = kind.option_keys(kind.content(item.content))
        placed.append(PlacedItem(item.item_id, item.version_id, item.points, tuple(keys), kind.mixes))
    if not placed:
        raise NoQuestionsError
    return make_layout(placed, random, questions=delivery.shuffle_questions, options=delivery.shuffle_options)


def _insert_attempt(delivery: DeliveryRow, layout: list[LayoutRow], number: int, started_at: datetime) -> int:
    inserted = write(
        _starting(line().engine.dialect.name),
        {
            "delivery_id": delivery.id,
            "enrollment_id": delivery.enrollment_id,
            "number": number,
            "article_version_id": delivery.version_id,
            "layout": layout,
            "started_at": started_at,
            "limit_ends_at": limit_end(started_at, delivery.own_limit_seconds),
            "receipt_code": new_receipt_code(),
            "points": 0,
            "max_points": sum(row["points"] for row in layout),
            "ungraded": 0,
        },
    ).scalar()
    if inserted is None:
        raise AttemptInProgressError
    return int(inserted)


@cache
def _starting(dialect: str) -> UpdateBase:
    table: Any = Attempt.__table__
    insert_into = postgresql.insert if dialect == "postgresql" else sqlite.insert
    values: dict[str, Any] = {name: bindparam(name) for name in _STARTED}
    return insert_into(table).values(values).on_conflict_do_nothing().returning(table.c.id)


def _as_saved(row: AnswerRow, sent: Sent, given: Answer | None, moment: datetime) -> Saved:
    """What is written; a flag alone is no new revision."""
    if sent.fields is None:
        return Saved(row.item_id, given, row.revision, row.writer, row.saved_at or moment)
    return Saved(row.item_id, given, row.revision + 1, sent.writer[:40], moment)


def _write(attempt: AttemptRow, changes: Sequence[_Change]) -> None:
    """Two statements: the answers, then the attempt's sums if they change."""
    use = attempt.delivery.certainty
    change_rows(Response, [_values(use, change) for change in changes])
    counted = [(row, grade) for row, _sent, _saved, grade in changes if not row.dropped]
    points = sum((grade.points or 0) - (row.points or 0) for row, grade in counted)
    waiting = sum((grade.points is None) - (row.points is None) for row, grade in counted)
    if points or waiting or use == COUNTED:
        write(_summing(anew=use == COUNTED), {"of_attempt": attempt.id, "more": points, "more_waiting": waiting})


@cache
def _summing(*, anew: bool) -> UpdateBase:
    """With certainty mixed in, one answer cannot simply be added to the others: the sum is never below 0."""
    table: Any = Attempt.__table__
    points = total_points() if anew else table.c.points + bindparam("more")
    sums = {"points": points, "ungraded": table.c.ungraded + bindparam("more_waiting")}
    return table.update().where(table.c.id == bindparam("of_attempt")).values(sums)


def _values(use: str, change: _Change) -> dict[str, Any]:
    row, sent, saved, grade = change
    return {
        "id": row.response_id,
        "answer": saved.answer,
        "answer_key": grade.answer_key,
        "fraction": grade.fraction,
        "points": grade.points,
        "flagged": row.flagged if sent.flagged is None else sent.flagged,
        "revision": saved.revision,
        "writer": saved.writer,
        "saved_at": saved.saved_at,
        "certainty": certainty_to_keep(use, row.type, sent.certainty or row.certainty) if saved.answer else None,
        "evidence_key": grade.evidence_key,
        "evidence_fraction": grade.evidence_fraction,
    }
