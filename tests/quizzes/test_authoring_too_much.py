"""A million characters in any field of any question form: refused at that field, kept as typed, nothing saved."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import commit, db
from quizzes.models import Item
from quizzes.operations.authoring import create_quiz
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.question_forms import FORMS, add_question_of
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]
pytestmark = pytest.mark.sqlite_only
TOO_MUCH = "x" * 1_000_000
SHARED = [("true_false", field) for field in ("stem", "points", "anchor", "general_feedback", "hint")]
CHOSEN = ("match", "kind", "rule", "mode")
"""Fields in which nothing can be typed end so."""
OWN = [
    (kind, field)
    for kind, fields in FORMS.items()
    for field, value in fields.items()
    if value != "y" and not field.endswith(CHOSEN) and field != "right"
]


@pytest.fixture
def quiz(app: Flask, people: People, reading: Reading) -> int:
    """A draft without questions on the reading's article."""
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        commit()
    return quiz_id


@pytest.mark.parametrize(("kind", "field"), SHARED + OWN)
def test_a_million_characters_are_refused_at_their_field_and_kept(
    app: Flask, people: People, sign_in: SignIn, quiz: int, kind: str, field: str
) -> None:
    answer = add_question_of(sign_in(people.instructor), quiz, kind, **{field: TOO_MUCH})
    assert answer.status_code == 422
    place = re.sub(r"\d+", r"\\d+", field)  # rows that were not sent are closed up
    assert re.search(f'<a href="#{place}">', answer.text)
    assert TOO_MUCH in answer.text
    with app.app_context():
        assert db.session.scalars(select(Item.id).where(Item.quiz_id == quiz)).all() == []


@pytest.mark.parametrize("points", ["-1", "-0.5", "1001", "NaN", "1e9", "one"])
def test_points_that_are_none_are_refused_at_their_field(
    app: Flask, people: People, sign_in: SignIn, quiz: int, points: str
) -> None:
    answer = add_question_of(sign_in(people.instructor), quiz, "numeric", points=points)
    assert answer.status_code == 422
    assert answer.text.count("Write the points as a number from 0 to 1000") == 2
    assert f'value="{points}"' in answer.text


def test_a_pattern_of_a_million_characters_is_refused_without_being_tried(
    people: People, sign_in: SignIn, quiz: int
) -> None:
    changes = {"forms-0-match": "expression", "forms-0-text": "(a|b)*" * 200_000}
    answer = add_question_of(sign_in(people.instructor), quiz, "short_answer", **changes)
    assert answer.status_code == 422
    assert "Keep an answer to 500 characters." in answer.text


ROWS = [
    *[("single_choice", "options-{}-text"), ("matching", "pairs-{}-prompt"), ("ordering", "steps-{}-text")],
    *[("short_answer", "forms-{}-text"), ("numeric", "accepted-{}-value"), ("numeric", "units-{}-name")],
    *[("open_answer", "rubric-{}-text"), ("evidence", "passages-{}-place"), ("poll", "options-{}-text")],
]


@pytest.mark.parametrize(("kind", "field"), ROWS)
def test_more_rows_than_a_form_has_are_refused_and_are_not_made(
    people: People, sign_in: SignIn, quiz: int, kind: str, field: str
) -> None:
    rows = {field.format(at): "1" for at in range(3_000)}
    answer = add_question_of(sign_in(people.instructor), quiz, kind, **rows)
    assert answer.status_code == 422
    assert "Keep to 60 rows at most." in answer.text
    assert f'name="{field.format(59)}"' in answer.text
    assert f'name="{field.format(60)}"' not in answer.text


@pytest.mark.parametrize("row", ["²", "9" * 5_000, "-1", ""])
def test_rows_with_strange_names_are_none(people: People, sign_in: SignIn, quiz: int, row: str) -> None:
    answer = add_question_of(sign_in(people.instructor), quiz, "single_choice", **{f"options-{row}-text": "Ann"})
    assert answer.status_code == 303
