"""From an answer to points, from attempts to the score that counts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.points import FractionUnits, Points, earned, mean
from quizzes.question_types import TYPES
from quizzes.question_types.base import Answer, Json
from quizzes.question_types.evidence_part import grade_part, part_of, weighted

HIGHEST, AVERAGE, FIRST, LAST = "highest", "average", "first", "last"


@dataclass(frozen=True)
class Grade:
    """What a response earns: fraction and points None while a person has to grade it.

    Of a choice question with an evidence part, `answer_key` is of the choice alone, `evidence_key` and
    `evidence_fraction` of what was pointed at, and `fraction` of both by their shares; else those two are None.
    """

    fraction: FractionUnits | None
    points: Points | None
    answer_key: str | None
    evidence_key: str | None = None
    evidence_fraction: FractionUnits | None = None


@dataclass(frozen=True)
class CountedAttempt:
    """A handed-in attempt: its number, and its points with late credit taken into account."""

    number: int
    points: Points


def grade_answer(type_name: str, content: Json, answer: Answer | None, worth: Points) -> Grade:
    """Grade an answer to a question of this type and content, worth so many points."""
    kind = TYPES[type_name]
    read = kind.content(content)
    fraction, part = kind.grade(read, answer), part_of(read)
    found = grade_part(part, answer) if part and answer else None
    if part and found and fraction is not None:
        fraction = weighted(part, fraction, found.fraction)
    points = None if fraction is None else earned(worth, fraction)
    answer_key = (kind.answer_key(read, answer) or None) if answer else None
    if not found:
        return Grade(fraction, points, answer_key)
    return Grade(fraction, points, answer_key, found.key, found.fraction)


def with_late_credit(points: Points, credit_percent: int, *, late: bool) -> Points:
    """The points that late work keeps, rounded half up; the same arithmetic as in queries.standing."""
    return (points * credit_percent + 50) // 100 if late else points


def counting_points(attempts: Sequence[CountedAttempt], which: str) -> Points | None:
    """The points that count, from attempts in any order; None when there are none."""
    if not attempts:
        return None
    in_order = sorted(attempts, key=lambda attempt: attempt.number)
    match which:
        case "highest":
            return max(attempt.points for attempt in in_order)
        case "average":
            return mean(attempt.points for attempt in in_order)
        case "first":
            return in_order[0].points
        case "last":
            return in_order[-1].points
    raise ValueError(which)
