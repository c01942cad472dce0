"""Forms of the types whose parts belong together: matching, ordering."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from core.forms import Rows
from quizzes.forms.questions import QuestionForm, RowForm, is_key
from quizzes.question_types import ordering
from quizzes.question_types.matching import MatchingContent, Pair
from quizzes.question_types.options import new_key
from quizzes.question_types.ordering import OrderingContent, Step


class PairForm(RowForm):
    """A pair; without the first half it is an answer that belongs nowhere."""

    prompt = TextAreaField(lazy_gettext("This"))
    answer_key = HiddenField()
    answer = TextAreaField(lazy_gettext("belongs to this"))
    feedback = TextAreaField(lazy_gettext("Explanation"))

    def words(self) -> list[Any]:
        return [self.prompt.data, self.answer.data, self.feedback.data]


class MatchingForm(QuestionForm):
    """Pairs, a row each."""

    kind = "matching"
    rows_name = "pairs"
    blank_rows = 4

    pairs = Rows(PairForm, lazy_gettext("Pairs"))

    @staticmethod
    def values_of(content: MatchingContent) -> dict[str, Any]:
        return {"pairs": [{**vars(pair)} for pair in content.pairs]}

    def read_content(self) -> MatchingContent:
        """Return the pairs; answers that say the same get one key, which no prompt has."""
        rows = self.written_rows()
        taken = {row.key.data for row in rows}
        keys: dict[str, str] = {}
        pairs = []
        for row in rows:
            answer = _one_line(row.answer.data)
            wanted = row.answer_key.data or ""
            key = keys.get(answer.casefold())
            if key is None:
                key = wanted if is_key(wanted) and wanted not in taken else new_key(taken)
                taken.add(key)
                keys[answer.casefold()] = key
            row.answer_key.data = key
            pairs.append(Pair(row.key.data, _one_line(row.prompt.data), key, answer, row.feedback.data or ""))
        return MatchingContent(tuple(pairs))


class StepForm(RowForm):
    """One of the things to put in order."""

    text = TextAreaField(lazy_gettext("Step"))

    def words(self) -> list[Any]:
        return [_one_line(self.text.data)]


class OrderingForm(QuestionForm):
    """Things in their right order, a row each."""

    kind = "ordering"
    rows_name = "steps"
    blank_rows = 4

    steps = Rows(StepForm, lazy_gettext("The right order"))
    rule = RadioField(
        lazy_gettext("How it is scored"),
        choices=[SelectChoice(*pair) for pair in ordering.RULE_NAMES.items()],
        default=ordering.ADJACENT,
        validate_choice=False,
    )

    @staticmethod
    def values_of(content: OrderingContent) -> dict[str, Any]:
        return {"steps": [{**vars(step)} for step in content.steps], "rule": content.rule}

    def read_content(self) -> OrderingContent:
        steps = tuple(Step(row.key.data, _one_line(row.text.data)) for row in self.written_rows())
        return OrderingContent(steps, self.rule.data or "")


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
