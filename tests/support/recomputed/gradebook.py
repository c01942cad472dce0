"""The gradebook: what each cell, part and total should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from tests.support.recomputed.goes import Go, Sat, half_up
from tests.support.recomputed.raw import Raw, Row
from tests.support.recomputed.talks import Thread, threads_of
from tests.support.recomputed.words import points

ALL = 10_000_000
Figures = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """What a student has in a column: a word for how it is, points of points, late or not."""

    state: str
    earned: Fraction = Fraction()
    possible: Fraction = Fraction()
    late: bool = False
    ruled: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is in the total."""
        return self.state in ("counted", "missing") and self.possible > 0


def per_cent(share: Fraction | None) -> str:
    """Two places at most."""
    return "–" if share is None else f"{points(share * ALL)} %"


class Book:
    """The gradebook of a class."""

    def __init__(self, raw: Raw, section: int) -> None:
        self.raw, self.section = raw, section
        assignments = sorted(
            (row for row in raw.rows("assignments") if row.section_id == section), key=lambda row: row.id
        )
        self.columns: dict[str, Sat | Thread] = {}
        for assignment in assignments:
            for row in raw.rows("quiz_deliveries"):
                if row.assignment_id == assignment.id:
                    self.columns[f"quiz-{row.id}"] = Sat(raw, row.id)
            for thread in sorted(threads_of(raw, assignment.id), key=lambda each: each.row.id):
                if thread.worth:
                    self.columns[f"discussion-{thread.row.id}"] = thread
        rows = [row for row in raw.rows("grade_categories") if row.section_id == section]
        self.categories = sorted(rows, key=lambda row: (row.position, row.id))
        self.category: dict[str, int] = {}
        for row in raw.rows("grade_columns"):
            kind, number = (
                ("quiz", row.quiz_delivery_id) if row.quiz_delivery_id else ("discussion", row.prompt_delivery_id)
            )
            self.category[f"{kind}-{number}"] = row.category_id

    def students(self, *, former: bool = False) -> list[Row]:
        """Those who are in the class, or those who left it, by name."""
        if not former:
            return self.raw.students(self.section)
        gone = [row for row in self.raw.places.values() if row.section_id == self.section and row.role == "student"]
        gone = [row for row in gone if row.state == "removed"]
        return sorted(gone, key=lambda row: (self.raw.names[row.id], row.id))

    def worth(self, key: str) -> int:
        """What a column is out of: a question that is dropped for all counts nothing."""
        column = self.columns[key]
        if isinstance(column, Thread):
            return column.worth
        whole = 0
        for item in column.items:
            regrades = [
                row
                for row in self.raw.rows("regrades")
                if row.delivery_id == column.delivery.id and row.item_id == item.id
                if row.policy == "drop" and row.undone_at is None
            ]
            of_item = [
                row for row in regrades if self.raw.versions[row.question_version_id].question_id == item.question_id
            ]
            whole += 0 if of_item else item.points
        return whole

    def decisions(self, place: int, key: str) -> list[Row]:
        """What staff have decided about a student's place in a column, the newest last."""
        kind, _dash, number = key.partition("-")
        mine = [
            row
            for row in self.raw.rows("grade_decisions")
            if row.enrollment_id == place
            and (row.quiz_delivery_id if kind == "quiz" else row.prompt_delivery_id) == int(number)
        ]
        return sorted(mine, key=lambda row: int(row.number))

    def plain(self, place: int, key: str) -> Cell:
        """What a student has in a column without what staff decided."""
        column = self.columns[key]
        return self._talk(place, column)[0] if isinstance(column, Thread) else self._quiz(place, column, key)

    def cell(self, place: int, key: str) -> Cell:
        """What a student has in a column, decisions of staff included."""
        column, plain, decisions = self.columns[key], self.plain(place, key), self.decisions(place, key)
        if not decisions or decisions[-1].kind == "back":
            return plain
        if decisions[-1].kind == "excuse":
            return Cell("excused", ruled=True)
        if isinstance(column, Thread):
            asked = self._talk(place, column)[1]
        else:
            asked = plain.possible or Fraction(self.worth(key))
        return Cell("counted", Fraction(decisions[-1].after), asked, plain.late, ruled=True)

    def _talk(self, place: int, thread: Thread) -> tuple[Cell, Fraction]:
        standings = thread.standings(place)
        over = [each for each in standings if each.state != "open"]
        possible = sum((Fraction(each.points) for each in over), Fraction())
        earned = sum((each.earned for each in over), Fraction())
        state = "counted" if possible else ("open" if len(over) < len(standings) else "nothing")
        return Cell(state, earned, possible), Fraction(thread.worth)

    def _quiz(self, place: int, sat: Sat, key: str) -> Cell:
        done, rule = sat.done(place), sat.delivery.which_counts
        closes = self.raw.own(sat.assignment.closes_at, place)
        if not done:
            closed = closes is not None and self.raw.now > closes and not sat.goes(place)
            return Cell("missing" if closed else "open", possible=Fraction(self.worth(key)))
        if rule == "average":
            earned = half_up(Fraction(sum(go.credited for go in done), len(done)))
            possible = half_up(Fraction(sum(go.maximum for go in done), len(done)))
            return _graded(Fraction(earned), Fraction(possible), done, late=False)
        best = max(done, key=lambda go: (go.credited, -go.row.number))
        chosen = {"first": done[0], "last": done[-1], "highest": best}[rule]
        could = done if rule == "highest" else [chosen]
        return _graded(Fraction(chosen.credited), Fraction(chosen.maximum), could, late=chosen.is_late)

    def line(self, place: int) -> tuple[dict[str, Cell], Figures]:
        """A student's cells and the total: its parts with what is dropped, and the share."""
        cells = {key: self.cell(place, key) for key in self.columns}
        return cells, self.total({key: cell for key, cell in cells.items() if cell.counts})

    def total(self, counted: dict[str, Cell]) -> Figures:
        """Categories and the rest, weighed; the lowest left out."""
        known = {row.id: row for row in self.categories}
        rest = max(0, ALL - sum(row.weight for row in self.categories))
        parts, dropped = [], set()
        for category in [*known.values(), None]:
            mine = {key: cell for key, cell in counted.items() if known.get(self.category.get(key, 0)) is category}
            if not mine:
                continue
            order = sorted(mine, key=lambda key: (mine[key].earned / mine[key].possible, mine[key].possible, key))
            out = order[: min(category.drop_lowest, len(order) - 1)] if category else []
            dropped |= set(out)
            earned = sum((mine[key].earned for key in order if key not in out), Fraction())
            possible = sum((mine[key].possible for key in order if key not in out), Fraction())
            weight = category.weight if category else rest
            parts.append((category.name if category else "Without a category", earned, possible, weight, len(out)))
        whole = sum(part[3] for part in parts)
        share = sum((part[3] * part[1] / part[2] for part in parts), Fraction()) / whole if whole else None
        return {"share": share, "parts": parts, "dropped": dropped, "whole": whole}


def _graded(earned: Fraction, possible: Fraction, could: Sequence[Go], *, late: bool) -> Cell:
    if any(go.waits for go in could):
        return Cell("waiting", earned, possible, late)
    return Cell("counted" if possible else "nothing", earned, possible, late)


def is_released(book: Book, key: str) -> bool:
    """Whether students may know what they have in a column."""
    column = book.columns[key]
    if isinstance(column, Thread):
        return True
    places = [row.id for row in book.raw.places.values() if row.section_id == book.section]
    moment = column.delivery.release_score
    if moment in ("at_once", "never"):
        return bool(moment == "at_once")
    if moment == "by_instructor":
        return column.delivery.released_at is not None
    date = column.assignment.due_at if moment == "after_due" else column.assignment.closes_at
    latest = max((own for place in places if (own := book.raw.own(date, place))), default=None)
    grace = timedelta(seconds=10 if moment == "after_close" else 0)
    return latest is not None and book.raw.now > latest + grace
