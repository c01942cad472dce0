"""Draws: each attempt asks other questions of a tag, each once; what was drawn stays, and results name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from random import Random

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from classroom.models import Enrollment
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.draws import draw
from quizzes.models import Attempt, Item, QuestionVersion, Response
from quizzes.operations.authoring import create_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.points import POINT
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.question_forms import add_question_of
from tests.support.reading import Reading
from tests.support.statements import CountStatements

SignIn = Callable[[Person | str], Client]
POOL = 4


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


@dataclass(frozen=True)
class Quizzes:
    """A quiz whose questions have the tag "pool", and an empty one that the first class has."""

    store: int
    drawing: int
    delivery: int


@pytest.fixture
def quizzes(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> Quizzes:
    """Four questions that can be drawn, one that cannot, and a quiz to draw them into."""
    with app.app_context():
        store = create_quiz(people.instructor.id, reading.article, "Store").id
        drawing = create_quiz(people.instructor.id, reading.article, "Drawing").id
        delivery = deliver_quiz(drawing, reading.assignment, DeliveryRules(layout="all", attempts_allowed=None)).id
        commit()
    client = sign_in(people.instructor)
    for number in range(POOL):
        words = {"stem": f"Statement {number}.", "tags": "Pool", "right": "true", "anchor": f"¶ 1.{number % 2 + 1}"}
        add_question_of(client, store, "true_false", **words)
    add_question_of(client, store, "open_answer", stem="Not drawn.", tags="pool")
    return Quizzes(store, drawing, delivery)


def _add(client: Client, quiz: int, many: int, tag: str = "pool") -> int:
    return client.post(f"/quizzes/{quiz}/draws", data={"tag": tag, "many": str(many), "points": "2"}).status_code


def _start(client: Client, quizzes: Quizzes) -> int:
    """Start an attempt through the page; its id."""
    answer = client.post(f"/deliveries/{quizzes.delivery}/attempts")
    assert answer.status_code == 303, answer.text
    return int(answer.location.split("/attempts/")[1].split("/")[0])


def _asked(app: Flask, attempt: int) -> list[tuple[int, str]]:
    """The items of an attempt with what each asks."""
    with app.app_context():
        rows = db.session.execute(
            select(Response.item_id, QuestionVersion.stem)
            .join(QuestionVersion, Response.question_version_id == QuestionVersion.id)
            .where(Response.attempt_id == attempt)
            .order_by(Response.item_id)
        )
        return [(row[0], row[1]) for row in rows]


def _sit(client: Client, quizzes: Quizzes, answers: dict[int, str]) -> int:
    """Start, answer by the place of the item, and hand in; the attempt's id."""
    attempt = _start(client, quizzes)
    for item, sent in answers.items():
        data = {"writer": "w1", f"revision-{item}": "0", f"answer-{item}": sent}
        assert client.post(f"/attempts/{attempt}/responses", data=data).status_code in (200, 303)
    assert client.post(f"/attempts/{attempt}/submission", data={"sure": "y"}).status_code == 303
    return attempt


def _items(app: Flask, quiz: int) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Item.id).where(Item.quiz_id == quiz).order_by(Item.position)))


def test_every_attempt_draws_each_question_once_and_keeps_it(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes
) -> None:
    author, student = sign_in(people.instructor), sign_in(people.student)
    assert _add(author, quizzes.drawing, 3) == 303
    assert author.post(f"/quizzes/{quizzes.drawing}/publication").status_code == 303
    seen = set()
    for _turn in range(6):
        attempt = _start(student, quizzes)
        asked = _asked(app, attempt)
        assert len({stem for _item, stem in asked}) == len(asked) == 3
        assert all(stem.startswith("Statement") for _item, stem in asked)
        page = student.get(f"/attempts/{attempt}").text or student.get(f"/attempts/{attempt}/questions/1").text
        assert _asked(app, attempt) == asked
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
    assert _add(author, quizzes.drawing, 1, tag="unknown") == 422
    assert _items(app, quizzes.drawing) == []


