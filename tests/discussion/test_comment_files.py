"""The comments of a class as files: all that staff may read, nothing that is for oneself, and no formula."""

from __future__ import annotations

import csv
import io

import pytest

from articles.spans import Ends
from classroom.models import Enrollment, User
from core import clock
from core.database import commit, db
from core.table_files import plain_cell
from core.workbooks import read_workbook
from discussion.comment_text import compose
from discussion.comments_table import COLUMNS
from discussion.margins import meant
from discussion.models import Comment
from discussion.operations import NewNote, add_note
from discussion.queries import get_margin_for
from tests.support.gradebook import place_of

FORMULA = '=HYPERLINK("x")'


@pytest.fixture
def here(people) -> str:
    return f"/classes/{people.section}/comments"


def rows_of(client, address: str) -> dict[int, dict[str, str]]:
    text = client.get(address).data.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {int(row["comment_id"]): {name: plain_cell(cell) for name, cell in row.items()} for row in rows}


def make_note(app, person, reading, choice: str, words: str) -> int:
    with app.app_context():
        margin = get_margin_for(person.id, reading.assignment)
        ends = Ends(reading.sentences[0], reading.sentences[0])
        note = add_note(margin, NewNote(compose(words), ends, meant(choice, "student")))
        commit()
    return note


def change(app, comment: int, **values) -> None:
    with app.app_context():
        for name, value in values.items():
            setattr(db.session.get_one(Comment, comment), name, value)
        commit()


def test_the_ids_of_the_columns_stay(people, reading, sign_in, here) -> None:
    first = sign_in(people.instructor).get(here + ".csv").data.decode("utf-8-sig").splitlines()[0]
    ids = "comment_id,reading_id,reading,place,thread_id,thread,note_id,parent_id,group_id,for_whom,kind,enrollment_id,"
    ids += "name,role,anonymous,written_at_utc,edited_at_utc,state,endorsed,reactions,passage,quoted_sentences,text"
    assert first == ids


def test_a_post_and_its_reply_are_there_with_author_place_and_words(app, people, reading, sign_in, here) -> None:
    client = sign_in(people.student)
    sent = {"body": "I **doubt** it, see ¶ 1.1.", "parent": reading.classmates_comment}
    answer = client.post(f"/discussions/{reading.prompt_delivery}/comments", data=sent)
    reply = int(answer.location.rpartition("#c")[2])
    client.post(f"/comments/{reading.classmates_comment}/reactions", data={"kind": "agree"})
    rows = rows_of(sign_in(people.assistant), here + ".csv")
    row = rows[reply]
    assert row["text"] == "I **doubt** it, see ¶ 1.1."
    assert (row["place"], row["thread_id"]) == ("thread", str(reading.prompt_delivery))
    assert (row["parent_id"], row["note_id"]) == (str(reading.classmates_comment), "")
    assert (row["enrollment_id"], row["name"]) == (str(place_of(app, people.student)), people.student.name)
    assert (row["state"], row["anonymous"], row["endorsed"]) == ("shown", "no", "no")
    assert row["quoted_sentences"] == "¶ 1.1"
    assert row["written_at_utc"].endswith("+00:00")
    assert rows[reading.classmates_comment]["reactions"] == "1"


