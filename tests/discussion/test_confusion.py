"""What is hard to understand is marked in the text: each sees the own marks, staff how many there are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from classroom.models import Enrollment
from core.database import commit, db
from discussion import queries
from discussion.models import ConfusionMark
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]


@pytest.fixture
def margin(thread: Thread) -> str:
    """The address of the reading."""
    return f"/readings/{thread.assignment}"


def test_a_mark_of_confusion_is_counted_for_staff_and_seen_by_its_author_alone(
    app: Flask, people: People, thread: Thread, margin: str, sign_in: SignIn
) -> None:
    hard = thread.sentences[0]
    student, classmate = sign_in(people.student), sign_in(people.classmate)
    for _twice in range(2):
        assert student.post(f"{margin}/confusion", data={"first": hard}).location == f"{margin}#s{hard}"
    assert "You are confused here" in student.get(f"{margin}/paragraphs/1").text
    assert "You are confused here" not in classmate.get(f"{margin}/paragraphs/1").text

    def told(person: Person) -> list[tuple[int, int, bool]]:
        with app.app_context():
            return [tuple(row) for row in queries.list_confusion(queries.get_margin_for(person.id, thread.assignment))]

    assert told(people.student) == [(hard, 0, True)]
    assert told(people.classmate) == []
    assert told(people.assistant) == told(people.instructor) == [(hard, 1, False)]
    classmate.post(f"{margin}/confusion", data={"first": hard})
    assert told(people.instructor) == [(hard, 2, False)]
    student.post(f"{margin}/confusion/removal", data={"first": hard})
    assert told(people.student) == []
    assert told(people.instructor) == [(hard, 1, False)]
    assert sign_in(people.instructor).post(f"{margin}/confusion", data={"first": hard}).status_code == 403
    assert student.post(f"{margin}/confusion", data={"first": 999_999}).status_code == 409
    with app.app_context():
        assert len(db.session.scalars(select(ConfusionMark.sentence_id)).all()) == 1


def test_people_who_left_do_not_count_among_the_confused(
    app: Flask, people: People, thread: Thread, margin: str, sign_in: SignIn
) -> None:
    sign_in(people.student).post(f"{margin}/confusion", data={"first": thread.sentences[0]})
    with app.app_context():
        db.session.execute(update(Enrollment).where(Enrollment.user_id == people.student.id).values(state="removed"))
        commit()
        place = queries.get_margin_for(people.instructor.id, thread.assignment)
        assert queries.list_confusion(place) == []
