"""The same words twice at one place within minutes are one post."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from core.database import db
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
