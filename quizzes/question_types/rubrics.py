"""A rubric: what an open answer is graded by. Criteria, each with levels that earn points. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask_babel import gettext as _

from core.points import MOST_POINTS, FractionUnits, Points, fraction_of
from quizzes.question_types.base import Json, Problem

MOST_CRITERIA = 12
MOST_LEVELS = 8
LONGEST_TEXT = 500


@dataclass(frozen=True)
class Level:
    """One level of a criterion: the words that describe it and what it earns, in hundred-thousandths of a point.

    Its key is unique within the criterion.
    """

    key: str
    text: str
    points: Points


@dataclass(frozen=True)
class Criterion:
    """One thing that is looked for, with its levels in the author's order."""

    key: str
    text: str
    levels: tuple[Level, ...]

    @property
    def most(self) -> Points:
        """What the best level earns."""
        return max((level.points for level in self.levels), default=0)

    def level(self, key: str) -> Level | None:
        """The level of this key."""
        return next((level for level in self.levels if level.key == key), None)


Rubric: TypeAlias = tuple[Criterion, ...]
"""The criteria in the author's order; empty: the answer is graded without a rubric."""

Choice: TypeAlias = Mapping[str, str]
"""What a grader chose, and what `Response.rubric` keeps: the key of a level for the key of each criterion."""


def most_of(rubric: Rubric) -> Points:
    """What the best level of every criterion earns together. It need not be what the question is worth."""
    return sum(criterion.most for criterion in rubric)


def fraction_of_choice(rubric: Rubric, chosen: Choice) -> FractionUnits | None:
    """The part of the question's points that the levels chosen earn; None unless every criterion has one.

    The rubric's points are a scale: the best levels together earn whatever the question is worth.
    """
    levels = [criterion.level(chosen.get(criterion.key, "")) for criterion in rubric]
    found = [level.points for level in levels if level]
    return fraction_of(sum(found), most_of(rubric)) if found and len(found) == len(levels) else None


def read_rubric(rows: Iterable[Json]) -> Rubric:
    """A rubric from its JSON."""
    return tuple(
        Criterion(row["key"], row["text"], tuple(Level(at["key"], at["text"], at["points"]) for at in row["levels"]))
        for row in rows
    )


def write_rubric(rubric: Rubric) -> list[Json]:
    """A rubric as JSON."""
    return [{"key": one.key, "text": one.text, "levels": [dict(vars(level)) for level in one.levels]} for one in rubric]


def rubric_problems(rubric: Rubric) -> list[Problem]:
    """What an author has to put right: fields "rubric", "rubric.0.text", "rubric.0.levels"."""
    problems = []
    if len(rubric) > MOST_CRITERIA:
        problems.append(Problem("rubric", _("Keep to %(n)s criteria at most.", n=MOST_CRITERIA)))
    for at, criterion in enumerate(rubric):
        if not criterion.text.strip():
            problems.append(Problem(f"rubric.{at}.text", _("Say what is looked for, or take the criterion away.")))
        elif len(criterion.text) > LONGEST_TEXT:
            problems.append(Problem(f"rubric.{at}.text", _("Keep it to %(n)s characters.", n=LONGEST_TEXT)))
        if message := _levels_problem(criterion.levels):
            problems.append(Problem(f"rubric.{at}.levels", message))
    return problems


def _levels_problem(levels: Sequence[Level]) -> str:
    if len(levels) < 2:
        return str(_("Give at least two levels, each on a line of its own."))
    if len(levels) > MOST_LEVELS:
        return str(_("Keep to %(n)s levels at most.", n=MOST_LEVELS))
    if any(len(level.text) > LONGEST_TEXT for level in levels):
        return str(_("Keep a level to %(n)s characters.", n=LONGEST_TEXT))
    if not all(0 <= level.points <= MOST_POINTS for level in levels):
        return str(_("A level earns from 0 to 1000 points."))
    if not any(level.points for level in levels):
        return str(_("Let at least one level earn points."))
    return ""
