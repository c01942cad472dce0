"""The text is edited: notes go with their words, marks with their sentences, and what loses its place is not lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from articles.models import Assignment
from articles.queries import list_sentences
from core.database import commit, db
from discussion import queries
from discussion.models import Comment, ConfusionMark
from discussion.operations import mark_confusing
from tests.articles.adding import fields_of
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Jot = Callable[..., int]
VOTED, CHOSE, STAYED, COST, LUND, WORK = range(6)
EDITED = """The harbour town voted on Tuesday. Some did not vote at all.

A paragraph that stands here now.

The bridge will cost about 4.5 million crowns, and Dr. Lund, who leads the council, called it cheap.

Work begins in spring."""
"""CHOSE is cut out, COST and LUND are merged, a paragraph is new, the others stay."""


@pytest.fixture
def edit(people: People, thread: Thread, sign_in: SignIn) -> Callable[..., Client]:
    """Save the edited text and move the class to it (or not); the instructor's browser."""

    def edited(*, move: bool = True, body: str = EDITED) -> Client:
        client = sign_in(people.instructor)
        fields = fields_of(client.get(f"/articles/{thread.article}/edit")) | {"body": body}
        if move:
            fields["move"] = str(thread.assignment)
        assert client.post(f"/articles/{thread.article}/versions", data=fields).status_code == 303
        return client

    return edited


@pytest.fixture
def mark(app: Flask, people: People, thread: Thread) -> Callable[..., None]:
    """Let people mark sentences (from 0) as hard."""

    def marked(person: Person, *sentences: int) -> None:
        with app.app_context():
            margin = queries.get_margin_for(person.id, thread.assignment)
            for each in sentences:
                mark_confusing(margin, thread.sentences[each])
            commit()

    return marked


def test_notes_go_with_their_words(
    people: People, thread: Thread, jot: Jot, edit: Callable[..., Client], sign_in: SignIn
) -> None:
    stays, moves = jot(people.student, "Stays."), jot(people.student, "Moves.", at=STAYED)
    part = jot(people.student, "A part.", at=LUND, part=(10, 31))
    edit()
    student = sign_in(people.classmate)
    for paragraph, notes in ((1, (stays, moves)), (3, (part,))):
        page = student.get(f"/readings/{thread.assignment}/paragraphs/{paragraph}").text
        assert all(f'id="n{note}"' in page for note in notes)
    page = student.get(f"/readings/{thread.assignment}").text
    assert "<mark>who leads the council</mark>" in page
    assert "This passage has changed" not in page


def test_a_note_that_lost_its_words_is_shown_with_them_and_put_back_by_hand(
    app: Flask, people: People, thread: Thread, jot: Jot, edit: Callable[..., Client], sign_in: SignIn
) -> None:
    note = jot(people.student, "How many?", at=CHOSE)
    instructor = edit()
    address = f"/notes/{note}"
    for person in (people.student, people.classmate):
        page = sign_in(person).get(f"/readings/{thread.assignment}").text
        assert "This passage has changed" in page
        assert "Most people chose the new bridge." in page
        assert "How many?" in page
    classmate, student = sign_in(people.classmate), sign_in(people.student)
    assert "Where it belongs" not in classmate.get(address).text
    assert classmate.post(f"{address}/place", data={"place": "¶ 1.1"}).status_code == 403
    refused = student.post(f"{address}/place", data={"place": "¶ 9.9"})
    assert refused.status_code == 422
    assert "There is no such place" in refused.text
    assert "¶ 9.9" in refused.text
    assert "Where it belongs" in instructor.get(address).text
    assert student.post(f"{address}/place", data={"place": "1.2"}).status_code == 303
    page = classmate.get(f"/readings/{thread.assignment}").text
    assert "This passage has changed" not in page
    assert "<mark>Some did not vote at all.</mark>" in page
    assert student.post(f"{address}/place", data={"place": "1.1"}).status_code == 403
    with app.app_context():
        assert db.session.get_one(Comment, note).body == "How many?"


