"""Fills an empty database with one large class after a whole term: many quizzes, each with one question."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Select, String, case, cast, insert, literal, select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion
from articles.operations import Dates, assign_article, create_article
from bench.colloquy.attempts import OPTION_KEYS, question
from bench.colloquy.seed import MIGRATIONS, TEACHER, enroll
from classroom.models import Enrollment
from classroom.operations import NewSection, NewUser, create_section, create_user
from classroom.passwords import hash_password
from core import clock
from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from core.reading import READ
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, Response
from quizzes.operations.authoring import create_quiz, publish_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.questions import add_question
from quizzes.operations.tallies import rebuild_tallies
from quizzes.queries.items import ItemRow, list_items
from quizzes.timing import second_of

READINGS = 20  # over which the quizzes are spread


@dataclass(frozen=True)
class Term:
    """The class, what one of its readings is, the reading's first quiz there, and a student's place."""

    password: str
    section: int
    reading: int
    delivery: int
    place: int


def fill_term(app: Flask, students: int, quizzes: int) -> Term:
    """Make the tables, one class of so many students, and an attempt of each of them at every quiz."""
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        password = secrets.token_hex(8)
        digest = hash_password(password)
        teacher = create_user(NewUser("Dr. Teacher", digest, email=TEACHER, role="instructor"))
        section = create_section(teacher.id, NewSection("A large class", "UTC")).id
        places = enroll(section, [f"student{number}" for number in range(1, students + 1)], digest)
        given = [_reading(teacher.id, section, number, -(-quizzes // READINGS)) for number in range(READINGS)]
        rebuild_tallies()
        commit()
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(**READ) as connection:  # in no transaction
                connection.exec_driver_sql("VACUUM ANALYZE")
        reading, deliveries = given[0]
        return Term(password, section, reading, deliveries[0], places[0])


def _reading(owner: int, section: int, number: int, quizzes: int) -> tuple[int, Sequence[int]]:
    text = f"The reading number {number} has a first sentence. It has a second one.\n\nAnd a paragraph more."
    article = create_article(owner, prepare(Source(text, "plain"), f"Reading {number}", "en")).id
    version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article)).one()
    now = clock.now()
    dates = Dates(now - timedelta(days=90), now - timedelta(days=2), now - timedelta(hours=30))
    assignment = assign_article(section, article, version, dates).id
    deliveries = []
    for each in range(quizzes):
        quiz = create_quiz(owner, article, f"Quiz {number}.{each}").id
        add_question(quiz, owner, question(each + 1))
        publish_quiz(quiz)
        deliveries.append(deliver_quiz(quiz, assignment, DeliveryRules()).id)
        (item,) = list_items(quiz)
        _sit((section, version), deliveries[-1], item)
    return assignment, deliveries


def _sit(where: tuple[int, int], delivery: int, item: ItemRow) -> None:
    """An attempt of every student with its answer, in two statements; who is right changes from quiz to quiz."""
    section, version = where
    layout = [{"item": item.item_id, "version": item.version_id, "points": item.points, "options": list(OPTION_KEYS)}]
    place, handed_in = Enrollment.id, second_of(clock.now() - timedelta(days=3))
    is_right = (place * 7 + delivery * 13) % 10 < 6
    attempts = {
        "delivery_id": literal(delivery),
        "enrollment_id": place,
        "number": literal(1),
        "article_version_id": literal(version),
        "layout": literal(layout, Attempt.layout.type),
        "started_at": literal(handed_in - timedelta(minutes=9), Attempt.started_at.type),
        "submitted_at": literal(handed_in, Attempt.submitted_at.type),
        "receipt_code": "T" + cast(place, String) + literal(f"-{delivery}"),
        "points": case((is_right, POINT), else_=0),
        "max_points": literal(POINT),
        "ungraded": literal(0),
        "standing": literal(0),
    }
    _copy(Attempt, attempts, select(*attempts.values()).where(Enrollment.section_id == section))
    was_right = Attempt.points > 0
    key = case((was_right, literal(OPTION_KEYS[0])), else_=literal(OPTION_KEYS[1]))
    answer = [literal({"choice": each}, Response.answer.type) for each in OPTION_KEYS[:2]]
    responses = {
        "attempt_id": Attempt.id,
        "item_id": literal(item.item_id),
        "delivery_id": literal(delivery),
        "question_version_id": literal(item.version_id),
        "answer": case((was_right, answer[0]), else_=answer[1]),
        "answer_key": key,
        "fraction": case((was_right, FRACTION_ONE), else_=0),
        "points": Attempt.points,
        "revision": literal(1),
        "writer": literal("bench"),
        "saved_at": Attempt.submitted_at,
        "flagged": literal(False),
        "dropped": literal(False),
    }
    _copy(Response, responses, select(*responses.values()).where(Attempt.delivery_id == delivery))


def _copy(model: type[Attempt | Response], columns: Mapping[str, Any], rows: Select[Any]) -> None:
    db.session.execute(insert(model).from_select(list(columns), rows))
