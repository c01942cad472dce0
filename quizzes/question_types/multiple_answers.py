"""Multiple answers: a set of options, scored by the rule that the instructor picked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _

from core.points import FRACTION_ONE, FractionUnits, clamp, fraction_of, snap
from core.translation import number_in_words
from quizzes.question_types import evidence_part as parts
from quizzes.question_types import options
from quizzes.question_types.base import (
    Answer,
    AnswerFields,
    Json,
    OptionRow,
    Problem,
    QuestionType,
)
from quizzes.question_types.evidence_part import EvidencePart
from quizzes.question_types.options import Option

ALL_OR_NOTHING = "all_or_nothing"
NET_CORRECT = "net_correct"
EVERY_DECISION = "every_decision"
COVERAGE = "coverage"
BALANCED = "balanced"
OWN_SHARES = "own_shares"

RULE_NAMES: dict[str, LazyString] = {
    ALL_OR_NOTHING: lazy_gettext("All or nothing"),
    NET_CORRECT: lazy_gettext("Net correct"),
    EVERY_DECISION: lazy_gettext("Every decision counts"),
    COVERAGE: lazy_gettext("Coverage"),
    BALANCED: lazy_gettext("Balanced"),
    OWN_SHARES: lazy_gettext("Each option its own share"),
}

RULE_WORDS: dict[str, LazyString] = {
    ALL_OR_NOTHING: lazy_gettext("Points only for exactly the right options."),
    NET_CORRECT: lazy_gettext("Each right option counts up, each wrong one takes the same away."),
    EVERY_DECISION: lazy_gettext("Each option counts: chosen if right, left alone if wrong."),
    COVERAGE: lazy_gettext("The share of right options found, times how many of yours are right."),
    BALANCED: lazy_gettext("The share of right options, less the share of wrong ones."),
    OWN_SHARES: lazy_gettext("Each option earns a share of the points of its own, or takes one away."),
}


@dataclass(frozen=True)
class Tally:
    """n options, c of them right; k chosen, t of those right and w wrong."""

    n: int
    c: int
    t: int
    w: int

    @property
    def k(self) -> int:
        return self.t + self.w


def score(rule: str, tally: Tally) -> FractionUnits:
    """The fraction that a rule of counting gives; PRODUCT 3.2 word for word. At least one option is right."""
    n, c, t, w, k = tally.n, tally.c, tally.t, tally.w, tally.k
    match rule:
        case "all_or_nothing":
            return FRACTION_ONE if t == c and w == 0 else 0
        case "net_correct":
            return clamp(fraction_of(t - w, c))
        case "every_decision":
            return fraction_of(t + (n - c - w), n)
        case "coverage":
            return fraction_of(t * t, c * k)
        case "balanced":
            wrong = n - c
            return clamp(fraction_of(t * wrong - w * c, c * wrong) if wrong else fraction_of(t, c))
    raise ValueError(rule)


def sum_of_shares(chosen: Iterable[Option]) -> FractionUnits:
    """The options' own fractions together, held within 0 and 1; three times a third is all."""
    return clamp(snap(Fraction(sum(option.fraction for option in chosen), FRACTION_ONE)))


@dataclass(frozen=True)
class MultipleAnswersContent:
    """An option with a fraction above 0 is right; the rule decides what that is worth. `evidence` may be asked for."""

    options: tuple[Option, ...]
    rule: str = NET_CORRECT
    tell_count: bool = True
    fixed_order: bool = False
    evidence: EvidencePart | None = None


