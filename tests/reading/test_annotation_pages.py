"""Web Annotations of a reading through the door: downloaded by those whose they are, brought in all or none."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from sqlalchemy import func, select, update
from werkzeug.datastructures import FileStorage

from articles.annotations import CONTEXT, annotations_of
from articles.spans import Ends
from classroom.models import Section
from core import clock
from core.database import commit, db
from discussion.comment_text import compose
from discussion.margins import meant
from discussion.models import Comment, CommentSpan
from discussion.operations.comments import DiscussionRef, add_comment
from discussion.operations.notes import NewNote, add_note
from discussion.queries import get_margin_for
from quizzes.models import QuestionSpan, QuestionVersion
from reading import annotation_forms


def quoting(exact: str, words: str = "So it is.", n: int = 1, **members: Any) -> dict[str, Any]:
    target = {"source": "http://example.org", "selector": {"type": "TextQuoteSelector", "exact": exact}}
    made = {"@context": CONTEXT, "id": f"urn:x:{n}", "type": "Annotation", "target": target, **members}
    return {**made, "bodyValue": words} if words else made


NEW = [
    quoting("chose the new bridge", "They wanted it."),
    quoting("Dr. Lund, who leads the council", "Who is that? ¶ 1.2", 2),
]
LOST = quoting("nothing like this was ever said by anybody in the town", n=3)


@pytest.fixture
def written(app, people, reading):
    """The student's notes, one of each kind, one of the classmate's, and a post that quotes the text."""
    with app.app_context():
        student, classmate = (
            get_margin_for(each.id, reading.assignment) for each in (people.student, people.classmate)
        )
        first = reading.sentences[0]
        for margin, words, choice in (
            (student, "A note for the class", "comment"),
            (student, "A question to staff", "staff"),
            (student, "A note for me alone", "self"),
            (classmate, "The classmate's note", "comment"),
            (classmate, "The classmate's own", "self"),
        ):
            add_note(margin, NewNote(compose(words), Ends(first, first, 4, 16), meant(choice, margin.role)))
        where = DiscussionRef(reading.assignment, reading.prompt_delivery, reading.version)
        add_comment(student.enrollment_id, where, compose("As ¶ 1.2 and ¶ 2 say."))
        commit()
    return reading


def download(client, reading, of: str = "mine") -> list[dict[str, Any]]:
    answer = client.get(f"/readings/{reading.assignment}/annotations.jsonld?of={of}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/ld+json"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=a-new-bridge-")
    return annotations_of(answer.text)


def words_of(annotations) -> list[str]:
    return [each["body"]["value"] for each in annotations]


def bring(client, reading, *annotations, **fields: str):
    document = json.dumps(annotations)
    return client.post(f"/readings/{reading.assignment}/annotations", data={"document": document, **fields})


def notes(app) -> list[tuple[str, str, str]]:
    with app.app_context():
        statement = select(Comment.body, Comment.visibility, Comment.kind).where(Comment.span_id.is_not(None))
        return [tuple(row) for row in db.session.execute(statement.order_by(Comment.id))]


def test_a_student_takes_along_what_is_theirs(written, people, sign_in):
    found = download(sign_in(people.student), written)
    assert words_of(found) == [
        "A note for the class",
        "A question to staff",
        "A note for me alone",
        "As ¶ 1.2 and ¶ 2 say.",
    ]
    assert [each["motivation"] for each in found] == ["commenting", "questioning", "commenting", "commenting"]
    assert [len(each["target"]) for each in found[3:]] == [2]
    quote, position, fragment = found[0]["target"]["selector"]
    assert (quote["exact"], quote["prefix"]) == ("harbour town", "The ")
    assert (position["start"], position["end"]) == (4, 16)
    assert fragment["value"] == f"s{written.sentences[0]}"
    assert found[0]["creator"]["name"] == people.student.name


def test_staff_take_along_what_the_class_wrote_but_not_for_itself_alone(written, people, sign_in):
    found = download(sign_in(people.assistant), written, "class")
    assert sorted(words_of(found)) == [
        "A note for the class",
        "A question to staff",
        "As ¶ 1.2 and ¶ 2 say.",
        "The classmate's note",
    ]
    assert download(sign_in(people.assistant), written) == []


def test_what_was_hidden_or_deleted_is_not_taken_along(app, written, people, sign_in):
    with app.app_context():
        hidden = update(Comment).where(Comment.body == "A note for the class").values(hidden_at=clock.now())
        gone = update(Comment).where(Comment.body == "The classmate's note").values(deleted_at=clock.now())
        db.session.execute(hidden)
        db.session.execute(gone)
        commit()
    assert sorted(words_of(download(sign_in(people.instructor), written, "class"))) == [
        "A question to staff",
        "As ¶ 1.2 and ¶ 2 say.",
    ]
    assert "A note for the class" in words_of(download(sign_in(people.student), written))
    assert words_of(download(sign_in(people.classmate), written)) == ["The classmate's own"]


@pytest.mark.parametrize("of", ["class", "material", "everything"])
def test_what_is_for_staff_is_refused_to_students(written, people, sign_in, of):
    assert sign_in(people.student).get(f"/readings/{written.assignment}/annotations.jsonld?of={of}").status_code == 403


def test_staff_take_along_the_passages_of_questions_and_prompts(app, reading, people, sign_in):
    with app.app_context():
        version = db.session.scalars(select(QuestionVersion.id).order_by(QuestionVersion.id)).first()
        margin = get_margin_for(people.instructor.id, reading.assignment)
        ends = Ends(reading.sentences[1], reading.sentences[2])
        span = db.session.get_one(
            Comment, add_note(margin, NewNote(compose("x"), ends, meant("self", "instructor")))
        ).span_id
        for role in ("anchor", "evidence"):
            db.session.add(QuestionSpan(question_version_id=version, span_id=span, role=role))
        commit()
    anchor, evidence = download(sign_in(people.instructor), reading, "material")
    assert anchor["motivation"] == "assessing"
    assert [body["value"] for body in anchor["body"]] == ["What did most people choose?", "anchor"]
    assert evidence["body"][1] == {"type": "TextualBody", "value": "evidence", "purpose": "tagging"}
    assert anchor["target"]["selector"][0]["exact"].startswith("Most people chose")


def test_a_preview_writes_nothing_and_says_what_becomes_of_each(app, reading, people, sign_in):
    student = sign_in(people.student)
    document = json.dumps(
        [*NEW, LOST, quoting("chose the new bridge", "", 4), {**quoting("x", n=5), "target": "urn:x:9"}]
    )
    page = student.post(f"/readings/{reading.assignment}/annotations/preview", data={"document": document})
    assert page.status_code == 200
    lead = page.text.split('class="lead">')[1].split("</p>")[0]
    assert lead == "2 notes come in, 3 cannot come in. Nothing is saved yet."
    assert "These words are not in this text." in page.text
    assert "It says nothing: a note needs words." in page.text
    assert "It is about the text as a whole" in page.text
    assert "¶&nbsp;1.2" in page.text
    assert notes(app) == []


def test_what_cannot_come_in_keeps_everything_out_unless_it_is_left_out(app, reading, people, sign_in):
    student = sign_in(people.student)
    answer = bring(student, reading, *NEW, LOST)
    assert answer.status_code == 422
    assert "Tick this to bring in the others" in answer.text
    assert notes(app) == []
    assert bring(student, reading, *NEW, LOST, leave_out="y").status_code == 303
    assert [row[0] for row in notes(app)] == ["They wanted it.", "Who is that? ¶ 1.2"]


def test_what_a_student_brings_in_is_for_that_student_alone(app, reading, people, sign_in):
    assert bring(sign_in(people.student), reading, *NEW, choice="comment").status_code == 303
    assert {row[1] for row in notes(app)} == {"self"}


def test_staff_may_bring_notes_in_for_the_class(app, reading, people, sign_in):
    assert bring(sign_in(people.instructor), reading, *NEW, choice="comment").status_code == 303
    assert notes(app) == [("They wanted it.", "class", "comment"), ("Who is that? ¶ 1.2", "class", "comment")]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(CommentSpan)) == 1


def test_what_one_has_already_is_not_brought_in_again(app, reading, people, sign_in):
    student = sign_in(people.student)
    bring(student, reading, *NEW)
    page = bring(
        student,
        reading,
        *NEW,
        quoting("Work begins in spring.", "Soon.", 3),
        quoting("Work begins in spring.", "Soon.", 4),
    )
    assert page.status_code == 303
    assert [row[0] for row in notes(app)] == ["They wanted it.", "Who is that? ¶ 1.2", "Soon."]


def test_what_is_taken_along_comes_in_again_the_same(app, written, people, sign_in):
    student = sign_in(people.student)
    taken = student.get(f"/readings/{written.assignment}/annotations.jsonld").data
    with app.app_context():
        db.session.execute(update(Comment).where(Comment.span_id.is_not(None)).values(deleted_at=clock.now()))
        commit()
    file = FileStorage(io.BytesIO(taken), "mine.jsonld")
    student.post(f"/readings/{written.assignment}/annotations", data={"file": file})
    again = download(student, written)
    before = annotations_of(taken.decode())
    assert {(each["body"]["value"], json.dumps(each["target"])) for each in again} >= {
        (each["body"]["value"], json.dumps(each["target"])) for each in before[:3]
    }


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("", "This is no JSON"),
        ("[]", "There is no annotation in it."),
        (json.dumps({**NEW[0], "motivation": "because"}), "motivation: this is no whole address"),
        (json.dumps([quoting("chose", n=n) for n in range(201)]), "There are 201 annotations in it"),
    ],
)
def test_what_is_no_annotation_is_refused_with_the_reason(app, reading, people, sign_in, document, words):
    for path in ("annotations", "annotations/preview"):
        answer = sign_in(people.student).post(f"/readings/{reading.assignment}/{path}", data={"document": document})
        assert answer.status_code == 422
        assert words in answer.text
    assert notes(app) == []


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"[" + b" " * 1_000 + b"]"])
def test_a_file_that_is_no_text_or_too_large_is_refused(reading, people, sign_in, monkeypatch, data):
    monkeypatch.setattr(annotation_forms, "MOST_BYTES", 1_000)
    file = FileStorage(io.BytesIO(data), "a.jsonld")
    answer = sign_in(people.student).post(f"/readings/{reading.assignment}/annotations/preview", data={"file": file})
    assert answer.status_code == 422


def test_nobody_brings_notes_into_an_archived_class(app, reading, people, sign_in):
    with app.app_context():
        db.session.execute(update(Section).where(Section.id == people.section).values(archived_at=clock.now()))
        commit()
    student = sign_in(people.student)
    assert bring(student, reading, *NEW).status_code == 403
    assert "Bring notes in" not in student.get(f"/readings/{reading.assignment}/annotations").text
    assert download(student, reading) == []


def test_bringing_in_many_takes_no_more_statements_than_few(app, reading, people, sign_in, count_statements):
    student = sign_in(people.student)
    with count_statements() as few:
        bring(student, reading, *NEW)
    many = [quoting("Work begins in spring.", f"Note {n}, see ¶ 1.{1 + n % 3}.", n) for n in range(40)]
    with count_statements() as seen:
        assert bring(student, reading, *many).status_code == 303
    assert len(seen) <= len(few) + 2
    assert seen.commits == 1
