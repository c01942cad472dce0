"""A quiz that draws its questions from a tag, and students' ways through it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Item, QuestionVersion, Response
from quizzes.operations.authoring import create_quiz
from quizzes.operations.deliveries import deliver_quiz
from tests.support.browsing import Client
from tests.support.people import People
from tests.support.question_forms import add_question_of
from tests.support.reading import Reading

POOL = 4


@dataclass(frozen=True)
class Quizzes:
    """A quiz whose questions have the tag "pool", and an empty one that the first class has."""

    store: int
    drawing: int
    delivery: int


def make_drawing(app: Flask, people: People, reading: Reading, client: Client) -> Quizzes:
    """Four questions that can be drawn, one that cannot, and a quiz to draw them into."""
    with app.app_context():
        store = create_quiz(people.instructor.id, reading.article, "Store").id
        drawing = create_quiz(people.instructor.id, reading.article, "Drawing").id
        delivery = deliver_quiz(drawing, reading.assignment, DeliveryRules(layout="all", attempts_allowed=None)).id
        commit()
    for number in range(POOL):
        words = {"stem": f"Statement {number}.", "tags": "Pool", "right": "true", "anchor": f"¶ 1.{number % 2 + 1}"}
        add_question_of(client, store, "true_false", **words)
    add_question_of(client, store, "open_answer", stem="Not drawn.", tags="pool")
    return Quizzes(store, drawing, delivery)


def add_draws(client: Client, quiz: int, many: int, tag: str = "pool") -> int:
    """Add draws to a quiz through the page; the status of the answer."""
    return client.post(f"/quizzes/{quiz}/draws", data={"tag": tag, "many": str(many), "points": "2"}).status_code


def start_drawing(client: Client, quizzes: Quizzes) -> int:
    """Start an attempt through the page; its id."""
    answer = client.post(f"/deliveries/{quizzes.delivery}/attempts")
    assert answer.status_code == 201, answer.text
    return int(answer.location.split("/attempts/")[1].split("/")[0])


def asked_in(app: Flask, attempt: int) -> list[tuple[int, str]]:
    """The items of an attempt with what each asks."""
    with app.app_context():
        rows = db.session.execute(
            select(Response.item_id, QuestionVersion.stem)
            .join(QuestionVersion, Response.question_version_id == QuestionVersion.id)
            .where(Response.attempt_id == attempt)
            .order_by(Response.item_id)
        )
        return [(row[0], row[1]) for row in rows]


def sit_drawing(client: Client, quizzes: Quizzes, answers: dict[int, str]) -> int:
    """Start, answer by the place of the item, and hand in; the attempt's id."""
    attempt = start_drawing(client, quizzes)
    for item, sent in answers.items():
        data = {"writer": "w1", f"revision-{item}": "0", f"answer-{item}": sent}
        assert client.post(f"/attempts/{attempt}/responses", data=data).status_code in (200, 303)
    assert client.post(f"/attempts/{attempt}/submission", data={"sure": "y"}).status_code == 303
    return attempt


def items_of(app: Flask, quiz: int) -> list[int]:
    """The items of a quiz in order."""
    with app.app_context():
        return list(db.session.scalars(select(Item.id).where(Item.quiz_id == quiz).order_by(Item.position)))
