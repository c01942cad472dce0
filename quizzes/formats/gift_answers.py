"""What stands between the braces of a GIFT question: the answers, their weights and feedback. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from core.points import FRACTION_ONE, fraction_of
from quizzes.formats.gift_marks import Mark, one_flow, read_mark, read_marks, restore
from quizzes.formats.gift_parts import pairs
from quizzes.formats.neutral import NotUnderstoodError, refuse_too_many
from quizzes.question_types.multiple_answers import (
    NET_CORRECT,
    OWN_SHARES,
    MultipleAnswersContent,
    sum_of_shares,
)
from quizzes.question_types.numeric import ABSOLUTE, RANGE, AcceptedNumber, NumericContent
from quizzes.question_types.open_answer import OpenAnswerContent
from quizzes.question_types.options import Option, new_key
from quizzes.question_types.short_answer import EXACT, WILDCARD, Form, ShortAnswerContent
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.question_types.true_false import TrueFalseContent

_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_STAR = re.compile(r"(?<!\\)\*")


@dataclass(frozen=True)
class Answers:
    """The answers of one question, as its type keeps them."""

    type: str
    content: Any
    general_feedback: str = ""
    warnings: tuple[str, ...] = ()


def read_answers(line: int, body: str) -> Answers:
    """Return what the text between braces says. Raises NotUnderstoodError for `line`."""
    answers, _marks, general = body.partition("####")
    return replace(_of(line, answers.strip()), general_feedback=one_flow(general))


def _of(line: int, body: str) -> Answers:
    if not body:
        return Answers("open_answer", OpenAnswerContent())
    truth = _TRUTH.fullmatch(body)
    if truth:
        return _truth(truth)
    if body.startswith("#"):
        return _numbers(line, body[1:].strip())
    marks = read_marks(line, body)
    if any("->" in mark.text for mark in marks):
        return Answers("matching", pairs(line, marks))
    if all(mark.sign == "=" for mark in marks):
        return _short(marks)
    return _choice(marks)


def _truth(found: re.Match[str]) -> Answers:
    """In the order of the format: what is told to those who are wrong, then to those who are right."""
    right = found[1].upper().startswith("T")
    wrong_words, _sign, right_words = (found[2] or "").partition("#")
    when_true, when_false = (right_words, wrong_words) if right else (wrong_words, right_words)
    return Answers("true_false", TrueFalseContent(right, restore(one_flow(when_true)), restore(one_flow(when_false))))


def _short(marks: list[Mark]) -> Answers:
    forms = []
    for mark in marks:
        text = restore(mark.text)
        match = WILDCARD if _STAR.search(text) else EXACT
        forms.append(Form(new_key(), text, match, max(mark.fraction, 0), mark.feedback))
    return Answers("short_answer", ShortAnswerContent(tuple(forms)))


def _choice(marks: list[Mark]) -> Answers:
    keys: list[str] = []
    for _one in marks:
        keys.append(new_key(keys))
    options = tuple(
        Option(key, restore(mark.text), mark.fraction, mark.feedback) for key, mark in zip(keys, marks, strict=True)
    )
    if any(mark.sign == "=" for mark in marks):
        return Answers("single_choice", SingleChoiceContent(options))
    return _several(options)


def _several(options: tuple[Option, ...]) -> Answers:
    """Several right options. "Net correct" is exactly 100/n for each right one and -100/n for each wrong one;
    other weights are kept as each option's own share, if the right ones earn all of the points together."""
    right = [option for option in options if option.fraction > 0]
    share = fraction_of(1, len(right))
    if not all(abs(option.fraction) == share for option in options) and sum_of_shares(right) == FRACTION_ONE:
        return Answers("multiple_answers", MultipleAnswersContent(options, OWN_SHARES), warnings=_shared(options))
    words = _("These weights do not make 100 per cent together, so they are not kept: “Net correct” scores it.")
    ticked = tuple(replace(option, fraction=FRACTION_ONE if option.fraction > 0 else 0) for option in options)
    is_net = all(abs(option.fraction) == share for option in options)
    return Answers("multiple_answers", MultipleAnswersContent(ticked, NET_CORRECT), warnings=() if is_net else (words,))


def _shared(options: tuple[Option, ...]) -> tuple[str, ...]:
    """What to tell where choosing everything would earn everything."""
    if len(options) == 1 or sum_of_shares(options) < FRACTION_ONE:
        return ()
    return (str(_("Whoever chooses all options earns all points: give the wrong ones a weight below 0.")),)


def _numbers(line: int, body: str) -> Answers:
    marks = read_marks(line, body) if body.startswith(("=", "~")) else _single_number(line, body)
    accepted = [_number(line, mark) for mark in marks if mark.sign == "="]
    warnings = []
    if any(mark.sign == "~" and mark.feedback for mark in marks):
        warnings.append(str(_("What is told to everybody else is left out; put it into the feedback for everybody.")))
    return Answers("numeric", NumericContent(tuple(accepted)), warnings=tuple(warnings))


def _single_number(line: int, body: str) -> list[Mark]:
    number, *others = re.split("(?=~)", body)
    refuse_too_many(line, len(others))
    return [read_mark(line, f"={number}"), *(read_mark(line, other) for other in others)]


def _number(line: int, mark: Mark) -> AcceptedNumber:
    low, dots, high = mark.text.partition("..")
    value, _colon, tolerance = mark.text.partition(":")
    fraction = max(mark.fraction, 0)
    if dots:
        return AcceptedNumber(new_key(), _plain(line, low), RANGE, "0", _plain(line, high), fraction, mark.feedback)
    margin = _plain(line, tolerance or "0")
    return AcceptedNumber(new_key(), _plain(line, value), ABSOLUTE, margin, "", fraction, mark.feedback)


def _plain(line: int, text: str) -> str:
    """A number as this format writes it: with a point for decimals."""
    compact = text.strip().replace("−", "-")
    if not re.fullmatch(r"[-+]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,2})?", compact):
        raise NotUnderstoodError(
            line, _("“%(text)s” is not a number. Write one as 3.5, as 3.5:0.1 or as 3..4.", text=restore(text)[:60])
        )
    return f"{Decimal(compact):f}"
