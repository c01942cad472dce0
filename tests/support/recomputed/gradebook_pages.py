"""What the pages and the file of the gradebook should say, and what they say."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from typing import Any

from tests.support.recomputed.gradebook import ALL, Book, Cell, is_released, per_cent
from tests.support.recomputed.page import Node
from tests.support.recomputed.words import points, with_word

Figures = dict[str, Any]
WITHOUT_NUMBER = {
    "excused": "excused",
    "waiting": "waits to be read",
    "open": "–does not count yet",
    "nothing": "–does not count",
}


def cell_words(cell: Cell, dropped: bool) -> str:
    """A cell as the table has it."""
    if cell.state in WITHOUT_NUMBER:
        return WITHOUT_NUMBER[cell.state]
    said = points(cell.earned) + ("left out as one of the lowest" if dropped else "")
    if cell.ruled:
        return f"{said}set by hand"
    return said + ("not handed in" if cell.state == "missing" else ("late" if cell.late else ""))


def expected_book(book: Book, *, former: bool = False) -> list[list[str]]:
    """The rows of the gradebook."""
    found = []
    for place in book.students(former=former):
        cells, total = book.line(place.id)
        waiting = sum(cell.state == "waiting" for cell in cells.values())
        words = "the answers to one quiz wait" if waiting == 1 else f"the answers to {waiting} quizzes wait"
        row = [
            book.raw.names[place.id],
            per_cent(total["share"]) + (f"Not final: {words} to be read." if waiting else ""),
        ]
        found.append([*row, *(cell_words(cells[key], key in total["dropped"]) for key in book.columns)])
    return found


def told_book(page: Node) -> list[list[str]]:
    """What the page says."""
    if not page.all("table", "gradebook"):
        return []
    found = []
    for row in page.one("table", "gradebook").one("tbody").all("tr"):
        name, total, *cells = [each for each in row.held if isinstance(each, Node)]
        found.append([name.text, total.text, *(re.sub(r"^.*?: ?", "", each.text, count=1) for each in cells)])
    return found


def expected_student(book: Book, place: int) -> Figures:
    """One student's page: the total, its parts, every cell."""
    cells, total = book.line(place)
    return _said(book, cells, total)


def _said(book: Book, cells: dict[str, Cell], total: Figures) -> Figures:
    parts = []
    for name, earned, possible, weight, out in total["parts"]:
        share, lowest = per_cent(earned / possible), {0: "", 1: " The lowest is left out."}
        words = f"{points(earned)} of {with_word(possible)} is {share}."
        words += lowest.get(out, f" The lowest {out} are left out.")
        parts.append([name, words, per_cent(Fraction(weight, total["whole"] or 1)), share])
    shown = {}
    for key, cell in cells.items():
        said = cell_words(cell, key in total["dropped"])
        shown[key] = said + (f"/{points(cell.possible)}" if cell.counts else "")
    return {"total": f"Total: {per_cent(total['share'])}", "parts": parts, "cells": shown}


def told_student(page: Node) -> Figures:
    """What the page says."""
    parts = []
    for table in page.all("table", "grade-sums"):
        for row in table.one("tbody").all("tr"):
            name, words, weight, share = [each for each in row.held if isinstance(each, Node)]
            links = "".join(f" {each.text}" for each in words.all("a"))
            parts.append([name.text, words.text.removesuffix(links).strip(), weight.text, share.text])
    cells = {row.attributes["id"]: row.one("p", "grade-of").text for row in page.all("li") if "id" in row.attributes}
    totals = page.all(id="total")
    return {"total": totals[0].text if totals else "", "parts": parts, "cells": cells}


def expected_own(book: Book, place: int) -> Figures:
    """A student's own page: what is released, and the total of it once totals are shown."""
    cells, _total = book.line(place)
    told = {
        key: cell for key, cell in cells.items() if is_released(book, key) or (cell.state == "open" and not cell.ruled)
    }
    shown = next(
        (row.totals_released_at for row in book.raw.rows("gradebooks") if row.section_id == book.section), None
    )
    total = book.total({key: cell for key, cell in told.items() if cell.counts})
    if not shown:
        plain = {
            key: cell_words(cell, False) + (f"/{points(cell.possible)}" if cell.counts else "")
            for key, cell in told.items()
        }
        return {"total": "", "parts": [], "cells": plain}
    return _said(book, told, total)


def expected_csv(book: Book) -> dict[str, list[str]]:
    """The file, by student."""
    found = {}
    for former in (False, True):
        for place in book.students(former=former):
            cells, total = book.line(place.id)
            said = [in_file(cell) for cell in cells.values()]
            share = "" if total["share"] is None else points(total["share"] * ALL)
            state = "former" if former else "current"
            found[str(place.id)] = [book.raw.names[place.id], state, *said, share]
    return found


def in_file(cell: Cell) -> str:
    """What a file says of a cell."""
    if cell.state == "excused":
        return "excused"
    return points(cell.earned) if cell.state in ("counted", "missing") else ""


def told_csv(text: str) -> dict[str, list[str]]:
    """What the file says."""
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    return {row[0]: row[1:] for row in list(rows)[1:]}
