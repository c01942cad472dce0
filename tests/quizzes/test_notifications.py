"""Results and changed scores are told once they are released, to the students they are about, without a score."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from articles.operations.assignments import Dates
from classroom.models import Enrollment, Notification
from classroom.operations.enrollments import remove_person
from classroom.operations.sections import archive_section
from core.database import commit, db
from core.jobs import run_task
from core.points import POINT
from quizzes.deliveries import DeliveryRules
from quizzes.jobs import TASKS
from quizzes.models import Response
from quizzes.operations.deliveries import change_rules, release_now
from quizzes.operations.grading import HandGrade, fingerprint, grade_response, list_drafts, release_drafts, save_draft
from quizzes.queries.grading import seen_of
from tests.quizzes.school import WHY
from tests.quizzes.sitting import save, start
from tests.support.telling import announce, has_dot, new_sentences, sentences

RELEASES = ("release_score", "release_correctness", "release_feedback")


def rules(when, **more):
    return DeliveryRules(**dict.fromkeys(RELEASES, when), release_key="never", **more)


def hand_in(client, sitting):
    attempt = start(client, sitting)
    save(client, attempt, sitting.items["single_choice"], sitting.fields("single_choice", "right"))
    client.post(f"/attempts/{attempt}/submission")
    return attempt


def grade(app, people, name="open_answer", points=POINT):
    """Grade by hand the first answer that waits for it, and release the grade."""
    with app.app_context():
        response = db.session.scalars(select(Response).where(Response.points.is_(None)).order_by(Response.id)).first()
        seen = seen_of(response.revision, 0)
        grade_response(response.id, HandGrade(people.instructor.id, points, "Look at ¶ 2 again", seen))
        commit()


def tell(app):
    """Do what the worker does about results; other rooms have news of their own."""
    assert [run_task(app, task) for task in TASKS] == [True] * len(TASKS)
    announce(app)


def of_student(app, school, at=0):
    """Who the school's student is, to sign in."""
    return school.students[at]


def test_an_answer_that_was_read_is_told_to_its_student_without_points_or_words(app, people, school, sign_in):
    grade(app, people)
    announce(app)
    me = sign_in(of_student(app, school))
    assert [s.split(" in ")[0] for s in sentences(me)] == ["There are results for you"]
    assert has_dot(me)
    assert "Look at ¶ 2 again" not in me.get("/notifications").text
    assert sentences(sign_in(of_student(app, school, 1))) == []
    assert sentences(sign_in(people.instructor)) == []


def test_drafts_tell_nobody_until_they_are_released(app, people, school, sign_in):
    with app.app_context():
        for response in db.session.scalars(select(Response).where(Response.points.is_(None)).order_by(Response.id)):
            save_draft(response.id, HandGrade(people.assistant.id, POINT, "", seen_of(response.revision, 0)))
        commit()
        assert db.session.scalar(select(func.count(Notification.id))) == 0
        drafts = list_drafts(school.sitting.delivery)
        release_drafts(school.sitting.delivery, None, fingerprint(drafts))
        commit()
        assert db.session.scalar(select(func.count(Notification.id))) == 4


def test_what_is_not_released_is_told_when_it_is(clock, app, people, school, sign_in):
    with app.app_context():
        change_rules(school.sitting.delivery, rules("by_instructor", attempts_allowed=5))
        commit()
    grade(app, people)
    tell(app)
    me = sign_in(of_student(app, school))
    assert (sentences(me), has_dot(me)) == ([], False)
    clock.forward(minutes=2)
    with app.app_context():
        release_now(school.sitting.delivery)
        commit()
    clock.forward(seconds=1)
    tell(app)
    assert (len(new_sentences(me)), has_dot(me)) == (1, True)
    other = sign_in(of_student(app, school, 3))
    assert len(new_sentences(other)) == 1
    assert sentences(sign_in(of_student(app, school, 9))) == []  # handed nothing in


def test_results_come_out_by_themselves_at_the_close(clock, app, people, sit, sign_in):
    closes = clock.now() + timedelta(hours=1)
    sitting = sit(rules("after_close"), Dates(closes_at=closes), ("single_choice",))
    me = sign_in(people.student)
    attempt = hand_in(me, sitting)
    for wait in (timedelta(0), timedelta(hours=1), timedelta(hours=1, seconds=5)):
        clock.set(closes - timedelta(hours=1) + wait)
        tell(app)
        assert (sentences(me), has_dot(me)) == ([], False)
    clock.forward(minutes=2)
    tell(app)
    assert len(new_sentences(me)) == 1
    assert f'href="/attempts/{attempt}/result"' in me.get("/notifications").text
    assert sentences(sign_in(people.classmate)) == []


def test_what_is_told_at_once_is_no_news(clock, app, people, sit, sign_in):
    sitting = sit(rules("at_once"), Dates(closes_at=clock.now() + timedelta(hours=1)), ("single_choice",))
    me = sign_in(people.student)
    hand_in(me, sitting)
    clock.forward(hours=2)
    tell(app)
    assert sentences(me) == []


def test_a_change_of_scores_is_told_with_its_reason_and_so_is_its_taking_back(app, people, school, sign_in):
    school.new_key()
    decision = school.regrade("new_key")
    tell(app)
    me, other = sign_in(of_student(app, school)), sign_in(of_student(app, school, 3))
    assert [s.split(" in ")[0] for s in new_sentences(me)] == ["Your score"]
    assert WHY in me.get("/notifications").text
    assert sentences(other) == []  # nothing given, nothing changed
    me.post("/notifications/read-marks", data={})
    school.undo(decision)
    tell(app)
    assert [s.split(" in ")[0] for s in new_sentences(me)] == ["A change of your score"]
    assert has_dot(me)


def test_a_changed_score_that_is_not_released_is_not_told(app, people, school, sign_in):
    with app.app_context():
        change_rules(school.sitting.delivery, rules("never", attempts_allowed=5))
        commit()
    school.new_key()
    school.regrade("new_key")
    tell(app)
    me = sign_in(of_student(app, school))
    assert (sentences(me), has_dot(me)) == ([], False)


@pytest.mark.parametrize("way", ["removed", "archived"])
def test_nothing_is_told_to_who_left_or_where_the_class_is_over(app, people, school, sign_in, way):
    grade(app, people)
    school.new_key()
    school.regrade("new_key")
    me = sign_in(of_student(app, school))
    with app.app_context():
        if way == "archived":
            archive_section(people.instructor.id, people.section)
        else:
            place = select(Enrollment.id).where(Enrollment.user_id == of_student(app, school).id)
            remove_person(people.instructor.id, db.session.scalars(place).one())
        commit()
    tell(app)
    assert (sentences(me), has_dot(me)) == ([], False)
