"""The form of a poll."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, TextAreaField

from core.forms import Rows
from quizzes.forms.choices import FIXED_ORDER
from quizzes.forms.questions import QuestionForm, RowForm
from quizzes.question_types.options import Option
from quizzes.question_types.poll import PollContent


class PollOptionForm(RowForm):
    """An option that nobody calls right."""

    text = TextAreaField(lazy_gettext("Option"))
    feedback = TextAreaField(lazy_gettext("Answer to those who choose it"))

    def words(self) -> list[Any]:
        return [self.text.data, self.feedback.data]

    def option(self) -> Option:
        """Return what was written."""
        return Option(self.key.data or "", " ".join((self.text.data or "").split()), 0, self.feedback.data or "")


class PollForm(QuestionForm):
    """Options, of which one or several are chosen and none is right."""

    kind = "poll"
    rows_name = "options"
    blank_rows = 4

    options = Rows(PollOptionForm, lazy_gettext("Options"))
    several = BooleanField(lazy_gettext("Students may choose several"))
    fixed_order = BooleanField(FIXED_ORDER)

    @staticmethod
    def values_of(content: PollContent) -> dict[str, Any]:
        rows = [{"key": row.key, "text": row.text, "feedback": row.feedback} for row in content.options]
        return {"options": rows, "several": content.several, "fixed_order": content.fixed_order}

    def read_content(self) -> PollContent:
        options = tuple(row.option() for row in self.written_rows())
        return PollContent(options, bool(self.several.data), bool(self.fixed_order.data))

    def row_field(self, name: str) -> str:
        return "text" if name == "fraction" else name
