"""Where a comment may stand: in a thread, in the margin, or below a note, and always in the reading of that place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from articles.operations import Dates, assign_article, ensure_span
from classroom.models import Enrollment
from core import clock
from core.database import commit, db
from discussion.models import Comment
from tests.discussion.conftest import Thread
from tests.support.databases import ROOT, SQLiteDatabase
from tests.support.people import People, make_people
from tests.support.reading import make_reading

Put = Callable[..., int]


@pytest.fixture
def put(app: Flask, people: People, thread: Thread) -> Put:
    """`put(span_id=…)` writes the student's comment straight into the table of the first class's reading."""

    def written(**place: Any) -> int:
        with app.app_context():
            own = select(Enrollment.id).where(Enrollment.user_id == people.student.id)
            words = {"body": "Why?", "body_html": "<p>Why?</p>", "renderer": 1, "created_at": clock.now()}
            values = {"assignment_id": thread.assignment, "enrollment_id": db.session.scalars(own).one(), **words}
            comment = Comment(**{**values, **place})
            db.session.add(comment)
            commit()
            return comment.id

    return written


@pytest.fixture
def span(app: Flask, thread: Thread) -> int:
    """The first sentence of the article."""
    with app.app_context():
        found = ensure_span(thread.version, thread.sentences[0], thread.sentences[0]).id
        commit()
    return found


def test_a_comment_stands_in_a_thread_in_the_margin_or_below_a_note(put: Put, thread: Thread, span: int) -> None:
    put(delivery_id=thread.delivery)
    note = put(span_id=span, visibility="staff", kind="question")
    put(root_id=note, visibility="staff", parent_id=note)


@pytest.mark.parametrize("place", [(), ("delivery", "span"), ("delivery", "root"), ("span", "root")])
def test_a_comment_never_stands_in_two_places_or_in_none(
    put: Put, thread: Thread, span: int, place: tuple[str, ...]
) -> None:
    ids = {"delivery": thread.delivery, "span": span, "root": put(span_id=span)}
    with pytest.raises(IntegrityError):
        put(**{f"{name}_id": ids[name] for name in place})


def test_what_stands_in_a_thread_is_the_whole_class_s(put: Put, thread: Thread) -> None:
    with pytest.raises(IntegrityError):
        put(delivery_id=thread.delivery, visibility="staff")


def test_an_answer_to_a_note_is_for_those_who_see_the_note(app: Flask, put: Put, span: int) -> None:
    note = put(span_id=span, visibility="self")
    with pytest.raises(IntegrityError):
        put(root_id=note, visibility="class")
    reply = put(root_id=note, visibility="self")
    with app.app_context():
        db.session.execute(update(Comment).where(Comment.id == note).values(visibility="class"))
        commit()
        assert db.session.get_one(Comment, reply).visibility == "class"


def test_a_comment_is_of_the_reading_of_its_thread_or_note(
    app: Flask, people: People, put: Put, thread: Thread, span: int
) -> None:
    with app.app_context():
        other = assign_article(people.other_section, thread.article, thread.version, Dates()).id
        commit()
    note = put(span_id=span)
    for place in ({"delivery_id": thread.delivery}, {"root_id": note}):
        with pytest.raises(IntegrityError):
            put(**place, assignment_id=other)


def test_comments_written_before_there_were_notes_are_of_their_thread_s_reading(tmp_path: Path) -> None:
    with closing(SQLiteDatabase(tmp_path)) as other:
        reading = make_reading(other.app, make_people(other.app))
        with other.app.app_context():
            downgrade(directory=str(ROOT / "migrations"), revision="0006")
            upgrade(directory=str(ROOT / "migrations"))
            found = db.session.execute(select(Comment.delivery_id, Comment.assignment_id, Comment.visibility)).all()
        assert found == [(reading.prompt_delivery, reading.assignment, "class")] * 2
