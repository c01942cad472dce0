"""Matching: to each thing on one side its answer from a list. The share of right pairs counts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from core.points import FRACTION_ONE, FractionUnits, fraction_of
from core.translation import number_in_words
from quizzes.question_types.base import (
    Answer,
    AnswerFields,
    AnswerPart,
    AnswerRefusedError,
    Json,
    OptionRow,
    Problem,
    QuestionType,
    one_line,
)
from quizzes.question_types.mixing import mixed
from quizzes.question_types.options import LONGEST_FEEDBACK, new_key

MOST_PAIRS = 12
MOST_ANSWERS = 20
LONGEST_SIDE = 300


@dataclass(frozen=True)
class Pair:
    """A prompt with the answer that belongs to it; an empty prompt makes the answer one that belongs nowhere.

    The same answer has the same `answer_key` in every pair. The two keys of a pair have nothing in common.
    """

    key: str
    prompt: str
    answer_key: str
    answer: str
    feedback: str = ""


@dataclass(frozen=True)
class MatchingContent:
    """The pairs and the answers without a prompt, as the author wrote them."""

    pairs: tuple[Pair, ...]

    @property
    def asked(self) -> list[Pair]:
        """The pairs that have a prompt."""
        return [pair for pair in self.pairs if pair.prompt]

    @property
    def answers(self) -> dict[str, str]:
        """Each answer once, by its key."""
        return {pair.answer_key: pair.answer for pair in self.pairs if pair.answer}


class Matching(QuestionType[MatchingContent]):
    """Answers are {"pairs": {key of a prompt: key of an answer}}, in the author's order."""

    name = "matching"
    label = lazy_gettext("Matching")
    mixes = True
    unlisted_is_wrong = True

    def blank(self) -> MatchingContent:
        keys: list[str] = []
        for _number in range(8):
            keys.append(new_key(keys))
        return MatchingContent(tuple(Pair(keys[at], "", keys[at + 4], "") for at in range(4)))

    def read(self, data: Json) -> MatchingContent:
        return MatchingContent(tuple(Pair(**row) for row in data["pairs"]))

    def write(self, content: MatchingContent) -> Json:
        return {"pairs": [asdict(pair) for pair in content.pairs]}

    def validate(self, content: MatchingContent) -> list[Problem]:
        problems = []
        if len(content.asked) < 2:
            problems.append(Problem("pairs", _("Give at least two pairs.")))
        elif len(content.answers) < 2:
            problems.append(Problem("pairs", _("Give at least two different answers, or there is nothing to choose.")))
        if len(content.asked) > MOST_PAIRS:
            problems.append(Problem("pairs", _("Keep to %(n)s pairs at most.", n=MOST_PAIRS)))
        if len(content.answers) > MOST_ANSWERS:
            problems.append(Problem("pairs", _("Keep to %(n)s answers at most.", n=MOST_ANSWERS)))
        seen: set[str] = set()
        for at, pair in enumerate(content.pairs):
            problems += [Problem(f"pairs.{at}.{field}", message) for field, message in _pair_problems(pair, seen)]
            seen.add(pair.prompt.casefold())
        return problems

    def option_keys(self, content: MatchingContent) -> list[str]:
        return list(content.answers)

    def public_content(self, content: MatchingContent, order: Sequence[str] | None = None) -> Json:
        answers = content.answers
        return {
            "prompts": [{"key": pair.key, "text": pair.prompt} for pair in content.asked],
            "options": [{"key": key, "text": answers[key]} for key in mixed(answers, order)],
            "choose": str(_("Each right pair counts")),
        }

    def parse_answer(self, content: MatchingContent, fields: AnswerFields) -> Answer | None:
        known = content.answers
        given = {pair.key: one_line(fields, pair.key) for pair in content.asked}
        if not {key for key in given.values() if key} <= set(known):
            raise AnswerRefusedError(_("That answer is not part of this question. Load the page again."))
        pairs = {prompt: answer for prompt, answer in given.items() if answer}
        return {"pairs": pairs} if pairs else None

    def remark(self, content: MatchingContent, answer: Answer) -> str | None:
        count = len(content.asked)
        missing = count - len(_given(content, answer))
        if not missing:
            return None
        words = {"n": number_in_words(missing).capitalize(), "all": number_in_words(count)}
        told = ngettext("One of %(all)s has no answer yet", "%(n)s of %(all)s have no answer yet", missing, **words)
        return str(told)

    def grade(self, content: MatchingContent, answer: Answer | None) -> FractionUnits:
        right = sum(pair.answer_key == key for pair, key in _given(content, answer))
        return fraction_of(right, len(content.asked))

    def answer_key(self, content: MatchingContent, answer: Answer) -> str:
        return ",".join(sorted(f"{prompt}>{key}" for prompt, key in answer["pairs"].items()))

    def key_parts(self, content: MatchingContent, answer_key: str) -> list[str]:
        return answer_key.split(",")

    def option_rows(self, content: MatchingContent) -> list[OptionRow]:
        """The right pairs."""
        return [
            OptionRow(f"{pair.key}>{pair.answer_key}", _line(pair.prompt, pair.answer), FRACTION_ONE, right=True)
            for pair in content.asked
        ]

    def part_in_words(self, content: MatchingContent, part: str) -> str:
        prompt, _sign, answer = part.partition(">")
        prompts = {pair.key: pair.prompt for pair in content.asked}
        return _line(prompts.get(prompt, "…"), content.answers.get(answer, "…"))

    def feedback_for(self, content: MatchingContent, answer: Answer) -> list[str]:
        """The words about each prompt that was given an answer, whichever it was."""
        return [pair.feedback for pair, _key in _given(content, answer) if pair.feedback]

    def answer_lines(self, content: MatchingContent, answer: Answer) -> list[str]:
        answers = content.answers
        return [_line(pair.prompt, answers.get(key, "…")) for pair, key in _given(content, answer)]

    def answer_parts(self, content: MatchingContent, answer: Answer) -> list[AnswerPart]:
        given, answers = answer["pairs"], content.answers
        return [
            AnswerPart(pair.prompt, answers.get(given.get(pair.key), ""), given.get(pair.key) == pair.answer_key)
            for pair in content.asked
        ]

    def key_lines(self, content: MatchingContent) -> list[str]:
        return [_line(pair.prompt, pair.answer) for pair in content.asked]


def _given(content: MatchingContent, answer: Answer | None) -> list[tuple[Pair, str]]:
    """Each pair that was answered, with the key of the answer that it was given."""
    pairs = answer["pairs"] if answer else {}
    return [(pair, pairs[pair.key]) for pair in content.asked if pair.key in pairs]


def _line(prompt: str, answer: str) -> str:
    return f"{prompt} → {answer}"


def _pair_problems(pair: Pair, seen: set[str]) -> list[tuple[str, str]]:
    problems = []
    if not pair.answer:
        problems.append(("answer", _("Write what belongs to it, or take the row away.")))
    if pair.prompt and pair.prompt.casefold() in seen:
        problems.append(("prompt", _("This is there twice.")))
    for field, text in (("prompt", pair.prompt), ("answer", pair.answer)):
        if len(text) > LONGEST_SIDE:
            problems.append((field, _("Keep it to %(n)s characters.", n=LONGEST_SIDE)))
    if len(pair.feedback) > LONGEST_FEEDBACK:
        problems.append(("feedback", _("Keep feedback to %(n)s characters.", n=LONGEST_FEEDBACK)))
    return problems
