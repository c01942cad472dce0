"""What a student from whom nothing is asked is not asked for: on the catch-up page, as the decision may be told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.operations.assignments import Dates
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.models import Quiz
from quizzes.operations.authoring import unpublish_quiz
from tests.quizzes.sitting import make_sitting, start
from tests.results.test_catch_up import ONE, page_of
from tests.support.gradebook import place_of

HOUR = timedelta(hours=1)


@pytest.fixture
def excuse(app, people, sign_in):
    """`excuse(sitting)`: staff decide that the quiz does not count for the student."""

    def excused(sitting) -> None:
        student = place_of(app, people.student)
        cell = f"/classes/{people.section}/gradebook/students/{student}/quiz-{sitting.delivery}"
        decision = {"seen": "0", "kind": "excuse", "why": "Was ill."}
        assert sign_in(people.instructor).post(cell, data=decision).status_code == 303

    return excused


@pytest.mark.parametrize("hours", [0, 3])
def test_a_quiz_from_which_one_is_excused_is_neither_to_do_nor_too_late(
    hours, app, people, clock, sign_in, excuse
) -> None:
    now = clock.now()
    sitting = make_sitting(app, people, None, Dates(None, now + HOUR, now + 2 * HOUR), ONE)
    excuse(sitting)
    clock.forward(hours=hours)
    page = page_of(sign_in(people.student), sitting)
    assert "still to do" not in page.lower()
    assert "Your quizzes" not in page
    theirs = page_of(sign_in(people.classmate), sitting)
    assert ("still to do" if hours == 0 else "Your quizzes") in theirs


def test_that_one_is_excused_is_told_with_the_score_and_not_before(app, people, sign_in, excuse) -> None:
    sitting = make_sitting(app, people, DeliveryRules(release_score="by_instructor"), None, ONE)
    excuse(sitting)
    assert "One thing is still to do." in page_of(sign_in(people.student), sitting)


def test_what_is_begun_stays_to_do_for_who_is_excused(app, people, sign_in, excuse) -> None:
    sitting, me = make_sitting(app, people, None, None, ONE), sign_in(people.student)
    start(me, sitting)
    excuse(sitting)
    assert "One thing is still to do." in page_of(me, sitting)


def test_own_grades_name_a_withdrawn_quiz_only_to_who_began_it(app, people, sign_in) -> None:
    sitting = make_sitting(app, people, None, None, ONE)
    start(sign_in(people.classmate), sitting)
    with app.app_context():
        title = db.session.get_one(Quiz, sitting.quiz).title
        unpublish_quiz(sitting.quiz)
        commit()
    grades = f"/classes/{people.section}/grades"
    assert title in sign_in(people.classmate).get(grades).text.partition("<main")[2]
    assert title not in sign_in(people.student).get(grades).text.partition("<main")[2]
