"""True/false: a single choice whose two options are always the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from quizzes.points import FRACTION_ONE, FractionUnits
from quizzes.question_types.base import (
    Answer,
    AnswerFields,
    AnswerRefusedError,
    Json,
    OptionRow,
    Problem,
    QuestionType,
    one_line,
)
from quizzes.question_types.options import LONGEST_FEEDBACK

TRUE, FALSE = "true", "false"


@dataclass(frozen=True)
class TrueFalseContent:
    """Whether the statement is true, and what to say to those who chose each side."""

    right: bool
    feedback_true: str = ""
    feedback_false: str = ""


class TrueFalse(QuestionType[TrueFalseContent]):
    """Answers are {"choice": "true" or "false"}."""

    name = "true_false"
    label = lazy_gettext("True/false")

    def blank(self) -> TrueFalseContent:
        return TrueFalseContent(right=True)

    def read(self, data: Json) -> TrueFalseContent:
        return TrueFalseContent(data["right"], data.get("feedback_true", ""), data.get("feedback_false", ""))

    def write(self, content: TrueFalseContent) -> Json:
        return {
            "right": content.right,
            "feedback_true": content.feedback_true,
            "feedback_false": content.feedback_false,
        }

    def validate(self, content: TrueFalseContent) -> list[Problem]:
        message = _("Keep feedback to %(n)s characters.", n=LONGEST_FEEDBACK)
        written = {"feedback_true": content.feedback_true, "feedback_false": content.feedback_false}
        return [Problem(at, message) for at, text in written.items() if len(text) > LONGEST_FEEDBACK]

    def public_content(self, content: TrueFalseContent, order: Sequence[str] | None = None) -> Json:
        return {"options": [{"key": key, "text": _side(key)} for key in (TRUE, FALSE)]}

    def parse_answer(self, content: TrueFalseContent, fields: AnswerFields) -> Answer | None:
        sent = one_line(fields)
        if sent not in ("", TRUE, FALSE):
            raise AnswerRefusedError(_("Choose true or false."))
        return {"choice": sent} if sent else None

    def grade(self, content: TrueFalseContent, answer: Answer | None) -> FractionUnits:
        return FRACTION_ONE if answer and answer["choice"] == _right_key(content) else 0

    def answer_key(self, content: TrueFalseContent, answer: Answer) -> str:
        return str(answer["choice"])

    def option_rows(self, content: TrueFalseContent) -> list[OptionRow]:
        right = _right_key(content)
        return [OptionRow(key, _side(key), FRACTION_ONE if key == right else 0, key == right) for key in (TRUE, FALSE)]

    def feedback_for(self, content: TrueFalseContent, answer: Answer) -> list[str]:
        chose_true = answer["choice"] == TRUE
        words = content.feedback_true if chose_true else content.feedback_false
        return [words] if words else []

    def answer_lines(self, content: TrueFalseContent, answer: Answer) -> list[str]:
        return [_side(answer["choice"])]

    def key_lines(self, content: TrueFalseContent) -> list[str]:
        return [_side(_right_key(content))]


def _right_key(content: TrueFalseContent) -> str:
    return TRUE if content.right else FALSE


def _side(key: str) -> str:
    return str(_("True") if key == TRUE else _("False"))
