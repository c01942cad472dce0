"""Grading by hand: what waits, one answer after the other, and every count kept true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from articles.operations.assignments import Dates, change_dates
from classroom.operations.sections import archive_section
from core import clock as moments
from core.database import commit, db
from core.points import POINT
from quizzes.models import Attempt, Response
from quizzes.operations.attempts import Sent, hand_in, save_answers, start_attempt
from quizzes.queries.attempts import get_attempt_for, list_answers
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.grading import count_waiting_for
from tests.quizzes.grader import at_pile, draft_grade, drafts_in, release_all, response_of
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person, make_students
from tests.support.reading import Reading
from tests.support.tallies import item_tallies

SignIn = Callable[[Person | str], Client]


def answer_and_hand_in(app: Flask, reading: Reading, person: Person, *, close: bool = True) -> None:
    """One more attempt whose open question is answered."""
    with app.app_context():
        attempt_id = start_attempt(get_delivery_for(person.id, reading.quiz_delivery), [], moments.now())
        attempt = get_attempt_for(person.id, attempt_id)
        sent = Sent(reading.items[1], "tests", 0, {"answer": [f"{person.name} was at sea."]})
        save_answers(attempt, list_answers(attempt), [sent], moments.now())
        if close:
            hand_in(get_attempt_for(person.id, attempt_id), moments.now())
        commit()


def test_the_list_says_what_waits(people: People, reading: Reading, sign_in: SignIn) -> None:
    page = sign_in(people.assistant).get(f"/deliveries/{reading.quiz_delivery}/grading").text
    assert "One answer waits for you." in page
    assert "Why did some people not vote?" in page
    assert "What did most people choose?" not in page


def test_the_answer_is_shown_with_its_question(people: People, reading: Reading, sign_in: SignIn) -> None:
    page = sign_in(people.assistant).get(at_pile(reading)).text
    assert "They were at sea." in page
    assert "Why did some people not vote?" in page
    assert "From 0 to 2." in page
    assert "Answer 1 of 1" in page


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ("", "Give points, or 0 for none."),
        ("2.5", "This question is worth 2 points at most."),
        ("-1", "Write the points as a number"),
        ("all", "Write the points as a number"),
    ],
)
def test_a_refused_grade_comes_back_with_its_comment(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, points: str, message: str
) -> None:
    answer = draft_grade(sign_in(people.assistant), reading, points)
    assert answer.status_code == 422
    assert message in answer.text
    assert "Good reason." in answer.text
    assert response_of(app, reading)[0].points is None


def test_saving_goes_on_to_the_next_answer_that_waits(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    for person in make_students(app, people.section, 2):
        answer_and_hand_in(app, reading, person)
    client = sign_in(people.assistant)
    assert "Three answers wait for you." in client.get(f"/deliveries/{reading.quiz_delivery}/grading").text
    answer = draft_grade(client, reading, "1")
    page = client.get(answer.location).text
    assert " was at sea." in page
    assert "1 of 3 graded" in page
    assert "1 draft of yours" in page
    assert "response=" not in answer.location


def test_an_attempt_in_progress_is_not_graded(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    person = make_students(app, people.section, 1)[0]
    answer_and_hand_in(app, reading, person, close=False)
    client = sign_in(people.assistant)
    assert "One answer waits" in client.get(f"/deliveries/{reading.quiz_delivery}/grading").text
    with app.app_context():
        response_id = db.session.scalars(
            select(Response.id).where(Response.item_id == reading.items[1]).order_by(Response.id.desc())
        ).first()
    assert client.get(at_pile(reading, response_id)).status_code == 404
    assert client.post(at_pile(reading, response_id), data={"points": "1", "seen": "1.0"}).status_code == 404


def test_an_attempt_past_its_end_is_closed_at_its_end_and_graded(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, clock: Clock
) -> None:
    person = make_students(app, people.section, 1)[0]
    answer_and_hand_in(app, reading, person, close=False)
    with app.app_context():
        end = moments.now().replace(microsecond=0) + timedelta(minutes=5)
        change_dates(reading.assignment, Dates(None, None, end))
        commit()
    clock.forward(minutes=10)
    client = sign_in(people.assistant)
    assert "Two answers wait for you." in client.get(f"/deliveries/{reading.quiz_delivery}/grading").text
    with app.app_context():
        attempt = db.session.scalars(select(Attempt).order_by(Attempt.id.desc())).first()
        assert attempt is not None
        wanted = select(Response.id).where(Response.attempt_id == attempt.id, Response.item_id == reading.items[1])
        response_id = db.session.scalars(wanted).one()
    answer = client.post(at_pile(reading, response_id), data={"points": "2", "seen": "1.0"})
    assert answer.status_code == 303
    release_all(client, reading)
    with app.app_context():
        closed = db.session.get_one(Attempt, attempt.id)
        assert (closed.submitted_at, closed.points, closed.ungraded) == (end, 2 * POINT, 0)
        tally = item_tallies()[reading.items[1]]
        assert (tally.responses, tally.graded) == (2, 1)


@pytest.mark.parametrize(
    ("who", "status"),
    [("assistant", 200), ("instructor", 200), ("student", 403), ("stranger", 404), ("other_instructor", 404)],
)
def test_only_staff_of_the_class_grade(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, who: str, status: int
) -> None:
    client = sign_in(getattr(people, who))
    assert client.get(f"/deliveries/{reading.quiz_delivery}/grading").status_code == status
    assert client.get(at_pile(reading)).status_code == status
    graded = client.post(at_pile(reading, reading.response), data={"points": "1", "seen": "1.0"})
    assert graded.status_code == (303 if status == 200 else status)
    assert bool(drafts_in(app)) == (status == 200)
    for place in ("release", f"{reading.items[1]}/release", f"{reading.items[1]}/draft/removal"):
        address = f"/deliveries/{reading.quiz_delivery}/grading/{place}"
        assert client.post(address, data={"seen": ""}).status_code in ((303, 409) if status == 200 else (status,))


def test_an_answer_of_another_question_is_not_there(people: People, reading: Reading, sign_in: SignIn) -> None:
    client = sign_in(people.instructor)
    other = f"/deliveries/{reading.quiz_delivery}/grading/{reading.items[0]}"
    assert client.get(other).status_code == 404
    assert client.get(f"{other}?response={reading.response}").status_code == 404


def test_an_archived_class_is_read_not_graded(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    with app.app_context():
        archive_section(people.instructor.id, people.section)
        commit()
    client = sign_in(people.instructor)
    assert "This class is archived." in client.get(at_pile(reading)).text
    assert draft_grade(client, reading, "1").status_code == 403


def test_waiting_answers_are_counted_for_the_staff_of_a_class(app: Flask, people: People, reading: Reading) -> None:
    with app.app_context():
        assert count_waiting_for(people.assistant.id) == [(reading.quiz_delivery, 1)]
        assert count_waiting_for(people.student.id) == []
        assert count_waiting_for(people.other_instructor.id) == []


def test_grading_takes_the_same_few_statements_in_a_large_class(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, count_statements: Callable[[], Any]
) -> None:
    client = sign_in(people.assistant)
    pages = (f"/deliveries/{reading.quiz_delivery}/grading", at_pile(reading))

    def asked() -> list[int]:
        result = []
        for page in pages:
            with count_statements() as seen:
                assert client.get(page).status_code == 200
            assert not seen.writes()
            result.append(len(seen))
        return result

    small = asked()
    for person in make_students(app, people.section, 20):
        answer_and_hand_in(app, reading, person)
    assert asked() == small
    assert max(small) <= 6
    with count_statements() as seen:
        assert client.post(at_pile(reading, reading.response), data={"points": "1", "seen": "1.0"}).status_code == 303
    assert len(seen) <= 15
    assert seen.commits == 1
