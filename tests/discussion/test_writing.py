"""Writing, changing and deleting posts; what is refused comes back whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from classroom.models import Enrollment
from classroom.operations import archive_section
from core.database import commit, db
from discussion.models import Comment
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]
Given = Callable[..., None]


@pytest.fixture
def set_role(app: Flask, people: People) -> Callable[..., None]:
    """Change a person's place in the first class: `set_role(person, role="observer", state="removed")`."""

    def change(person: Person, **values: Any) -> None:
        with app.app_context():
            place = db.session.scalars(
                select(Enrollment).where(Enrollment.user_id == person.id, Enrollment.section_id == people.section)
            ).one()
            for name, value in values.items():
                setattr(place, name, value)
            commit()

    return change


@pytest.mark.parametrize("body", ["", "   \n ", "[](https://e.org)", "\u200b"])
def test_a_post_without_words_is_refused(people: People, thread: Thread, sign_in: SignIn, body: str) -> None:
    answer = sign_in(people.student).post(f"{thread.url}/comments", data={"body": body})
    assert answer.status_code == 422
    assert "Write something first." in answer.text


def test_a_post_that_is_too_long_comes_back_with_every_word(people: People, thread: Thread, sign_in: SignIn) -> None:
    body = "word " * 1000 + "<last words>"
    answer = sign_in(people.student).post(f"{thread.url}/comments", data={"body": body})
    assert answer.status_code == 422
    assert "A post has at most 5,000 characters. Yours is 12 too long." in answer.text
    assert "&lt;last words&gt;</textarea>" in answer.text
    assert "<title>Error:" in answer.text


def test_line_ends_of_the_form_do_not_count_twice(people: People, thread: Thread, sign_in: SignIn) -> None:
    body = "x\r\n" * 2500
    assert sign_in(people.student).post(f"{thread.url}/comments", data={"body": body}).status_code == 303


