"""The stand-in of a draw: an item that asks another question of a tag in every attempt.

No attempt ever shows it: when one starts, a question takes its place. It is not among the types that authors choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from core.points import FractionUnits
from quizzes.question_types.base import Answer, AnswerFields, Json, Problem, QuestionType

DRAW = "draw"


@dataclass(frozen=True)
class DrawContent:
    """The tag of the questions to draw from, as its author writes it."""

    tag: str


class Draw(QuestionType[DrawContent]):
    """Takes no answers."""

    name = DRAW
    label = lazy_gettext("Drawn question")

    def blank(self) -> DrawContent:
        return DrawContent("")

    def read(self, data: Json) -> DrawContent:
        return DrawContent(data["tag"])

    def write(self, content: DrawContent) -> Json:
        return {"tag": content.tag}

    def validate(self, content: DrawContent) -> list[Problem]:
        return [] if content.tag else [Problem("tag", _("Choose a tag."))]

    def public_content(self, content: DrawContent, order: Sequence[str] | None = None) -> Json:
        return {}

    def parse_answer(self, content: DrawContent, fields: AnswerFields) -> Answer | None:
        return None

    def grade(self, content: DrawContent, answer: Answer | None) -> FractionUnits:
        return 0

    def answer_key(self, content: DrawContent, answer: Answer) -> str:
        return ""

    def key_parts(self, content: DrawContent, answer_key: str) -> list[str]:
        """None: answers to different questions are not counted together."""
        return []

    def answer_lines(self, content: DrawContent, answer: Answer) -> list[str]:
        return []

    def key_lines(self, content: DrawContent) -> list[str]:
        return []
