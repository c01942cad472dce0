"""In which order the students of a gradebook stand: by name, by their total, or by what they have in a column. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from results.grade_cells import Column, Line
from results.gradebook import Amount

NAME, TOTAL = "name", "total"
MOST_CELLS = 50_000
"""So many cells are worked out to put all pages in order; in a larger gradebook a heading sorts what a page shows."""


class Order(NamedTuple):
    """What students are sorted by: NAME, TOTAL or the key of a column; `falls`: the last name or the most first."""

    key: str = NAME
    falls: bool = False

    @property
    def in_address(self) -> str | None:
        """The order as an address says it; nothing where it is that of every list, by name."""
        return None if self == Order() else f"-{self.key}" if self.falls else self.key

    def after_click(self, key: str) -> Order:
        """The order that a heading leads to: names rise and numbers fall, unless they do so already."""
        first = Order(key, key != NAME)
        return first._replace(falls=not first.falls) if self == first else first

    def aria(self, key: str) -> str | None:
        """How a column is sorted, in the words of `aria-sort`."""
        return None if key != self.key else "descending" if self.falls else "ascending"


def order_asked(text: str, columns: Sequence[Column]) -> Order:
    """Return the order that an address asks for; by name where it names no column of this gradebook."""
    order = Order(text.removeprefix("-"), text.startswith("-"))
    return order if order.key in (NAME, TOTAL, *(column.key for column in columns)) else Order()


def in_order(lines: Iterable[Line], order: Order) -> list[Line]:
    """Return lines, which stand by name, by a number: who has none is below 0, and equals stay by name."""

    def amount(line: Line) -> Amount:
        if order.key == TOTAL:
            return -1 if line.grade.share is None else line.grade.share
        cell = line.cells[order.key]
        return cell.earned if cell.counts else -1

    return sorted(lines, key=amount, reverse=order.falls)
