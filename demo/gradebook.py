"""How the class is graded: categories and weights, what the instructor decided by hand, and that totals are shown."""

from __future__ import annotations

import tomllib
from typing import Any

from core import clock
from core.points import POINT
from demo.cast import Troupe
from demo.data import FOLDER
from results.gradebook import Category
from results.operations import Actor, Arrangement, Verdict, arrange, decide, show_totals
from results.queries.gradebook import Book, get_grade_student, read_book, read_lines


def load_gradebook(teacher: int, troupe: Troupe) -> None:
    """Arrange the gradebook of the one class that has one."""
    data = tomllib.loads((FOLDER / "gradebook.toml").read_text(encoding="utf-8"))
    if troupe.key != data["section"]:
        return
    moment, actor = troupe.calendar.moment, Actor(teacher, troupe.section_id)
    with clock.at(moment(data["arranged"])):
        book = _book(troupe)
        arrange(actor, _arrangement(book, data["categories"]), book.revision)
    for each in data["decisions"]:
        with clock.at(moment(each["at"])):
            _decide(actor, troupe, each)
    with clock.at(moment(data["shown"])):
        show_totals(actor, _book(troupe).revision, shown=True)


def _book(troupe: Troupe) -> Book:
    return read_book(troupe.section_id, "UTC", clock.now())


def _arrangement(book: Book, rows: list[dict[str, Any]]) -> Arrangement:
    categories = [Category(0, each["name"], each["weight"] * POINT, each["drop"]) for each in rows]
    kinds = [each["kind"] for each in rows]
    return Arrangement(categories, {column.key: kinds.index(column.kind) for column in book.columns})


def _decide(actor: Actor, troupe: Troupe, plan: dict[str, Any]) -> None:
    book = _book(troupe)
    student = get_grade_student(troupe.section_id, troupe.enrollments[plan["student"]])
    (line,) = read_lines(book, [student])
    column = [each for each in book.columns if each.kind == plan["kind"]][plan["number"]]
    points = round(plan["points"] * POINT) if "points" in plan else None
    decide(actor, student, line.cells[column.key], Verdict(plan["what"], points, plan["why"]))
