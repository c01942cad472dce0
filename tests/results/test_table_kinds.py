"""The matrix and the item analysis as files: the same table in both kinds, with ids that stay, read in stretches."""

from __future__ import annotations

import csv
import io

import pytest

from classroom.models import User
from core.database import commit, db
from core.table_files import plain_cell
from core.workbooks import read_workbook
from quizzes.models import Quiz
from results.export import COLUMNS
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students

NAMES = ("=1+1", "1984", "007", "-Ann", "@home", "<r>x</r>")


@pytest.fixture
def taught(app, people, sign_in):
    """Six answer a choice; their names are what a spreadsheet would change."""
    sitting = make_sitting(app, people, types=("single_choice",))
    for at, student in enumerate(make_students(app, people.section, len(NAMES))):
        with app.app_context():
            db.session.get_one(User, student.id).name = NAMES[at]
            commit()
        client = sign_in(student)
        attempt = start(client, sitting)
        right = sitting.fields("single_choice", "right" if at > 1 else "wrong")
        save(client, attempt, sitting.items["single_choice"], right)
        client.post(f"/attempts/{attempt}/submission")
    return sitting


def read(client, address: str) -> list[list[str]]:
    text = client.get(address).data.decode("utf-8-sig")
    return [[plain_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]


@pytest.mark.parametrize("file", ["results", "results/statistics"])
def test_both_kinds_say_the_same(people, taught, sign_in, file) -> None:
    client, here = sign_in(people.instructor), f"/readings/{taught.assignment}/{file}"
    table = read(client, here + ".csv")
    width = len(table[0])
    found = [row + [""] * (width - len(row)) for row in read_workbook(client.get(here + ".xlsx").data)]
    assert len(table) > len(NAMES)
    assert [[_as_number(cell) for cell in row] for row in found] == [
        [_as_number(cell) for cell in row] for row in table
    ]


def _as_number(cell: str) -> str:
    try:
        return f"{float(cell):.9g}" if cell[:1] in "0123456789.-" and cell not in NAMES else cell
    except ValueError:
        return cell


def test_names_stay_what_they_are(people, taught, sign_in) -> None:
    client, here = sign_in(people.instructor), f"/readings/{taught.assignment}/results"
    for table in (read(client, here + ".csv"), read_workbook(client.get(here + ".xlsx").data)):
        assert {row[1] for row in table} >= set(NAMES)


def test_columns_are_named_by_ids_that_no_title_changes(app, people, taught, sign_in) -> None:
    client, here = sign_in(people.instructor), f"/readings/{taught.assignment}/results"
    before = read(client, here + ".csv")[0]
    assert before == [*COLUMNS, f"item_{taught.items['single_choice']}"]
    with app.app_context():
        db.session.get_one(Quiz, taught.quiz).title = "=Renamed"
        commit()
    assert read(client, here + ".csv")[0] == before


@pytest.mark.parametrize("attempts", ["best", "all"])
def test_the_matrix_is_read_a_stretch_at_a_time(people, taught, sign_in, monkeypatch, attempts) -> None:
    client, here = sign_in(people.instructor), f"/readings/{taught.assignment}/results.csv?attempts={attempts}"
    whole = client.get(here).data
    monkeypatch.setattr("results.queries.students.AT_ONCE", 2)
    assert client.get(here).data == whole
    assert len(read(client, here)) == 1 + len(NAMES) + 2
