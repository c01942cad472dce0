"""True/false: a single choice whose two options are always the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from core.points import FRACTION_ONE, FractionUnits
from quizzes.question_types import evidence_part as parts
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
from quizzes.question_types.evidence_part import EvidencePart
from quizzes.question_types.options import LONGEST_FEEDBACK

TRUE, FALSE = "true", "false"


@dataclass(frozen=True)
class TrueFalseContent:
    """Whether the statement is true, and what to say to those who chose each side. `evidence` may be asked for."""

    right: bool
    feedback_true: str = ""
    feedback_false: str = ""
    evidence: EvidencePart | None = None


class TrueFalse(QuestionType[TrueFalseContent]):
    """Answers are {"choice": "true" or "false"}, with the sentences of an evidence part under "evidence"."""

    name = "true_false"
    label = lazy_gettext("True/false")
    chooses = True

    def blank(self) -> TrueFalseContent:
        return TrueFalseContent(right=True)

    def read(self, data: Json) -> TrueFalseContent:
        words = data.get("feedback_true", ""), data.get("feedback_false", "")
        return TrueFalseContent(data["right"], *words, parts.read_part(data))

    def write(self, content: TrueFalseContent) -> Json:
        return {
            "right": content.right,
            "feedback_true": content.feedback_true,
            "feedback_false": content.feedback_false,
            **parts.write_part(content.evidence),
        }

    def validate(self, content: TrueFalseContent) -> list[Problem]:
        message = _("Keep feedback to %(n)s characters.", n=LONGEST_FEEDBACK)
        written = {"feedback_true": content.feedback_true, "feedback_false": content.feedback_false}
        problems = [Problem(at, message) for at, text in written.items() if len(text) > LONGEST_FEEDBACK]
        return problems + parts.part_problems(content.evidence)

    def public_content(self, content: TrueFalseContent, order: Sequence[str] | None = None) -> Json:
        sides = [{"key": key, "text": _side(key)} for key in (TRUE, FALSE)]
        return {"options": sides, **parts.public_part(content.evidence)}

    def parse_answer(self, content: TrueFalseContent, fields: AnswerFields) -> Answer | None:
        sent = one_line(fields)
        if sent not in ("", TRUE, FALSE):
            raise AnswerRefusedError(_("Choose true or false."))
        return parts.with_part(content.evidence, {"choice": sent} if sent else None, fields)

    def remark(self, content: TrueFalseContent, answer: Answer) -> str | None:
        return parts.part_remark(content.evidence, answer, "choice" in answer)

    def grade(self, content: TrueFalseContent, answer: Answer | None) -> FractionUnits:
        """Of the choice alone."""
        return FRACTION_ONE if answer and answer.get("choice") == _right_key(content) else 0

    def answer_key(self, content: TrueFalseContent, answer: Answer) -> str:
        return str(answer.get("choice", ""))

    def option_rows(self, content: TrueFalseContent) -> list[OptionRow]:
        right = _right_key(content)
        return [OptionRow(key, _side(key), FRACTION_ONE if key == right else 0, key == right) for key in (TRUE, FALSE)]

    def feedback_for(self, content: TrueFalseContent, answer: Answer) -> list[str]:
        said = {TRUE: content.feedback_true, FALSE: content.feedback_false}.get(answer.get("choice", ""))
        return ([said] if said else []) + parts.part_feedback(content.evidence, answer)

    def answer_lines(self, content: TrueFalseContent, answer: Answer) -> list[str]:
        return [_side(answer["choice"])] if "choice" in answer else []

    def answer_sentences(self, answer: Answer) -> list[int]:
        return parts.cited(answer)

    def key_lines(self, content: TrueFalseContent) -> list[str]:
        return [_side(_right_key(content))]

    def key_sentences(self, content: TrueFalseContent) -> list[list[int]]:
        return parts.part_key(content.evidence)


def _right_key(content: TrueFalseContent) -> str:
    return TRUE if content.right else FALSE


def _side(key: str) -> str:
    return str(_("True") if key == TRUE else _("False"))
