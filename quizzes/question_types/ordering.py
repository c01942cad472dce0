"""Ordering: things to be put in their order. Exact, or the share of neighbours that follow each other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _

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
from quizzes.question_types.options import new_key

EXACT, ADJACENT = "exact", "adjacent"
KEEP, UP, DOWN = "keep", "up", "down"
FEWEST_STEPS, MOST_STEPS = 3, 12
LONGEST_STEP = 500

RULE_NAMES: dict[str, LazyString] = {
    EXACT: lazy_gettext("The whole order"),
    ADJACENT: lazy_gettext("Neighbours"),
}
RULE_WORDS: dict[str, LazyString] = {
    EXACT: lazy_gettext("Points only for exactly the right order."),
    ADJACENT: lazy_gettext("Points for each one that directly follows the one it should."),
}

Places = dict[str, int]
"""Key of a step to the place, from 1, that it was given."""


@dataclass(frozen=True)
class Step:
    """One of the things to put in order."""

    key: str
    text: str


@dataclass(frozen=True)
class OrderingContent:
    """The steps in the right order, and the rule that scores an order."""

    steps: tuple[Step, ...]
    rule: str = ADJACENT


class Ordering(QuestionType[OrderingContent]):
    """Answers are {"order": [[key, place], ...]}, by place; some may have no place, or two the same."""

    name = "ordering"
    label = lazy_gettext("Ordering")
    mixes = True
    unlisted_is_wrong = True

    def blank(self) -> OrderingContent:
        keys: list[str] = []
        for _number in range(4):
            keys.append(new_key(keys))
        return OrderingContent(tuple(Step(key, "") for key in keys))

    def read(self, data: Json) -> OrderingContent:
        return OrderingContent(tuple(Step(**row) for row in data["steps"]), data["rule"])

    def write(self, content: OrderingContent) -> Json:
        return {"steps": [asdict(step) for step in content.steps], "rule": content.rule}

    def validate(self, content: OrderingContent) -> list[Problem]:
        problems = []
        if len(content.steps) < FEWEST_STEPS:
            problems.append(Problem("steps", _("Give at least three things to put in order.")))
        if len(content.steps) > MOST_STEPS:
            problems.append(Problem("steps", _("Keep to %(n)s at most.", n=MOST_STEPS)))
        if content.rule not in RULE_NAMES:
            problems.append(Problem("rule", _("Choose how this question is scored.")))
        seen: set[str] = set()
        for at, step in enumerate(content.steps):
            if step.text.casefold() in seen:
                problems.append(Problem(f"steps.{at}.text", _("This is there twice.")))
            if len(step.text) > LONGEST_STEP:
                problems.append(Problem(f"steps.{at}.text", _("Keep it to %(n)s characters.", n=LONGEST_STEP)))
            seen.add(step.text.casefold())
        return problems

    def option_keys(self, content: OrderingContent) -> list[str]:
        return [step.key for step in content.steps]

    def public_content(self, content: OrderingContent, order: Sequence[str] | None = None) -> Json:
        texts = {step.key: step.text for step in content.steps}
        return {
            "options": [{"key": key, "text": texts[key]} for key in mixed(texts, order)],
            "rule": str(RULE_WORDS.get(content.rule, "")),
        }

    def parse_answer(self, content: OrderingContent, fields: AnswerFields) -> Answer | None:
        """Numbers in parts named after the steps; "answer" has the keys as shown, "move" what a button asks for."""
        shown = [key for key in fields.get("answer", ()) if key.strip()]
        if not set(shown) <= set(self.option_keys(content)):
            raise AnswerRefusedError(_("That is not part of this question. Load the page again."))
        places = {step.key: _place(one_line(fields, step.key), len(content.steps)) for step in content.steps}
        given = {key: place for key, place in places.items() if place}
        if move := one_line(fields, "move"):
            given = _moved(_sequence(content, given, shown), move)
        at = {key: number for number, key in enumerate(shown)}
        order = sorted(given.items(), key=lambda pair: (pair[1], at.get(pair[0], len(at)), pair[0]))
        return {"order": [list(pair) for pair in order]} if order else None

    def remark(self, content: OrderingContent, answer: Answer) -> str | None:
        times = Counter(place for _key, place in answer["order"])
        twice = next((place for place, count in sorted(times.items()) if count > 1), None)
        if twice:
            return str(_("The number %(n)s is there twice", n=twice))
        count = len(content.steps)
        missing = count - len(answer["order"])
        if not missing:
            return None
        words = {"n": number_in_words(missing).capitalize(), "all": number_in_words(count)}
        told = ngettext("One of %(all)s has no number yet", "%(n)s of %(all)s have no number yet", missing, **words)
        return str(told)

    def grade(self, content: OrderingContent, answer: Answer | None) -> FractionUnits:
        marks = _marks(content, answer)
        if content.rule == EXACT:
            return FRACTION_ONE if answer and all(marks.values()) else 0
        return fraction_of(sum(mark is True for mark in marks.values()), len(content.steps) - 1)

    def answer_key(self, content: OrderingContent, answer: Answer) -> str:
        return ",".join(sorted(f"{key}@{place}" for key, place in answer["order"]))

    def key_parts(self, content: OrderingContent, answer_key: str) -> list[str]:
        return answer_key.split(",")

    def option_rows(self, content: OrderingContent) -> list[OptionRow]:
        """Each step in its right place."""
        return [
            OptionRow(f"{step.key}@{place}", f"{place}. {step.text}", FRACTION_ONE, right=True)
            for place, step in enumerate(content.steps, 1)
        ]

    def part_in_words(self, content: OrderingContent, part: str) -> str:
        key, _sign, place = part.partition("@")
        texts = {step.key: step.text for step in content.steps}
        return f"{place}. {texts.get(key, '…')}"

    def answer_lines(self, content: OrderingContent, answer: Answer) -> list[str]:
        texts = {step.key: step.text for step in content.steps}
        return [f"{place}. {texts[key]}" for key, place in answer["order"] if key in texts]

    def answer_parts(self, content: OrderingContent, answer: Answer) -> list[AnswerPart]:
        texts = {step.key: step.text for step in content.steps}
        marks = _marks(content, answer)
        placed = [AnswerPart(f"{place}.", texts[key], marks[key]) for key, place in answer["order"] if key in texts]
        placed_keys = dict(answer["order"])
        left = {key: text for key, text in texts.items() if key not in placed_keys}
        return placed + [AnswerPart("–", texts[key], False) for key in mixed(left, None)]

    def key_lines(self, content: OrderingContent) -> list[str]:
        return [f"{place}. {step.text}" for place, step in enumerate(content.steps, 1)]


def _place(text: str, count: int) -> int:
    """A place from 1 to `count`, 0 for none."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= count):
        raise AnswerRefusedError(_("Give each one a number from 1 to %(n)s.", n=count))
    return int(text)


