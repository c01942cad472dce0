"""A question as its author hands it over, and what still keeps a quiz from being published. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from core.points import Points
from core.text import render_markdown
from quizzes.question_types import TYPES
from quizzes.question_types.base import Json

LONGEST_STEM = 5_000
LONGEST_FEEDBACK = 5_000
LONGEST_HINT = 1_000
MOST_QUESTIONS = 100


@dataclass(frozen=True)
class QuestionWords:
    """What a question says, as typed and as safe HTML. Make it with `of`, before the write transaction."""

    stem: str
    stem_html: str
    general_feedback: str = ""
    general_feedback_html: str = ""
    hint: str = ""

    @classmethod
    def of(cls, stem: str, general_feedback: str = "", hint: str = "") -> QuestionWords:
        """Render the Markdown of a question and of its feedback; the hint is plain text."""
        return cls(
            stem,
            render_markdown(stem),
            general_feedback,
            render_markdown(general_feedback) if general_feedback else "",
            hint,
        )


@dataclass(frozen=True)
class QuestionDraft:
    """A question to be saved. `content` is its type's dataclass, `anchor` a first and a last sentence id.

    `tags` None: they stay as they are.
    """

    type: str
    words: QuestionWords
    content: Any
    points: Points
    anchor: tuple[int, int] | None = None
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True)
class QuizProblem:
    """One thing to put right before publishing; `item_id` and `number` are empty when it is the quiz's own."""

    message: str
    item_id: int | None = None
    number: int | None = None
    field: str = ""

    @property
    def anchor(self) -> str:
        """The id of the field on the question's page."""
        return self.field.replace(".", "-")


@dataclass(frozen=True)
class CheckedItem:
    """What publishing looks at of one item."""

    item_id: int
    number: int
    type: str
    stem: str
    points: Points
    content: Json
    is_empty_draw: bool = False


def problems_of(items: Sequence[CheckedItem]) -> list[QuizProblem]:
    """Return everything that keeps a quiz with these items from being published, in the items' order."""
    if not items:
        return [QuizProblem(str(_("Write at least one question.")))]
    return [problem for item in items for problem in _item_problems(item)]


def _item_problems(item: CheckedItem) -> list[QuizProblem]:
    found = []
    if not item.stem.strip():
        found.append(("stem", str(_("Write the question."))))
    if item.is_empty_draw:
        message = _("No question is left for this draw. Tag more of your questions “%(tag)s”.", tag=item.content["tag"])
        found.append(("tag", str(message)))
    kind = TYPES[item.type]
    if item.points <= 0 and kind.has_key:
        found.append(("points", str(_("Give the question more than 0 points."))))
    found += [(problem.field, problem.message) for problem in kind.validate(kind.read(item.content))]
    return [QuizProblem(message, item.item_id, item.number, field) for field, message in found]
