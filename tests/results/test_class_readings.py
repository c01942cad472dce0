"""A class over time, through the door and as rules."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from articles.models import Assignment
from classroom.models import Enrollment, User
from core import clock
from core.database import commit, db
from core.points import POINT
from quizzes.figures import Completion, ScoreCount
from quizzes.models import Attempt, Response
from quizzes.operations.attempts import hand_in, start_attempt
from quizzes.operations.grading import HandGrade, grade_response
from quizzes.queries.attempts import get_attempt_for
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.grading import seen_of
from results.class_readings import ClassReadingLine, QuizTurnout
from results.overview import scores_of
from tests.results.test_student_readings import add_readings, place_of_in
from tests.support.people import make_students
from tests.support.statements import CountStatements


def grade_all(app, people, reading) -> None:
    """Every open answer that waits has no points."""
    with app.app_context():
        waiting = select(Response.id, Response.revision).where(Response.points.is_(None))
        for response, revision in db.session.execute(waiting).all():
            grade_response(response, HandGrade(people.instructor.id, 0, "", seen_of(revision, 0)))
        commit()


def hand_in_for(app, section: int, delivery: int, many: int) -> None:
    """So many more students of the class start and hand in with nothing answered."""
    make_students(app, section, many, prefix=f"of{section}and")
    with app.app_context():
        names = select(User.id).join(Enrollment, Enrollment.user_id == User.id)
        names = names.where(Enrollment.section_id == section, User.name.startswith("Student 0"))
        for user in db.session.scalars(names.limit(many)).all():
            attempt = start_attempt(get_delivery_for(user, delivery), [], clock.now())
            hand_in(get_attempt_for(user, attempt), clock.now())
        commit()


def test_one_hand_in_is_counted_and_no_score_of_it_told(app, people, reading, sign_in) -> None:
    page = sign_in(people.instructor).get(f"/classes/{people.section}/over-time").text
    assert '<b>1</b><span class="muted"> of 2</span>' in page
    assert "n = 2" in page  # who posted
    assert "0 final scores" in page
    grade_all(app, people, reading)
    page = sign_in(people.instructor).get(f"/classes/{people.section}/over-time").text
    assert "1 final score<" in page


def test_with_five_hand_ins_the_middle_score_shows_with_its_n(app, people, reading, sign_in) -> None:
    hand_in_for(app, people.section, reading.quiz_delivery, 4)
    grade_all(app, people, reading)
    page = sign_in(people.instructor).get(f"/classes/{people.section}/over-time").text
    assert "<b>5</b>" in page
    assert '<b>0</b><span class="muted">/3, n = 5</span>' in page


def test_late_ones_are_counted(app, people, reading, sign_in) -> None:
    with app.app_context():
        row = db.session.get_one(Assignment, reading.assignment)
        row.due_at = row.latest_due_at = clock.now() - timedelta(days=1)
        commit()
        assert db.session.scalars(select(Attempt.id).where(Attempt.submitted_at.is_not(None))).all()
    page = sign_in(people.instructor).get(f"/classes/{people.section}/over-time").text
    assert '<td class="num">1</td>' in page


def test_an_observer_sees_the_figures_and_nothing_of_posts(app, people, reading, sign_in) -> None:
    with app.app_context():
        db.session.get_one(Enrollment, place_of_in(people.assistant, people.section)).role = "observer"
        commit()
    client = sign_in(people.assistant)
    page = client.get(f"/classes/{people.section}/over-time")
    assert page.status_code == 200
    assert "Posts a student" not in page.text
    assert f"/classes/{people.section}/over-time" in client.get(f"/classes/{people.section}").text


def test_many_readings_take_no_more_statements(
    app, people, reading, sign_in, count_statements: CountStatements
) -> None:
    client, at = sign_in(people.instructor), f"/classes/{people.section}/over-time"
    client.get(at)
    with count_statements() as few:
        client.get(at)
    add_readings(app, people, 12)
    with count_statements() as many:
        page = client.get(at).text
    assert len(many) == len(few) <= 15
    assert "Reading 11" in page


def turnout(*scores: tuple[int, int], waiting: int = 0) -> QuizTurnout:
    counts = [ScoreCount(points * POINT, False, students, 10 * POINT) for points, students in scores]
    counts += [ScoreCount(0, True, waiting, 10 * POINT)] if waiting else []
    handed_in = sum(count.students for count in counts)
    return QuizTurnout(1, "Quiz", Completion(handed_in, 0, 0, 20), scores_of(counts, 0))


def test_the_middle_score_needs_five_final_scores() -> None:
    assert turnout((4, 2), (9, 3)).middle == 9 * POINT
    assert turnout((4, 2), (9, 3)).middle_share is not None
    assert turnout((4, 2), (9, 2)).middle is None
    assert turnout((4, 2), (9, 2), waiting=5).middle is None
    assert turnout((4, 2), (9, 2), waiting=5).share is not None


def test_posts_a_student_need_five_who_posted() -> None:
    def line(posts: int, posters: int) -> ClassReadingLine:
        return ClassReadingLine(1, "A", None, (), posts, posters, 10)

    assert line(20, 5).posts_each == 2
    assert line(20, 4).posts_each is None
