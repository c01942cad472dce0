"""The form of open answers: bounds in words, words for those who grade, and a rubric."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import StringField, TextAreaField
from wtforms.widgets import TextArea

from core.fields import TypedField, WholeNumberField, plain_decimal
from core.forms import Rows
from core.points import POINT, parse_points
from quizzes.forms.questions import QuestionForm, RowForm
from quizzes.question_types.open_answer import OpenAnswerContent
from quizzes.question_types.rubrics import Criterion, Level

MOST_LINES = 60


class LevelsField(TypedField):
    """Levels, one on each line: points, then words ("2 Names both reasons"); data is a tuple of Level.

    A level's key is its place from 1.
    """

    widget = TextArea()

    def parse(self, text: str) -> tuple[Level, ...]:
        lines = [line.strip() for line in text.splitlines()[:MOST_LINES] if line.strip()]
        return tuple(_level(at, line) for at, line in enumerate(lines, start=1))

    def show(self, value: tuple[Level, ...]) -> str:
        return "\n".join(f"{plain_decimal(Decimal(level.points) / POINT)} {level.text}".strip() for level in value)

    def refusal(self) -> str:
        return str(_("Begin every line with the points of the level, such as “2 Names both reasons”."))


def _level(place: int, line: str) -> Level:
    points, _space, words = line.partition(" ")
    return Level(str(place), " ".join(words.split()), parse_points(points.rstrip(":")))


class CriterionForm(RowForm):
    """One criterion of a rubric."""

    text = StringField(lazy_gettext("Criterion"))
    levels = LevelsField(lazy_gettext("Levels"))

    def words(self) -> list[Any]:
        return [self.text.data, self.levels.raw_data and self.levels.raw_data[0].strip()]

    def criterion(self) -> Criterion:
        """Return what was written; no levels where they could not be read."""
        return Criterion(self.key.data or "", " ".join((self.text.data or "").split()), self.levels.data or ())


class OpenAnswerForm(QuestionForm):
    """A text that a person reads and grades."""

    kind = "open_answer"
    rows_name = "rubric"
    blank_rows = 2

    min_words = WholeNumberField(lazy_gettext("Words at least"))
    max_words = WholeNumberField(lazy_gettext("Words at most"))
    guidance = TextAreaField(lazy_gettext("For those who grade"))
    rubric = Rows(CriterionForm, lazy_gettext("Rubric"))

    @staticmethod
    def values_of(content: OpenAnswerContent) -> dict[str, Any]:
        return {
            "min_words": content.min_words or None,
            "max_words": content.max_words or None,
            "guidance": content.guidance,
            "rubric": [vars(criterion) for criterion in content.rubric],
        }

    def read_content(self) -> OpenAnswerContent:
        return OpenAnswerContent(
            self.min_words.data or 0,
            self.max_words.data or 0,
            self.guidance.data or "",
            tuple(row.criterion() for row in self.written_rows()),
        )
