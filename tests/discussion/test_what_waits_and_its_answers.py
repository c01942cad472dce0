"""What answers a post that waits tells classmates nothing of it; and boxes are ticked once posts are approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db
from core.live.events import LiveEvent
from core.points import POINT
from discussion.participation import Requirement
from tests.conftest import START
from tests.discussion.conftest import Thread
from tests.discussion.test_live_changes import OpenPage
from tests.discussion.test_participation import states
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Given = Callable[..., None]
Write = Callable[..., int]
Ask = Callable[..., list[int]]
ANSWER = "Please say where."


def posted(client: Client, thread: Thread, body: str, parent: int | None = None) -> int:
    """Post through the page; returns the id."""
    answer = client.post(f"{thread.url}/comments", data={"body": body, "parent": parent or ""})
    return int(answer.headers["Location"].rpartition("#c")[2])


@pytest.fixture
def answered(given: Given, people: People, thread: Thread, sign_in: SignIn) -> tuple[int, int]:
    """The student's post, which waits, and what staff answer, who name a classmate there."""
    given(approves_first=True)
    waits = posted(sign_in(people.student), thread, "A post that waits.")
    reply = posted(sign_in(people.instructor), thread, f"{ANSWER} @{people.classmate.name} knows.", waits)
    return waits, reply


def test_what_staff_answer_to_a_post_that_waits_is_for_its_author_and_staff(
    people: People, thread: Thread, answered: tuple[int, int], sign_in: SignIn
) -> None:
    _waits, reply = answered
    for person in (people.student, people.instructor, people.assistant):
        client = sign_in(person)
        assert ANSWER in client.get(thread.url).text
        assert client.get(f"/comments/{reply}").status_code == 302
    classmate = sign_in(people.classmate)
    page = classmate.get(thread.url).text
    assert ANSWER not in page
    assert "From staff" not in page
    assert "1 post" not in page
    for address in (thread.url, "/", "/notifications", f"/classes/{people.section}", f"/readings/{thread.assignment}"):
        assert ANSWER not in classmate.get(address).text, address
    assert "1 new post" not in classmate.get(f"/classes/{people.section}").text
    assert ANSWER not in classmate.get(f"/readings/{thread.assignment}/search?q=please").text
    for path in ("", "/quotation", "/flag"):
        assert classmate.get(f"/comments/{reply}{path}").status_code == 404
    assert classmate.post(f"{thread.url}/comments", data={"body": "x", "parent": reply}).status_code == 409


def test_an_open_page_of_a_classmate_hears_nothing_of_it(
    people: People, thread: Thread, given: Given, sign_in: SignIn
) -> None:
    given(approves_first=True)
    page, staff = OpenPage(sign_in(people.classmate), thread), OpenPage(sign_in(people.assistant), thread)
    page.look(), staff.look()
    waits = posted(sign_in(people.student), thread, "A post that waits.")
    posted(sign_in(people.instructor), thread, ANSWER, waits)
    assert page.look() == 204
    assert ANSWER in str(staff.look())
    sign_in(people.instructor).post(f"/comments/{waits}/approval")
    assert ANSWER in str(page.look())


def test_what_answers_an_answer_is_kept_back_with_it_and_all_of_it_is_shown_on_approval(
    app: Flask, people: People, thread: Thread, answered: tuple[int, int], sign_in: SignIn
) -> None:
    waits, reply = answered
    further = posted(sign_in(people.assistant), thread, "Paragraph two, I think.", reply)
    classmate = sign_in(people.classmate)
    assert "Paragraph two" not in classmate.get(thread.url).text
    assert "Paragraph two" in sign_in(people.student).get(thread.url).text
    with app.app_context():
        before = db.session.scalars(select(LiveEvent.id).order_by(LiveEvent.id.desc()).limit(1)).one()
    assert sign_in(people.instructor).post(f"/comments/{waits}/approval").status_code == 303
    page = classmate.get(thread.url).text
    assert ANSWER in page
    assert "Paragraph two" in page
    with app.app_context():
        events = select(LiveEvent.object_id).where(LiveEvent.id > before, LiveEvent.kind == "written")
        assert set(db.session.scalars(events)) == {waits, reply, further}
    assert ANSWER in classmate.get("/notifications").text


def test_a_post_that_waits_again_takes_its_answers_along(
    people: People, thread: Thread, answered: tuple[int, int], sign_in: SignIn
) -> None:
    waits, _reply = answered
    sign_in(people.instructor).post(f"/comments/{waits}/approval")
    sign_in(people.student).post(f"/comments/{waits}/edit", data={"body": "Something else.", "seen": ""})
    assert ANSWER not in sign_in(people.classmate).get(thread.url).text


def test_a_box_is_ticked_when_staff_approve_and_counts_from_when_it_was_written(
    clock: Clock, people: People, thread: Thread, given: Given, ask: Ask, sign_in: SignIn
) -> None:
    given(approves_first=True)
    ask(Requirement(0, "post", 1, START + timedelta(hours=1), POINT))
    student, instructor = sign_in(people.student), sign_in(people.instructor)
    post = posted(student, thread, "In time.")
    page = student.get(thread.url).text
    assert states(page) == ["Open"]
    assert "Waits for approval, and counts from when it was written" in page
    clock.set(START + timedelta(hours=2))
    assert states(student.get(thread.url).text) == ["Open"]
    instructor.post(f"/comments/{post}/approval")
    assert states(student.get(thread.url).text) == ["Done"]
    instructor.post(f"/comments/{post}/hiding", data={"reason": "No."})
    assert states(student.get(thread.url).text) == ["Missed"]


def test_what_is_cited_after_the_time_is_over_ticks_no_box(
    clock: Clock, people: People, thread: Thread, ask: Ask, sign_in: SignIn
) -> None:
    ask(Requirement(0, "cited", 1, START + timedelta(minutes=10), POINT))
    student, classmate = sign_in(people.student), sign_in(people.classmate)
    uncited, cited = posted(student, thread, "No place."), posted(classmate, thread, "See ¶ 1.2.")
    clock.set(START + timedelta(minutes=20))
    student.post(f"/comments/{uncited}/edit", data={"body": "See ¶ 1.2.", "seen": ""})
    classmate.post(f"/comments/{cited}/edit", data={"body": "No place.", "seen": ""})
    assert states(student.get(thread.url).text) == ["Missed"]
    assert states(classmate.get(thread.url).text) == ["Done"]
