"""A reading of the first class with one thread, and what tests do in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion
from articles.operations import Dates, assign_article, create_article
from articles.queries import list_sentences
from articles.spans import Ends
from classroom.models import Enrollment
from core.database import commit, db
from discussion.comment_text import compose
from discussion.margins import Margin, meant
from discussion.operations import (
    Actor,
    DeliverySettings,
    DiscussionRef,
    NewNote,
    PromptDraft,
    Split,
    add_comment,
    add_note,
    create_prompt,
    deliver_prompt,
    place_of_answer,
    set_requirements,
    split_thread,
)
from discussion.participation import Requirement
from discussion.queries import get_comment_for, get_margin_for, list_requirements
from tests.support.databases import Database
from tests.support.people import People, Person

TEXT = """The harbour town voted on Tuesday. Most people chose the new bridge. Some did not vote at all.

The bridge will cost 4.5 million crowns. Dr. Lund, who leads the council, called it cheap.

Work begins in spring."""


@dataclass(frozen=True)
class Thread:
    """Ids of a thread in the first class and of what it stands on; `elsewhere` is the other class's own thread."""

    article: int
    version: int
    sentences: tuple[int, ...]
    assignment: int
    prompt: int
    delivery: int
    elsewhere: int

    @property
    def url(self) -> str:
        """The thread's page."""
        return f"/discussions/{self.delivery}"


def _article(author: int) -> tuple[int, int]:
    article = create_article(author, prepare(Source(TEXT, "plain"), "A new bridge", "en")).id
    version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article)).one()
    return article, version


def _prompt(author: int, article: int, version: int) -> int:
    first, *_others = [sentence.id for sentence in list_sentences(version)]
    words = compose("Point to at least *one* passage.")
    draft = PromptDraft(article, version, "Was it a fair vote?", words, ((first, first),))
    return create_prompt(author, draft)


@pytest.fixture
def thread(app: Flask, database: Database, people: People) -> Thread:
    """A thread in the first class without a gate, and one in the other class."""
    return database.recall("thread", lambda: _make_thread(app, people), on="people")


def _make_thread(app: Flask, people: People) -> Thread:
    with app.app_context():
        article, version = _article(people.instructor.id)
        prompt = _prompt(people.instructor.id, article, version)
        assignment = assign_article(people.section, article, version, Dates()).id
        delivery = deliver_prompt(people.instructor.id, prompt, assignment, DeliverySettings())
        other_article, other_version = _article(people.other_instructor.id)
        other_prompt = _prompt(people.other_instructor.id, other_article, other_version)
        other = assign_article(people.other_section, other_article, other_version, Dates()).id
        elsewhere = deliver_prompt(people.other_instructor.id, other_prompt, other, DeliverySettings())
        sentences = tuple(sentence.id for sentence in list_sentences(version))
        commit()
    return Thread(article, version, sentences, assignment, prompt, delivery, elsewhere)


@pytest.fixture
def given(app: Flask, people: People, thread: Thread) -> Callable[..., None]:
    """`given(posts_before_seeing=1, closes_at=…)` changes the thread's rules."""

    def change(**rules: Any) -> None:
        with app.app_context():
            deliver_prompt(people.instructor.id, thread.prompt, thread.assignment, DeliverySettings(**rules))
            commit()

    return change


@pytest.fixture
def write(app: Flask, people: People, thread: Thread) -> Callable[..., int]:
    """`write(people.student, "text", parent=None)` puts a comment into the thread and returns its id."""

    def written(person: Person, body: str, parent: int | None = None) -> int:
        text = compose(body, parent)
        with app.app_context():
            place = db.session.scalars(
                select(Enrollment.id).where(Enrollment.user_id == person.id, Enrollment.section_id == people.section)
            ).one()
            comment = add_comment(place, DiscussionRef(thread.assignment, thread.delivery, thread.version), text)
            commit()
        return comment

    return written


@pytest.fixture
def jot(app: Flask, people: People, thread: Thread) -> Callable[..., int]:
    """`jot(people.student, "text", at=0, to=None, part=(None, None), choice="comment")` puts a note in the margin.

    `at` and `to` count the article's sentences from 0; `part` are offsets in code points. Returns its id.
    """

    def jotted(person: Person, body: str, at: int = 0, **more: Any) -> int:
        text = compose(body)
        last = more.get("to")
        ends = Ends(thread.sentences[at], thread.sentences[at if last is None else last], *more.get("part", ()))
        with app.app_context():
            margin = get_margin_for(person.id, more.get("assignment", thread.assignment))
            note = add_note(margin, NewNote(text, ends, meant(more.get("choice", "comment"), margin.role)))
            commit()
        return note

    return jotted


@pytest.fixture
def answer(app: Flask, thread: Thread) -> Callable[..., int]:
    """`answer(people.classmate, note, "text", parent=None)` puts an answer below a note and returns its id."""

    def answered(person: Person, note: int, body: str, parent: int | None = None) -> int:
        text = compose(body, parent or note)
        with app.app_context():
            margin, _note = get_comment_for(person.id, note)
            assert isinstance(margin, Margin)
            where = place_of_answer(margin, note, margin.visibility)
            made = add_comment(margin.enrollment_id, where, text)
            commit()
        return made

    return answered


@pytest.fixture
def staff(people: People) -> Actor:
    return Actor(people.instructor.id, people.section)


@pytest.fixture
def ask(app: Flask, staff: Actor, thread: Thread) -> Callable[..., list[int]]:
    """`ask(Requirement(0, "post", 1, due_at))` lets the thread ask for this; returns the ids of the requirements."""

    def asked(*wanted: Requirement) -> list[int]:
        with app.app_context():
            set_requirements(staff, thread.delivery, wanted)
            commit()
            return [each.id for each in list_requirements(thread.delivery)]

    return asked


@pytest.fixture
def split(app: Flask, people: People, thread: Thread, staff: Actor) -> Callable[..., list[int]]:
    """`split()` puts the student and the classmate into a group each; returns the ids of the groups."""

    def done() -> list[int]:
        lists = [[place_of(app, who)] for who in (people.student, people.classmate)]
        with app.app_context():
            made = split_thread(staff, thread.delivery, Split(lists))
            commit()
        return made

    return done


@pytest.fixture
def does(app: Flask) -> Callable[..., None]:
    """`does(operations.hide_comment, staff, 1, "why")`, committed."""

    def done(operation: Callable[..., None], *arguments: Any) -> None:
        with app.app_context():
            operation(*arguments)
            commit()

    return done


def place_of(app: Flask, person: Person) -> int:
    with app.app_context():
        return db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == person.id)).one()
