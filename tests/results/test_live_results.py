"""Open pages of results follow who hands in: told in the hand-in's own transaction, and nothing that is read moves."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Response, expect
from sqlalchemy import select

from core.clock import now
from core.database import commit, db
from core.jobs import run_task
from core.live.events import LiveEvent
from discussion.queries.heard import list_topics_for
from discussion.topics import MARKED, confusion_topic
from quizzes.deliveries import DeliveryRules
from quizzes.jobs import close_expired_attempts
from quizzes.models import Regrade
from quizzes.models import Response as Answer
from quizzes.operations.attempts import hand_in
from quizzes.operations.grading import HandGrade, grade_response
from quizzes.queries.attempts import get_attempt_for
from quizzes.queries.grading import seen_of
from quizzes.topics import HANDED_IN, SCORED, delivery_topic
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students

STATE = """() => {
    const field = document.querySelector("#find-student");
    return [Math.round(field.getBoundingClientRect().top), field.value, document.activeElement === field];
}"""


def is_look(response: Response) -> bool:
    """Whether the page asks for its parts again."""
    return response.url.endswith("/results") and response.request.resource_type == "fetch"


def told(app: Flask, delivery: int) -> list[tuple[str, int]]:
    with app.app_context():
        rows = select(LiveEvent.kind, LiveEvent.object_id).where(LiveEvent.topic == delivery_topic(delivery))
        return [tuple(row) for row in db.session.execute(rows.order_by(LiveEvent.id))]


def test_handing_in_is_told_once_and_not_if_it_is_undone(app, people, reading, sign_in) -> None:
    before = told(app, reading.quiz_delivery)
    with app.app_context():
        assert hand_in(get_attempt_for(people.student.id, reading.attempt), now())
        db.session.rollback()
    assert told(app, reading.quiz_delivery) == before
    client = sign_in(people.student)
    for _twice in range(2):
        client.post(f"/attempts/{reading.attempt}/submission")
    assert told(app, reading.quiz_delivery) == [*before, (HANDED_IN, reading.attempt)]


def test_an_attempt_that_the_clock_ends_is_told_as_well(app, people, sign_in, clock) -> None:
    sitting = make_sitting(app, people, DeliveryRules(time_limit_seconds=600), None, ("single_choice",))
    attempt = start(sign_in(people.student), sitting)
    clock.forward(minutes=30)
    assert run_task(app, close_expired_attempts)
    assert told(app, sitting.delivery) == [(HANDED_IN, attempt)]


def test_a_grade_given_by_hand_is_told(app, people, reading) -> None:
    before = told(app, reading.quiz_delivery)
    with app.app_context():
        revision = db.session.get_one(Answer, reading.response).revision
        grade_response(reading.response, HandGrade(people.instructor.id, 150_000, "Good.", seen_of(revision, 0)))
        commit()
    assert told(app, reading.quiz_delivery) == [*before, (SCORED, reading.quiz_delivery)]


def test_scoring_anew_and_taking_it_back_are_told(app, people, reading, sign_in) -> None:
    before, client = told(app, reading.quiz_delivery), sign_in(people.instructor)
    scoring = f"/deliveries/{reading.quiz_delivery}/questions/{reading.items[0]}/scoring"
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', client.get(scoring).text)
    form = {"policy": "full_credit", "why": "It was unclear.", "seen": seen[1] if seen else ""}
    assert client.post(scoring, data=form).status_code == 303
    once = [*before, (SCORED, reading.quiz_delivery)]
    assert told(app, reading.quiz_delivery) == once
    with app.app_context():
        made = db.session.scalar(select(Regrade.id))
    for status in (303, 409):
        assert client.post(f"{scoring}/{made}/reversal").status_code == status
    assert client.post(f"{scoring}/{made + 1}/reversal").status_code == 404
    assert told(app, reading.quiz_delivery) == [*once, (SCORED, reading.quiz_delivery)]


def test_marks_of_confusion_are_told_to_staff_alone_and_of_nobody(app, people, reading, sign_in) -> None:
    client, sentence = sign_in(people.student), {"first": reading.sentences[0]}
    marking = f"/readings/{reading.assignment}/confusion"
    assert client.post(marking, data=sentence).status_code == 303
    assert client.post(f"{marking}/removal", data=sentence).status_code == 303
    topic = confusion_topic(reading.assignment)
    with app.app_context():
        rows = db.session.execute(select(LiveEvent.kind, LiveEvent.object_id).where(LiveEvent.topic == topic))
        assert [tuple(row) for row in rows] == [(MARKED, reading.assignment)] * 2
        assert topic not in list_topics_for(people.student.id)


def test_a_fragment_is_the_page_without_its_frame(people, reading, sign_in) -> None:
    client, address = sign_in(people.instructor), f"/readings/{reading.assignment}/results"
    fragment = client.get(address, headers={"X-Fragment": "1"}).text
    assert "<html" not in fragment
    for part in ("headline", "spread", "questions", "passages", "students"):
        assert fragment.count(f'data-live-part="{part}"') == 1
        assert f'data-live-part="{part}"' in client.get(address).text


@pytest.mark.sqlite_only
def test_the_open_page_follows_and_nothing_that_is_read_or_typed_moves(app, people, sign_in, open_page) -> None:
    sitting = make_sitting(app, people, types=("single_choice", "true_false"))
    students = make_students(app, people.section, 8)

    def answer(student) -> None:
        client = sign_in(student)
        attempt = start(client, sitting)
        for name in sitting.items:
            save(client, attempt, sitting.items[name], sitting.fields(name))
        client.post(f"/attempts/{attempt}/submission")

    for student in students[:5]:
        answer(student)
    page = open_page("/account", people.instructor)
    with page.expect_response(is_look):
        page.goto(f"/readings/{sitting.assignment}/results")
    folded = page.locator("details.qrow").last
    folded.locator("summary").click()
    was_open = folded.evaluate("one => one.open")
    page.locator("#find-student").fill("Student 000")
    before = page.evaluate(STATE)
    answer(students[5])
    expect(page.locator("h1")).to_contain_text("6 of 10 have handed in.")
    row = page.locator("#students-table tbody tr", has_text="Student 0006")
    expect(row).to_contain_text("2/2")
    assert page.evaluate(STATE) == before
    assert page.locator("details.qrow").last.evaluate("one => one.open") == was_open
    expect(page.locator("#students-table tbody tr", has_text="Sofia Lind")).to_be_hidden()


@pytest.mark.sqlite_only
def test_an_open_map_follows_what_students_mark(app, people, reading, sign_in, open_page) -> None:
    page = open_page("/account", people.instructor)
    with page.expect_response(lambda response: "/results/map" in response.url and is_fetch(response)):
        page.goto(f"/readings/{reading.assignment}/results/map?layer=confusion")
    expect(page.locator("[data-live-part='map-table']")).not_to_contain_text("1 mark")
    marking = f"/readings/{reading.assignment}/confusion"
    sign_in(people.student).post(marking, data={"first": reading.sentences[0]})
    expect(page.locator("[data-live-part='map-table']")).to_contain_text("1 mark", timeout=20_000)


def is_fetch(response: Response) -> bool:
    return response.request.resource_type == "fetch"
