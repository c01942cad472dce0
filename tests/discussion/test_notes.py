"""Notes in the margin through the door, without a script: written, answered, read, and what is hard marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from articles.models import Assignment, Span
from classroom.models import Enrollment
from core import clock as now
from core.database import commit, db
from discussion import queries
from discussion.models import Comment, CommentRead
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Jot = Callable[..., int]
Answer = Callable[..., int]


@pytest.fixture
def margin(thread: Thread) -> str:
    """The address of the reading."""
    return f"/readings/{thread.assignment}"


def test_a_note_is_written_on_a_sentence_and_stands_beside_it(
    app: Flask, people: People, thread: Thread, margin: str, sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    page = student.get(f"{margin}/paragraphs/1").text
    assert "The harbour town voted on Tuesday." in page
    sent = {"first": thread.sentences[1], "body": "Most, but **how many**?", "choice": "question"}
    answer = student.post(f"{margin}/notes", data=sent)
    assert answer.status_code == 303
    with app.app_context():
        note = db.session.execute(select(Comment, Span).join(Span, Span.id == Comment.span_id)).one()
    assert (note.Comment.visibility, note.Comment.kind) == ("class", "question")
    assert note.Span.quote == "Most people chose the new bridge."
    assert answer.location == f"{margin}?note={note.Comment.id}#n{note.Comment.id}"
    shown = sign_in(people.classmate).get(f"{margin}/paragraphs/1").text
    for words in ("Most, but <strong>how many</strong>?", people.student.name, "Question", "1a"):
        assert words in shown


@pytest.mark.parametrize(
    ("who", "choice", "expected"),
    [
        ("student", "comment", ("class", "comment")),
        ("student", "staff", ("staff", "question")),
        ("assistant", "staff", ("staff", "comment")),
        ("student", "self", ("self", "comment")),
    ],
)
def test_the_choice_says_who_sees_a_note_and_what_it_is(
    app: Flask,
    people: People,
    thread: Thread,
    margin: str,
    sign_in: SignIn,
    who: str,
    choice: str,
    expected: tuple[str, str],
) -> None:
    sent = {"first": thread.sentences[0], "body": "Hm.", "choice": choice}
    assert sign_in(getattr(people, who)).post(f"{margin}/notes", data=sent).status_code == 303
    with app.app_context():
        assert db.session.execute(select(Comment.visibility, Comment.kind)).one() == expected


def test_a_note_may_be_on_a_few_words_or_over_several_sentences(
    app: Flask, people: People, thread: Thread, margin: str, sign_in: SignIn
) -> None:
    student, (first, second, third, *_others) = sign_in(people.student), thread.sentences
    for ends in (
        {"first": first, "start": 4, "end": 16},
        {"first": first, "last": second, "start": 17, "end": 4},
        {"first": third, "last": first},
    ):
        assert student.post(f"{margin}/notes", data={**ends, "body": "Hm.", "choice": "comment"}).status_code == 303
    with app.app_context():
        found = select(Span.quote).join(Comment, Comment.span_id == Span.id).order_by(Comment.id)
        quotes = db.session.scalars(found).all()
    assert quotes == [
        "harbour town",
        "voted on Tuesday. Most",
        "The harbour town voted on Tuesday. Most people chose the new bridge. Some did not vote at all.",
    ]


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"body": " "}, 422, "Write something first."),
        ({"first": ""}, 422, "Choose a sentence."),
        ({"first": "999999"}, 409, "The text was edited meanwhile."),
        ({"choice": "everybody"}, 422, ""),
        ({"body": "x" * 5_001}, 422, "Yours is 1 too long."),
    ],
)
def test_a_refused_note_comes_back_with_everything_typed(
    app: Flask,
    people: People,
    thread: Thread,
    margin: str,
    sign_in: SignIn,
    change: dict[str, str],
    status: int,
    words: str,
) -> None:
    sent = {"first": str(thread.sentences[3]), "body": "My own words", "choice": "self", "paragraph": "2"}
    answer = sign_in(people.student).post(f"{margin}/notes", data={**sent, **change})
    assert answer.status_code == status
    assert words in answer.text
    assert {**sent, **change}["body"].strip() in answer.text
    assert "Notes on ¶ 2" in answer.text
    with app.app_context():
        assert db.session.scalars(select(Comment.id)).all() == []


def test_the_same_note_sent_twice_is_one_note(
    app: Flask, people: People, thread: Thread, margin: str, sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    sent = {"first": thread.sentences[0], "body": "Hm.", "choice": "comment"}
    first, second = (student.post(f"{margin}/notes", data=sent).location for _ in range(2))
    assert first == second
    assert student.post(f"{margin}/notes", data={**sent, "first": thread.sentences[1]}).location != first
    with app.app_context():
        assert len(db.session.scalars(select(Comment.id)).all()) == 2


def test_too_many_notes_in_a_minute_are_refused_with_when(
    people: People, thread: Thread, margin: str, sign_in: SignIn, clock: Clock
) -> None:
    student = sign_in(people.student)
    for number in range(10):
        sent = {"first": thread.sentences[0], "body": f"Note {number}.", "choice": "self"}
        assert student.post(f"{margin}/notes", data=sent).status_code == 303
    answer = student.post(f"{margin}/notes", data={**sent, "body": "The eleventh."})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "61"
    assert "The eleventh." in answer.text


def test_after_the_reading_closes_one_writes_for_oneself_alone(
    app: Flask, people: People, thread: Thread, margin: str, sign_in: SignIn
) -> None:
    with app.app_context():
        db.session.execute(update(Assignment).values(closes_at=now.now() - timedelta(days=1)))
        commit()
    student = sign_in(people.student)
    page = student.get(f"{margin}/paragraphs/1").text
    assert 'value="self"' in page
    assert 'value="comment"' not in page
    sent = {"first": thread.sentences[0], "body": "Late words.", "choice": "comment"}
    answer = student.post(f"{margin}/notes", data=sent)
    assert answer.status_code == 409
    assert "Late words." in answer.text
    assert student.post(f"{margin}/notes", data={**sent, "choice": "self"}).status_code == 303


def test_an_observer_reads_the_margin_and_writes_nothing(
    app: Flask, people: People, thread: Thread, margin: str, sign_in: SignIn, jot: Jot
) -> None:
    jot(people.student, "For the class.")
    jot(people.student, "For staff.", choice="staff")
    with app.app_context():
        db.session.execute(update(Enrollment).where(Enrollment.user_id == people.classmate.id).values(role="observer"))
        commit()
    observer = sign_in(people.classmate)
    page = observer.get(f"{margin}/paragraphs/1").text
    assert "For the class." in page
    assert "For staff." not in page
    assert "Post note" not in page
    sent = {"first": thread.sentences[0], "body": "Hm.", "choice": "self"}
    assert observer.post(f"{margin}/notes", data=sent).status_code == 403
    assert observer.post(f"{margin}/confusion", data={"first": thread.sentences[0]}).status_code == 403


def test_a_note_is_answered_by_whoever_sees_it(
    app: Flask, people: People, thread: Thread, sign_in: SignIn, jot: Jot
) -> None:
    note = jot(people.student, "Why?", choice="staff")
    answer = sign_in(people.assistant).post(f"/notes/{note}/answers", data={"body": "Because of ¶ 2.1."})
    assert answer.status_code == 303
    with app.app_context():
        reply = db.session.scalars(select(Comment).where(Comment.root_id == note)).one()
        assert (reply.visibility, reply.parent_id, reply.span_id) == ("staff", note, None)
    assert answer.location == f"/readings/{thread.assignment}?note={note}#c{reply.id}"
    page = sign_in(people.student).get(f"/notes/{note}").text
    assert "Because of" in page
    assert f'href="/readings/{thread.assignment}#s{thread.sentences[3]}">¶ 2.1</a>' in page
    classmate = sign_in(people.classmate)
    assert classmate.get(f"/notes/{note}").status_code == 404
    assert classmate.post(f"/notes/{note}/answers", data={"body": "Me too."}).status_code == 404


def test_an_empty_answer_comes_back_and_an_answer_to_an_answer_is_no_page(
    people: People, sign_in: SignIn, jot: Jot, answer: Answer
) -> None:
    note = jot(people.student, "Why?")
    reply = answer(people.classmate, note, "Because.")
    student = sign_in(people.student)
    refused = student.post(f"/notes/{note}/answers", data={"body": ""})
    assert refused.status_code == 422
    assert "Write something first." in refused.text
    assert student.get(f"/notes/{reply}").status_code == 404
    assert student.post(f"/notes/{reply}/answers", data={"body": "Hm."}).status_code == 404


def test_a_note_is_changed_and_deleted_as_a_post_is(
    people: People, thread: Thread, margin: str, sign_in: SignIn, jot: Jot, answer: Answer
) -> None:
    note = jot(people.student, "First words.")
    student = sign_in(people.student)
    assert student.post(f"/comments/{note}/edit", data={"body": "Second words.", "seen": ""}).location == (
        f"{margin}?note={note}#n{note}"
    )
    assert "Second words." in student.get(f"{margin}/paragraphs/1").text
    assert "First words." in sign_in(people.instructor).get(f"/comments/{note}/history").text
    assert sign_in(people.classmate).get(f"/comments/{note}/edit").status_code == 403
    answer(people.classmate, note, "An answer.")
    assert student.post(f"/comments/{note}/deletion").status_code == 303
    page = sign_in(people.classmate).get(f"{margin}/paragraphs/1").text
    assert "Second words." not in page
    assert "This note was deleted by its author." in page
    assert "An answer." in page


def test_staff_hide_endorse_and_restore_notes(
    people: People, thread: Thread, margin: str, sign_in: SignIn, jot: Jot
) -> None:
    note = jot(people.student, "Good or bad?")
    staff, classmate = sign_in(people.assistant), sign_in(people.classmate)
    assert staff.post(f"/comments/{note}/endorsement", data={"reason": "Close reading"}).status_code == 303
    assert "Close reading" in classmate.get(f"{margin}/paragraphs/1").text
    assert staff.post(f"/comments/{note}/hiding", data={"reason": "Hm."}).status_code == 303
    assert "Good or bad?" not in classmate.get(f"{margin}/paragraphs/1").text
    assert "The reason: Hm." in sign_in(people.student).get(f"{margin}/paragraphs/1").text
    assert staff.post(f"/comments/{note}/restoration").status_code == 303
    assert "Good or bad?" in classmate.get(f"{margin}/paragraphs/1").text


def test_a_note_for_oneself_is_out_of_staffs_reach(people: People, sign_in: SignIn, jot: Jot) -> None:
    note = jot(people.student, "Mine alone.", choice="self")
    staff = sign_in(people.instructor)
    for path in ("hiding", "endorsement", "history", "edit", "deletion"):
        assert staff.get(f"/comments/{note}/{path}").status_code == 404
    assert staff.get(f"/comments/{note}").status_code == 404


def test_what_is_read_is_marked_of_what_exists_for_the_reader_alone(
    app: Flask, people: People, thread: Thread, margin: str, sign_in: SignIn, jot: Jot, answer: Answer
) -> None:
    note, secret = jot(people.student, "Why?"), jot(people.student, "Ask.", choice="staff")
    reply, own = answer(people.instructor, note, "Because."), jot(people.classmate, "Own.")
    hidden_reply = answer(people.instructor, secret, "To you alone.")
    ids = ",".join(map(str, (note, secret, reply, own, hidden_reply)))
    classmate = sign_in(people.classmate)
    assert re.search(f'name="ids" value="{note},{reply}"', classmate.get(f"{margin}/paragraphs/1").text)
    for _twice in range(2):
        assert classmate.post(f"{margin}/note-marks", data={"ids": ids}).location == margin
    with app.app_context():
        assert set(db.session.scalars(select(CommentRead.comment_id))) == {note, reply}
        place = queries.get_margin_for(people.classmate.id, thread.assignment)
        assert sum(anchor.unread for anchor in queries.list_anchors(place)) == 0
    assert sign_in(people.other_student).post(f"{margin}/note-marks", data={"ids": ids}).status_code == 404
