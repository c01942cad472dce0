"""Fills an empty database with one large class after a whole term: many quizzes, each with one question.

A fifth of the quizzes came late and count 80 per cent, some cells are decided by hand, columns are weighed in
categories, one reading is discussed, and a small second class has one of the readings too.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Select, String, case, cast, func, insert, literal, select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion, VersionSentence
from articles.operations import Dates, assign_article, create_article
from bench.colloquy.attempts import OPTION_KEYS, question
from bench.colloquy.seed import MIGRATIONS, TEACHER, enroll
from bench.colloquy.term_class import Where, be_certain, decide, discuss, weigh, write_a_word
from classroom.models import Enrollment
from classroom.operations import NewSection, NewUser, create_section, create_user
from classroom.passwords import hash_password
from core import clock
from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from core.reading import READ
from quizzes.certainty import OFF, REPORTED
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
    """The class, what one of its readings is, the reading's first quiz there and its thread, and a student's place.

    `shared`: a reading that a second class has as well, and its first quiz, asked with certainty. `message`: to the
    student.
    """

    password: str
    section: int
    reading: int
    delivery: int
    thread: int
    place: int
    shared: int
    shared_delivery: int
    message: int


def fill_term(app: Flask, students: int, quizzes: int) -> Term:
    """Make the tables, one class of so many students, and an attempt of each of them at every quiz."""
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        password = secrets.token_hex(8)
        digest = hash_password(password)
        teacher = create_user(NewUser("Dr. Teacher", digest, email=TEACHER, role="instructor"))
        section = create_section(teacher.id, NewSection("A large class", "UTC")).id
        places = enroll(section, [f"student{number}" for number in range(1, students + 1)], digest)
        given = [_reading((teacher.id, section), number, -(-quizzes // READINGS)) for number in range(READINGS)]
        first, shared = given[0].where, given[1]
        weigh(first, [f"quiz-{delivery}" for each in given for delivery in each.deliveries])
        thread, message = discuss(first), write_a_word(first, places[0])
        be_certain(shared.deliveries[0])
        _give_again(shared, digest)
        _due_soon((teacher.id, section))
        rebuild_tallies()
        commit()
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(**READ) as connection:  # in no transaction
                connection.exec_driver_sql("VACUUM ANALYZE")
        of_shared = (shared.where.reading, shared.deliveries[0])
        return Term(password, section, first.reading, given[0].deliveries[0], thread, places[0], *of_shared, message)


@dataclass(frozen=True)
class Reading:
    """A reading of the class, its quizzes and their deliveries there."""

    where: Where
    quizzes: Sequence[int]
    deliveries: Sequence[int]


def _reading(whose: tuple[int, int], number: int, quizzes: int) -> Reading:
    due = timedelta(days=-2 - 4 * number)
    where = _assign(whose, f"Reading {number}", due)
    handed_in = due + timedelta(hours=12 if number % 5 == 4 else -24)
    made, deliveries = [], []
    rules = DeliveryRules(late_credit_percent=80, certainty=REPORTED if number == 1 else OFF)
    for each in range(quizzes):
        quiz = _quiz(where, f"Quiz {number}.{each}", each + 1)
        made.append(quiz)
        deliveries.append(deliver_quiz(quiz, where.reading, rules).id)
        _sit(where, deliveries[-1], quiz, handed_in)
        decide(where, deliveries[-1])
    return Reading(where, made, deliveries)


def _assign(whose: tuple[int, int], title: str, due: timedelta) -> Where:
    owner, section = whose
    text = f"{title} has a first sentence. It has a second one.\n\nAnd a paragraph more."
    article = create_article(owner, prepare(Source(text, "plain"), title, "en")).id
    version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article)).one()
    now = clock.now()
    dates = Dates(now - timedelta(days=100), now + due, now + due + timedelta(hours=18))
    return Where(owner, section, assign_article(section, article, version, dates).id, article, version)


def _quiz(where: Where, title: str, number: int) -> int:
    quiz = create_quiz(where.owner, where.article, title).id
    of_text = VersionSentence.version_id == where.version
    first = db.session.scalars(select(func.min(VersionSentence.sentence_id)).where(of_text)).one()
    add_question(quiz, where.owner, replace(question(number), anchor=(first, first)))
    publish_quiz(quiz)
    return quiz


def _give_again(shared: Reading, digest: str) -> None:
    """The reading and its first quiz in a class of a tenth of the size."""
    owner, article, version = shared.where.owner, shared.where.article, shared.where.version
    size = db.session.scalar(select(func.count(Enrollment.id)).where(Enrollment.section_id == shared.where.section))
    section = create_section(owner, NewSection("A smaller class", "UTC")).id
    enroll(section, [f"other{number}" for number in range(1, (size or 0) // 10 + 1)], digest)
    now = clock.now()
    dates = Dates(now - timedelta(days=90), now - timedelta(days=2), now - timedelta(hours=30))
    where = Where(owner, section, assign_article(section, article, version, dates).id, article, version)
    delivery = deliver_quiz(shared.quizzes[0], where.reading, DeliveryRules()).id
    _sit(where, delivery, shared.quizzes[0], timedelta(days=-3))


def _due_soon(whose: tuple[int, int]) -> None:
    """A reading with a quiz due in two hours, which nobody has begun."""
    where = _assign(whose, "The last reading", timedelta(hours=2))
    deliver_quiz(_quiz(where, "The last quiz", 1), where.reading, DeliveryRules())


def _sit(where: Where, delivery: int, quiz: int, since: timedelta) -> None:
    """An attempt of every student with its answer, in two statements; who is right changes from quiz to quiz."""
    (item,) = list_items(quiz)
    layout = [{"item": item.item_id, "version": item.version_id, "points": item.points, "options": list(OPTION_KEYS)}]
    place, handed_in = Enrollment.id, second_of(clock.now() + since)
    is_right = (place * 7 + delivery * 13) % 10 < 6
    attempts = {
        "delivery_id": literal(delivery),
        "enrollment_id": place,
        "number": literal(1),
        "article_version_id": literal(where.version),
        "layout": literal(layout, Attempt.layout.type),
        "started_at": literal(handed_in - timedelta(minutes=9), Attempt.started_at.type),
        "submitted_at": literal(handed_in, Attempt.submitted_at.type),
        "receipt_code": "T" + cast(place, String) + literal(f"-{delivery}"),
        "points": case((is_right, POINT), else_=0),
        "max_points": literal(POINT),
        "ungraded": literal(0),
        "standing": literal(0),
    }
    _copy(
        Attempt,
        attempts,
        select(*attempts.values()).where(Enrollment.section_id == where.section, Enrollment.role == "student"),
    )
    _answer(delivery, item)


def _answer(delivery: int, item: ItemRow) -> None:
    """The answer of each attempt, which says the points that it has."""
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
