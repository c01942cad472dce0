"""Reads which questions the draws of a quiz asked in one class, and what was answered to each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from classroom.models import Enrollment
from core.database import AnySelect, connection
from core.memory import recall
from quizzes.counts import ANSWER_COUNTS, AnswerCounts
from quizzes.figures import ItemFigures
from quizzes.models import Attempt, QuestionVersion, Response
from quizzes.queries.counted import answers_under
from quizzes.queries.items import ItemRow
from quizzes.question_types.draw import DRAW
from quizzes.standings import Meant, Which
from results.drawn import DrawnFigures
from results.queries.meant import is_among

MOST_ROWS = 10_000
WORDS = ("type", "stem", "stem_html", "content", "hint", "general_feedback_html")


@cache
def _answers(which: Which, labelled: bool) -> AnySelect:
    each = (
        answers_under(Attempt.standing)
        .add_columns(Response.question_version_id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Response.delivery_id == bindparam("delivery_id"),
            Response.item_id.in_(bindparam("items", expanding=True)),
            is_among(which, labelled),
        )
        .subquery()
        .c
    )
    keys = (each.item_id, each.question_version_id, each.answer_key, each.evidence)
    sums = [func.sum(each[name]) for name in ANSWER_COUNTS]
    return select(*keys, *sums).group_by(*keys).order_by(sums[0].desc(), *keys).limit(MOST_ROWS)


def list_drawn(items: Sequence[ItemRow], meant: Meant, given: Mapping[str, Any]) -> tuple[DrawnFigures, ...]:
    """Return the questions that each draw asked in the attempts meant, of today's students, most asked first.

    `given`: the values of the attempts meant (meant.values_of). No statement for a quiz without draws, else one,
    and one more where this process has not met what was asked.
    """
    draws = {item.item_id: item for item in items if item.type == DRAW}
    if not draws:
        return ()
    values = {**given, "items": list(draws)}
    rows = connection().execute(_answers(meant.which, meant.is_labelled), values).all()
    words = list_words({row.question_version_id for row in rows})
    found: dict[tuple[int, int], DrawnFigures] = {}
    for item_id, version_id, answer_key, evidence, *counts in rows:
        item = in_place_of(draws[item_id], words[version_id])
        one = found.setdefault((item_id, item.question_id), DrawnFigures(item, ItemFigures()))
        one.figures.add(AnswerCounts(*map(int, counts)))
        one.figures.add_answers(answer_key, evidence, int(counts[0]))
    return tuple(sorted(found.values(), key=lambda one: (-one.figures.responses, one.item.version_id)))


def list_asked(
    draws: Mapping[int, ItemRow], versions: Mapping[int, Sequence[int | None]]
) -> dict[tuple[int, int], ItemRow]:
    """Return each draw's item with each question that it asked, by (item id, version id); in one statement."""
    asked = {(item_id, version) for item_id, column in versions.items() for version in column if version}
    words = list_words({version for _item_id, version in asked})
    return {(item_id, version): in_place_of(draws[item_id], words[version]) for item_id, version in sorted(asked)}


def list_words(version_ids: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """Return what an item takes over from a question that was asked, by version id.

    Versions of one question have the words of the newest of them: their options keep their keys. One statement, none
    once these versions are known here.
    """
    wanted = tuple(sorted(set(version_ids)))
    return recall(("words", wanted), lambda: _read_words(wanted))


def _read_words(version_ids: tuple[int, ...]) -> dict[int, Mapping[str, Any]]:
    columns = [getattr(QuestionVersion, name) for name in ("id", "question_id", "number", *WORDS)]
    statement = select(*columns).where(QuestionVersion.id.in_(version_ids)).order_by(QuestionVersion.number)
    rows = connection().execute(statement).all() if version_ids else []
    newest = {row.question_id: {"version_id": row.id, **row._mapping} for row in rows}
    return {row.id: newest[row.question_id] for row in rows}


def in_place_of(draw: ItemRow, words: Mapping[str, Any]) -> ItemRow:
    """Return the item of a draw with the question that it asked."""
    return replace(draw, **{name: words[name] for name in ("version_id", "question_id", *WORDS)})
