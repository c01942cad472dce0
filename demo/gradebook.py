"""How the class is graded: categories and weights."""

from __future__ import annotations

import tomllib

from core import clock
from core.points import POINT
from demo.cast import Troupe
from demo.data import FOLDER
from results.gradebook import Category
from results.operations import Actor, Arrangement, arrange
from results.queries.gradebook import Book, read_book


def load_gradebook(teacher: int, troupe: Troupe) -> None:
    """Arrange the gradebook of the one class that has one."""
    data = tomllib.loads((FOLDER / "gradebook.toml").read_text(encoding="utf-8"))
    if troupe.key != data["section"]:
        return
    moment, actor = troupe.calendar.moment, Actor(teacher, troupe.section_id)
    with clock.at(moment(data["arranged"])):
        book = read_book(troupe.section_id, "UTC", clock.now())
        arrange(actor, _arrangement(book, data["categories"]), book.revision)


def _arrangement(book: Book, rows: list[dict[str, object]]) -> Arrangement:
    categories = [
        Category(0, str(each["name"]), int(str(each["weight"])) * POINT, int(str(each["drop"]))) for each in rows
    ]
    kinds = [each["kind"] for each in rows]
    return Arrangement(categories, {column.key: kinds.index(column.kind) for column in book.columns})