def test_notes_for_the_class_and_for_staff_are_there_and_those_for_oneself_never(
    app, people, reading, sign_in, here
) -> None:
    notes = {choice: make_note(app, people.student, reading, choice, f"Note {choice}.") for choice in
             ("comment", "staff", "self")}  # fmt: skip
    client = sign_in(people.instructor)
    rows = rows_of(client, here + ".csv")
    assert [rows[notes[choice]]["for_whom"] for choice in ("comment", "staff")] == ["class", "staff"]
    assert rows[notes["comment"]]["passage"] == "¶ 1.1"
    assert rows[notes["comment"]]["note_id"] == str(notes["comment"])
    assert notes["self"] not in rows
    for kind in ("csv", "xlsx"):
        data = client.get(f"{here}.{kind}").data
        table = "\n".join("|".join(row) for row in read_workbook(data)) if kind == "xlsx" else data.decode()
        assert "Note staff." in table
        assert "Note self." not in table


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "shown"),
        ({"waits": True}, "waiting"),
        ({"waits": True, "hidden_at": 1}, "hidden"),
        ({"hidden_at": 1, "deleted_at": 1}, "deleted"),
    ],
)
def test_what_became_of_a_comment_is_told_and_a_deleted_one_says_nothing_more(
    app, people, reading, sign_in, here, values, state
) -> None:
    change(app, reading.comment, **{name: clock.now() if value == 1 and name != "waits" else value
                                    for name, value in values.items()})  # fmt: skip
    row = rows_of(sign_in(people.instructor), here + ".csv")[reading.comment]
    assert row["state"] == state
    assert (row["text"] == "") is (row["name"] == "") is (row["enrollment_id"] == "") is (state == "deleted")


def test_an_anonymous_post_names_its_author_and_says_so(app, people, reading, sign_in, here) -> None:
    change(app, reading.comment, alias=1)
    row = rows_of(sign_in(people.instructor), here + ".csv")[reading.comment]
    assert row["anonymous"] == "yes"
    assert row["name"]


def test_texts_are_no_formulas_and_come_back_from_both_kinds(app, people, reading, sign_in, here) -> None:
    change(app, reading.comment, body=FORMULA + "\nand more")
    with app.app_context():
        db.session.get_one(User, people.student.id).name = "1984"
        db.session.get_one(User, people.classmate.id).name = "@classmate"
        commit()
    client = sign_in(people.instructor)
    raw = client.get(here + ".csv").data.decode("utf-8-sig")
    assert f"\"'{FORMULA[:10]}" in raw
    table = [[plain_cell(cell) for cell in row] for row in csv.reader(io.StringIO(raw, newline=""))]
    assert table == read_workbook(client.get(here + ".xlsx").data)
    assert {row[COLUMNS.index("name")] for row in table[1:]} >= {"1984", "@classmate"}


def test_a_reading_that_the_class_does_not_have_is_not_there(app, people, reading, sign_in, here) -> None:
    client = sign_in(people.instructor)
    assert client.get(f"{here}.csv?reading={reading.assignment}").status_code == 200
    for asked in ("0", "-1", "", "all", "1.5", str(reading.assignment + 1), "9" * 30):
        assert client.get(f"{here}.csv?reading={asked}").status_code == 404, asked
    other = sign_in(people.other_instructor)
    address = f"/classes/{people.other_section}/comments.csv"
    assert other.get(f"{address}?reading={reading.assignment}").status_code == 404


def test_it_is_for_staff_alone_and_of_one_class(app, people, reading, sign_in, here) -> None:
    refused = {people.student: 403, people.other_student: 404, people.other_instructor: 404}
    for kind in ("csv", "xlsx"):
        for person, status in refused.items():
            assert sign_in(person).get(f"{here}.{kind}").status_code == status
    with app.app_context():
        place = db.session.get_one(Enrollment, place_of(app, people.assistant))
        place.role = "observer"
        commit()
    assert sign_in(people.assistant).get(here + ".csv").status_code == 403
    other = rows_of(sign_in(people.other_instructor), f"/classes/{people.other_section}/comments.csv")
    assert reading.comment not in other


def test_one_reading_can_be_asked_for(people, reading, sign_in, here) -> None:
    client = sign_in(people.instructor)
    assert reading.comment in rows_of(client, f"{here}.csv?reading={reading.assignment}")


def test_many_are_read_a_stretch_at_a_time(app, people, reading, sign_in, here, monkeypatch) -> None:
    for number in range(5):
        make_note(app, people.student, reading, "comment", f"Note {number}.")
    client = sign_in(people.instructor)
    whole = client.get(here + ".csv").data
    monkeypatch.setattr("discussion.queries.exported.AT_ONCE", 2)
    assert client.get(here + ".csv").data == whole
    assert len(rows_of(client, here + ".csv")) >= 7