class MultipleAnswers(QuestionType[MultipleAnswersContent]):
    """Answers are {"choices": [option keys in the author's order]}, with the sentences of an evidence part."""

    name = "multiple_answers"
    label = lazy_gettext("Multiple answers")
    chooses = True

    def blank(self) -> MultipleAnswersContent:
        return MultipleAnswersContent(options.blank_options(4))

    def read(self, data: Json) -> MultipleAnswersContent:
        return MultipleAnswersContent(
            options.read_options(data["options"]),
            data["rule"],
            data.get("tell_count", True),
            data.get("fixed_order", False),
            parts.read_part(data),
        )

    def write(self, content: MultipleAnswersContent) -> Json:
        return {
            "options": options.write_options(content.options),
            "rule": content.rule,
            "tell_count": content.tell_count,
            "fixed_order": content.fixed_order,
            **parts.write_part(content.evidence),
        }

    def validate(self, content: MultipleAnswersContent) -> list[Problem]:
        problems = options.option_problems(content.options)
        if not _right(content):
            problems.append(Problem("options", _("Mark at least one option that is right.")))
        if content.rule not in RULE_NAMES:
            problems.append(Problem("rule", _("Choose how this question is scored.")))
        if content.rule == OWN_SHARES and _right(content) and sum_of_shares(_right(content)) < FRACTION_ONE:
            message = _("Let the right options earn 100 per cent together.")
            problems.append(Problem("options", message))
        return problems + parts.part_problems(content.evidence)

    def option_keys(self, content: MultipleAnswersContent) -> list[str]:
        return [] if content.fixed_order else [option.key for option in content.options]

    def public_content(self, content: MultipleAnswersContent, order: Sequence[str] | None = None) -> Json:
        return {
            "options": options.public_options(content.options, order),
            "rule": str(RULE_WORDS[content.rule]),
            "choose": _choose(len(_right(content))) if content.tell_count else "",
            **parts.public_part(content.evidence),
        }

    def parse_answer(self, content: MultipleAnswersContent, fields: AnswerFields) -> Answer | None:
        keys = options.known_keys(content.options, fields.get("answer", ()))
        return parts.with_part(content.evidence, {"choices": keys} if keys else None, fields)

    def remark(self, content: MultipleAnswersContent, answer: Answer) -> str | None:
        wanted, chosen = len(_right(content)), len(answer.get("choices", ()))
        if not chosen or not content.tell_count or wanted == chosen:
            return parts.part_remark(content.evidence, answer, bool(chosen))
        hint = _choose(wanted)
        return str(_("%(hint)s, you have chosen %(n)s", hint=hint, n=number_in_words(chosen)))

    def grade(self, content: MultipleAnswersContent, answer: Answer | None) -> FractionUnits:
        """Of the choice alone."""
        chosen = _chosen(content, answer)
        if not chosen or content.rule == OWN_SHARES:
            return sum_of_shares(chosen)
        right = sum(option.fraction > 0 for option in chosen)
        tally = Tally(len(content.options), len(_right(content)), right, len(chosen) - right)
        return score(content.rule, tally)

    def answer_key(self, content: MultipleAnswersContent, answer: Answer) -> str:
        return ",".join(sorted(answer.get("choices", ())))

    def key_parts(self, content: MultipleAnswersContent, answer_key: str) -> list[str]:
        return answer_key.split(",")

    def option_rows(self, content: MultipleAnswersContent) -> list[OptionRow]:
        return options.rows_of(content.options, right_from=1)

    def feedback_for(self, content: MultipleAnswersContent, answer: Answer) -> list[str]:
        words = [option.feedback for option in _chosen(content, answer) if option.feedback]
        return words + parts.part_feedback(content.evidence, answer)

    def answer_lines(self, content: MultipleAnswersContent, answer: Answer) -> list[str]:
        return [option.text for option in _chosen(content, answer)]

    def answer_sentences(self, answer: Answer) -> list[int]:
        return parts.cited(answer)

    def key_lines(self, content: MultipleAnswersContent) -> list[str]:
        return [option.text for option in _right(content)]

    def key_sentences(self, content: MultipleAnswersContent) -> list[list[int]]:
        return parts.part_key(content.evidence)


def _right(content: MultipleAnswersContent) -> list[Option]:
    return [option for option in content.options if option.fraction > 0]


def _chosen(content: MultipleAnswersContent, answer: Answer | None) -> list[Option]:
    keys = answer.get("choices", ()) if answer else ()
    return [option for option in content.options if option.key in keys]


def _choose(count: int) -> str:
    return str(ngettext("Choose one", "Choose %(word)s", count, word=number_in_words(count)))