def test_a_refused_reply_comes_back_under_its_post(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    top = write(people.classmate, "Top.")
    data = {"body": "y" * 5001, "parent": top}
    student = sign_in(people.student)
    page = student.post(f"{thread.url}/comments", data=data)
    assert page.status_code == 422
    assert page.text.index(f'id="c{top}"') < page.text.index("y" * 5001)
    fragment = student.post(f"{thread.url}/comments", data=data, headers={"X-Fragment": "1"})
    assert fragment.status_code == 422
    assert fragment.text.lstrip().startswith("<form")
    assert "y" * 5001 in fragment.text
    assert f'name="parent" value="{top}"' in fragment.text


def test_a_form_sent_twice_makes_one_post(app: Flask, people: People, thread: Thread, sign_in: SignIn) -> None:
    student = sign_in(people.student)
    first = student.post(f"{thread.url}/comments", data={"body": "Once."})
    second = student.post(f"{thread.url}/comments", data={"body": "Once."})
    assert first.location == second.location
    with app.app_context():
        assert len(db.session.scalars(select(Comment)).all()) == 1


def test_more_than_ten_posts_in_a_minute_are_told_when_to_go_on(
    people: People, thread: Thread, sign_in: SignIn, clock: Clock
) -> None:
    student = sign_in(people.student)
    for number in range(10):
        assert student.post(f"{thread.url}/comments", data={"body": f"Post {number}"}).status_code == 303
        clock.forward(seconds=2)
    answer = student.post(f"{thread.url}/comments", data={"body": "The eleventh."})
    assert answer.status_code == 429
    assert 38 <= int(answer.headers["Retry-After"]) <= 42
    assert "Post this one in 41 seconds" in answer.text
    assert ">The eleventh.</textarea>" in answer.text
    assert sign_in(people.classmate).post(f"{thread.url}/comments", data={"body": "Mine."}).status_code == 303
    clock.forward(seconds=41)
    assert student.post(f"{thread.url}/comments", data={"body": "The eleventh."}).status_code == 303


def test_a_post_is_changed_within_half_an_hour_and_staff_see_what_it_said(
    people: People, thread: Thread, write: Write, sign_in: SignIn, clock: Clock
) -> None:
    post = write(people.student, "Frist thought, ¶ 1.1.")
    student = sign_in(people.student)
    assert "Frist thought, ¶ 1.1.</textarea>" in student.get(f"/comments/{post}/edit").text
    clock.forward(minutes=29)
    answer = student.post(f"/comments/{post}/edit", data={"body": "First thought, ¶ 2.1.", "seen": ""})
    assert answer.status_code == 303
    page = student.get(thread.url).text
    assert "First thought, " in page
    assert "Frist" not in page
    assert ">¶ 2.1</a>" in page
    assert "changed" in page
    history = f"/comments/{post}/history"
    assert "Frist thought" in sign_in(people.assistant).get(history).text
    assert student.get(history).status_code == 403
    clock.forward(minutes=1)
    assert student.get(f"/comments/{post}/edit").status_code == 403
    answer = student.post(f"/comments/{post}/edit", data={"body": "Too late.", "seen": ""})
    assert answer.status_code == 409
    assert "Your new words are not saved; keep a copy." in answer.text
    assert "Too late.</textarea>" in answer.text
    assert f"/comments/{post}/edit" not in student.get(thread.url).text


def test_two_windows_never_overwrite_each_other_silently(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "One.")
    student = sign_in(people.student)
    student.post(f"/comments/{post}/edit", data={"body": "Two.", "seen": ""})
    answer = student.post(f"/comments/{post}/edit", data={"body": "Three.", "seen": ""})
    assert answer.status_code == 409
    assert "<p>Two.</p>" in answer.text
    assert ">Three.</textarea>" in answer.text
    seen = answer.text.split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert student.post(f"/comments/{post}/edit", data={"body": "Three.", "seen": seen}).status_code == 303
    assert "<p>Three.</p>" in student.get(thread.url).text


def test_an_edit_that_is_refused_comes_back_whole(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "One.")
    answer = sign_in(people.student).post(f"/comments/{post}/edit", data={"body": "z" * 5002, "seen": ""})
    assert answer.status_code == 422
    assert "z" * 5002 in answer.text
    assert "2 too long" in answer.text


def test_nobody_else_changes_or_deletes_a_post(people: People, thread: Thread, write: Write, sign_in: SignIn) -> None:
    post = write(people.student, "Mine.")
    for person in (people.classmate, people.assistant, people.instructor):
        client = sign_in(person)
        for path in ("edit", "deletion"):
            assert client.get(f"/comments/{post}/{path}").status_code == 403
            assert client.post(f"/comments/{post}/{path}", data={"body": "x"}).status_code == 403
    for stranger in (people.stranger, people.other_student, people.other_instructor):
        client = sign_in(stranger)
        assert client.get(f"/comments/{post}").status_code == 404
        assert client.post(f"/comments/{post}/deletion").status_code == 404
        assert client.post(f"{thread.url}/comments", data={"body": "x"}).status_code == 404
        assert client.get(thread.url).status_code == 404


def test_a_deleted_post_is_gone_and_leaves_a_place_when_it_was_answered(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    alone = write(people.student, "Alone, ¶ 1.1.")
    answered = write(people.student, "Answered.")
    write(people.classmate, "The answer.", answered)
    student = sign_in(people.student)
    assert "Delete what you wrote?" in student.get(f"/comments/{alone}/deletion").text
    for post in (alone, answered):
        assert student.post(f"/comments/{post}/deletion").status_code == 303
    page = sign_in(people.classmate).get(thread.url).text
    assert "Alone" not in page
    assert "Answered." not in page
    assert f'id="c{alone}"' not in page
    assert f'<article class="post gone" id="c{answered}">' in page
    assert "This post was deleted by its author." in page
    assert "The answer." in page
    assert "1 post from 1 person" in page
    with app.app_context():
        assert db.session.get_one(Comment, answered).body == "Answered."


def test_a_post_answering_what_was_deleted_meanwhile_keeps_its_words(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    top = write(people.classmate, "Top.")
    sign_in(people.classmate).post(f"/comments/{top}/deletion")
    answer = sign_in(people.student).post(f"{thread.url}/comments", data={"body": "My words.", "parent": top})
    assert answer.status_code == 409
    assert "What you answer is not there any more." in answer.text
    assert ">My words.</textarea>" in answer.text


def test_a_reply_to_another_thread_is_refused(
    people: People, thread: Thread, write: Write, sign_in: SignIn, given: Given
) -> None:
    post = write(people.student, "Here.")
    other = sign_in(people.other_student)
    answer = other.post(f"/discussions/{thread.elsewhere}/comments", data={"body": "x", "parent": post})
    assert answer.status_code == 409
    assert "Here." not in answer.text


def test_after_closing_students_read_and_staff_still_write(
    people: People, thread: Thread, write: Write, given: Given, sign_in: SignIn, clock: Clock
) -> None:
    write(people.classmate, "Before.")
    given(closes_at=datetime(2026, 11, 18, 12, 0, tzinfo=UTC))
    student = sign_in(people.student)
    clock.set(datetime(2026, 11, 18, 12, 0, 0, 999_000, tzinfo=UTC))
    assert student.post(f"{thread.url}/comments", data={"body": "In the last second."}).status_code == 303
    clock.set(datetime(2026, 11, 18, 12, 0, 1, tzinfo=UTC))
    page = student.get(thread.url).text
    assert "Closed Wed 18 Nov, 13:00" in page
    assert "Before." in page
    assert "data-composer" not in page
    late = student.post(f"{thread.url}/comments", data={"body": "Too late."})
    assert late.status_code == 409
    assert ">Too late.</textarea>" in late.text
    assert sign_in(people.assistant).post(f"{thread.url}/comments", data={"body": "A last word."}).status_code == 303


def test_an_observer_reads_and_does_not_write(
    people: People, thread: Thread, write: Write, sign_in: SignIn, set_role: Callable[..., None]
) -> None:
    write(people.classmate, "Words.")
    set_role(people.student, role="observer")
    observer = sign_in(people.student)
    page = observer.get(thread.url).text
    assert "Words." in page
    assert "data-composer" not in page
    assert observer.post(f"{thread.url}/comments", data={"body": "x"}).status_code == 403


def test_a_removed_person_finds_nothing(
    people: People, thread: Thread, write: Write, sign_in: SignIn, set_role: Callable[..., None]
) -> None:
    post = write(people.student, "I was here.")
    set_role(people.student, state="removed")
    removed = sign_in(people.student)
    for path in (
        thread.url,
        f"/comments/{post}",
        f"/comments/{post}/edit",
        f"/readings/{thread.assignment}/discussion",
    ):
        assert removed.get(path).status_code == 404
    assert "I was here." in sign_in(people.classmate).get(thread.url).text


def test_an_archived_class_is_read_and_not_changed(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "Kept.")
    with app.app_context():
        archive_section(people.instructor.id, people.section)
        commit()
    student = sign_in(people.student)
    assert "Kept." in student.get(thread.url).text
    assert student.post(f"{thread.url}/comments", data={"body": "x"}).status_code == 403
    assert student.post(f"/comments/{post}/deletion").status_code == 403
    instructor = sign_in(people.instructor)
    for path in ("lock", "gate-opening"):
        assert instructor.post(f"{thread.url}/{path}").status_code == 403
    assert instructor.post(f"/comments/{post}/hiding", data={"reason": "x"}).status_code == 403


def test_a_preview_shows_the_post_and_keeps_nothing(
    app: Flask, people: People, thread: Thread, sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    page = student.post(f"{thread.url}/preview", data={"body": "It *is*, ¶ 1.1."})
    assert '<p>It <em>is</em>, <span class="ref">¶ 1.1</span>.</p>' in page.text
    assert ">It *is*, ¶ 1.1.</textarea>" in page.text
    fragment = student.post(f"{thread.url}/preview", data={"body": "It *is*."}, headers={"X-Fragment": "1"})
    assert fragment.text.strip() == "<p>It <em>is</em>.</p>"
    nowhere = student.post(f"{thread.url}/preview", data={"body": "¶ 99.1 & ¶ 1.1"}, headers={"X-Fragment": "1"}).text
    assert '<p>¶ 99.1 &amp; <span class="ref">¶ 1.1</span></p>' in nowhere
    assert "This article has no ¶ 99.1." in nowhere
    with app.app_context():
        assert db.session.scalars(select(Comment)).all() == []
