"""Editing questions: versions, stale edits, order, copies, deletion, and what attempts lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import commit, db
from core.points import POINT
from quizzes.models import Item, Question
from quizzes.operations.authoring import create_quiz
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.question_forms import WORDS, add_question_of, content_of, item_of, versions_of
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]


@pytest.fixture
def quiz(app: Flask, people: People, reading: Reading) -> int:
    """A draft without questions on the reading's article."""
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        commit()
    return quiz_id


def _edit(client: Client, quiz: int, item_id: int, **changes: str) -> Any:
    """Post the question's own form again, as a browser would, with some fields changed."""
    page = client.get(f"/quizzes/{quiz}/questions/{item_id}").text
    keys = {
        f"options-{at}-key": page.split(f'name="options-{at}-key" type="hidden" value="', 1)[1].split('"', 1)[0]
        for at in range(3)
    }
    rows = {"options-0-text": "A bridge", "options-0-right": "y", "options-0-feedback": "Yes."}
    rows |= {"options-1-text": "A ferry", "options-1-share": "33.3333", "options-2-text": "A tunnel"}
    seen = page.split('name="seen" type="hidden" value="', 1)[1].split('"', 1)[0]
    data = {**WORDS, "points": "1.5", "seen": seen, **keys, **rows, **changes}
    return client.post(f"/quizzes/{quiz}/questions/{item_id}", data=data)


def test_an_edit_makes_a_version_and_options_keep_their_keys(
    app: Flask, people: People, sign_in: SignIn, quiz: int
) -> None:
    client = sign_in(people.instructor)
    item_id = item_of(add_question_of(client, quiz, "single_choice"))
    keys = [option.key for option in content_of(app, item_id).options]
    assert _edit(client, quiz, item_id, **{"options-1-text": "A boat", "options-5-text": "A train"}).status_code == 303
    assert [version.number for version in versions_of(app, item_id)] == [1, 2]
    options = content_of(app, item_id).options
    assert [option.key for option in options][:3] == keys
    assert [option.text for option in options] == ["A bridge", "A boat", "A tunnel", "A train"]
    assert len({option.key for option in options}) == 4


def test_saving_without_a_change_makes_no_version(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    client = sign_in(people.instructor)
    item_id = item_of(add_question_of(client, quiz, "single_choice"))
    assert _edit(client, quiz, item_id, points="3").status_code == 303
    assert len(versions_of(app, item_id)) == 1
    with app.app_context():
        assert db.session.get_one(Item, item_id).points == 3 * POINT


def test_an_edit_of_an_old_version_is_refused_with_both(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    client = sign_in(people.instructor)
    item_id = item_of(add_question_of(client, quiz, "single_choice"))
    assert _edit(client, quiz, item_id, stem="Saved in another tab").status_code == 303
    stale = _edit(client, quiz, item_id, stem="Typed in this tab", seen="1")
    assert stale.status_code == 409
    assert "Typed in this tab" in stale.text
    assert "Saved in another tab" in stale.text
    assert 'name="seen" type="hidden" value="2"' in stale.text
    assert versions_of(app, item_id)[-1].stem == "Saved in another tab"
    assert _edit(client, quiz, item_id, stem="Typed in this tab").status_code == 303
    assert versions_of(app, item_id)[-1].stem == "Typed in this tab"


def _order(app: Flask, quiz: int) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Item.id).where(Item.quiz_id == quiz).order_by(Item.position, Item.id)))


def test_questions_are_moved_copied_and_deleted(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    client = sign_in(people.instructor)
    first, second, third = (item_of(add_question_of(client, quiz, "evidence", stem=f"Number {at}")) for at in range(3))
    at = f"/quizzes/{quiz}/questions"
    assert client.post(f"{at}/{third}/position", data={"direction": "up"}).status_code == 303
    assert _order(app, quiz) == [first, third, second]
    client.post(f"{at}/{first}/position", data={"direction": "up"})
    client.post(f"{at}/{first}/position", data={"direction": "down"})
    assert _order(app, quiz) == [third, first, second]
    copy = item_of(client.post(f"{at}/{third}/copies"))
    assert _order(app, quiz) == [third, copy, first, second]
    assert content_of(app, copy) == content_of(app, third)
    assert "cannot be undone" in client.get(f"{at}/{third}/deletion").text
    assert client.post(f"{at}/{third}/deletion").status_code == 303
    assert _order(app, quiz) == [copy, first, second]
    with app.app_context():
        assert len(db.session.scalars(select(Question.id)).all()) == 5  # three here, two of the reading's quiz


def test_a_question_of_another_quiz_is_not_there(people: People, reading: Reading, sign_in: SignIn, quiz: int) -> None:
    client = sign_in(people.instructor)
    at = f"/quizzes/{quiz}/questions/{reading.items[0]}"
    assert client.get(at).status_code == 404
    for act in ("/position", "/copies", "/deletion"):
        assert client.post(at + act).status_code == 404


def test_with_attempts_items_and_points_are_locked(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    client = sign_in(people.instructor)
    at = f"/quizzes/{reading.quiz}/questions"
    item_id = reading.items[1]
    assert add_question_of(client, reading.quiz, "true_false").status_code == 409
    for act in ("/position", "/copies", "/deletion"):
        answer = client.post(f"{at}/{item_id}{act}", data={"direction": "up"})
        assert answer.status_code == 409
        assert "Students have started this quiz" in answer.text
    data = {"stem": "Why did some stay away?", "points": "5", "seen": "1"}
    refused = client.post(f"{at}/{item_id}", data=data)
    assert refused.status_code == 422
    assert "so the points stay as they are" in refused.text
    assert client.post(f"{at}/{item_id}", data={**data, "points": "2"}).status_code == 303
    assert [version.number for version in versions_of(app, item_id)] == [1, 2]
    assert _order(app, reading.quiz) == list(reading.items)


def test_saving_takes_a_bounded_number_of_statements(
    people: People, sign_in: SignIn, quiz: int, count_statements: Callable[[], Any]
) -> None:
    client = sign_in(people.instructor)
    for kind in ("single_choice", "evidence"):
        with count_statements() as seen:
            item_id = item_of(add_question_of(client, quiz, kind, anchor="¶ 1.1"))
        assert seen.commits == 1
        assert len(seen) <= 15
        with count_statements() as shown:
            client.get(f"/quizzes/{quiz}/questions/{item_id}")
        assert len(shown) <= 10
        assert not shown.writes()
