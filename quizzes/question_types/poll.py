"""Poll: one option or several, none of them right. Whoever answers has all the points there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from core.points import FRACTION_ONE, FractionUnits
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
from quizzes.question_types.options import Option


@dataclass(frozen=True)
class PollContent:
    """The options, whose fractions mean nothing; `several` allows more than one."""

    options: tuple[Option, ...]
    several: bool = False
    fixed_order: bool = False


class Poll(QuestionType[PollContent]):
    """Answers are {"choices": [option keys in the author's order]}."""

    name = "poll"
    label = lazy_gettext("Poll")
    chooses = True
    has_key = False

    def blank(self) -> PollContent:
        return PollContent(options.blank_options(4))

    def read(self, data: Json) -> PollContent:
        rows = options.read_options(data["options"])
        return PollContent(rows, data.get("several", False), data.get("fixed_order", False))

    def write(self, content: PollContent) -> Json:
        rows = options.write_options(content.options)
        return {"options": rows, "several": content.several, "fixed_order": content.fixed_order}

    def validate(self, content: PollContent) -> list[Problem]:
        return options.option_problems(content.options)

    def option_keys(self, content: PollContent) -> list[str]:
        return [] if content.fixed_order else [option.key for option in content.options]

    def public_content(self, content: PollContent, order: Sequence[str] | None = None) -> Json:
        return {
            "options": options.public_options(content.options, order),
            "several": content.several,
            "choose": str(_("Choose as many as you like") if content.several else _("Choose one")),
        }

    def parse_answer(self, content: PollContent, fields: AnswerFields) -> Answer | None:
        sent = fields.get("answer", ()) if content.several else [one_line(fields)]
        keys = options.known_keys(content.options, sent)
        return {"choices": keys} if keys else None

    def grade(self, content: PollContent, answer: Answer | None) -> FractionUnits:
        return FRACTION_ONE if answer else 0

    def answer_key(self, content: PollContent, answer: Answer) -> str:
        return ",".join(sorted(answer["choices"]))

    def key_parts(self, content: PollContent, answer_key: str) -> list[str]:
        return answer_key.split(",")

    def option_rows(self, content: PollContent) -> list[OptionRow]:
        return [OptionRow(option.key, option.text, 0, None) for option in content.options]

    def feedback_for(self, content: PollContent, answer: Answer) -> list[str]:
        return [option.feedback for option in _chosen(content, answer) if option.feedback]

    def answer_lines(self, content: PollContent, answer: Answer) -> list[str]:
        return [option.text for option in _chosen(content, answer)]

    def key_lines(self, content: PollContent) -> list[str]:
        return []


def _chosen(content: PollContent, answer: Answer) -> list[Option]:
    return [option for option in content.options if option.key in answer["choices"]]
