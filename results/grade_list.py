"""The columns of one student's gradebook as a list, as light as hundreds of them need it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cache

from core.text import fill
from results.grade_cells import QUIZ, Cell, Line, OwnLine
from results.grade_words import cell_in_words, look, shown
from results.queries.gradebook import Book

Row = tuple[str, ...]
SENTENCE, LINK = "<p>%s</p>\n", '<a href="%s">%s</a>'
Printing = Callable[..., str]


@dataclass(frozen=True)
class StaffList:
    """The line of a student of a book. `is_open`: every cell can be changed, also one that nobody has decided about."""

    book: Book
    line: Line
    is_open: bool


def staff_rows(
    listed: StaffList, about: Printing, links: tuple[Printing, Printing, str], printing: tuple[Printing, Printing]
) -> Iterator[Row]:
    """Return for each column: key, title, article, what there is to say `about` it, how its cell came about, links,
    the number and of how many points.

    `about` takes the category, whether it is released and whether it is dropped; `links` are to the answers (from an
    assignment), to the posts (from a thread), and a pattern for what leads to the cell (from key and title).
    `printing`: what prints a number from its look, and what it is out of.
    """
    line, book = listed.line, listed.book
    about, answers, posts = cache(about), cache(links[0]), cache(links[1])
    said, numbers = _sentences(for_staff=True), _numbers(*printing)
    names = {each.id: each.name for each in book.categories}
    for key, cell in line.cells.items():
        column, is_dropped = cell.column, key in line.grade.dropped
        told = about(names.get(column.category_id or 0), book.is_released(column), is_dropped)
        led = posts(column.id) if column.kind != QUIZ else answers(column.assignment_id) if cell.attempts else ""
        if listed.is_open or cell.number:
            led += fill(links[2], ((key, column.title),))
        yield (key, column.title, column.article_title, told, said(cell), led, *numbers(cell, is_dropped))


def own_rows(own: OwnLine, way: Printing, out: str, printing: tuple[Printing, Printing]) -> Iterator[Row]:
    """Return for each column that is told: key, title, article, that it is left `out` (or not), how its cell came
    about, the number and of how many points. `way`: the address from the kind and the id of where a title leads.
    """
    way = cache(way)
    said, numbers = _sentences(for_staff=False), _numbers(*printing)
    dropped = own.told.grade.dropped if own.shows_total else ()
    for key, cell in own.told.cells.items():
        column, is_dropped = cell.column, key in dropped
        address = way(column.kind, column.assignment_id if column.kind == QUIZ else column.id)
        title = fill(LINK, ((address, column.title),))
        yield (key, title, column.article_title, out if is_dropped else "", said(cell), *numbers(cell, is_dropped))


def _numbers(looks: Printing, of: Printing) -> Callable[[Cell, bool], tuple[str, str]]:
    looks, of = cache(looks), cache(of)

    def numbers(cell: Cell, is_dropped: bool) -> tuple[str, str]:
        return looks(look(cell), shown(cell), is_dropped), of(cell.possible) if cell.counts else ""

    return numbers


def _sentences(*, for_staff: bool) -> Callable[[Cell], str]:
    """What says how a cell came about; cells that came about alike are put into words once."""
    known: dict[Hashable, str] = {}

    def put(cell: Cell) -> str:
        return fill(SENTENCE, ((each,) for each in cell_in_words(cell, for_staff=for_staff)))

    def said(cell: Cell) -> str:
        if cell.column.kind != QUIZ or cell.decision:
            return put(cell)
        alike = _alike(cell)
        if alike not in known:
            known[alike] = put(cell)
        return known[alike]

    return said


def _alike(cell: Cell) -> Hashable:
    """Everything that the sentences about a quiz without a decision are made of."""
    column, counting = cell.column, cell.counting
    rules = (column.which_counts, column.late_credit_percent, column.closes_at is None)
    attempts = tuple(each[1:] for each in cell.attempts)
    return cell.state, cell.possible, rules, attempts, counting and counting[1:]
