"""The gradebook of a class through the door."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from articles.models import Assignment
from articles.operations.assignments import Dates, assign_article
from classroom.models import Enrollment
from classroom.operations.enrollments import change_role
from core import clock
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Quiz, QuizDelivery
from quizzes.operations.authoring import create_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.regrades import Decision, regrade_item
from results.grade_table import students_a_page
from results.models import GradeCategory, GradeColumn
from tests.quizzes.sitting import make_sitting
from tests.support.gradebook import make_graded, place_of
from tests.support.people import make_students
from tests.support.statements import CountStatements


@pytest.fixture
def graded(app, people, reading):
    return make_graded(app, people, reading)


def close(app, reading) -> None:
    with app.app_context():
        row = db.session.get_one(Assignment, reading.assignment)
        row.closes_at = row.latest_closes_at = clock.now() - timedelta(days=1)
        commit()


def test_a_line_has_the_quiz_the_discussion_and_the_total(app, people, graded, sign_in) -> None:
    client = sign_in(people.instructor)
    page = client.get(f"/classes/{people.section}/gradebook").text
    assert "Did you get it?" in page
    assert "Was it worth it?" in page
    assert "78.57 %" in page  # 1.5 of 3 and 4 of 4 points
    why = client.get(f"/classes/{people.section}/gradebook/students/{place_of(app, people.classmate)}").text
    assert "Attempt 1: 1.5 of 3 points." in why
    assert "5.5 of 7 points is 78.57 %." in why
    assert f'id="quiz-{graded.quiz_delivery}"' in why


def test_answers_that_wait_to_be_read_do_not_count_and_say_so(app, people, reading, sign_in) -> None:
    why = sign_in(people.instructor).get(
        f"/classes/{people.section}/gradebook/students/{place_of(app, people.classmate)}"
    )
    assert "Not final" in why.text
    assert "Answers wait to be read" in why.text
    assert "Total: –" in why.text


def test_what_is_closed_and_not_handed_in_counts_nothing(app, people, graded, sign_in) -> None:
    make_students(app, people.section, 1)
    close(app, graded)
    page = sign_in(people.instructor).get(f"/classes/{people.section}/gradebook?q=STUDENT 0001").text
    assert "not handed in" in page
    assert "0 %" in page
    assert people.classmate.name not in page


def test_what_is_never_closed_says_that_it_counts_no_0_by_itself(app, people, graded, sign_in) -> None:
    (student,) = make_students(app, people.section, 1)
    with app.app_context():
        row = db.session.get_one(Assignment, graded.assignment)
        row.due_at = row.latest_due_at = clock.now() - timedelta(days=1)
        commit()
    client, why = sign_in(people.instructor), f"/classes/{people.section}/gradebook/students/{place_of(app, student)}"
    assert "“Did you get it?” has no closing date" in client.get(f"/classes/{people.section}/gradebook").text
    assert "It has no closing date, so it never counts 0 by itself" in client.get(why).text
    assert "no closing date" not in sign_in(student).get(f"/classes/{people.section}/grades").text
    close(app, graded)
    assert "has no closing date" not in client.get(f"/classes/{people.section}/gradebook").text
    assert "has no closing date" not in client.get(why).text


def test_weights_are_kept_and_weigh(app, people, graded, sign_in) -> None:
    client = sign_in(people.instructor)
    form = {
        "seen": "0",
        "categories-0-name": "Quizzes",
        "categories-0-weight": "75",
        "categories-0-drop_lowest": "0",
        "places-0-key": f"quiz-{graded.quiz_delivery}",
        "places-0-row": "0",
        "places-1-key": f"discussion-{graded.prompt_delivery}",
        "places-1-row": "",
    }
    address = f"/classes/{people.section}/gradebook/categories"
    assert client.post(address, data=form).status_code == 303
    page = client.get(f"/classes/{people.section}/gradebook/students/{place_of(app, people.classmate)}").text
    assert "75 % × 50 % + 25 % × 100 % = 62.5 %" in page
    assert 'value="Quizzes"' in client.get(address).text

    clash = client.post(address, data={**form, "categories-0-name": "Tests"})
    assert clash.status_code == 409
    assert "Quizzes" in clash.text
    assert 'value="Tests"' in clash.text


def test_a_quiz_that_is_not_published_meanwhile_keeps_its_category(app, people, graded, sign_in) -> None:
    with app.app_context():
        quiz = db.session.get_one(QuizDelivery, graded.quiz_delivery).quiz_id
        spare = create_quiz(people.instructor.id, db.session.get_one(Quiz, quiz).article_id, "A second look").id
        delivery = deliver_quiz(spare, graded.assignment, DeliveryRules()).id
        db.session.get_one(Quiz, spare).published_at = clock.now()
        commit()
    client = sign_in(people.instructor)
    address = f"/classes/{people.section}/gradebook/categories"
    names = {"categories-0-name": "Quizzes", "categories-0-weight": "75", "categories-1-name": "Talk",
             "categories-1-weight": "25"}  # fmt: skip
    kept = {"places-0-key": f"quiz-{delivery}", "places-0-row": "0"}
    assert client.post(address, data={"seen": "0", **names, **kept}).status_code == 303
    publish(app, spare, None)
    shown = client.get(address).text
    assert f"quiz-{delivery}" not in shown
    held = re.findall(r'name="categories-(\d)-held" type="hidden" value="(\d+)"', shown)
    ids = {f"categories-{row}-held": value for row, value in held}
    changed = {**names, "categories-0-name": "Short tests", **ids}
    assert client.post(address, data={"seen": "1", **changed}).status_code == 303
    publish(app, spare, clock.now())
    with app.app_context():
        assert category_of(delivery) == "Short tests"
    assert client.post(address, data={"seen": "2", **changed, "places-0-key": f"quiz-{delivery}",
                                      "places-0-row": ""}).status_code == 303  # fmt: skip
    with app.app_context():
        assert category_of(delivery) is None


def publish(app, quiz: int, at) -> None:
    with app.app_context():
        db.session.get_one(Quiz, quiz).published_at = at
        commit()


def category_of(delivery: int) -> str | None:
    joined = select(GradeCategory.name).join(GradeColumn, GradeColumn.category_id == GradeCategory.id)
    return db.session.scalar(joined.where(GradeColumn.quiz_delivery_id == delivery))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"categories-0-name": "A", "categories-0-weight": "60.5", "categories-1-name": "B",
          "categories-1-weight": "40"}, "Make it 100 at most"),
        ({"categories-0-weight": "60"}, "Write what this category is called."),
        ({"categories-0-name": "A", "categories-0-weight": "many"}, "as a number from 0 to 1000"),
        ({"categories-0-name": "A"}, "Write how much it weighs."),
    ],
)  # fmt: skip
def test_a_refused_arrangement_comes_back_as_it_was_typed(form, words, people, reading, sign_in) -> None:
    answer = sign_in(people.instructor).post(f"/classes/{people.section}/gradebook/categories", data=form)
    assert answer.status_code == 422
    assert words in answer.text
    assert all(f'value="{value}"' in answer.text for value in form.values())


def test_who_left_the_class_is_in_a_list_of_their_own(app, people, graded, sign_in) -> None:
    with app.app_context():
        db.session.get_one(Enrollment, place_of(app, people.classmate)).state = "removed"
        commit()
    client = sign_in(people.instructor)
    assert people.classmate.name not in client.get(f"/classes/{people.section}/gradebook").text
    former = client.get(f"/classes/{people.section}/gradebook?show=former").text
    assert people.classmate.name in former
    assert people.student.name not in former
    assert "78.57 %" in former


def test_an_observer_sees_no_gradebook(app, people, graded, sign_in) -> None:
    with app.app_context():
        change_role(people.instructor.id, place_of(app, people.classmate), "observer")
        commit()
    assert sign_in(people.classmate).get(f"/classes/{people.section}/gradebook").status_code == 403


def test_a_student_of_another_class_is_not_there(app, people, graded, sign_in) -> None:
    other = place_of(app, people.other_student)
    client = sign_in(people.instructor)
    assert client.get(f"/classes/{people.section}/gradebook/students/{other}").status_code == 404
    assert client.get(f"/classes/{people.section}/gradebook?label=77").status_code == 404


def test_the_page_asks_as_much_however_many_students_there_are(
    app, people, graded, sign_in, count_statements: CountStatements
) -> None:
    client, address = sign_in(people.instructor), f"/classes/{people.section}/gradebook"
    client.get(address)
    with count_statements() as few:
        client.get(address)
    make_students(app, people.section, 70)
    with count_statements() as many:
        page = client.get(address).text
    assert len(many) == len(few) <= 15
    assert "page=2" in page
    assert "A heading sorts the students of this page alone." not in page
    assert "Students 1 to 50 of 72" in page
    last = client.get(f"{address}?page=2").text
    assert "Students 51 to 72 of 72" in last
    assert "page=3" not in last


@pytest.mark.parametrize(("columns", "students"), [(0, 50), (1, 50), (100, 50), (200, 25), (500, 10), (900, 10)])
def test_a_page_has_fewer_students_where_there_are_many_columns(columns, students) -> None:
    assert students_a_page(columns) == students


def test_a_column_says_when_its_score_is_not_released(app, people, graded, sign_in) -> None:
    client, address = sign_in(people.instructor), f"/classes/{people.section}/gradebook"
    assert "not released to students</span>" not in client.get(address).text
    with app.app_context():
        db.session.get_one(QuizDelivery, graded.quiz_delivery).release_score = "by_instructor"
        commit()
    assert client.get(address).text.count("not released to students</span>") == 1
    why = client.get(f"{address}/students/{place_of(app, people.classmate)}").text
    assert why.count("Not released to students") == 1


def test_a_question_that_another_class_drops_is_worth_its_points_here(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, None, None, ("single_choice", "true_false"))
    with app.app_context():
        delivery = db.session.get_one(QuizDelivery, sitting.delivery)
        given = db.session.get_one(Assignment, delivery.assignment_id)
        beside = assign_article(people.other_section, given.article_id, given.version_id, Dates())
        other = deliver_quiz(delivery.quiz_id, beside.id, DeliveryRules()).id
        decision = Decision("drop", "It was unclear.", people.other_instructor.id)
        regrade_item(other, sitting.items["true_false"], decision)
        commit()
    worth = {
        section: re.search(r'class="muted">/([\d.]+)</span>', sign_in(staff).get(f"/classes/{section}/gradebook").text)[
            1
        ]
        for section, staff in ((people.section, people.instructor), (people.other_section, people.other_instructor))
    }
    assert worth == {people.section: "2", people.other_section: "1"}


def test_a_revision_that_is_no_number_is_the_first_one(people, graded, sign_in) -> None:
    form = {"seen": "9" * 5000, "categories-0-name": "All", "categories-0-weight": "100"}
    answer = sign_in(people.instructor).post(f"/classes/{people.section}/gradebook/categories", data=form)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("field", "sent"),
    [("categories-²-name", "x"), (f"places-{'9' * 5000}-key", "x"), ("categories-0-held", "9" * 5000)],
)
def test_rows_that_nobody_counts_so_far_are_no_rows(people, graded, sign_in, field, sent) -> None:
    form = {"seen": "0", "categories-0-name": "All", "categories-0-weight": "100", field: sent}
    answer = sign_in(people.instructor).post(f"/classes/{people.section}/gradebook/categories", data=form)
    assert answer.status_code == 303


def test_more_rows_than_there_can_be_columns_are_refused_in_words(people, graded, sign_in) -> None:
    form = {"seen": "0"} | {f"places-{at}-row": "" for at in range(1_001)}
    answer = sign_in(people.instructor).post(f"/classes/{people.section}/gradebook/categories", data=form)
    assert answer.status_code == 422
    assert "Keep to 1000 rows at most." in answer.text


def test_what_cells_have_in_common_does_not_put_the_words_of_one_under_another(app, people, sign_in, clock) -> None:
    closes = Dates(None, None, clock.now() + timedelta(days=1))
    titled = [make_sitting(app, people, None, dates, ("single_choice",)) for dates in (None, closes, None)]
    address = f"/classes/{people.section}/gradebook/students/{place_of(app, people.student)}"
    page = sign_in(people.instructor).get(address).text
    assert page.count("Not handed in, and it can still be.") == len(titled)
    assert page.count("It has no closing date") == 2
