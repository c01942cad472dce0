"""What a class's certainty tells: was sure right, and where was it not? Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from core.points import FRACTION_ONE
from quizzes.certainty import HIGH, LEVELS, LOW, WHEN_RIGHT, WHEN_WRONG

ENOUGH = 5
"""With fewer answers at a level its share says nothing."""


@dataclass(frozen=True)
class LevelCount:
    """The answers to one item given with one certainty: how many, right, wrong, and the sum of their fractions."""

    item_id: int
    certainty: int
    n: int
    right: int
    wrong: int
    fractions: int


@dataclass(frozen=True)
class Level:
    """One certainty over all questions."""

    certainty: int
    n: int
    right: int
    wrong: int

    @property
    def share(self) -> float | None:
        """The share that was right; None of nothing."""
        return self.right / self.n if self.n else None


@dataclass(frozen=True)
class ClassCertainty:
    """The class: each level, the mean mark (None of nothing), and the answers that were sure and wrong, by item."""

    levels: tuple[Level, ...]
    answers: int
    mean: Fraction | None
    sure_and_wrong: Mapping[int, int]


def class_certainty(counts: Sequence[LevelCount]) -> ClassCertainty:
    """Add the counts of the questions up."""
    levels = []
    for level in LEVELS:
        own = [one for one in counts if one.certainty == level]
        levels.append(Level(level, sum(o.n for o in own), sum(o.right for o in own), sum(o.wrong for o in own)))
    answers = sum(one.n for one in counts)
    sure = Counter({one.item_id: one.wrong for one in counts if one.certainty == HIGH and one.wrong})
    mean = sum((_marks(one) for one in counts), Fraction()) / answers if answers else None
    return ClassCertainty(tuple(levels), answers, mean, dict(sure.most_common()))


def _marks(count: LevelCount) -> Fraction:
    """The marks of these answers together: each right share between the mark of wrong and that of right."""
    right, wrong = WHEN_RIGHT[count.certainty], WHEN_WRONG[count.certainty]
    return count.n * wrong + (right - wrong) * Fraction(count.fractions, FRACTION_ONE)


def advice(found: ClassCertainty, numbers: Mapping[int, int]) -> list[str]:
    """What a teacher can act on, the most urgent first; `numbers` are the items' numbers in the quiz."""
    said = []
    for item_id, count in list(found.sure_and_wrong.items())[:2]:
        number = numbers.get(item_id)
        if number:
            said.append(
                ngettext(
                    "One was sure and wrong on question %(number)s: ask why before you tell what is right.",
                    "%(num)s were sure and wrong on question %(number)s: they believe it, so talk about it in class.",
                    count,
                    number=number,
                )
            )
    low, high = found.levels[LOW - 1], found.levels[HIGH - 1]
    if min(low.n, high.n) >= ENOUGH and low.share is not None and high.share is not None:
        if high.share <= low.share:
            said.append(_("Being sure meant nothing here: those who were unsure were right as often."))
        elif low.share >= 0.75:
            said.append(_("They know more than they trust: of the unsure answers most are right. Say so."))
    return said or [_("Nothing stands out.")]
