"""What staff do in threads, and that nobody else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from core.audit import AuditEntry
from core.database import db
from discussion.models import Comment, CommentSpan
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]


def test_a_hidden_post_is_for_its_author_and_staff_with_the_reason(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "Rude words, ¶ 1.1.")
    write(people.classmate, "An answer.", post)
    assistant = sign_in(people.assistant)
    assert "Rude words" in assistant.get(f"/comments/{post}/hiding").text
    answer = assistant.post(f"/comments/{post}/hiding", data={"reason": "Not how we talk here."})
    assert answer.status_code == 303
    for person in (people.student, people.instructor):
        page = sign_in(person).get(thread.url).text
        assert "Rude words" in page
        assert "The reason: Not how we talk here." in page
    others = sign_in(people.classmate).get(thread.url).text
    assert "Rude words" not in others
    assert "Not how we talk" not in others
    assert people.student.name not in others
    assert "This post was hidden by staff." in others
    assert "An answer." in others
    with app.app_context():
        assert len(db.session.scalars(select(CommentSpan)).all()) == 1


def test_a_hidden_post_is_restored_as_it_was(people: People, thread: Thread, write: Write, sign_in: SignIn) -> None:
    post = write(people.student, "Words after all.")
    instructor = sign_in(people.instructor)
    instructor.post(f"/comments/{post}/hiding", data={"reason": "Hm."})
    assert "Words after all" not in sign_in(people.classmate).get(thread.url).text
    assert instructor.post(f"/comments/{post}/restoration").status_code == 303
    page = sign_in(people.classmate).get(thread.url).text
    assert "Words after all." in page
    assert "Hm." not in page


def test_a_hidden_post_can_be_neither_answered_nor_changed(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "Hidden.")
    sign_in(people.instructor).post(f"/comments/{post}/hiding", data={"reason": "Hm."})
    student = sign_in(people.student)
    assert student.post(f"{thread.url}/comments", data={"body": "x", "parent": post}).status_code == 409
    refused = student.post(f"/comments/{post}/edit", data={"body": "My new words.", "seen": ""})
    assert refused.status_code == 409
    assert "My new words.</textarea>" in refused.text
    assert "My new words." not in student.get(thread.url).text
    assert student.post(f"/comments/{post}/deletion").status_code == 403


def test_hiding_without_a_reason_is_refused(people: People, thread: Thread, write: Write, sign_in: SignIn) -> None:
    post = write(people.student, "Words.")
    answer = sign_in(people.instructor).post(f"/comments/{post}/hiding", data={"reason": " "})
    assert answer.status_code == 422
    assert "Say why. The author reads it." in answer.text
    assert "Words." in sign_in(people.classmate).get(thread.url).text


def test_an_endorsement_shows_the_reason_and_can_be_taken_back(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "A good point.")
    instructor = sign_in(people.instructor)
    instructor.post(f"/comments/{post}/endorsement", data={"reason": "uses the text <against> itself"})
    page = sign_in(people.classmate).get(thread.url).text
    assert f"Endorsed by {people.instructor.name}" in page
    assert "uses the text &lt;against&gt; itself" in page
    assert 'value="uses the text &lt;against&gt; itself"' in instructor.get(f"/comments/{post}/endorsement").text
    assert instructor.post(f"/comments/{post}/endorsement/withdrawal").status_code == 303
    assert "Endorsed by" not in sign_in(people.classmate).get(thread.url).text


def test_staff_do_not_endorse_themselves(people: People, thread: Thread, write: Write, sign_in: SignIn) -> None:
    post = write(people.assistant, "My own.")
    assert sign_in(people.assistant).post(f"/comments/{post}/endorsement").status_code == 403
    assert sign_in(people.instructor).post(f"/comments/{post}/endorsement").status_code == 303


def test_a_locked_thread_is_read_and_not_added_to(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "Before the lock.")
    instructor, student = sign_in(people.instructor), sign_in(people.student)
    assert instructor.post(f"{thread.url}/lock").status_code == 303
    page = student.get(thread.url).text
    assert "Before the lock." in page
    assert "Locked: it can be read, not added to" in page
    assert student.post(f"{thread.url}/comments", data={"body": "x"}).status_code == 409
    refused = student.post(f"/comments/{post}/edit", data={"body": "My new words.", "seen": ""})
    assert refused.status_code == 409
    assert "My new words.</textarea>" in refused.text
    assert "My new words." not in student.get(thread.url).text
    assert student.post(f"/comments/{post}/deletion").status_code == 403
    assert instructor.post(f"{thread.url}/comments", data={"body": "Closing words."}).status_code == 303
    assert instructor.post(f"{thread.url}/lock/removal").status_code == 303
    assert student.post(f"{thread.url}/comments", data={"body": "x"}).status_code == 303


@pytest.mark.parametrize(
    "path", ["hiding", "restoration", "endorsement", "endorsement/withdrawal"], ids=lambda path: path.replace("/", "-")
)
def test_students_do_not_moderate(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn, path: str
) -> None:
    post = write(people.student, "Words.")
    answer = sign_in(people.classmate).post(f"/comments/{post}/{path}", data={"reason": "x"})
    assert answer.status_code == 403
    assert sign_in(people.other_instructor).post(f"/comments/{post}/{path}", data={"reason": "x"}).status_code == 404
    with app.app_context():
        comment = db.session.get_one(Comment, post)
        assert (comment.hidden_at, comment.endorsed_at) == (None, None)


@pytest.mark.parametrize("path", ["lock", "lock/removal", "gate-opening"])
def test_students_do_not_rule_threads(people: People, thread: Thread, sign_in: SignIn, path: str) -> None:
    assert sign_in(people.student).post(f"{thread.url}/{path}").status_code == 403
    assert sign_in(people.other_instructor).post(f"{thread.url}/{path}").status_code == 404


def test_every_act_is_written_to_the_log(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "Words.")
    assistant = sign_in(people.assistant)
    for path in ("endorsement", "endorsement/withdrawal", "hiding", "restoration"):
        assistant.post(f"/comments/{post}/{path}", data={"reason": "Because."})
    for path in ("lock", "lock/removal", "gate-opening", "gate-opening"):
        assistant.post(f"{thread.url}/{path}")
    sign_in(people.student).post(f"/comments/{post}/deletion")
    with app.app_context():
        entries = db.session.scalars(
            select(AuditEntry).where(AuditEntry.section_id == people.section).order_by(AuditEntry.id)
        ).all()
    ours = [entry for entry in entries if entry.action.startswith(("comment.", "discussion."))]
    assert [entry.action for entry in ours] == [
        "comment.endorse",
        "comment.endorse.take_back",
        "comment.hide",
        "comment.restore",
        "discussion.lock",
        "discussion.unlock",
        "discussion.open_gate",
        "comment.delete",
    ]
    assert {entry.actor_id for entry in ours} == {people.assistant.id, people.student.id}
    assert ours[2].detail == {"reason": "Because."}
