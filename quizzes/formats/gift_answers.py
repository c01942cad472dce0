"""What stands between the braces of a GIFT question: the answers, their weights and feedback. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from quizzes.formats.neutral import NotUnderstoodError
from quizzes.points import FRACTION_ONE, FractionUnits, NotANumberError, fraction_of, parse_percent
from quizzes.question_types.multiple_answers import NET_CORRECT, MultipleAnswersContent
from quizzes.question_types.numeric import ABSOLUTE, RANGE, AcceptedNumber, NumericContent
from quizzes.question_types.open_answer import OpenAnswerContent
from quizzes.question_types.options import Option, new_key
from quizzes.question_types.short_answer import EXACT, WILDCARD, Form, ShortAnswerContent
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.question_types.true_false import TrueFalseContent

_SPECIAL = "~=#{}:\\"
# Code points that no text may hold stand for what was escaped, until the parts are taken apart.
_HIDDEN = {char: chr(0xFDD0 + at) for at, char in enumerate(_SPECIAL)}
_SHOWN = {ord(hidden): char for char, hidden in _HIDDEN.items()}
_STRAY = re.compile("[\ufdd0-\ufdef]")
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,8})?)%")
_MARKUP = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)
_STAR = re.compile(r"(?<!\\)\*")


@dataclass(frozen=True)
class Answers:
    """The answers of one question, as its type keeps them."""

    type: str
    content: Any
    general_feedback: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Mark:
    """One answer: its sign = or ~, its weight if it says one, its text and what is told to those who give it."""

    sign: str
    weight: FractionUnits | None
    text: str
    feedback: str

    @property
    def fraction(self) -> FractionUnits:
        """What it earns."""
        return self.weight if self.weight is not None else FRACTION_ONE if self.sign == "=" else 0


def hide(text: str) -> str:
    """Return a text in which what a backslash protects is not taken for a sign; `restore` shows it again."""

    def hidden(found: re.Match[str]) -> str:
        return " " if found[1] == "n" else _HIDDEN[found[1]]

    return _ESCAPE.sub(hidden, _STRAY.sub("\ufffd", text))


def restore(text: str) -> str:
    """Return a text as its author meant it."""
    return text.translate(_SHOWN).strip()


def read_answers(line: int, body: str) -> Answers:
    """Return what the text between braces says. Raises NotUnderstoodError for `line`."""
    answers, _marks, general = body.partition("####")
    return replace(_of(line, answers.strip()), general_feedback=_flow(general))


def _of(line: int, body: str) -> Answers:
    if not body:
        return Answers("open_answer", OpenAnswerContent())
    truth = _TRUTH.fullmatch(body)
    if truth:
        return _truth(truth)
    if body.startswith("#"):
        return _numbers(line, body[1:].strip())
    marks = _marks(line, body)
    if any("->" in mark.text for mark in marks):
        raise NotUnderstoodError(line, _("Pairs with -> cannot be pasted. Write a matching question in the editor."))
    if all(mark.sign == "=" for mark in marks):
        return _short(marks)
    return _choice(marks)


def _truth(found: re.Match[str]) -> Answers:
    """In the order of the format: what is told to those who are wrong, then to those who are right."""
    right = found[1].upper().startswith("T")
    wrong_words, _sign, right_words = (found[2] or "").partition("#")
    when_true, when_false = (right_words, wrong_words) if right else (wrong_words, right_words)
    return Answers("true_false", TrueFalseContent(right, restore(_flow(when_true)), restore(_flow(when_false))))


def _marks(line: int, body: str) -> list[_Mark]:
    before, *pieces = re.split("(?=[=~])", body)
    if before.strip() or not pieces:
        raise NotUnderstoodError(line, _("Put = before a right answer and ~ before a wrong one: {=right ~wrong}."))
    return [_mark(line, piece) for piece in pieces]


def _mark(line: int, piece: str) -> _Mark:
    sign, rest = piece[0], piece[1:]
    weight = None
    found = _WEIGHT.match(rest)
    if found:
        rest = rest[found.end() :]
        try:
            weight = parse_percent(found[1])
        except NotANumberError as error:
            raise NotUnderstoodError(line, _("A weight is from -100 to 100 per cent.")) from error
    text, _sign, feedback = rest.partition("#")
    return _Mark(sign, weight, _unmarked(text), restore(_unmarked(feedback)))


def _short(marks: list[_Mark]) -> Answers:
    forms = []
    for mark in marks:
        text = restore(mark.text)
        match = WILDCARD if _STAR.search(text) else EXACT
        forms.append(Form(new_key(), text, match, max(mark.fraction, 0), mark.feedback))
    return Answers("short_answer", ShortAnswerContent(tuple(forms)))


def _choice(marks: list[_Mark]) -> Answers:
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
    """Several right options. "Net correct" is exactly 100/n for each right one and -100/n for each wrong one."""
    count = sum(option.fraction > 0 for option in options)
    share = fraction_of(1, count)
    is_net = all(abs(option.fraction) == share for option in options)
    warnings = (
        [] if is_net else [str(_("Weights are not kept: it is scored by “Net correct”; change that in the editor."))]
    )
    ticked = tuple(replace(option, fraction=FRACTION_ONE if option.fraction > 0 else 0) for option in options)
    return Answers("multiple_answers", MultipleAnswersContent(ticked, NET_CORRECT), warnings=tuple(warnings))


def _numbers(line: int, body: str) -> Answers:
    marks = _marks(line, body) if body.startswith(("=", "~")) else _single_number(line, body)
    accepted = [_number(line, mark) for mark in marks if mark.sign == "="]
    warnings = []
    if any(mark.sign == "~" and mark.feedback for mark in marks):
        warnings.append(str(_("What is told to everybody else is left out; put it into the feedback for everybody.")))
    return Answers("numeric", NumericContent(tuple(accepted)), warnings=tuple(warnings))


def _single_number(line: int, body: str) -> list[_Mark]:
    number, *others = re.split("(?=~)", body)
    return [_mark(line, f"={number}"), *(_mark(line, other) for other in others)]


def _number(line: int, mark: _Mark) -> AcceptedNumber:
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


def _unmarked(text: str) -> str:
    found = _MARKUP.match(text)
    return _flow(text[found.end() :] if found else text)


def _flow(text: str) -> str:
    return " ".join(text.split())
