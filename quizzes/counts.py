"""Answers turned into the counts that are kept of them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from core.points import FRACTION_ONE, FractionUnits, Points
from quizzes.models import NO_EVIDENCE


class AnswerCounts(NamedTuple):
    """What is counted of answers: how many, of these graded, their points, with full and with part marks."""

    responses: int
    graded: int
    points: Points
    full: int
    partial: int


ANSWER_COUNTS = AnswerCounts._fields


class CountedRow(NamedTuple):
    """One answer of a closed attempt, with what is known of its attempt. A dropped answer counts for nothing.

    Points are those of the answer given first: what a second try after re-reading earned is the student's alone.
    """

    attempt_id: int
    delivery_id: int
    standing: int
    max_score: Points
    waiting: bool
    item_id: int
    answer_key: str | None
    evidence_fraction: FractionUnits | None
    fraction: FractionUnits | None
    points: Points | None
    dropped: bool


class AnswerKey(NamedTuple):
    """Under what an answer is counted."""

    delivery_id: int
    item_id: int
    standing: int
    answer_key: str
    evidence: int


class ScoreKey(NamedTuple):
    """Under what a score is counted."""

    delivery_id: int
    standing: int
    points: Points
    max_points: Points
    waiting: bool


def level_of(fraction: FractionUnits | None) -> int:
    """Return how evidence came out: 0 not, 1 partly, 2 fully; NO_EVIDENCE where the question asks for none."""
    if fraction is None:
        return NO_EVIDENCE
    return 2 if fraction == FRACTION_ONE else int(fraction > 0)


class Counts:
    """How much is to be added to each count; less than nothing takes away."""

    def __init__(self) -> None:
        self._answers: dict[AnswerKey, list[int]] = defaultdict(lambda: [0] * len(ANSWER_COUNTS))
        self._scores: dict[ScoreKey, int] = defaultdict(int)

    def add(self, rows: Iterable[CountedRow], times: int = 1, standings: Mapping[int, int] | None = None) -> None:
        """Add the rows, attempt by attempt, `times` times, under the standing said in `standings` or in the row."""
        for attempt_id, group in groupby(rows, key=lambda row: row.attempt_id):
            answers = list(group)
            row = answers[0]
            standing = row.standing if standings is None else standings[attempt_id]
            held = [answer for answer in answers if not answer.dropped]
            score = sum(answer.points or 0 for answer in held)
            self._scores[ScoreKey(row.delivery_id, standing, score, row.max_score, bool(row.waiting))] += times
            for answer in held:
                self._add_answer(answer, times, standing)

    def _add_answer(self, row: CountedRow, times: int, standing: int) -> None:
        level = level_of(row.evidence_fraction)
        counts = self._answers[AnswerKey(row.delivery_id, row.item_id, standing, row.answer_key or "", level)]
        counts[0] += times
        if row.points is not None:
            counts[1] += times
            counts[2] += times * row.points
        if row.fraction == FRACTION_ONE:
            counts[3] += times
        elif row.fraction:
            counts[4] += times

    def answers(self) -> Iterator[tuple[AnswerKey, AnswerCounts]]:
        """Yield what changes among the answers, sorted by key."""
        for key in sorted(self._answers):
            if any(self._answers[key]):
                yield key, AnswerCounts(*self._answers[key])

    def scores(self) -> Iterator[tuple[ScoreKey, int]]:
        """Yield what changes among the scores, sorted by key."""
        for key in sorted(self._scores):
            if self._scores[key]:
                yield key, self._scores[key]

    def rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return the changes as rows of the two tables, sorted by key."""
        return (
            [key._asdict() | counts._asdict() for key, counts in self.answers()],
            [key._asdict() | {"attempts": attempts} for key, attempts in self.scores()],
        )
