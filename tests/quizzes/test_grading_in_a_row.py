"""Answers graded one after the other in a row of who needs the instructor, as its script asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from classroom.operations.sections import archive_section
from core.database import commit, db
from core.points import POINT
from quizzes.deliveries import DeliveryRules
from quizzes.operations.deliveries import change_rules
from tests.quizzes.grader import at_pile, draft_grade, drafts_in, release_all, response_of
from tests.quizzes.test_grading_pages import answer_and_hand_in
from tests.support.browsing import Client
from tests.support.people import People, Person, make_students
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]
FRAGMENT = {"X-Fragment": "1"}


def first(client: Client, reading: Reading) -> Any:
    """What the row shows at the press of its button."""
    return client.get(f"/deliveries/{reading.quiz_delivery}/grading/next", headers=FRAGMENT, follow_redirects=True)


def send(client: Client, page: str, **fields: str) -> Any:
    """Send the form of a fragment as its script does."""
    address = re.search(r'<form [^>]*action="([^"]+)"', page)
    seen = re.search(r'name="seen"[^>]* value="([^"]*)"', page)
    assert address
    assert seen
    data = {"seen": seen.group(1), **fields}
    return client.post(address.group(1).replace("&amp;", "&"), data=data, headers=FRAGMENT)


def test_answers_come_one_after_the_other_and_then_the_release(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, count_statements: Callable[[], Any]
) -> None:
    answer_and_hand_in(app, reading, make_students(app, people.section, 1)[0])
    client = sign_in(people.assistant)
    page = first(client, reading).text
    assert "<!doctype" not in page
    assert "2 answers left to grade" in page
    assert "Why did some people not vote?" in page
    assert "data-key=" not in page
    with count_statements() as seen:
        answer = send(client, page, points="1", comment="Well seen.")
    assert len(seen) <= 15
    assert seen.commits == 1
    assert "<!doctype" not in answer.text
    assert "One answer left to grade" in answer.text
    assert "Saved as a draft." in answer.text
    assert "Well seen." not in answer.text
    assert 'value="1"' not in answer.text
    with count_statements() as seen:
        answer = send(client, answer.text, points="2")
    assert len(seen) <= 15
    assert "Every answer is graded." in answer.text
    assert "2 answers are graded for the first time" in answer.text
    assert "Release 2 grades" in answer.text
    assert response_of(app, reading)[0].points is None
    assert "Release 2 grades" in first(client, reading).text

    with count_statements() as seen:
        answer = send(client, answer.text)
    assert len(seen) <= 20  # as many as on the page of the release
    assert answer.status_code == 200
    assert "2 grades are released." in answer.text
    assert drafts_in(app) == []
    assert response_of(app, reading)[0].points in (POINT, 2 * POINT)
    assert "Nothing is left to grade or to release." in first(client, reading).text


def test_nobody_is_told_twice_what_a_row_has_said(people: People, reading: Reading, sign_in: SignIn) -> None:
    client = sign_in(people.assistant)
    send(client, first(client, reading).text, points="1")
    assert 'class="flashes' not in client.get(f"/deliveries/{reading.quiz_delivery}/grading").text


def test_a_refused_grade_comes_back_alone_with_all_that_was_typed(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    client = sign_in(people.assistant)
    answer = send(client, first(client, reading).text, points="9", comment="Far too good.")
    assert answer.status_code == 422
    assert answer.text.lstrip().startswith("<form")
    assert "This question is worth 2 points at most." in answer.text
    assert "Far too good." in answer.text
    assert 'value="9"' in answer.text
    assert drafts_in(app) == []
    assert "Every answer is graded." in send(client, answer.text, points="2", comment="Far too good.").text


def test_what_a_colleague_graded_meanwhile_is_shown_above_what_was_typed(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    slow = sign_in(people.assistant)
    page = first(slow, reading).text
    draft_grade(sign_in(people.instructor), reading, "2", comment="All there.")
    answer = send(slow, page, points="0.5", comment="Half of it.")
    assert answer.status_code == 409
    assert answer.text.lstrip().startswith("<form")
    for words in ("Ingrid Vale has a draft of 2 points.", "All there.", "Half of it.", 'value="0.5"'):
        assert words in answer.text
    assert f'data-in-place href="/deliveries/{reading.quiz_delivery}/grading/next"' in answer.text
    assert send(slow, answer.text, points="0.5", comment="Half of it.").status_code == 200
    assert drafts_in(app) == [(POINT // 2, "Half of it.")]


def test_drafts_that_changed_since_the_look_are_shown_anew(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    client, colleague = sign_in(people.instructor), sign_in(people.assistant)
    page = send(client, first(client, reading).text, points="1").text
    draft_grade(colleague, reading, "2")
    answer = send(client, page)
    assert answer.status_code == 409
    assert answer.text.lstrip().startswith("<form")
    assert "The drafts have changed meanwhile" in answer.text
    assert response_of(app, reading)[0].points is None
    release_all(colleague, reading)
    answer = send(client, answer.text)
    assert answer.status_code == 409
    assert "Release" not in answer.text


def test_names_are_hidden_where_the_quiz_hides_them(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    client = sign_in(people.assistant)
    assert people.classmate.name in first(client, reading).text
    with app.app_context():
        change_rules(reading.quiz_delivery, DeliveryRules(hides_names=True))
        commit()
    page = first(client, reading).text
    assert people.classmate.name not in page
    assert "Names are hidden in this quiz" in page


def test_without_a_script_the_way_leads_to_the_page_of_the_answer(
    people: People, reading: Reading, sign_in: SignIn
) -> None:
    client = sign_in(people.assistant)
    page = client.get(f"/deliveries/{reading.quiz_delivery}/grading/next", follow_redirects=True).text
    assert "Answer 1 of 1" in page
    assert "<!doctype" in page
    draft_grade(client, reading, "1")
    page = client.get(f"/deliveries/{reading.quiz_delivery}/grading/next", follow_redirects=True).text
    assert "Release one grade?" in page


@pytest.mark.parametrize(("who", "status"), [("classmate", 403), ("stranger", 404), ("other_instructor", 404)])
def test_it_is_for_the_staff_of_the_class_alone(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, who: str, status: int
) -> None:
    client = sign_in(getattr(people, who))
    assert first(client, reading).status_code == status
    assert client.get(at_pile(reading), headers=FRAGMENT).status_code == status
    sent = client.post(at_pile(reading, reading.response), data={"points": "1", "seen": "1.0"}, headers=FRAGMENT)
    assert sent.status_code == status
    assert drafts_in(app) == []


def test_an_archived_class_is_read_not_graded(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    client = sign_in(people.instructor)
    with app.app_context():
        archive_section(people.instructor.id, people.section)
        commit()
    page = first(client, reading).text
    assert "This class is archived." in page
    assert "<button" not in page
    assert send(client, page, points="1").status_code == 403
    assert drafts_in(app) == []


def test_what_was_dropped_is_not_asked_for(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    with app.app_context():
        response, _attempt = response_of(app, reading)
        db.session.merge(response).dropped = True
        commit()
    assert "Nothing is left to grade or to release." in first(sign_in(people.assistant), reading).text
