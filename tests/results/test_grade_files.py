"""Gradebooks as files: what they say, that they come back, and that nothing in them is a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html import unescape

import pytest
from sqlalchemy import func, select

from classroom.models import Enrollment, User
from classroom.tables import read_table
from core.database import commit, db
from core.table_files import Number, TableFile, send_table
from results.grade_import import read_grades
from results.models import GradeDecision
from tests.support.gradebook import make_graded, place_of
from tests.support.people import make_students

FORMULA = '=HYPERLINK("x")'


@pytest.fixture
def graded(app, people, reading):
    return make_graded(app, people, reading)


@pytest.fixture
def book(people, graded) -> str:
    return f"/classes/{people.section}/gradebook"


def exported(client, book: str) -> str:
    return client.get(book + ".csv").data.decode("utf-8-sig")


def rows_of(text: str) -> list[dict[str, str]]:
    return [{name.split()[0]: cell for name, cell in row.items()} for row in csv.DictReader(io.StringIO(text))]


def seen_in(page: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', page).group(1)


def decisions(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(GradeDecision.id))) or 0


def test_the_file_has_a_row_a_student_and_ids_that_stay(app, people, graded, book, sign_in) -> None:
    with app.app_context():
        db.session.get_one(Enrollment, place_of(app, people.student)).state = "removed"
        commit()
    text = exported(sign_in(people.assistant), book)
    rows = {row["name"]: row for row in rows_of(text)}
    found = rows[people.classmate.name]
    assert f"quiz-{graded.quiz_delivery} Did you get it? (of 3)" in text.splitlines()[0]
    assert found[f"quiz-{graded.quiz_delivery}"] == "1.5"
    assert found[f"discussion-{graded.prompt_delivery}"] == "4"
    assert found["total_percent"] == "78.57"
    assert (found["state"], rows[people.student.name]["state"]) == ("current", "former")


def test_a_file_that_comes_back_changes_nothing_and_is_no_formula(app, people, graded, book, sign_in) -> None:
    with app.app_context():
        db.session.get_one(User, people.classmate.id).name = FORMULA
        commit()
    client = sign_in(people.instructor)
    text = exported(client, book)
    assert [row["name"] for row in rows_of(text)] == ["'" + FORMULA, people.student.name]
    page = client.post(book + "/import", data={"table": text, "why": "Read again."}).text
    assert "Nothing would change." in page
    assert "To correct" not in page
    assert "not of this gradebook" not in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", [FORMULA, "1984", "007", "'=1+1", "-1"])
def test_a_file_as_it_was_downloaded_comes_back_and_changes_nothing(
    app, people, graded, book, sign_in, kind, name
) -> None:
    with app.app_context():
        db.session.get_one(User, people.classmate.id).name = name
        commit()
    client = sign_in(people.instructor)
    data = client.get(f"{book}.{kind}").data
    sent = {"file": (io.BytesIO(data), f"grades.{kind}"), "table": "", "why": "Read again."}
    page = client.post(book + "/import", data=sent).text
    assert "Nothing would change." in page
    assert "To correct" not in page
    assert "not of this gradebook" not in page


def test_a_workbook_that_was_changed_is_taken_in(app, people, graded, book, sign_in) -> None:
    client, mine = sign_in(people.instructor), place_of(app, people.classmate)
    with app.test_request_context():
        table = TableFile(
            "Any", ["student_id", f"quiz-{graded.quiz_delivery} Renamed"], [[Number(mine), Number("2.75")]]
        )
        data = send_table("xlsx", "any", table).get_data()
    sent = {"file": (io.BytesIO(data), "grades.xlsx"), "table": "", "why": "Read again."}
    page = client.post(book + "/import", data=sent).text
    table = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL).group(1))
    form = {"table": table, "why": "Read again.", "seen": seen_in(page)}
    assert client.post(book + "/import/confirmation", data=form).status_code == 303
    assert "Set to 2.75 points" in client.get(f"{book}/students/{mine}").text


def test_a_name_in_digits_stays_a_text_in_a_workbook(app, people, graded, book, sign_in) -> None:
    with app.app_context():
        db.session.get_one(User, people.classmate.id).name = "1984"
        db.session.get_one(User, people.student.id).name = "0042"
        commit()
    with zipfile.ZipFile(io.BytesIO(sign_in(people.instructor).get(book + ".xlsx").data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert [f"<is><t>{name}</t></is>" in sheet for name in ("1984", "0042")] == [True, True]
    assert "<v>1984</v>" not in sheet


def test_a_workbook_has_numbers_as_numbers_and_texts_as_texts(app, people, graded, book, sign_in) -> None:
    with app.app_context():
        db.session.get_one(User, people.classmate.id).name = FORMULA
        commit()
    answer = sign_in(people.instructor).get(book + ".xlsx")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        about = file.read("xl/worksheets/sheet2.xml").decode()
    assert "<v>1.5</v>" in sheet
    assert re.search(r"<v>78\.5(7|69999)\d*</v>", sheet)
    assert "<f>" not in sheet
    assert "=HYPERLINK(&quot;x&quot;)" in sheet or '=HYPERLINK("x")' in sheet
    assert f"quiz-{graded.quiz_delivery}" in about


def test_a_table_is_previewed_and_then_taken_in_whole(app, people, graded, book, sign_in) -> None:
    client, quiz = sign_in(people.assistant), f"quiz-{graded.quiz_delivery}"
    mine, other = place_of(app, people.classmate), place_of(app, people.student)
    table = f"student_id,name,{quiz} Whatever,discussion-{graded.prompt_delivery},notes\n"
    table += f"{mine},Carl,2.5,4,well done\n{other},Sofia,excused,,\n"
    page = client.post(book + "/import", data={"table": table, "why": "Read again."}).text
    assert "2 grades would change" in page
    assert "notes" in page
    assert decisions(app) == 0
    form = {"table": table, "why": "Read again.", "seen": seen_in(page)}
    assert client.post(book + "/import/confirmation", data=form).status_code == 303
    why = client.get(f"{book}/students/{mine}").text
    assert "Set to 2.5 points by Amir Tahan." in why
    assert "Why: Read again." in why
    assert "Excused by Amir Tahan" in client.get(f"{book}/students/{other}").text
    again = client.post(book + "/import/confirmation", data=form)
    assert again.status_code == 409
    assert decisions(app) == 2


def test_what_changed_since_the_preview_changes_nothing(app, people, graded, book, sign_in) -> None:
    client, mine = sign_in(people.instructor), place_of(app, people.classmate)
    table = f"student_id,quiz-{graded.quiz_delivery}\n{mine},2.5\n"
    page = client.post(book + "/import", data={"table": table, "why": "Read again."}).text
    one = {"seen": "0", "kind": "override", "points": "1", "why": "Mine."}
    client.post(f"{book}/students/{mine}/quiz-{graded.quiz_delivery}", data=one)
    form = {"table": table, "why": "Read again.", "seen": seen_in(page)}
    answer = client.post(book + "/import/confirmation", data=form)
    assert answer.status_code == 409
    assert "Something changed" in answer.text
    assert decisions(app) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{other},1", "No student of this class is"),
        ("77777,1", "No student of this class is 77777."),
        ("{mine},lots", "“lots” in quiz-"),
        ("{mine},-1", "“-1” in quiz-"),
        ("Carl,1", "“Carl” is no student."),
        ("{mine},1\n{mine},2", "is there twice."),
    ],
)
def test_one_line_that_is_wrong_keeps_all_from_changing(line, words, app, people, graded, book, sign_in) -> None:
    client = sign_in(people.instructor)
    ids = {"mine": place_of(app, people.classmate), "other": place_of(app, people.other_student)}
    good = f"{place_of(app, people.student)},2\n"
    table = f"student_id,quiz-{graded.quiz_delivery}\n{good}{line.format(**ids)}\n"
    page = client.post(book + "/import", data={"table": table, "why": "Read again."}).text
    assert words in page
    assert 'name="seen" value=' not in page
    form = {"table": table, "why": "Read again.", "seen": "x"}
    assert client.post(book + "/import/confirmation", data=form).status_code == 409
    assert decisions(app) == 0


def test_a_table_without_a_reason_comes_back_as_it_was(people, graded, book, sign_in) -> None:
    answer = sign_in(people.instructor).post(book + "/import", data={"table": "student_id,quiz-1\n9,3", "why": ""})
    assert answer.status_code == 422
    assert "9,3" in answer.text


@pytest.mark.parametrize("header", ["name,quiz-1", "student_id,student_id", "student_id,quiz-1,quiz-1 Again"])
def test_a_header_that_cannot_be_read_is_named(header: str) -> None:
    assert read_grades(read_table(header + "\n1,2,3"), ["quiz-1"]).wrong


def test_a_file_is_written_a_stretch_at_a_time(app, people, graded, book, sign_in, monkeypatch) -> None:
    make_students(app, people.section, 7)
    whole = exported(sign_in(people.instructor), book)
    for bound, most in (("STRETCH", 2), ("CELLS", 1)):
        monkeypatch.setattr(f"results.queries.grade_lines.{bound}", most)
        assert exported(sign_in(people.instructor), book) == whole
    assert len(rows_of(whole)) == 9
