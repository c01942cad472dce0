"""One student across all readings of a class, through the door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion, Assignment
from articles.operations.assignments import Dates, assign_article
from articles.operations.texts import create_article
from classroom.models import Enrollment
from core import clock
from core.database import commit, db
from core.points import POINT
from discussion.operations import Actor, set_requirements
from discussion.participation import Requirement
from quizzes.models import QuizDelivery, Response
from quizzes.operations.grading import HandGrade, grade_response
from quizzes.queries.grading import seen_of
from results.grade_cells import Attempted, Column, Moment, Student, quiz_cell
from results.student_readings import Lost, QuizLine, lost_by_paragraph
from tests.support.people import make_students
from tests.support.statements import CountStatements


def place_of(app, person) -> int:
    with app.app_context():
        return db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == person.id)).one()


def address(app, people, person) -> str:
    return f"/classes/{people.section}/students/{place_of(app, person)}/readings"


@pytest.fixture
def graded(app, people, reading):
    """The classmate's open answer has 1.5 of 2 points."""
    with app.app_context():
        revision = db.session.get_one(Response, reading.response).revision
        grade_response(reading.response, HandGrade(people.instructor.id, 150_000, "Good.", seen_of(revision, 0)))
        commit()
    return reading


def add_readings(app, people, many: int) -> None:
    with app.app_context():
        for n in range(many):
            prepared = prepare(Source(f"Text {n}. It goes on.", "plain"), f"Reading {n:02}", "en")
            article = create_article(people.instructor.id, prepared).id
            version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article)).one()
            assign_article(people.section, article, version, Dates())
        commit()


def test_the_page_says_score_posts_and_what_was_lost(app, people, graded, sign_in) -> None:
    page = sign_in(people.instructor).get(address(app, people, people.classmate)).text
    assert "1 of 1 quiz handed in." in page
    assert "<b>1.5</b>" in page
    assert "1.5 of 3 points" in page  # 1 for the choice that was left out, 0.5 for the open answer
    assert "About no passage" in page
    assert "Share of the points, reading by reading" in page


def test_an_answer_that_waits_gives_no_score(app, people, reading, sign_in) -> None:
    page = sign_in(people.instructor).get(address(app, people, people.classmate)).text
    assert "To read" in page
    assert "Share of the points, reading by reading" not in page


def test_an_attempt_in_progress_is_started_and_nothing_of_it_is_told(app, people, reading, sign_in) -> None:
    page = sign_in(people.instructor).get(address(app, people, people.student)).text
    assert "0 of 1 quiz handed in." in page
    assert "Started" in page
    assert "No points lost in what is handed in and read." in page


def test_late_is_late(app, people, graded, sign_in) -> None:
    with app.app_context():
        row = db.session.get_one(Assignment, graded.assignment)
        row.due_at = row.latest_due_at = clock.now() - timedelta(days=1)
        commit()
    assert "Handed in late" in sign_in(people.instructor).get(address(app, people, people.classmate)).text


def test_the_boxes_of_a_rule_show_though_it_earns_nothing(app, people, reading, sign_in) -> None:
    with app.app_context():
        asked = [Requirement(0, "post", 2, clock.now() + timedelta(days=1))]
        set_requirements(Actor(people.instructor.id, people.section), reading.prompt_delivery, asked)
        commit()
    client = sign_in(people.instructor)
    assert "1 of 2 boxes" in client.get(address(app, people, people.classmate)).text
    assert "Was it worth it?" not in client.get(f"/classes/{people.section}/gradebook").text


def test_points_that_staff_gave_without_a_hand_in_are_a_score(app, people, graded, sign_in) -> None:
    (student,) = make_students(app, people.section, 1)
    client, place = sign_in(people.instructor), place_of(app, student)
    cell = f"/classes/{people.section}/gradebook/students/{place}/quiz-{graded.quiz_delivery}"
    given = {"seen": "0", "kind": "override", "points": "2", "why": "Was asked aloud."}
    assert client.post(cell, data=given).status_code == 303
    page = client.get(address(app, people, student)).text
    assert "<b>2</b>" in page
    assert "set by hand" in page
    assert "0 of 1 quiz handed in." in page
    mine = sign_in(student).get(own(people)).text
    assert "<b>2</b>" in mine
    assert f"/grades#quiz-{graded.quiz_delivery}" in mine
    release(app, graded, "never")
    hidden = sign_in(student).get(own(people)).text
    assert "<b>2</b>" not in hidden
    assert "Not released yet" not in hidden  # nor that staff decided anything
    excused = {"seen": "1", "kind": "excuse", "why": "Was ill."}
    assert sign_in(people.instructor).post(cell, data=excused).status_code == 303
    assert "Excused" in sign_in(people.instructor).get(address(app, people, student)).text


