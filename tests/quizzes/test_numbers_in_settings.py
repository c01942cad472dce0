"""Numbers in the settings of a quiz: the pause between two attempts, and those that stand beside a choice."""

import pytest

from core.database import db
from quizzes.models import QuizDelivery
from tests.quizzes.test_settings import RULES


@pytest.mark.parametrize(
    ("number", "unit", "seconds", "words"),
    [("90", "minutes", 5400, "90 minutes"), ("2", "days", 172_800, "2 days"), ("1", "hours", 3600, "1 hour")],
)
def test_a_pause_between_attempts_is_kept_and_said_in_its_unit(
    app, people, reading, sign_in, number, unit, seconds, words
):
    path = f"/quizzes/{reading.quiz}/settings/{reading.assignment}"
    author = sign_in(people.instructor)
    assert author.post(path, data={**RULES, "delay": number, "delay_unit": unit}).status_code == 303
    with app.app_context():
        assert db.session.get_one(QuizDelivery, reading.quiz_delivery).delay_seconds == seconds
    page = author.get(path).get_data(as_text=True)
    assert f"<strong>{words}</strong>" in page
    assert f'<option selected value="{unit}">' in page


@pytest.mark.parametrize("number", ["366", "-1", "soon"])
def test_a_pause_that_cannot_be_is_refused(app, people, reading, sign_in, number):
    path = f"/quizzes/{reading.quiz}/settings/{reading.assignment}"
    answer = sign_in(people.instructor).post(path, data={**RULES, "delay": number, "delay_unit": "days"})
    assert answer.status_code == 422
    assert f'value="{number}"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("left", [{}, {"minutes": "", "attempts_allowed": ""}])
def test_no_limit_and_any_number_of_attempts_leave_the_numbers_aside(app, people, reading, sign_in, left):
    path = f"/quizzes/{reading.quiz}/settings/{reading.assignment}"
    author = sign_in(people.instructor)
    assert author.post(path, data=RULES).status_code == 303
    assert author.post(path, data={**RULES, "limit": "none", "attempts": "none", **left}).status_code == 303
    with app.app_context():
        delivery = db.session.get_one(QuizDelivery, reading.quiz_delivery)
        assert (delivery.time_limit_seconds, delivery.attempts_allowed) == (None, None)
