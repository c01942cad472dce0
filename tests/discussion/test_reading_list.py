"""The threads of a reading, what is new, and the figures other rooms ask for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import exists, insert, select

from articles.operations import Dates, change_dates
from classroom.models import Enrollment
from core import clock
from core.database import commit, db
from discussion import queries
from discussion.models import Comment
from discussion.operations import Actor, DeliverySettings, PromptDraft, create_prompt, deliver_prompt, hide_comment
from tests.conftest import START
from tests.discussion.conftest import Thread, place_of
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person, make_students
from tests.support.statements import CountStatements

SignIn = Callable[[Person], Client]
Write = Callable[..., int]


def test_a_reader_with_one_thread_is_led_to_it(people: People, thread: Thread, sign_in: SignIn) -> None:
    path = f"/readings/{thread.assignment}/discussion"
    assert sign_in(people.student).get(path).location == thread.url
    assert "Was it a fair vote?" in sign_in(people.instructor).get(path).text
    for outsider in (people.stranger, people.other_student, people.other_instructor):
        assert sign_in(outsider).get(path).status_code == 404


def test_new_posts_are_marked_until_they_are_read(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    first, second = write(people.classmate, "One."), write(people.classmate, "Two.")
    write(people.student, "Mine is never new.")
    student = sign_in(people.student)
    page = student.get(thread.url).text
    assert page.count(">New</i>") == 2
    assert f'name="until" value="{second}"' in page
    answer = student.post(f"{thread.url}/read-marks", data={"ids": str(first)}, headers={"X-Fragment": "1"})
    assert (answer.status_code, answer.text) == (204, "")
    assert student.get(thread.url).text.count(">New</i>") == 1
    for _again in range(2):
        assert student.post(f"{thread.url}/read-marks", data={"ids": f"{first},{second}"}).status_code == 303
    assert "You are up to date." in student.get(thread.url).text
    with app.app_context():
        assert queries.count_unread_for(people.student.id, [people.section]) == {}
        assert queries.count_unread_for(people.instructor.id, [people.section]) == {people.section: 3}


def test_all_is_marked_as_read_at_once_but_not_what_came_since(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn, count_statements: CountStatements
) -> None:
    with app.app_context():
        author, now = place_of(app, people.classmate), clock.now()
        same = {"enrollment_id": author, "assignment_id": thread.assignment, "delivery_id": thread.delivery}
        same |= {"body": "So.", "body_html": "<p>So.</p>", "renderer": 1, "created_at": now, "visibility": "class"}
        db.session.execute(insert(Comment), [same | {"kind": "comment"} for _post in range(1_100)])
        commit()
    student = sign_in(people.student)
    until = re.search(r'name="until" value="(\d+)"', student.get(thread.url).text)
    assert until is not None
    with app.app_context():
        counts, newest = queries.count_thread(queries.get_discussion_for(people.student.id, thread.delivery))
    assert (counts.new, newest) == (1_100, int(until[1]))
    write(people.classmate, "Later.")
    with count_statements() as seen:
        assert student.post(f"{thread.url}/read-marks", data={"until": until[1]}).status_code == 303
    assert len(seen) <= 5
    with app.app_context():
        assert queries.count_unread_for(people.student.id, [people.section]) == {people.section: 1}


def test_wrong_marks_are_refused_and_marks_are_for_members(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    for wrong in ({}, {"until": "x"}, {"until": "-1"}):
        assert student.post(f"{thread.url}/read-marks", data=wrong).status_code == 400
    for ids in ("", "x", "1;2", "1," * 1001 + "1"):
        assert student.post(f"{thread.url}/read-marks", data={"ids": ids}).status_code == 400
    assert sign_in(people.stranger).post(f"{thread.url}/read-marks", data={"ids": "1"}).status_code == 404


def test_what_is_hidden_or_deleted_is_not_new(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    hidden, deleted = write(people.classmate, "One."), write(people.classmate, "Two.")
    sign_in(people.classmate).post(f"/comments/{deleted}/deletion")
    with app.app_context():
        hide_comment(Actor(people.instructor.id, people.section), hidden, "Hm.")
        commit()
    with app.app_context():
        assert queries.count_unread_for(people.student.id, [people.section]) == {}
        assert queries.list_latest_comments_for(people.student.id, [people.section]) == []
    assert ">New</i>" not in sign_in(people.student).get(thread.url).text


def test_a_class_counts_only_for_those_in_it(app: Flask, people: People, thread: Thread, write: Write) -> None:
    write(people.classmate, "One.")
    both = [people.section, people.other_section]
    with app.app_context():
        for person in (people.stranger, people.other_student, people.other_instructor):
            assert queries.count_unread_for(person.id, both) == {}
            assert queries.count_unread_by_assignment(person.id, both) == {}
            assert queries.list_latest_comments_for(person.id, both) == []
            assert queries.list_prompt_deliveries_for(person.id, thread.assignment) == []


def test_a_reading_that_has_not_opened_has_no_threads_for_students(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn, clock: Clock
) -> None:
    write(people.instructor, "Early words.")
    with app.app_context():
        change_dates(thread.assignment, Dates(opens_at=START + timedelta(hours=1)))
        commit()
    student = sign_in(people.student)
    assert student.get(thread.url).status_code == 404
    assert sign_in(people.assistant).get(thread.url).status_code == 200
    with app.app_context():
        assert queries.count_unread_for(people.student.id, [people.section]) == {}
        assert queries.list_prompt_deliveries_for(people.student.id, thread.assignment) == []
    clock.forward(hours=1)
    assert student.get(thread.url).status_code == 200


def test_a_thread_closes_with_the_reading_unless_it_has_a_day_of_its_own(
    app: Flask, people: People, thread: Thread
) -> None:
    closes = START + timedelta(days=3)
    with app.app_context():
        change_dates(thread.assignment, Dates(closes_at=closes))
        commit()
        (summary,) = queries.list_prompt_deliveries_for(people.student.id, thread.assignment)
        assert summary.closes_at == closes
        own = closes + timedelta(days=1)
        settings = DeliverySettings(closes_at=own)
        deliver_prompt(people.instructor.id, thread.prompt, thread.assignment, settings)
        commit()
        (summary,) = queries.list_prompt_deliveries_for(people.student.id, thread.assignment)
        assert summary.closes_at == own


def test_posts_of_a_person_are_counted_with_the_replies_and_without_what_was_deleted(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    top = write(people.student, "A post.")
    write(people.student, "A reply.", top)
    write(people.classmate, "A reply.", top)
    gone = write(people.classmate, "Gone.")
    write(people.instructor, "Staff do not count.")
    sign_in(people.classmate).post(f"/comments/{gone}/deletion")
    with app.app_context():
        wrote = queries.posts_by_person(thread.assignment)
        student = exists().where(Enrollment.id == wrote.c.enrollment_id, Enrollment.role == "student")
        posts = db.session.scalars(select(wrote.c.posts).where(student).order_by(wrote.c.enrollment_id)).all()
    assert posts == [2, 1]


def test_lists_take_the_same_statements_however_many_threads_and_posts_there_are(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn, count_statements: Any
) -> None:
    instructor = sign_in(people.instructor)
    students = make_students(app, people.section, 10)
    counts = []
    for round_ in range(2):
        for number in range(15):
            write(students[number % 10], f"Round {round_}, words {number}.")
        with app.app_context():
            for number in range(5 * (round_ + 1)):
                draft = PromptDraft(thread.article, thread.version, f"Prompt {round_} {number}", spans=((1, 2),))
                prompt = create_prompt(people.instructor.id, draft)
                deliver_prompt(people.instructor.id, prompt, thread.assignment, DeliverySettings(1))
            commit()
        seen_by_path = []
        for path in (f"/readings/{thread.assignment}/discussion", f"/articles/{thread.article}/prompts"):
            with count_statements() as seen:
                assert instructor.get(path).status_code == 200
            seen_by_path.append(len(seen))
        with app.app_context(), count_statements() as seen:
            queries.count_unread_for(people.student.id, [people.section])
            queries.list_latest_comments_for(people.student.id, [people.section])
            queries.list_replies_to(people.student.id, [people.section])
        counts.append((*seen_by_path, len(seen)))
    assert counts[0] == counts[1] == (7, 6, 6)
