"""Attempts as the rule book means them: when they end, what they come to, which of them a page counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.support.recomputed.raw import Raw, Row

MARKS = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
"""By certainty: what a right and what a wrong answer is worth."""


def half_up(value: Fraction) -> int:
    """The nearest whole number, a half upwards."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@dataclass
class Go:
    """One attempt."""

    raw: Raw
    row: Row
    delivery: Row
    assignment: Row

    @cached_property
    def end(self) -> datetime | None:
        """Its last second: the limit or one's own close, whichever comes first."""
        closes = self.raw.own(self.assignment.closes_at, self.row.enrollment_id)
        return min((each for each in (self.row.limit_ends_at, closes) if each), default=None)

    @property
    def is_in(self) -> bool:
        """Whether it counts as handed in."""
        return self.row.submitted_at is not None or (self.end is not None and self.raw.now > self.end)

    @property
    def handed_in_at(self) -> datetime | None:
        """When it was handed in, by its student or by the clock."""
        return self.row.submitted_at or self.end

    @property
    def is_late(self) -> bool:
        """Handed in after one's own due date."""
        due = self.raw.own(self.assignment.due_at, self.row.enrollment_id)
        at = self.handed_in_at
        return self.is_in and due is not None and at is not None and at > due

    @cached_property
    def worth(self) -> dict[int, int]:
        """What each item of it is worth."""
        return {item["item"]: item["points"] for item in self.row.layout}

    @cached_property
    def all_answers(self) -> dict[int, Row]:
        """Its responses by item, the dropped ones as well."""
        return {row.item_id: row for row in self.raw.answers[self.row.id]}

    @cached_property
    def answers(self) -> dict[int, Row]:
        """Its responses by item, without those that are dropped."""
        return {item: row for item, row in self.all_answers.items() if not row.dropped}

    @property
    def waits(self) -> bool:
        """Whether a person has to read something in it."""
        return any(row.points is None for row in self.answers.values())

    @property
    def score(self) -> int:
        """The points of first answers: what figures about a class are of."""
        return sum(row.points or 0 for row in self.answers.values())

    @property
    def maximum(self) -> int:
        """What it is out of."""
        return sum(self.worth[item] for item in self.answers)

    def counted(self, item: int) -> int | None:
        """What one answer counts: the better of two tries, None while it waits."""
        row = self.answers[item]
        again = self.raw.second.get(row.id)
        return row.points if row.points is None or again is None else max(row.points, again.points)

    @cached_property
    def points(self) -> int:
        """What its student has for it before late credit, certainty mixed in where the class says so."""
        found = sum(self.counted(item) or 0 for item in self.answers)
        if self.delivery.certainty != "counted":
            return found
        firsts = sum((self._marked(item, row) for item, row in self.answers.items()), Fraction())
        gains = found - self.score
        return min(half_up(max(firsts, Fraction())) + gains, self.maximum)

    def _marked(self, item: int, row: Row) -> Fraction:
        points = row.points or 0
        if row.certainty is None:
            return Fraction(points)
        right, wrong = MARKS[row.certainty]
        return Fraction(points * right + (self.worth[item] - points) * wrong, 3)

    @property
    def credited(self) -> int:
        """Its points with late credit, rounded once."""
        if not self.is_late:
            return self.points
        return half_up(Fraction(self.points * self.delivery.late_credit_percent, 100))

    @property
    def minutes(self) -> int:
        """How long it took, each minute begun counted."""
        assert self.handed_in_at is not None
        seconds = int((self.handed_in_at - self.row.started_at).total_seconds())
        return seconds // 60 + (1 if seconds % 60 else 0)


class Sat:
    """A quiz in a class as it was taken."""

    def __init__(self, raw: Raw, delivery: int) -> None:
        self.raw = raw
        self.delivery = raw.by_id("quiz_deliveries")[delivery]
        self.assignment = raw.by_id("assignments")[self.delivery.assignment_id]
        self.section: int = self.assignment.section_id
        items = [row for row in raw.rows("items") if row.quiz_id == self.delivery.quiz_id]
        self.items = sorted(items, key=lambda row: row.position)
        self.number = {item.id: at for at, item in enumerate(self.items, 1)}
        self._goes = raw.grouped("attempts", "delivery_id")[delivery]

    @cached_property
    def newest(self) -> dict[int, Row]:
        """The newest version of each item's question, by item."""
        found: dict[int, Row] = {}
        for item in self.items:
            versions = [row for row in self.raw.versions.values() if row.question_id == item.question_id]
            found[item.id] = max(versions, key=lambda row: row.number)
        return found

    @cached_property
    def all_goes(self) -> dict[int, list[Go]]:
        """Everybody's attempts in order, by place."""
        found: dict[int, list[Go]] = {}
        for row in sorted(self._goes, key=lambda each: each.number):
            found.setdefault(row.enrollment_id, []).append(Go(self.raw, row, self.delivery, self.assignment))
        return found

    def goes(self, place: int) -> list[Go]:
        """One student's attempts in order."""
        return self.all_goes.get(place, [])

    def done(self, place: int) -> list[Go]:
        """Those that are handed in."""
        return [go for go in self.goes(place) if go.is_in]

    def meant_of(self, place: int, which: str) -> list[Go]:
        """Those of one student that a page means."""
        done = self.done(place)
        if which == "all" or not done:
            return done
        best = max(done, key=lambda go: (go.points, -go.row.number))
        return [{"first": done[0], "last": done[-1], "best": best}[which]]

    def counting(self, place: int) -> list[Go]:
        """The attempt that counts for a grade; all that are handed in where their average does."""
        done, rule = self.done(place), self.delivery.which_counts
        if not done or rule == "average":
            return done
        best = max(done, key=lambda go: (go.credited, -go.row.number))
        return [{"first": done[0], "last": done[-1], "highest": best}[rule]]

    def meant(self, which: str, label: int | None = None) -> list[Go]:
        """Those of the class that a page means."""
        students = self.raw.students(self.section, label)
        return [go for place in students for go in self.meant_of(place.id, which)]

    def done_by_five(self, which: str, label: int | None) -> bool:
        """Whether five students have handed in: fewer are told from each other."""
        return len({go.row.enrollment_id for go in self.meant(which, label)}) >= 5

    def has_key(self, item: int) -> bool:
        """Whether answers can be right: all but polls."""
        return bool(self.newest[item].type != "poll")

    def kind(self, item: int) -> Any:
        """The type of an item's question."""
        return self.newest[item].type