def test_the_author_of_the_text_hears_of_notes_as_a_number_and_never_of_private_ones(
    people: People, thread: Thread, jot: Jot, sign_in: SignIn
) -> None:
    for person in (people.student, people.classmate):
        jot(person, "How many?", at=CHOSE)
    jot(people.student, "To myself.", at=COST, choice="self")
    client = sign_in(people.instructor)
    fields = fields_of(client.get(f"/articles/{thread.article}/edit")) | {"body": EDITED}
    page = client.post(f"/articles/{thread.article}/preview", data=fields).text
    assert "2 notes are on it" in page
    assert "1 note is on it" not in page
    assert people.student.name not in page


def test_a_private_note_is_carried_and_lost_for_its_author_alone(
    people: People, thread: Thread, jot: Jot, edit: Callable[..., Client], sign_in: SignIn
) -> None:
    jot(people.student, "To myself.", at=CHOSE, choice="self")
    instructor = edit()
    assert "To myself." in sign_in(people.student).get(f"/readings/{thread.assignment}").text
    for client in (instructor, sign_in(people.classmate)):
        page = client.get(f"/readings/{thread.assignment}").text
        assert "On words that have changed" not in page
        assert "Most people chose" not in page
    assert "Most people chose" not in instructor.get(f"/articles/{thread.article}").text.partition("lost-title")[2]


MERGED = """The harbour town voted on Tuesday. Some did not vote at all.

The bridge will cost 4.5 million crowns; Dr. Lund, who leads the council, called it cheap.

Work begins in spring."""


def test_marks_go_with_their_sentences_and_staff_hear_of_those_that_are_gone(
    app: Flask, people: People, thread: Thread, mark: Callable[..., None], edit: Callable[..., Client], sign_in: SignIn
) -> None:
    mark(people.student, VOTED, CHOSE, COST, LUND)
    mark(people.classmate, CHOSE, LUND)
    instructor = edit(body=MERGED)
    with app.app_context():
        margin = queries.get_margin_for(people.instructor.id, thread.assignment)
        texts = {sentence.id: sentence.text for sentence in list_sentences(margin.version_id)}
        counts = {texts.get(row.sentence_id, "gone"): row.people for row in queries.list_confusion(margin)}
        marks = db.session.scalars(select(ConfusionMark.sentence_id)).all()
    merged = "The bridge will cost 4.5 million crowns; Dr. Lund, who leads the council, called it cheap."
    assert counts == {"The harbour town voted on Tuesday.": 1, "gone": 2, merged: 2}
    assert len(marks) == 5
    page = instructor.get(f"/readings/{thread.assignment}").text
    assert "2 students were confused here" in page
    assert "Most people chose the new bridge." in page
    assert "Most people chose" not in sign_in(people.student).get(f"/readings/{thread.assignment}").text


def test_a_class_that_keeps_the_old_text_keeps_its_notes_and_marks(
    app: Flask,
    people: People,
    thread: Thread,
    jot: Jot,
    mark: Callable[..., None],
    edit: Callable[..., Client],
    sign_in: SignIn,
) -> None:
    note = jot(people.student, "How many?", at=CHOSE)
    mark(people.student, CHOSE, LUND)
    edit(move=False)
    page = sign_in(people.classmate).get(f"/readings/{thread.assignment}").text
    assert f'href="#n{note}"' in page
    assert "This passage has changed" not in page
    with app.app_context():
        assert db.session.scalars(select(Assignment.version_id).where(Assignment.id == thread.assignment)).one() == (
            thread.version
        )
        found = set(db.session.scalars(select(ConfusionMark.sentence_id)))
    assert found == {thread.sentences[CHOSE], thread.sentences[LUND]}


def test_a_note_on_a_heading_stands_with_the_paragraph_after_it(
    people: People, thread: Thread, jot: Jot, edit: Callable[..., Client], sign_in: SignIn
) -> None:
    note = jot(people.student, "When?", at=WORK)
    edit(body=f"{EDITED.rpartition('Work begins')[0]}# Work begins in spring.\n\nThe end.")
    page = sign_in(people.classmate).get(f"/readings/{thread.assignment}").text
    assert f'id="n{note}"' in page
    assert "This passage has changed" not in page
