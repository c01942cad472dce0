"""Single choice: one option, which earns its own fraction."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from core.points import FRACTION_ONE, FractionUnits, clamp
from quizzes.question_types import evidence_part as parts
from quizzes.question_types import options
from quizzes.question_types.base import (
    Answer,
    AnswerFields,
    Json,
    OptionRow,
    Problem,
    QuestionType,
    one_line,
)
from quizzes.question_types.evidence_part import EvidencePart
from quizzes.question_types.options import Option


@dataclass(frozen=True)
class SingleChoiceContent:
    """The options; `fixed_order` keeps them as written even where options are shuffled. `evidence` may be asked for."""

    options: tuple[Option, ...]
    fixed_order: bool = False
    evidence: EvidencePart | None = None


class SingleChoice(QuestionType[SingleChoiceContent]):
    """Answers are {"choice": option key}, with the sentences of an evidence part under "evidence"."""

    name = "single_choice"
    label = lazy_gettext("Single choice")
    chooses = True

    def blank(self) -> SingleChoiceContent:
        return SingleChoiceContent(options.blank_options(4))

    def read(self, data: Json) -> SingleChoiceContent:
        rows = options.read_options(data["options"])
        return SingleChoiceContent(rows, data.get("fixed_order", False), parts.read_part(data))

    def write(self, content: SingleChoiceContent) -> Json:
        rows = options.write_options(content.options)
        return {"options": rows, "fixed_order": content.fixed_order, **parts.write_part(content.evidence)}

    def validate(self, content: SingleChoiceContent) -> list[Problem]:
        problems = options.option_problems(content.options)
        if not any(option.fraction == FRACTION_ONE for option in content.options):
            problems.append(Problem("options", _("Mark the option that is right.")))
        return problems + parts.part_problems(content.evidence)

    def option_keys(self, content: SingleChoiceContent) -> list[str]:
        return [] if content.fixed_order else [option.key for option in content.options]

    def public_content(self, content: SingleChoiceContent, order: Sequence[str] | None = None) -> Json:
        return {"options": options.public_options(content.options, order), **parts.public_part(content.evidence)}

    def parse_answer(self, content: SingleChoiceContent, fields: AnswerFields) -> Answer | None:
        keys = options.known_keys(content.options, [one_line(fields)])
        return parts.with_part(content.evidence, {"choice": keys[0]} if keys else None, fields)

    def remark(self, content: SingleChoiceContent, answer: Answer) -> str | None:
        return parts.part_remark(content.evidence, answer, "choice" in answer)

    def grade(self, content: SingleChoiceContent, answer: Answer | None) -> FractionUnits:
        """Of the choice alone."""
        return sum(clamp(option.fraction) for option in _chosen(content, answer))

    def answer_key(self, content: SingleChoiceContent, answer: Answer) -> str:
        return str(answer.get("choice", ""))

    def option_rows(self, content: SingleChoiceContent) -> list[OptionRow]:
        return options.rows_of(content.options, right_from=FRACTION_ONE)

    def feedback_for(self, content: SingleChoiceContent, answer: Answer) -> list[str]:
        words = [option.feedback for option in _chosen(content, answer) if option.feedback]
        return words + parts.part_feedback(content.evidence, answer)

    def answer_lines(self, content: SingleChoiceContent, answer: Answer) -> list[str]:
        return [option.text for option in _chosen(content, answer)]

    def answer_sentences(self, answer: Answer) -> list[int]:
        return parts.cited(answer)

    def key_lines(self, content: SingleChoiceContent) -> list[str]:
        return [option.text for option in content.options if option.fraction == FRACTION_ONE]

    def key_sentences(self, content: SingleChoiceContent) -> list[list[int]]:
        return parts.part_key(content.evidence)


def _chosen(content: SingleChoiceContent, answer: Answer | None) -> list[Option]:
    return [option for option in content.options if answer and option.key == answer.get("choice")]
