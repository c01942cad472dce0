"""How sure a student was of an answer, and what that is worth. Pure.

Certainty-based marking after A. R. Gardner-Medwin: a right answer earns 1, 2 or 3 with low, middle or high
certainty, a wrong one 0, -2 or -6, so that it pays to say what one knows. Partly right lies between, by its share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from core.points import FRACTION_ONE, FractionUnits, Points, format_points, half_up
from quizzes.question_types import TYPES

OFF, REPORTED, COUNTED = "off", "reported", "counted"
LOW, MIDDLE, HIGH = 1, 2, 3
LEVELS = (LOW, MIDDLE, HIGH)
WHEN_RIGHT: Mapping[int, int] = {LOW: 1, MIDDLE: 2, HIGH: 3}
WHEN_WRONG: Mapping[int, int] = {LOW: 0, MIDDLE: -2, HIGH: -6}
MOST = WHEN_RIGHT[HIGH]

SURE_WORDS: dict[int, LazyString] = {
    LOW: lazy_gettext("You were unsure, and it earned %(mark)s"),
    MIDDLE: lazy_gettext("You were fairly sure, and it earned %(mark)s"),
    HIGH: lazy_gettext("You were sure, and it earned %(mark)s"),
}
LEVEL_WORDS: dict[int, LazyString] = {
    LOW: lazy_gettext("Low"),
    MIDDLE: lazy_gettext("Middle"),
    HIGH: lazy_gettext("High"),
}


def asks_certainty(use: str, type_name: str) -> bool:
    """Whether a question of this type asks how sure one is: where a key says what is right."""
    kind = TYPES[type_name]
    return use != OFF and kind.has_key and not kind.needs_person


def certainty_to_keep(use: str, type_name: str, said: int | None) -> int | None:
    """What is kept of how sure somebody said to be of an answer: low where it counts and was not said."""
    if not asks_certainty(use, type_name):
        return None
    return said or (LOW if use == COUNTED else None)


@dataclass(frozen=True)
class Sure:
    """An answer with the certainty that came with it: its fraction (units), points, and what the item is worth."""

    certainty: int
    fraction: FractionUnits
    points: Points
    worth: Points

    @property
    def in_words(self) -> str:
        """How sure the student was, and what that earned."""
        return str(SURE_WORDS[self.certainty]) % {"mark": signed(mark_of(self.fraction, self.certainty))}


@dataclass(frozen=True)
class Report:
    """The marks of one attempt: of how many answers, their sum, and the most there was."""

    answers: int
    marks: Fraction
    most: int

    @property
    def in_words(self) -> str:
        """The sum of the marks as it is printed."""
        return signed(self.marks).removeprefix("+")

    @property
    def mean(self) -> Fraction:
        """The mean mark, -6 to 3."""
        return self.marks / self.answers


def mark_of(fraction: FractionUnits, certainty: int) -> Fraction:
    """The mark of one answer: -6 to 3."""
    share = Fraction(fraction, FRACTION_ONE)
    return share * WHEN_RIGHT[certainty] + (1 - share) * WHEN_WRONG[certainty]


def signed(mark: Fraction) -> str:
    """A mark as it is printed, half up: +3, 0, −1.5."""
    text = f"{Decimal(half_up(abs(mark) * 10)).scaleb(-1):.1f}".removesuffix(".0")
    if text == "0":
        return text
    return f"+{text}" if mark > 0 else f"−{text}"


def report(answers: Sequence[Sure]) -> Report | None:
    """The marks of an attempt, to stand beside its score; None where no certainty was asked for or given."""
    if not answers:
        return None
    marks = sum((mark_of(one.fraction, one.certainty) for one in answers), Fraction())
    return Report(len(answers), marks, MOST * len(answers))


def mixed_in(total: Points, answers: Iterable[Points | None]) -> Points:
    """What certainty takes from the sum of what the answers count: their sum and this are the score, exactly."""
    return total - sum(points or 0 for points in answers)


def mixing_in_words(total: Points, answers: Iterable[Points | None]) -> str:
    """Say to a student why the points of the questions are not the score."""
    taken = -mixed_in(total, answers)
    said = {"answers": format_points(total + taken), "taken": format_points(taken), "total": format_points(total)}
    if not taken:
        return str(_("Your answers count %(answers)s points, and how sure you were takes nothing from that.", **said))
    if total:
        return str(_("Your answers count %(answers)s points; how sure you were takes %(taken)s from that.", **said))
    return str(
        _("Your answers count %(answers)s points; how sure you were takes all of it. A score is never below 0.", **said)
    )


def counted_points(sure: Iterable[Sure], others: Points = 0) -> Points:
    """The points of an attempt into which certainty is mixed; `others` come from answers that were given without.

    Every answer counts the third of its mark, in points: 3 with high certainty is the whole of a question, -6 twice
    a question taken away. The sum is rounded once, half up, and is never below 0; the most is what the questions are
    worth. The same arithmetic stands in queries.sums.
    """
    thirds = 3 * others
    for one in sure:
        right, wrong = WHEN_RIGHT[one.certainty], WHEN_WRONG[one.certainty]
        thirds += one.points * right + (one.worth - one.points) * wrong
    return (2 * max(thirds, 0) + 3) // 6
