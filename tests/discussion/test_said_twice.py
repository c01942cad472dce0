"""What is sent twice: the same words within minutes are one post, two changes at one moment are both shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db
from discussion import operations
from discussion.models import Comment
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]


def test_the_same_words_within_minutes_lead_to_the_first_post_and_later_are_another(
    app: Flask, people: People, thread: Thread, sign_in: SignIn, clock: Clock
) -> None:
    student = sign_in(people.student)
    words = {"body": "Once."}
    first = student.post(f"{thread.url}/comments", data=words)
    clock.forward(minutes=4, seconds=50)
    again = student.post(f"{thread.url}/comments", data=words, follow_redirects=True)
    assert "You have posted this already. Here it is." in again.text
    assert student.post(f"{thread.url}/comments", data=words, headers={"X-Fragment": "1"}).status_code == 409
    assert student.post(f"{thread.url}/comments", data=words).location == first.location
    reply = {**words, "parent": first.location.rpartition("#c")[2]}
    assert student.post(f"{thread.url}/comments", data=reply).location != first.location
    clock.forward(seconds=11)
    assert student.post(f"{thread.url}/comments", data=words).location != first.location
    with app.app_context():
        assert len(db.session.scalars(select(Comment)).all()) == 3


def test_staff_say_the_same_to_each_group(
    people: People, thread: Thread, split: Callable[[], list[int]], sign_in: SignIn
) -> None:
    instructor = sign_in(people.instructor)
    sent = [{"body": "Ten minutes left.", "group": str(group)} for group in (*split(), "")]
    places = [instructor.post(f"{thread.url}/comments", data=each).location for each in sent]
    assert len(set(places)) == 3
    assert [instructor.post(f"{thread.url}/comments", data=each).location for each in sent] == places
    assert sign_in(people.classmate).get(thread.url).text.count("Ten minutes left.") == 2


def test_two_windows_that_save_at_the_same_moment_show_both_versions(
    people: People, write: Callable[..., int], sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = write(people.student, "As it was.")

    def beaten(*_given: object) -> None:
        raise operations.StaleComment

    monkeypatch.setattr(operations, "edit_comment", beaten)
    answer = sign_in(people.student).post(f"/comments/{post}/edit", data={"body": "As it should be."})
    assert answer.status_code == 409
    assert "As it was." in answer.text
    assert "As it should be." in answer.text
