"""Plain lists that are no choice: pairs with ->, a text with [[gaps]], an order, a poll, a number. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask_babel import gettext as _

from core.points import Points
from quizzes.formats.gift_parts import ARROW, matched
from quizzes.formats.lists import Listed
from quizzes.formats.neutral import NotUnderstoodError, refuse_too_many, take_marks
from quizzes.question_types.gaps import BlanksContent, Gap, insides
from quizzes.question_types.numeric import ABSOLUTE, RANGE, AcceptedNumber
from quizzes.question_types.options import Option, new_key
from quizzes.question_types.ordering import OrderingContent, Step
from quizzes.question_types.poll import PollContent

Made: TypeAlias = tuple[str, Any, list[str]]
"""A question's type, its content and what there is to tell about it."""
_NUMBER = r"[-+]?\d{1,15}(?:\.\d{1,15})?"
_EXACT = re.compile(_NUMBER)
_MARGIN = re.compile(rf"({_NUMBER})\s*(?::|±|\+/-)\s*(\d{{1,15}}(?:\.\d{{1,15}})?)")
_RANGE = re.compile(rf"({_NUMBER})\s*\.\.\s*({_NUMBER})")
_ORDER, _POLL = ("order", "ordering"), ("poll",)


@dataclass(frozen=True)
class Gapped:
    """What stands before the text with the gaps, the place and points after it, and the question that it makes."""

    marks: tuple[str, str, Points | None]
    made: Made


def gapped_list(listed: Listed) -> Gapped | None:
    """Return a text with words in double brackets as a text with gaps; None where there are none."""
    first = next((at for at, text in enumerate(listed.stem) if insides(text)), None)
    if first is None or listed.answer:
        return None
    text, place, points = take_marks(" ".join(listed.stem[first:]))
    refuse_too_many(listed.line, text.count("[["))
    keys: list[str] = []
    for _gap in insides(text):
        keys.append(new_key(keys))
    content = BlanksContent(text, tuple(Gap(key) for key in keys))
    stem = " ".join(listed.stem[:first]) or str(_("Fill the gaps."))
    return Gapped((stem, place, points), ("blanks", content, []))


def listed_parts(listed: Listed) -> Made | None:
    """Return the pairs, the order or the poll that options make; None where they are a choice.

    Raises NotUnderstoodError for a kind that is not known, and where only some options are pairs.
    """
    kind = listed.said.get("type", "").strip().casefold()
    if kind and kind not in (*_ORDER, *_POLL):
        raise NotUnderstoodError(
            listed.line, _("“%(kind)s” is not known here. Write TYPE: order or TYPE: poll, or leave it out.", kind=kind)
        )
    texts = [row.text for row in listed.options]
    if kind and (listed.answer or any(row.is_right for row in listed.options)):
        raise NotUnderstoodError(listed.line, _("With a TYPE: line no option is right: take the star or ANSWER: away."))
    if kind in _ORDER:
        told = _("Explanations of single things are left out: an order has one for everybody.")
        steps = tuple(Step(key, text) for key, text in _keyed(texts))
        return "ordering", OrderingContent(steps), [str(told)] * any(row.feedback for row in listed.options)
    if kind in _POLL:
        rows = zip(_keyed(texts), listed.options, strict=True)
        return "poll", PollContent(tuple(Option(key, text, 0, row.feedback) for (key, text), row in rows)), []
    if ARROW not in "".join(texts) or listed.answer or any(row.is_right for row in listed.options):
        return None
    for row in listed.options:
        if ARROW not in row.text:
            raise NotUnderstoodError(
                row.line, _("“%(text)s” has no ->. Write every pair as a -> b.", text=row.text[:60])
            )
    sides = [(row.text.partition(ARROW), row.feedback) for row in listed.options]
    return "matching", matched([(side[0].strip(), side[2].strip(), told) for side, told in sides]), []


def _keyed(texts: list[str]) -> list[tuple[str, str]]:
    keys: list[str] = []
    for _text in texts:
        keys.append(new_key(keys))
    return list(zip(keys, texts, strict=True))


def listed_number(text: str) -> AcceptedNumber | None:
    """Return the number that an answer names: 1953, 3.5:0.1, 3.5 ± 0.1 or 3..4; None for anything else."""
    if _EXACT.fullmatch(text):
        return AcceptedNumber(new_key(), text)
    margin, ends = _MARGIN.fullmatch(text), _RANGE.fullmatch(text)
    if margin:
        return AcceptedNumber(new_key(), margin[1], ABSOLUTE, margin[2])
    return AcceptedNumber(new_key(), ends[1], RANGE, "0", ends[2]) if ends else None
