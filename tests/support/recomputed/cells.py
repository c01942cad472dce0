"""One cell of a gradebook: how it came about in sentences, its history, and what a table of grades would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.support.recomputed.goes import Go, Sat
from tests.support.recomputed.gradebook import Book, Cell
from tests.support.recomputed.gradebook_pages import cell_words, in_file
from tests.support.recomputed.page import Node
from tests.support.recomputed.talks import Thread
from tests.support.recomputed.words import points, with_word

Figures = dict[str, Any]
RULES = {"first": "the first counts.", "last": "the last counts.", "average": "their average counts."}
WHAT = {"override": "Other points", "excuse": "Excused", "back": "Taken back"}


def sentences(book: Book, place: int, key: str, *, own: bool = False) -> list[str]:
    """How a cell came about; `own`: as its student is told."""
    column, plain = book.columns[key], book.plain(place, key)
    made = [_talk(plain)] if isinstance(column, Thread) else list(_quiz(column, place, plain, own=own))
    return [*made, *_decided(book, place, key, plain, own=own)]


def _talk(plain: Cell) -> str:
    if plain.state == "counted":
        said = f"{points(plain.earned)} of {with_word(plain.possible)}"
        return f"What the discussion asks for, as far as its time is over: {said}."
    if plain.state == "nothing":
        return "Nothing was asked for, so it does not count."
    return "There is still time for what the discussion asks for."


def _quiz(sat: Sat, place: int, plain: Cell, *, own: bool) -> Iterator[str]:
    done, rule = sat.done(place), sat.delivery.which_counts
    if plain.state == "missing":
        yield f"Nothing was handed in, and it is closed: 0 of {with_word(plain.possible)}."
        return
    if not done:
        yield "Started, not handed in." if sat.goes(place) else "Not handed in, and it can still be."
        return
    several = f"{len(done)} attempts were handed in; {RULES.get(rule, 'the best counts.')}"
    yield "One attempt was handed in." if len(done) == 1 else several
    if not own or plain.state != "waiting":
        yield from (_attempt(sat, go) for go in sat.counting(place))
    if plain.state == "waiting":
        yield "Answers wait to be read: it does not count in the total until they are."
    if plain.state == "nothing":
        yield "It is worth no points, so it does not count."


def _attempt(sat: Sat, go: Go) -> str:
    said = f"Attempt {go.row.number}: {points(go.points)} of {with_word(go.maximum)}."
    if not go.is_late:
        return said
    return f"{said} It came late: {sat.delivery.late_credit_percent} % of it counts, {with_word(go.credited)}."


def _decided(book: Book, place: int, key: str, plain: Cell, *, own: bool) -> list[str]:
    decisions = book.decisions(place, key)
    if not decisions or decisions[-1].kind == "back":
        return []
    newest, users = decisions[-1], book.raw.by_id("users")
    name = users[newest.by_id].name
    said = f"Excused by {name}: it does not count."
    if newest.kind == "override":
        said = f"Set to {with_word(newest.after)} by {name}."
    if not own and plain.counts:
        said += f" Otherwise it would be {with_word(plain.earned)}."
    return [said, f"Why: {newest.why}"]


def expected_cell(book: Book, place: int, key: str) -> Figures:
    """The page of a cell."""
    cell, users = book.cell(place, key), book.raw.by_id("users")

    def points_or_none(value: int | None) -> str:
        return "does not count" if value is None else points(value)

    history = [
        [users[row.by_id].name, WHAT[row.kind], points_or_none(row.before), points_or_none(row.after), row.why]
        for row in reversed(book.decisions(place, key))
    ]
    lead = cell_words(cell, False) + (f" /{points(cell.possible)}" if cell.counts else "")
    return {"lead": lead, "said": sentences(book, place, key), "history": history}


def told_cell(page: Node) -> Figures:
    """What the page says."""
    said = next(each for each in page.all("section") if each.attributes.get("aria-label") == "How it came about")
    history = [row[1:] for table in page.all("table") for row in table.rows()]
    return {"lead": page.one("p", "lead").text, "said": [each.text for each in said.all("p")], "history": history}


def told_sentences(page: Node) -> dict[str, list[str]]:
    """What a list of cells says of each: how it came about stands between its heading and its links."""
    found = {}
    for row in page.all("li"):
        if row.attributes.get("id", "").startswith(("quiz-", "discussion-")):
            held = row.one("div").all("p")
            found[row.attributes["id"]] = [each.text for each in held if not each.classes]
    return found


def table_of_grades(book: Book) -> tuple[str, list[list[str]]]:
    """A table that changes some cells and leaves others, and the rows of what would change; nothing is wrong in it."""
    keys, titles = sorted(book.columns), {key: _title(book, key) for key in book.columns}
    lines, changes = [",".join(["student_id", *keys])], []
    for at, place in enumerate([*book.students(), *book.students(former=True)]):
        said = []
        for number, key in enumerate(keys):
            before = in_file(book.cell(place.id, key))
            wanted = (before, "", "excused", "1.25", before, "0", "3")[(at + number * 3) % 7]
            said.append(wanted)
            if wanted not in ("", before):
                changes.append([book.raw.names[place.id], titles[key], before or "–", wanted])
        lines.append(",".join([str(place.id), *said]))
    return "\n".join(lines), changes


def _title(book: Book, key: str) -> str:
    column = book.columns[key]
    if isinstance(column, Thread):
        return column.title
    return str(book.raw.by_id("quizzes")[column.delivery.quiz_id].title)


def told_changes(page: Node) -> dict[str, Any]:
    """What the preview says."""
    tables = [each for each in page.all("table") if "Grades that would change" in each.one("caption").text]
    return {"lead": page.one("p", "lead").text, "rows": tables[0].rows() if tables else []}


def expected_changes(changes: list[list[str]]) -> dict[str, Any]:
    """What it should say."""
    n = len(changes)
    word = "grade" if n == 1 else "grades"
    return {
        "lead": f"{n} {word} would change. Nothing is saved yet." if n else "Nothing would change.",
        "rows": changes,
    }