def _sequence(content: OrderingContent, given: Places, shown: Sequence[str]) -> list[str]:
    """All keys as they stand on the page: those with a number by it, then the others as shown."""
    others = mixed({step.key: step.text for step in content.steps}, None)
    order = [*shown, *(key for key in others if key not in shown)]
    at = {key: number for number, key in enumerate(dict.fromkeys(order))}
    return sorted(at, key=lambda key: (given.get(key, len(at) + 1), at[key]))


def _moved(sequence: list[str], move: str) -> Places:
    """The places once a button was pressed: "keep", or a key with "up" or "down"."""
    key, _sign, direction = move.partition(":")
    if move != KEEP and (key not in sequence or direction not in (UP, DOWN)):
        raise AnswerRefusedError(_("That is not part of this question. Load the page again."))
    if move != KEEP:
        at = sequence.index(key)
        other = min(max(at + (1 if direction == DOWN else -1), 0), len(sequence) - 1)
        sequence[at], sequence[other] = sequence[other], sequence[at]
    return {each: place for place, each in enumerate(sequence, 1)}


def _marks(content: OrderingContent, answer: Answer | None) -> Mapping[str, bool | None]:
    """Whether each step earns its share: by its own place, or by following its neighbour.

    Of neighbours, the first step follows nobody: None.
    """
    places: Places = dict(answer["order"]) if answer else {}
    if content.rule == EXACT:
        return {step.key: places.get(step.key) == place for place, step in enumerate(content.steps, 1)}
    marks: dict[str, bool | None] = {step.key: None for step in content.steps[:1]}
    for before, step in pairwise(content.steps):
        marks[step.key] = before.key in places and places.get(step.key) == places[before.key] + 1
    return marks
