"""Fills an empty database with classes of 30, 300 and 3,000 students, one that writes, and a long thread."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, select

from app import create_app
from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion, Assignment
from articles.operations import Dates, assign_article, create_article
from bench.colloquy.attempts import Sitting, add_attempts, question
from bench.sizes import COMMENT, COMMENTS, QUESTIONS, parents
from classroom.models import Enrollment, User
from classroom.operations import NewSection, NewUser, create_section, create_user
from classroom.passwords import hash_password
from core import clock
from core.database import commit, db
from core.reading import READ
from demo.data import read_article
from discussion.comment_text import compose
from discussion.operations import (
    DeliverySettings,
    DiscussionRef,
    PromptDraft,
    add_comment,
    create_prompt,
    deliver_prompt,
    mark_read,
)
from discussion.read_marks import ReadMarks
from quizzes.deliveries import DeliveryRules
from quizzes.operations.authoring import create_quiz, publish_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.questions import add_question
from quizzes.operations.tallies import rebuild_tallies

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
WRITERS = 240  # results count first attempts only: each one hands in once; and ten comments a minute are the most
TEACHER = "teacher@example.org"


@dataclass(frozen=True)
class Filled:
    """Where things are: the reading of each class by its size, and what the writing class works on."""

    password: str
    writers: tuple[str, ...]
    readings: dict[int, int]
    quiz_delivery: int
    thread: int


@dataclass(frozen=True)
class Lesson:
    """What every class is given."""

    owner: int
    article: int
    version: int
    quiz: int


def application(url: str, instance: str) -> Flask:
    """The application on a database, in this process."""
    return create_app(settings(url, instance))


def settings(url: str, instance: str) -> dict[str, str]:
    """What the bench sets: passwords are cheap to check, because signing in is not measured."""
    return {
        "DATABASE_URL": url,
        "SECRET_KEY": "only for the bench, never for people",
        "COLLOQUY_INSTANCE": instance,
        "COLLOQUY_CHEAP_PASSWORDS": "yes",
    }


def fill(app: Flask, sizes: Sequence[int], writers: int = WRITERS, comments: int = COMMENTS) -> Filled:
    """Make the tables and fill them; the application's database must be empty."""
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        password = secrets.token_hex(8)
        digest = hash_password(password)
        lesson = _prepare_lesson(digest)
        readings = {}
        for size in sizes:
            assignment = _give(lesson, f"Class of {size}")
            readings[size] = assignment.id
            delivery = deliver_quiz(lesson.quiz, assignment.id, DeliveryRules(layout="all"))
            _appoint(assignment.section_id, assistant_of(size), digest)
            places = enroll(assignment.section_id, [f"class{size}-{number}" for number in range(1, size + 1)], digest)
            add_attempts(Sitting(delivery.id, lesson.quiz, lesson.version), places)
        names = [f"writer{number}" for number in range(1, writers + 1)]
        assignment = _give(lesson, "Class that writes")
        places = enroll(assignment.section_id, names, digest)
        delivery = deliver_quiz(lesson.quiz, assignment.id, DeliveryRules(attempts_allowed=None, layout="all"))
        with clock.at(clock.now() - timedelta(days=1)):
            thread = _add_thread((lesson, assignment.id), places, comments)
        rebuild_tallies()
        commit()
        filled = Filled(password, tuple(names), readings, delivery.id, thread)
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(**READ) as connection:  # in no transaction
                connection.exec_driver_sql("VACUUM ANALYZE")
        return filled


def _prepare_lesson(digest: str) -> Lesson:
    teacher = create_user(NewUser("Dr. Teacher", digest, email=TEACHER, role="instructor"))
    article = create_article(teacher.id, prepare(Source(read_article(), "markdown")))
    quiz = create_quiz(teacher.id, article.id, "The quiz of the bench")
    for number in range(1, QUESTIONS + 1):
        add_question(quiz.id, teacher.id, question(number))
    publish_quiz(quiz.id)
    version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article.id)).one()
    return Lesson(teacher.id, article.id, version, quiz.id)


def _give(lesson: Lesson, name: str) -> Assignment:
    section = create_section(lesson.owner, NewSection(name, "UTC"))
    now = clock.now()
    dates = Dates(now - timedelta(days=7), now + timedelta(days=7), now + timedelta(days=14))
    return assign_article(section.id, lesson.article, lesson.version, dates)


def enroll(section: int, usernames: Sequence[str], digest: str) -> list[int]:
    """Make accounts and their places in bulk; return the ids of the places, in order."""
    now = clock.now()
    people = [
        {
            "name": f"Student {name}",
            "username": name,
            "username_key": name,
            "password_hash": digest,
            "created_at": now,
        }
        for name in usernames
    ]
    users = db.session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), people).all()
    places = [{"user_id": user, "section_id": section, "role": "student", "joined_at": now} for user in users]
    return list(db.session.scalars(insert(Enrollment).returning(Enrollment.id, sort_by_parameter_order=True), places))


def assistant_of(size: int) -> str:
    """The username of the assistant of the class of this size, who sees no other class."""
    return f"assistant{size}"


def _appoint(section: int, username: str, digest: str) -> None:
    user = create_user(NewUser("An assistant", digest, username=username))
    db.session.add(Enrollment(user_id=user.id, section_id=section, role="assistant", joined_at=clock.now()))
    db.session.flush()


def _add_thread(where: tuple[Lesson, int], places: Sequence[int], count: int) -> int:
    """So many comments, every fourth with a reference; the last writer has read half of them."""
    lesson, assignment = where
    words = compose("What does the article leave open?")
    prompt = create_prompt(lesson.owner, PromptDraft(lesson.article, lesson.version, "What is left open?", words))
    thread = deliver_prompt(lesson.owner, prompt, assignment, DeliverySettings())
    comments: list[int] = []
    for number, parent in enumerate(parents(count), 1):
        reference = f" See ¶ {number % 10 + 1}.2." if number % 4 == 0 else ""
        text = compose(COMMENT.format(number=number) + reference, comments[parent - 1] if parent else None)
        comments.append(
            add_comment(places[number % len(places)], DiscussionRef(assignment, thread, lesson.version), text)
        )
    mark_read(places[-1], thread, ReadMarks(comments[: len(comments) // 2]))
    return thread