def test_a_draw_that_finds_nothing_is_told_when_publishing_and_never_to_students(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes
) -> None:
    author, student = sign_in(people.instructor), sign_in(people.student)
    assert _add(author, quizzes.drawing, 4) == 303
    assert author.post(f"/quizzes/{quizzes.drawing}/publication").status_code == 303
    store = _items(app, quizzes.store)
    author.post(f"/quizzes/{quizzes.store}/questions/{store[0]}/deletion")
    attempt = _start(student, quizzes)
    assert len(_asked(app, attempt)) == 3
    author.post(f"/quizzes/{quizzes.drawing}/withdrawal")
    answer = author.post(f"/quizzes/{quizzes.drawing}/publication")
    assert answer.status_code == 422
    assert "No question is left for this draw" in unescape(answer.text)


def test_results_name_the_drawn_questions_and_the_map_knows_their_places(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes, reading: Reading
) -> None:
    author, student = sign_in(people.instructor), sign_in(people.student)
    assert _add(author, quizzes.drawing, 4) == 303
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    items = _items(app, quizzes.drawing)
    attempt = _sit(student, quizzes, {items[0]: "true", items[1]: "false"})
    stems = [stem for _item, stem in _asked(app, attempt)]
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
    _add(author, quiz, 2)
    add_question_of(author, quiz, "true_false", stem="Its own.")
    first, second, _own = _items(app, quiz)
    assert author.get(f"/quizzes/{quiz}/questions/{first}").location.endswith(f"/quizzes/{quiz}/draws/{first}")
    assert "Pool" in author.get(f"/quizzes/{quiz}/draws/{first}").text
    assert "Statement" in author.get(f"/quizzes/{quiz}/preview").text
    author.post(f"/quizzes/{quiz}/questions/{first}/position", data={"direction": "down"})
    assert _items(app, quiz)[:2] == [second, first]
    assert author.post(f"/quizzes/{quiz}/questions/{first}/copies").status_code == 303
    author.post(f"/quizzes/{quiz}/questions/{second}/deletion", data={"keep": "y"})
    assert len(_items(app, quiz)) == 3
    assert "drawn from" not in author.get("/questions").text
    copy = author.post(f"/quizzes/{quiz}/copies").location
    assert "Drawn question" in author.get(copy).text


def test_a_question_that_was_drawn_cannot_be_deleted(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes
) -> None:
    author, student = sign_in(people.instructor), sign_in(people.student)
    _add(author, quizzes.drawing, 4)
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    _start(student, quizzes)
    item = _items(app, quizzes.store)[0]
    with app.app_context():
        question = db.session.get_one(Item, item).question_id
    assert author.post(f"/quizzes/{quizzes.store}/questions/{item}/deletion").status_code == 303
    assert author.post(f"/questions/{question}/deletion").status_code == 409
    assert author.get(f"/questions/{question}").status_code == 200


def test_a_start_takes_as_many_statements_however_many_can_be_drawn(
    app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes, count_statements: CountStatements
) -> None:
    author, student = sign_in(people.instructor), sign_in(people.student)
    _add(author, quizzes.drawing, 2)
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    counts = []
    for _turn in range(2):
        with count_statements() as seen:
            attempt = _start(student, quizzes)
        counts.append(len(seen))
        student.post(f"/attempts/{attempt}/submission", data={"sure": "y"})
        for number in range(8):
            add_question_of(author, quizzes.store, "true_false", stem=f"More {number}.", tags="pool")
    assert counts[0] == counts[1]


def test_view_as_shows_a_drawn_question(app: Flask, people: People, sign_in: SignIn, quizzes: Quizzes) -> None:
    author = sign_in(people.instructor)
    _add(author, quizzes.drawing, 1)
    author.post(f"/quizzes/{quizzes.drawing}/publication")
    with app.app_context():
        place = db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == people.student.id)).one()
    page = author.get(f"/deliveries/{quizzes.delivery}/view-as?student={place}&page=questions")
    assert page.status_code == 200
    assert "Statement" in page.text
