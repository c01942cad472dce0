"""The pages about grades: of a class, of single students and cells, of the students themselves."""

from __future__ import annotations

from typing import Any

from tests.support.generated.school import School
from tests.support.recomputed.catch_up import expected_catch_up, told_catch_up
from tests.support.recomputed.cells import (
    expected_cell,
    expected_changes,
    sentences,
    table_of_grades,
    told_cell,
    told_changes,
    told_sentences,
)
from tests.support.recomputed.gradebook import Book
from tests.support.recomputed.gradebook_pages import (
    expected_book,
    expected_own,
    expected_student,
    told_book,
    told_student,
)
from tests.support.recomputed.gradebook_pages import expected_csv as grades_in_file
from tests.support.recomputed.gradebook_pages import told_csv as told_grades
from tests.support.recomputed.looking import Looking
from tests.support.recomputed.others import told_bars
from tests.support.recomputed.own import expected_bars, expected_readings, told_readings
from tests.support.recomputed.own_result import expected_own_result, told_own_result
from tests.support.recomputed.page import read_page


def look_at_gradebook(looking: Looking, section: int) -> None:
    """The gradebook of today's and of former students, its file, and single students."""
    book, here = Book(looking.raw, section), f"/classes/{section}/gradebook"
    looking.same(expected_book(book), told_book(looking.page(here)), "gradebook")
    former = told_book(looking.page(f"{here}?show=former"))
    looking.same(expected_book(book, former=True), former, "former")
    looking.same(grades_in_file(book), told_grades(looking.file(f"{here}.csv")), "gradebook.csv")
    for place in [*book.students()[::4], *book.students(former=True)]:
        page = looking.page(f"{here}/students/{place.id}")
        looking.same(expected_student(book, place.id), told_student(page), (place.id, "grades"))
        said = {key: sentences(book, place.id, key) for key in book.columns}
        looking.same(said, told_sentences(page), (place.id, "sentences"))
        page = looking.page(f"/classes/{section}/students/{place.id}/readings")
        looking.same(expected_readings(book, place.id), told_readings(page), (place.id, "readings"))
        (bars,) = told_bars(page) or [[]]
        looking.same(expected_bars(book, place.id), bars, (place.id, "bars"))


def look_at_own(looking: Looking, school: School, sign_in: Any) -> None:
    """What some students see themselves: their grades, readings and results, what they have to catch up on."""
    section = school.people.section
    book = Book(looking.raw, section)
    emails = {row.id: row.email for row in looking.raw.rows("users")}
    places, quizzes = book.students(), [looking.sat[at] for each in school.readings for at in each.deliveries]
    done = [place.id for place in places if any(sat.done(place.id) for sat in quizzes)]
    for place in [each for at, each in enumerate(places) if at % 7 == 0 or each.id in done[:1]]:
        me = Looking.beside(looking, sign_in(emails[place.user_id]))
        page, expected = me.page(f"/classes/{section}/grades"), expected_own(book, place.id)
        looking.same(expected, told_student(page), "own")
        said = {key: sentences(book, place.id, key, own=True) for key in expected["cells"]}
        looking.same(said, told_sentences(page), "own sentences")
        page = me.page(f"/classes/{section}/your-readings")
        looking.same(expected_readings(book, place.id, own=True), told_readings(page), (place.id, "own readings"))
        for reading in school.readings:
            sats = [looking.sat[at] for at in reading.deliveries]
            page = me.page(f"/readings/{reading.assignment}/catch-up")
            expected = expected_catch_up(book, sats, reading.assignment, place.id)
            looking.same(expected, told_catch_up(page), (place.id, reading.assignment, "catch up"))
            for sat in sats:
                for go in sat.done(place.id):
                    page = me.page(f"/attempts/{go.row.id}/result")
                    looking.same(expected_own_result(sat, go), told_own_result(page), (place.id, go.row.id, "result"))


def look_at_cells(looking: Looking, section: int) -> None:
    """Single cells, the first that were decided and some others; and what a table of grades would change."""
    book, here, keys = (
        Book(looking.raw, section),
        f"/classes/{section}/gradebook",
        list(Book(looking.raw, section).columns),
    )
    places = [*book.students(), *book.students(former=True)]
    cells = [(place.id, keys[at % len(keys)]) for at, place in enumerate(places[::3])]
    decided = [(place.id, key) for place in places for key in keys if book.decisions(place.id, key)]
    for place, key in [*cells, *decided[:4]]:
        told = told_cell(looking.page(f"{here}/students/{place}/{key}"))
        looking.same(expected_cell(book, place, key), told, (place, key))
    table, changes = table_of_grades(book)
    answer = looking.client.post(f"{here}/import", data={"table": table, "why": "Read again."})
    looking.same(expected_changes(changes), told_changes(read_page(answer.get_data(as_text=True))), "import")
    same = looking.client.post(f"{here}/import", data={"table": looking.text(f"{here}.csv"), "why": "Read again."})
    looking.same(expected_changes([]), told_changes(read_page(same.get_data(as_text=True))), "import of the same")
