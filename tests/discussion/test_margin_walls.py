"""Whose notes exist for whom: a note for the class, for staff, for oneself, and another class's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from articles.operations import Dates, assign_article
from core.database import commit, db
from discussion import queries
from discussion.gates import Author, may_see_note
from tests.discussion.conftest import Thread
from tests.support.people import People, Person

Jot = Callable[..., int]
Answer = Callable[..., int]
READERS = ("student", "classmate", "assistant", "instructor")


@pytest.mark.parametrize(
    ("visibility", "role", "is_owner", "expected"),
    [
        ("class", "student", False, True),
        ("class", "observer", False, True),
        ("staff", "student", False, False),
        ("staff", "observer", False, False),
        ("staff", "assistant", False, True),
        ("staff", "instructor", False, True),
        ("staff", "student", True, True),
        ("self", "student", False, False),
        ("self", "instructor", False, False),
        ("self", "student", True, True),
    ],
)
def test_the_rule(visibility: str, role: str, is_owner: bool, expected: bool) -> None:
    assert may_see_note(Author(1, role), visibility, 1 if is_owner else 2) is expected


def seen(app: Flask, person: Person, assignment: int) -> set[int]:
    """The notes and answers that exist for a person on every path of reading; they must agree."""
    with app.app_context():
        margin = queries.get_margin_for(person.id, assignment)
        notes = queries.list_notes(margin)
        counted = sum(anchor.notes for anchor in queries.list_anchors(margin))
        assert counted == len(notes)
        for note in notes:
            assert queries.get_note(margin, note.comment.id).comment == note.comment
            assert note.answers == len(note.shown)
        found = {note.comment.id for note in notes} | {each.id for note in notes for each in note.shown}
        for comment in found:
            queries.get_comment_for(person.id, comment)
        return found


@pytest.mark.parametrize(
    ("choice", "readers"),
    [
        ("comment", READERS),
        ("question", READERS),
        ("staff", ("student", "assistant", "instructor")),
        ("self", ("student",)),
    ],
)
def test_a_note_and_what_answers_it_are_for_those_it_is_meant_for(
    app: Flask, people: People, thread: Thread, jot: Jot, answer: Answer, choice: str, readers: tuple[str, ...]
) -> None:
    note = jot(people.student, "Why?", choice=choice)
    replier = people.student if choice == "self" else people.instructor
    reply = answer(replier, note, "Because.")
    for name in READERS:
        person = getattr(people, name)
        wanted = {note, reply} if name in readers else set()
        assert seen(app, person, thread.assignment) == wanted, name
        if not wanted:
            with app.app_context():
                for comment in (note, reply):
                    with pytest.raises(NotFound):
                        queries.get_comment_for(person.id, comment)


def test_another_class_with_the_same_article_sees_nothing(
    app: Flask, people: People, thread: Thread, jot: Jot, answer: Answer
) -> None:
    note = jot(people.student, "Why?")
    reply = answer(people.classmate, note, "Because.")
    with app.app_context():
        other = assign_article(people.other_section, thread.article, thread.version, Dates()).id
        commit()
    for person in (people.other_student, people.other_instructor):
        assert seen(app, person, other) == set()
        with app.app_context():
            for comment in (note, reply):
                with pytest.raises(NotFound):
                    queries.get_comment_for(person.id, comment)
            with pytest.raises(NotFound):
                queries.get_margin_for(person.id, thread.assignment)


def test_a_thread_picks_up_no_note_and_a_margin_no_post(
    app: Flask, people: People, thread: Thread, jot: Jot, write: Callable[..., int]
) -> None:
    post, note = write(people.student, "A post."), jot(people.student, "A note.")
    with app.app_context():
        place = queries.get_discussion_for(people.classmate.id, thread.delivery)
        assert [row.id for row in queries.list_comments(place)] == [post]
        assert queries.count_unread_for(people.classmate.id, [people.section]) == {people.section: 1}
        latest = queries.list_latest_comments_for(people.classmate.id, [people.section])
        assert [row.comment_id for row in latest] == [post]
        (summary,) = queries.list_prompt_deliveries_for(people.classmate.id, thread.assignment)
        assert (summary.posts, summary.unread) == (1, 1)
        assert db.session.scalars(select(queries.posts_by_person(thread.assignment).c.posts)).all() == [1]
    assert seen(app, people.classmate, thread.assignment) == {note}


def test_notes_on_the_same_words_are_counted_in_turn_and_parts_stand_by_themselves(
    app: Flask, people: People, thread: Thread, jot: Jot
) -> None:
    first, second = jot(people.student, "One."), jot(people.classmate, "Two.")
    part = jot(people.student, "Three.", part=(4, 11))
    with app.app_context():
        margin = queries.get_margin_for(people.student.id, thread.assignment)
        found = {note.comment.id: note for note in queries.list_notes(margin)}
        anchors = {anchor.start: anchor for anchor in queries.list_anchors(margin)}
    assert [found[note].turn for note in (first, second, part)] == [1, 2, 1]
    assert found[part].anchor.quote == "harbour"
    assert (found[part].anchor.start, found[part].anchor.end) == (4, 11)
    assert (anchors[None].notes, anchors[4].notes) == (2, 1)
    assert (anchors[None].unread, anchors[4].unread) == (1, 0)


def test_what_is_gone_is_counted_for_nobody_and_keeps_its_place_while_it_is_answered(
    app: Flask, people: People, thread: Thread, jot: Jot, answer: Answer, sign_in: Callable[[Person], object]
) -> None:
    alone, answered = jot(people.student, "Alone."), jot(people.student, "Answered.", at=1)
    answer(people.classmate, answered, "Well.")
    hidden = jot(people.student, "Rude.", at=2)
    student, instructor = sign_in(people.student), sign_in(people.instructor)
    for note in (alone, answered):
        assert student.post(f"/comments/{note}/deletion").status_code == 303  # type: ignore[attr-defined]
    assert instructor.post(f"/comments/{hidden}/hiding", data={"reason": "Hm."}).status_code == 303  # type: ignore[attr-defined]
    for person, wanted, counts in (
        (people.classmate, {answered: True}, [0]),
        (people.student, {answered: True, hidden: False}, [0, 1]),
        (people.assistant, {answered: True, hidden: False}, [0, 1]),
    ):
        with app.app_context():
            margin = queries.get_margin_for(person.id, thread.assignment)
            assert {n.comment.id: n.comment.gone for n in queries.list_notes(margin)} == wanted, person.name
            assert [anchor.notes for anchor in queries.list_anchors(margin)] == counts, person.name
