"""A class's results through the door."""

import csv
import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from classroom.models import Enrollment
from core import clock
from core.database import commit, db
from quizzes.models import Response
from quizzes.operations.attempts import hand_in
from quizzes.operations.grading import HandGrade, grade_response
from quizzes.operations.tallies import rebuild_tallies
from quizzes.queries.attempts import get_attempt_for
from quizzes.queries.grading import seen_of
from quizzes.queries.tallies import class_figures
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students

PAGES = ("results", "results/students", "results/matrix", "results.csv")


@pytest.fixture
def graded(app, people, reading):
    """The classmate's open answer has 1.5 of 2 points."""
    with app.app_context():
        revision = db.session.get_one(Response, reading.response).revision
        grade_response(reading.response, HandGrade(people.instructor.id, 150_000, "Good.", seen_of(revision, 0)))
        commit()
    return reading


@pytest.mark.parametrize("part", PAGES)
def test_staff_see_the_results_and_students_do_not(part: str, people, reading, sign_in: Callable) -> None:
    url = f"/readings/{reading.assignment}/{part}"
    assert sign_in(people.instructor).get(url).status_code == 200
    assert sign_in(people.assistant).get(url).status_code == 200
    assert sign_in(people.student).get(url).status_code == 403
    assert sign_in(people.stranger).get(url).status_code == 404


def test_the_page_opens_with_who_is_in(people, reading, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/readings/{reading.assignment}/results").text
    assert "1 of 2 has handed in." in page
    assert "One answer is waiting for you." in page


def test_a_started_attempt_is_in_no_figure(people, graded, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/readings/{graded.assignment}/results.csv").text
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(page.removeprefix("\ufeff")))}
    assert rows[people.student.name]["state"] == "started"
    assert rows[people.student.name]["points"] == ""
    assert rows[people.classmate.name]["points"] == "1.5"
    assert rows[people.classmate.name][f"item_{graded.items[1]}"] == "1.5"
    assert rows[people.classmate.name][f"item_{graded.items[0]}"] == "0"


def test_the_matrix_leads_to_the_answer_behind_a_cell(people, graded, sign_in) -> None:
    client = sign_in(people.instructor)
    link = f"/readings/{graded.assignment}/results/responses/{graded.response}"
    assert link in client.get(f"/readings/{graded.assignment}/results/matrix").text
    page = client.get(link).text
    assert "They were at sea." in page
    assert people.classmate.name in page


def test_an_answer_of_another_class_is_not_there(people, reading, sign_in) -> None:
    client = sign_in(people.other_instructor)
    assert client.get(f"/readings/{reading.assignment}/results/responses/{reading.response}").status_code == 404


def test_a_removed_student_is_in_no_figure_but_the_work_is_kept(app, people, graded, sign_in) -> None:
    client = sign_in(people.instructor)
    people_page = client.get(f"/classes/{people.section}/people").text
    enrollment = _enrollment_of(app, people.classmate.id, people.section)
    assert str(enrollment) in people_page
    client.post(f"/classes/{people.section}/people/{enrollment}/removal", data={"confirmed": "yes"})
    page = client.get(f"/readings/{graded.assignment}/results").text
    assert "Nobody has handed in yet." in page
    work = client.get(f"/readings/{graded.assignment}/results/students/{enrollment}").text
    assert "has left the class" in work
    assert "1.5 of 3 points" in work


def _enrollment_of(app, user_id: int, section_id: int) -> int:
    with app.app_context():
        return db.session.scalars(
            select(Enrollment.id).where(Enrollment.user_id == user_id, Enrollment.section_id == section_id)
        ).one()


def test_the_tallies_equal_what_is_counted_from_the_responses(app, people, graded) -> None:
    def figures():
        return class_figures([graded.quiz_delivery], clock.now())

    with app.app_context():
        attempt = get_attempt_for(people.student.id, graded.attempt)
        hand_in(attempt, clock.now())
        commit()
        kept = figures()
        rebuild_tallies()
        assert figures() == kept
        opened = kept.items[graded.quiz_delivery, graded.items[1]]
        assert (opened.responses, opened.graded, opened.points) == (2, 2, 150_000)
        assert sum(score.students for score in kept.scores[graded.quiz_delivery]) == 2


def test_the_results_write_nothing(people, reading, sign_in, count_statements) -> None:
    client = sign_in(people.instructor)
    client.get("/")
    with count_statements() as seen:
        client.get(f"/readings/{reading.assignment}/results")
    assert len(seen) <= 15
    assert not seen.writes()


def test_an_observer_sees_no_names_and_nothing_of_fewer_than_five(app, people, reading, sign_in) -> None:
    enrollment = _enrollment_of(app, people.assistant.id, people.section)
    with app.app_context():
        db.session.get_one(Enrollment, enrollment).role = "observer"
        commit()
    client = sign_in(people.assistant)
    page = client.get(f"/readings/{reading.assignment}/results").text
    assert "1 of 2 has handed in." in page
    assert "once five students have handed in" in page
    assert people.classmate.name not in page
    assert "The old ferry" not in page
    for part in ("results/students", "results/matrix", "results.csv"):
        assert client.get(f"/readings/{reading.assignment}/{part}").status_code == 403


def test_an_answer_that_was_dropped_says_that_it_does_not_count(app, people, graded, sign_in) -> None:
    client, address = sign_in(people.instructor), f"/readings/{graded.assignment}/results/responses/{graded.response}"
    assert "does not count" not in client.get(address).text
    with app.app_context():
        db.session.get_one(Response, graded.response).dropped = True
        commit()
    assert "does not count" in client.get(address).text
    with app.app_context():
        db.session.get_one(Response, graded.response).points = None
        commit()
    page = client.get(address).text
    assert "does not count" in page
    assert "Grade it" not in page


def test_the_opening_names_the_questions_that_lost_most_points_not_the_smallest_share(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, None, None, ("single_choice", "open_answer"))
    for person, choice in zip(make_students(app, people.section, 5), ("right", *["wrong"] * 4), strict=True):
        client = sign_in(person)
        attempt = start(client, sitting)
        for name, which in (("single_choice", choice), ("open_answer", "right")):
            assert save(client, attempt, sitting.items[name], sitting.fields(name, which)).status_code == 200
        client.post(f"/attempts/{attempt}/submission")
    with app.app_context():
        wanted = select(Response).where(Response.item_id == sitting.items["open_answer"]).order_by(Response.id)
        one = db.session.scalars(wanted).first()
        grade_response(one.id, HandGrade(people.instructor.id, 0, "", seen_of(one.revision, 0)))
        commit()
    page = sign_in(people.instructor).get(f"/readings/{sitting.assignment}/results").text
    assert "Questions 1 and 2 lost the most points." in page
