"""Which question split a class most, and groups of people who answered it differently. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log2
from random import Random

from discussion.group_models import MOST_GROUPS
from discussion.groups import FEWEST, groups_for_size
from results.answers import AnswerRow, QuestionResult

ENOUGH = 10
"""With fewer answers a split says more about the people than about the question, and could tell who they are."""
ONE_OPTION_EACH = frozenset({"single_choice", "true_false", "poll"})
"""The types in which everybody chooses exactly one of the author's options: shares are of one whole."""


@dataclass(frozen=True)
class Division:
    """A question with the share of its `n` answers that each option has, in the author's order; `bits`: its entropy."""

    question: QuestionResult
    n: int
    shares: tuple[tuple[AnswerRow, Fraction], ...]
    bits: float

    @property
    def most_bits(self) -> float:
        """The entropy if every option had the same share."""
        return log2(len(self.shares))


def entropy(counts: Iterable[int]) -> float:
    """Return Shannon's entropy of the shares of these counts, in bits.

    0 where all fall on one, log2(k) where they fall evenly on k. C. E. Shannon, A Mathematical Theory of
    Communication (1948), section 6.
    """
    held = [count for count in counts if count > 0]
    total = sum(held)
    return sum(count / total * log2(total / count) for count in held)


def division_of(question: QuestionResult) -> Division | None:
    """Return how a question split the class; None where it asks for no one option, or too few chose one."""
    options = [row for row in question.rows if row.letter]
    n = sum(row.students for row in options)
    if question.item.type not in ONE_OPTION_EACH or n < ENOUGH:
        return None
    shares = tuple((row, Fraction(row.students, n)) for row in options)
    return Division(question, n, shares, entropy(row.students for row in options))


def most_divided_first(questions: Sequence[QuestionResult]) -> list[Division]:
    """Return the questions that split the class, the most divided first; not those on which all agree."""
    found = [division for each in questions if (division := division_of(each)) is not None and division.bits > 0]
    return sorted(found, key=lambda each: (-each.bits, each.question.item.number))


def opposing_groups(answers: Mapping[int, str], students: int, size: int, seed: int) -> list[list[int]]:
    """Return groups of places in the class over which every answer is spread evenly.

    As many as make groups of `size` of all the class's `students`, but in each at least two who answered, and no more
    than a discussion can have; two groups at least. `answers`: the answer key of each who gave one. These are
    shuffled by `seed`, laid out answer by answer, and dealt one by one: no two groups differ by more than one in size,
    nor in how many of them gave any one answer.
    """
    by_answer: dict[str, list[int]] = defaultdict(list)
    for student in sorted(answers):
        by_answer[answers[student]].append(student)
    chance = Random(seed)  # noqa: S311  # nobody must be unable to guess it; it must be the same again
    order = []
    for key in sorted(by_answer):
        chance.shuffle(by_answer[key])
        order += by_answer[key]
    groups = min(groups_for_size(max(students, len(order)), size), max(len(order) // 2, FEWEST), MOST_GROUPS)
    return [order[at::groups] for at in range(groups)]
