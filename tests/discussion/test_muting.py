"""A student who is muted in a class: reads, and writes for nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from classroom.models import Mute
from core.database import db
from discussion import operations
from discussion.models import Comment, CommentReaction
from tests.discussion.conftest import Thread, place_of
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]
REASON = "Three rude posts <this> week."
KINDLY = "You can read everything here and write notes for yourself, but not post for the time being."


@pytest.fixture
def muted(app: Flask, people: People, does: Callable[..., None], staff: operations.Actor) -> int:
    """The student's place in the class, muted."""
    place = place_of(app, people.student)
    does(operations.mute_student, staff, place, REASON)
    return place


def _written(app: Flask) -> tuple[int, ...]:
    with app.app_context():
        return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (Comment, CommentReaction))


def test_staff_mute_a_student_with_a_reason_and_let_them_write_again(
    app: Flask, people: People, thread: Thread, sign_in: SignIn
) -> None:
    assistant, student = sign_in(people.assistant), sign_in(people.student)
    address = f"/classes/{people.section}/people/{place_of(app, people.student)}/mute"
    refused = assistant.post(address, data={"reason": " "})
    assert refused.status_code == 422
    assert "Say why. The student reads it." in refused.text
    assert assistant.post(address, data={"reason": REASON}).status_code == 303
    page = student.get(thread.url).text
    assert KINDLY in page
    assert "Three rude posts &lt;this&gt; week." in page
    assert 'id="composer"' not in page
    assert f"{people.student.name} is muted" in assistant.get(address).text
    listed = assistant.get(f"/classes/{people.section}/moderation").text
    assert "Muted 1</a>" in listed
    assert "Three rude posts &lt;this&gt; week." in listed
    assert "<b>Muted</b>" in assistant.get(f"/classes/{people.section}/people").text
    assert assistant.post(f"{address}/removal").status_code == 303
    page = student.get(thread.url).text
    assert KINDLY not in page
    assert 'id="composer"' in page
    assert student.post(f"{thread.url}/comments", data={"body": "I am back."}).status_code == 303


def test_nothing_is_written_for_others_and_no_word_is_lost(
    app: Flask, people: People, thread: Thread, write: Write, jot: Write, sign_in: SignIn, muted: int
) -> None:
    post, note = write(people.classmate, "Post."), jot(people.classmate, "Note.")
    own = write(people.student, "Written before.")
    before = _written(app)
    student = sign_in(people.student)
    words = {"body": "My words."}
    notes = f"/readings/{thread.assignment}/notes"
    first = {"first": thread.sentences[0], "paragraph": 1}
    for path, data in (
        (f"{thread.url}/comments", words),
        (f"{thread.url}/comments", {**words, "parent": post}),
        (f"/notes/{note}/answers", words),
        (notes, {**words, **first, "choice": "comment"}),
        (notes, {**words, **first, "choice": "question"}),
        (notes, {**words, **first, "choice": "staff"}),
    ):
        answer = student.post(path, data=data)
        assert answer.status_code == 409, path
        assert "My words." in answer.text, path
        assert "You cannot post in this class at present." in answer.text, path
    assert student.post(f"/comments/{post}/reactions", data={"kind": "agree"}).status_code == 403
    answer = student.post(f"/comments/{own}/edit", data={"body": "Else.", "seen": ""})
    assert answer.status_code == 409
    assert "Else.</textarea>" in answer.text
    assert _written(app) == before


def test_whoever_is_muted_reads_deletes_flags_and_writes_for_themselves(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn, muted: int
) -> None:
    post, own = write(people.classmate, "A post to read."), write(people.student, "Mine.")
    student = sign_in(people.student)
    assert "A post to read." in student.get(thread.url).text
    assert student.post(f"/comments/{own}/deletion").status_code == 303
    assert student.post(f"/comments/{post}/flag", data={"kind": "rude"}).status_code == 303
    margin = student.get(f"/readings/{thread.assignment}/paragraphs/1").text
    assert KINDLY in margin
    assert 'value="comment"' not in margin
    note = {"body": "For me.", "first": thread.sentences[0], "choice": "self"}
    assert student.post(f"/readings/{thread.assignment}/notes", data=note).status_code == 303
    with app.app_context():
        written = db.session.scalars(select(Comment).where(Comment.body == "For me.")).one()
    answer = student.post(f"/notes/{written.id}/answers", data={"body": "And again."})
    assert answer.status_code == 303


def test_classmates_see_nothing_of_it(people: People, thread: Thread, sign_in: SignIn, muted: int) -> None:
    page = sign_in(people.classmate).get(thread.url).text
    assert KINDLY not in page
    assert "Three rude" not in page


def test_staff_and_strangers_to_the_class_cannot_be_muted(
    app: Flask, people: People, sign_in: SignIn, muted: int
) -> None:
    instructor = sign_in(people.instructor)
    reason = {"reason": "x"}
    for person, status in ((people.assistant, 403), (people.instructor, 403), (people.other_student, 404)):
        address = f"/classes/{people.section}/people/{place_of(app, person)}/mute"
        assert instructor.post(address, data=reason).status_code == status
    assert sign_in(people.student).post(f"/classes/{people.section}/people/{muted}/mute/removal").status_code == 403
    with app.app_context():
        assert db.session.scalars(select(Mute.enrollment_id)).all() == [muted]
