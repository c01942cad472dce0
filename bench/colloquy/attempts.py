"""The quiz of the bench, and attempts at it written in bulk as the application itself would have left them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from bench.sizes import OPTION, STEM, WEIGHTS
from core import clock
from core.database import db
from core.points import FRACTION_ONE, POINT
from quizzes.models import Attempt, Response
from quizzes.queries.items import ItemRow, list_items
from quizzes.question_types.options import Option
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.questions import QuestionDraft, QuestionWords
from quizzes.timing import second_of

OPTION_KEYS = ("a", "b", "c", "d")  # the first is right


@dataclass(frozen=True)
class Sitting:
    """What a class sits: the delivery, the quiz, and the article's version."""

    delivery: int
    quiz: int
    version: int


def question(number: int) -> QuestionDraft:
    """The question with this number: single choice, four options, one point."""
    options = tuple(
        Option(key, OPTION.format(number=place), 0 if place > 1 else FRACTION_ONE)
        for place, key in enumerate(OPTION_KEYS, 1)
    )
    return QuestionDraft(
        "single_choice", QuestionWords.of(STEM.format(number=number)), SingleChoiceContent(options), POINT
    )


def add_attempts(sitting: Sitting, places: Sequence[int]) -> None:
    """One attempt for each place, handed in, with ten answers. Tallies are counted afterwards."""
    chance = random.Random(len(places))
    items = list_items(sitting.quiz)
    moment = second_of(clock.now() - timedelta(days=1))
    chosen = [chance.choices(OPTION_KEYS, WEIGHTS, k=len(items)) for _ in places]
    rows = [
        _attempt(sitting, items, place, answers) | _times(moment) for place, answers in zip(places, chosen, strict=True)
    ]
    attempts = db.session.scalars(insert(Attempt).returning(Attempt.id, sort_by_parameter_order=True), rows).all()
    responses = [
        _response(attempt, sitting.delivery, item, key) | {"saved_at": moment}
        for attempt, answers in zip(attempts, chosen, strict=True)
        for item, key in zip(items, answers, strict=True)
    ]
    db.session.execute(insert(Response), responses)


def _times(handed_in: datetime) -> dict[str, Any]:
    return {"started_at": handed_in - timedelta(minutes=15), "submitted_at": handed_in}


def _attempt(sitting: Sitting, items: Iterable[ItemRow], place: int, answers: Sequence[str]) -> dict[str, Any]:
    layout = [
        {"item": item.item_id, "version": item.version_id, "points": item.points, "options": list(OPTION_KEYS)}
        for item in items
    ]
    return {
        "delivery_id": sitting.delivery,
        "enrollment_id": place,
        "number": 1,
        "article_version_id": sitting.version,
        "layout": layout,
        "receipt_code": f"BENCH-{place}",
        "points": answers.count(OPTION_KEYS[0]) * POINT,
        "max_points": sum(entry["points"] for entry in layout),
    }


def _response(attempt: int, delivery: int, item: ItemRow, key: str) -> dict[str, Any]:
    is_right = key == OPTION_KEYS[0]
    return {
        "attempt_id": attempt,
        "item_id": item.item_id,
        "delivery_id": delivery,
        "question_version_id": item.version_id,
        "answer": {"choice": key},
        "answer_key": key,
        "fraction": FRACTION_ONE if is_right else 0,
        "points": item.points if is_right else 0,
        "revision": 1,
        "writer": "bench",
    }
