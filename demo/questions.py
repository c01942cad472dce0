"""A question's data made into what its type reads: keys given, fractions and places worked out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from articles.spans import Placed, covered, parse_reference
from core.points import FRACTION_ONE, parse_points
from demo.data import QuestionPlan
from quizzes.question_types import TYPES
from quizzes.questions import QuestionDraft, QuestionWords

Ends = tuple[int, int]

# What a row earns when the file says nothing: an option nothing, an accepted answer everything.
UNSAID = {"options": 0, "forms": 1, "accepted": 1, "passages": None, "pairs": None, "steps": None, "gaps": None}


class NoSuchPlaceError(ValueError):
    """A data file points at a place that the article does not have."""


def ends_of(place: str, sentences: Sequence[Placed]) -> Ends:
    """Return the first and last sentence id of "4.4" or "4.4-4.6". Raises NoSuchPlaceError."""
    ends = parse_reference(f"¶ {place}", sentences)
    if ends is None:
        raise NoSuchPlaceError(place)
    return ends


def draft_of(plan: QuestionPlan, sentences: Sequence[Placed]) -> QuestionDraft:
    """Return the question as its author would hand it over."""
    content = dict(plan.content)
    for name, unsaid in UNSAID.items():
        if name in content:
            content[name] = [_row(number, row, unsaid, sentences) for number, row in enumerate(content[name], 1)]
    if "rubric" in content:
        content["rubric"] = [_criterion(number, row) for number, row in enumerate(content["rubric"], 1)]
    if "evidence" in content:
        content["evidence"] = _part(content["evidence"], sentences)
    return QuestionDraft(
        plan.type,
        QuestionWords.of(plan.stem, plan.general_feedback, plan.hint),
        TYPES[plan.type].read(content),
        parse_points(plan.points),
        ends_of(plan.anchor, sentences),
        plan.tags,
    )


def _part(part: dict[str, Any], sentences: Sequence[Placed]) -> dict[str, Any]:
    """The evidence part of a choice: its share from 0 to 1, how many must be found, and the passages."""
    passages = [_row(number, row, None, sentences) for number, row in enumerate(part["passages"], 1)]
    return {"asked": {"mode": part["mode"], "passages": passages}, "share": round(part["share"] * FRACTION_ONE)}


def row_key(number: int) -> str:
    """The key of the option, form or passage with this number from 1: always the same, and it says nothing."""
    return sha256(f"row {number}".encode()).hexdigest()[:4]


def answer_key(number: int) -> str:
    """The key of the answer in the pair with this number, which has nothing in common with the pair's own."""
    return sha256(f"answer {number}".encode()).hexdigest()[:4]


def _criterion(number: int, row: dict[str, Any]) -> dict[str, Any]:
    levels = [
        {"key": row_key(at), "text": level["text"], "points": parse_points(level["points"])}
        for at, level in enumerate(row["levels"], 1)
    ]
    return {"key": row_key(number), "text": row["text"], "levels": levels}


def _row(number: int, row: dict[str, Any], unsaid: int | None, sentences: Sequence[Placed]) -> dict[str, Any]:
    made = {**row, "key": row_key(number)}
    if "span" in made:
        made["sentences"] = list(covered(sentences, *ends_of(made.pop("span"), sentences)))
    if "answer" in made:
        made["answer_key"] = answer_key(number)
    if unsaid is not None:
        made["fraction"] = round(made.get("fraction", unsaid) * FRACTION_ONE)
    return made
