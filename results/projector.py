"""What stands on the projector: one thing after the other, and of a question first the words, then the split. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quizzes.queries.items import ItemRow
from quizzes.question_types import TYPES
from results.answers import AnswerRow, QuestionResult
from results.maps import LAYERS

COMMENTS = "comments"
STAGES = (WORDS, SPLIT, KEY) = (0, 1, 2)
"""Of a question: its words; what was answered; what is right."""


@dataclass(frozen=True)
class Step:
    """One thing to show: a layer of the map, a question (its item and number) or the comments that were chosen."""

    name: str
    item_id: int | None = None
    number: int = 0


@dataclass(frozen=True)
class Place:
    """Where the projector is: the step, those before and after it, its number from 1 of `total`, and the stage."""

    step: Step
    before: Step | None
    after: Step | None
    number: int
    total: int
    stage: int


@dataclass(frozen=True)
class Split:
    """What a class answered to a question, as everybody may see it: the author's options, others as a number.

    `others`: the answers that hold something else, each once however much of it. `has_more`: whether there is something
    to show once it is told what is right.
    """

    rows: tuple[AnswerRow, ...]
    others: int
    left_out: int
    n: int
    has_more: bool


def steps_of(items: Sequence[ItemRow]) -> list[Step]:
    """Return everything there is to show, in order: the maps, the questions, the comments."""
    questions = [Step(f"question-{item.number}", item.item_id, item.number) for item in items]
    return [*(Step(layer) for layer in LAYERS), *questions, Step(COMMENTS)]


def place_of(steps: Sequence[Step], name: str | None, stage: int) -> Place:
    """Return where an address leads; to the first step where it names none."""
    at = next((at for at, step in enumerate(steps) if step.name == name), 0)
    before = steps[at - 1] if at else None
    after = steps[at + 1] if at + 1 < len(steps) else None
    return Place(steps[at], before, after, at + 1, len(steps), min(max(stage, WORDS), KEY))


def split_of(question: QuestionResult, stage: int) -> Split:
    """Return what may be shown of the answers: nothing that a student typed, for it may name somebody.

    Before the key's stage only options and the sentences that somebody chose: what else stands there is right. Options
    in their order and sentences in the text's, or the first would be known for the right one.
    """
    every = [row for row in question.rows if row.letter or row.sentence is not None or row.right]
    shown = [row for row in every if stage == KEY or row.letter or (stage and row.sentence and row.students)]
    rows = tuple(sorted(shown, key=lambda row: row.sentence.position if row.sentence else 0))
    others = _others(question, {row.key for row in rows})
    return Split(rows, others, question.left_out, question.figures.responses, bool(every))


def _others(question: QuestionResult, shown: Collection[str]) -> int:
    kind = TYPES[question.item.type]
    content = kind.read(question.item.content)
    given = question.figures.answers.items()
    return sum(n for key, n in given if key and not set(kind.key_parts(content, key)) <= set(shown))
