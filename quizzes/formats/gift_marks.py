"""The signs of a GIFT answer: = for right, ~ for wrong, a weight, and what follows a #. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import gettext as _

from core.points import FRACTION_ONE, FractionUnits, NotANumberError, parse_percent
from quizzes.formats.neutral import NotUnderstoodError, refuse_too_many

_SPECIAL = "~=#{}:\\"
# Code points that no text may hold stand for what was escaped, until the parts are taken apart.
_HIDDEN = {char: chr(0xFDD0 + at) for at, char in enumerate(_SPECIAL)}
_SHOWN = {ord(hidden): char for char, hidden in _HIDDEN.items()}
_STRAY = re.compile("[\ufdd0-\ufdef]")
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,8})?)%")
_MARKUP = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)


@dataclass(frozen=True)
class Mark:
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


def read_marks(line: int, body: str) -> list[Mark]:
    """Return the answers between two braces. Raises NotUnderstoodError for `line`."""
    before, *pieces = re.split("(?=[=~])", body)
    if before.strip() or not pieces:
        raise NotUnderstoodError(line, _("Put = before a right answer and ~ before a wrong one: {=right ~wrong}."))
    refuse_too_many(line, len(pieces))
    return [read_mark(line, piece) for piece in pieces]


def read_mark(line: int, piece: str) -> Mark:
    """Return one answer, its sign first. Raises NotUnderstoodError for `line`."""
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
    return Mark(sign, weight, _unmarked(text), restore(_unmarked(feedback)))


def _unmarked(text: str) -> str:
    found = _MARKUP.match(text)
    return one_flow(text[found.end() :] if found else text)


def one_flow(text: str) -> str:
    """Lines of one paragraph put together; Markdown would break at each."""
    return " ".join(text.split())
