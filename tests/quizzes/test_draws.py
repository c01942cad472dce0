"""Draws: each attempt asks other questions of a tag, each once; what was drawn stays, and results name it."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from random import Random

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from classroom.models import Enrollment
from core.database import db
from core.points import POINT
from quizzes.draws import draw
from quizzes.models import Attempt, Item
from tests.quizzes.drawing import POOL, Quizzes, add_draws, asked_in, items_of, make_drawing, sit_drawing, start_drawing
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.question_forms import add_question_of
from tests.support.reading import Reading
from tests.support.statements import CountStatements

SignIn = Callable[[Person | str], Client]


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 9), unique=True), max_size=6), st.integers())
def test_no_question_twice_and_no_slot_empty_that_could_be_filled(slots: dict[int, list[int]], seed: int) -> None:
    drawn = draw(slots, Random(seed))
    assert len(set(drawn.values())) == len(drawn)
    assert all(question in slots[slot] for slot, question in drawn.items())
    assert len(drawn) == _most(slots, list(slots), frozenset())


def _most(slots: dict[int, list[int]], left: list[int], taken: frozenset[int]) -> int:
    """How many slots can be filled at most, by trying everything (first four choices suffice to tell)."""
    if not left:
        return 0
    best = _most(slots, left[1:], taken)
    for question in slots[left[0]]:
        if best == len(left):
            break
        if question not in taken:
            best = max(best, 1 + _most(slots, left[1:], taken | {question}))
    return best


@pytest.fixture
def quizzes(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> Quizzes:
    return make_drawing(app, people, reading, sign_in(people.instructor))


def test_every_attempt_draws_each_question_once_and_keeps_it(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes
) -> None:
    author, student = sign_in(people.instructor), sign_in(people.student)
    assert add_draws(author, quizzes.drawing, 3) == 303
    assert author.post(f"/quizzes/{quizzes.drawing}/publication").status_code == 303
    seen = set()
    for _turn in range(20):  # that chance leaves one out of all of them is beyond belief
        attempt = start_drawing(student, quizzes)
        asked = asked_in(app, attempt)
        assert len({stem for _item, stem in asked}) == len(asked) == 3
        assert all(stem.startswith("Statement") for _item, stem in asked)
        page = student.get(f"/attempts/{attempt}").text or student.get(f"/attempts/{attempt}/questions/1").text
        assert asked_in(app, attempt) == asked
        assert "drawn from" not in page
        student.post(f"/attempts/{attempt}/submission", data={"sure": "y"})
        assert student.get(f"/attempts/{attempt}/result").status_code == 200
        seen |= {stem for _item, stem in asked}
    assert len(seen) == POOL
    with app.app_context():
        assert set(db.session.scalars(select(Attempt.max_points).where(Attempt.delivery_id == quizzes.delivery))) == {
            6 * POINT
        }


def test_more_than_there_are_cannot_be_drawn(app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes) -> None:
    author = sign_in(people.instructor)
    page = author.post(f"/quizzes/{quizzes.drawing}/draws", data={"tag": "pool", "many": "5", "points": "-1"})
    assert page.status_code == 422
    assert "Only 4 questions" in page.text
    assert "Write the points" in page.text
    assert add_draws(author, quizzes.drawing, 1, tag="unknown") == 422
    assert items_of(app, quizzes.drawing) == []


def test_a_draw_that_finds_nothing_is_told_when_publishing_and_never_to_students(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes
) -> None:
    author, student = sign_in(people.instructor), sign_in(people.student)
    assert add_draws(author, quizzes.drawing, 4) == 303
    assert author.post(f"/quizzes/{quizzes.drawing}/publication").status_code == 303
    store = items_of(app, quizzes.store)
    author.post(f"/quizzes/{quizzes.store}/questions/{store[0]}/deletion")
    attempt = start_drawing(student, quizzes)
    assert len(asked_in(app, attempt)) == 3
    author.post(f"/quizzes/{quizzes.drawing}/withdrawal")
    answer = author.post(f"/quizzes/{quizzes.drawing}/publication")
    assert answer.status_code == 422
    assert "No question is left for this draw" in unescape(answer.text)


def test_results_name_the_drawn_questions_and_the_map_knows_their_places(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes, reading: Reading
) -> None:
    author, student = sign_in(people.instructor), sign_in(people.student)
    assert add_draws(author, quizzes.drawing, 4) == 303
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    items = items_of(app, quizzes.drawing)
    attempt = sit_drawing(student, quizzes, {items[0]: "true", items[1]: "false"})
    stems = [stem for _item, stem in asked_in(app, attempt)]
    query = f"?quiz={quizzes.delivery}"
    page = unescape(author.get(f"/readings/{reading.assignment}/results{query}").text)
    for stem in stems:
        assert stem in page
    assert "Drawn question" in page
    assert "Questions 1, 2, 3, 4" in page[page.index('id="map-p1"') : page.index('id="map-p2"')]
    for part in ("students", "matrix", "statistics"):
        assert author.get(f"/readings/{reading.assignment}/results/{part}{query}").status_code == 200
    export = author.get(f"/readings/{reading.assignment}/results.csv{query}").text
    assert f"item_{items[0]}" in export
    assert author.get(f"/deliveries/{quizzes.delivery}/questions/{items[0]}/scoring").status_code == 409


def test_a_draw_is_seen_moved_copied_and_taken_away_in_the_editor(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes
) -> None:
    author, quiz = sign_in(people.instructor), quizzes.drawing
    add_draws(author, quiz, 2)
    add_question_of(author, quiz, "true_false", stem="Its own.")
    first, second, _own = items_of(app, quiz)
    assert author.get(f"/quizzes/{quiz}/questions/{first}").location.endswith(f"/quizzes/{quiz}/draws/{first}")
    assert "Pool" in author.get(f"/quizzes/{quiz}/draws/{first}").text
    assert "Statement" in author.get(f"/quizzes/{quiz}/preview").text
    author.post(f"/quizzes/{quiz}/questions/{first}/position", data={"direction": "down"})
    assert items_of(app, quiz)[:2] == [second, first]
    assert author.post(f"/quizzes/{quiz}/questions/{first}/copies").status_code == 303
    author.post(f"/quizzes/{quiz}/questions/{second}/deletion", data={"keep": "y"})
    assert len(items_of(app, quiz)) == 3
    assert "drawn from" not in author.get("/questions").text
    copy = author.post(f"/quizzes/{quiz}/copies").location
    assert "Drawn question" in author.get(copy).text


def test_where_a_question_is_used_names_the_draws_that_may_ask_it(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes
) -> None:
    author = sign_in(people.instructor)
    add_draws(author, quizzes.drawing, 2)
    add_draws(author, quizzes.drawing, 1)
    with app.app_context():
        first, *_others, not_drawn = db.session.scalars(
            select(Item.question_id).where(Item.quiz_id == quizzes.store).order_by(Item.position)
        )
    used = unescape(author.get(f"/questions/{first}").text).split("Where it is used")[1]
    assert "Store" in used
    assert "3 draws from the tag “Pool” may ask it." in used
    assert f'href="/quizzes/{quizzes.drawing}"' in used
    assert "may ask it" not in author.get(f"/questions/{not_drawn}").text
    author.post(f"/questions/{first}/tags", data={"tags": "elsewhere"})
    assert "may ask it" not in author.get(f"/questions/{first}").text


def test_a_question_that_was_drawn_cannot_be_deleted(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes
) -> None:
    author, student = sign_in(people.instructor), sign_in(people.student)
    add_draws(author, quizzes.drawing, 4)
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    start_drawing(student, quizzes)
    item = items_of(app, quizzes.store)[0]
    with app.app_context():
        question = db.session.get_one(Item, item).question_id
    assert author.post(f"/quizzes/{quizzes.store}/questions/{item}/deletion").status_code == 303
    assert author.post(f"/questions/{question}/deletion").status_code == 409
    assert author.get(f"/questions/{question}").status_code == 200


def test_a_start_takes_as_many_statements_however_many_can_be_drawn(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes, count_statements: CountStatements
) -> None:
    author, student = sign_in(people.instructor), sign_in(people.student)
    add_draws(author, quizzes.drawing, 2)
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    counts = []
    for _turn in range(3):
        app.extensions["memory"].forget()  # a question met by an earlier draw would be a statement less
        with count_statements() as seen:
            attempt = start_drawing(student, quizzes)
        counts.append(len(seen))
        student.post(f"/attempts/{attempt}/submission", data={"sure": "y"})
        for number in range(8):
            add_question_of(author, quizzes.store, "true_false", stem=f"More {number}.", tags="pool")
    assert len(set(counts)) == 1, counts


def test_view_as_shows_a_drawn_question(app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes) -> None:
    author = sign_in(people.instructor)
    add_draws(author, quizzes.drawing, 1)
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    with app.app_context():
        place = db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == people.student.id)).one()
    page = author.get(f"/deliveries/{quizzes.delivery}/view-as?student={place}&page=questions")
    assert page.status_code == 200
    assert "Statement" in page.text