def test_where_the_average_counts_every_attempt_that_does_is_late_or_lost_points() -> None:
    tries = [Attempted(n, n, True, n == 1, POINT, POINT, 2 * POINT, 0) for n in (1, 2)]
    column = Column("quiz", 1, 1, "Quiz", "Text", 2 * POINT, which_counts="average")
    line = QuizLine(quiz_cell(column, Student(1, "Anna"), tries, Moment("UTC", clock.now())))
    assert [each.id for each in line.counted] == [1, 2]
    assert line.state == "late"
    assert QuizLine(quiz_cell(column, Student(1, "Anna"), tries[1:], Moment("UTC", clock.now()))).state == "handed_in"


def test_many_readings_take_no_more_statements(app, people, graded, sign_in, count_statements: CountStatements) -> None:
    client, at = sign_in(people.instructor), address(app, people, people.classmate)
    client.get(at)
    with count_statements() as few:
        client.get(at)
    add_readings(app, people, 12)
    with count_statements() as many:
        page = client.get(at).text
    assert len(many) == len(few) <= 15
    assert "Reading 11" in page


def test_a_reading_leads_to_all_readings(app, people, graded, sign_in) -> None:
    at = f"/readings/{graded.assignment}/results/students/{place_of(app, people.classmate)}"
    assert address(app, people, people.classmate) in sign_in(people.instructor).get(at).text


def test_staff_have_no_such_page_and_other_classes_neither(app, people, reading, sign_in) -> None:
    client = sign_in(people.instructor)
    assert client.get(address(app, people, people.assistant)).status_code == 404
    with app.app_context():
        stranger = select(Enrollment.id).where(Enrollment.section_id == people.other_section)
        other = db.session.scalars(stranger.where(Enrollment.role == "student")).first()
    assert client.get(f"/classes/{people.section}/students/{other}/readings").status_code == 404


def test_an_observer_sees_no_student(app, people, reading, sign_in) -> None:
    with app.app_context():
        db.session.get_one(Enrollment, place_of_in(people.assistant, people.section)).role = "observer"
        commit()
    at = address(app, people, people.classmate)
    assert sign_in(people.assistant).get(at).status_code == 403


def place_of_in(person, section: int) -> int:
    own = select(Enrollment.id).where(Enrollment.user_id == person.id, Enrollment.section_id == section)
    return db.session.scalars(own).one()


def own(people) -> str:
    return f"/classes/{people.section}/your-readings"


def test_students_see_their_own_score_once_it_is_released(app, people, graded, sign_in) -> None:
    client = sign_in(people.classmate)
    page = client.get(own(people)).text
    assert "<b>1.5</b>" in page
    assert "Where points were lost" not in page
    release(app, graded, "never")
    page = client.get(own(people)).text
    assert "Not released yet" in page
    assert "<b>1.5</b>" not in page
    assert "Share of the points, reading by reading" not in page


def release(app, reading, score: str) -> None:
    with app.app_context():
        db.session.get_one(QuizDelivery, reading.quiz_delivery).release_score = score
        commit()


def test_what_waits_is_not_said_before_the_score_is_released(app, people, reading, sign_in) -> None:
    assert "With your instructor" in sign_in(people.classmate).get(own(people)).text
    release(app, reading, "never")
    assert "With your instructor" not in sign_in(people.classmate).get(own(people)).text


def test_students_see_no_reading_before_it_opens(app, people, graded, sign_in) -> None:
    add_readings(app, people, 1)
    client = sign_in(people.classmate)
    assert "Reading 00" in client.get(own(people)).text
    with app.app_context():
        row = db.session.scalars(select(Assignment).order_by(Assignment.id.desc())).first()
        row.opens_at = clock.now() + timedelta(days=1)
        commit()
    assert "Reading 00" not in client.get(own(people)).text


def test_students_see_nothing_of_a_classmate(app, people, graded, sign_in) -> None:
    client = sign_in(people.student)
    page = client.get(own(people)).text
    assert people.classmate.name not in page
    assert "<b>1.5</b>" not in page
    assert client.get(address(app, people, people.classmate)).status_code == 403
    assert client.get(address(app, people, people.student)).status_code == 403


def test_points_lost_add_up_by_paragraph_in_reading_order() -> None:
    answers = [
        Lost(4, ((40, 41),), POINT, 2 * POINT),
        Lost(None, (), POINT, POINT),
        Lost(2, ((20, 20),), 0, POINT),
        Lost(4, ((40, 41), (50, 50)), POINT // 2, POINT),
        Lost(1, ((10, 10),), POINT, POINT),
    ]
    places = lost_by_paragraph(answers)
    assert [(each.paragraph, each.lost, each.possible) for each in places] == [
        (1, POINT, POINT),
        (4, POINT * 3 // 2, 3 * POINT),
        (None, POINT, POINT),
    ]
    assert places[1].address == "?marked=40-41.50-50#s40"
    assert places[2].address == ""
