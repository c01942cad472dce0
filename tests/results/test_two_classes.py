"""Two classes side by side: what may be told of the difference."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sqlalchemy import select

from articles.operations.assignments import Dates, assign_article
from classroom.models import Enrollment
from core import clock
from core.database import commit, db
from quizzes.deliveries import DeliveryRules
from quizzes.operations.deliveries import deliver_quiz
from results.chances import ClassShare, Difference, difference_in_words, difference_of
from results.queries import classes
from tests.results.test_class_readings import hand_in_for


def share(part: str, n: int) -> ClassShare:
    return ClassShare(Fraction(part), n)


def test_a_difference_has_its_interval_in_points_of_a_hundred() -> None:
    assert difference_of(share("4/5", 70), share("3/5", 80)) == Difference(20, 5, 33)
    assert difference_of(share("3/5", 80), share("4/5", 70)) == Difference(-20, -33, -5)


def test_a_difference_that_small_classes_may_show_by_chance_says_so(app) -> None:
    with app.test_request_context():
        words = difference_in_words(share("4/5", 10), share("3/5", 10))
        assert "+20 points, within chance" in words
        assert "more than chance" in difference_in_words(share("4/5", 70), share("3/5", 80))


@pytest.mark.parametrize("few", [ClassShare(), share("1/2", 4), ClassShare(None, 9)])
def test_nothing_is_told_of_fewer_than_five_answers(app, few: ClassShare) -> None:
    assert few.told is None
    assert difference_of(few, share("1/2", 20)) is None
    assert difference_of(share("1/2", 20), few) is None
    with app.test_request_context():
        assert "five answers" in difference_in_words(few, share("1/2", 20))
    assert share("1/2", 5).told == Fraction(1, 2)


def test_an_end_is_never_rounded_over_to_no_difference() -> None:
    found = difference_of(share("203/1000", 1000), share("168/1000", 1000))
    assert found is not None
    assert found.low == 1  # 0.1 points
    assert not found.is_chance


def test_the_page_says_n_and_chance_once_both_classes_have_five(app, people, reading, sign_in) -> None:
    with app.app_context():
        there = select(Enrollment).where(Enrollment.section_id == people.other_section)
        teacher = db.session.scalars(there.where(Enrollment.role == "instructor")).first()
        teacher.user_id = people.instructor.id
        other = assign_article(people.other_section, reading.article, reading.version, Dates()).id
        delivery = deliver_quiz(reading.quiz, other, DeliveryRules()).id
        commit()
    client = sign_in(people.instructor)
    assert "within chance" not in client.get(f"/readings/{reading.assignment}/results").text
    hand_in_for(app, people.section, reading.quiz_delivery, 4)
    hand_in_for(app, people.other_section, delivery, 5)
    page = client.get(f"/readings/{reading.assignment}/results").text
    assert "n = 5 and 5" in page
    assert "0 points, within chance" in page
    assert "five answers" in page  # of the open question one answer waits to be read


def test_however_many_classes_have_a_quiz_the_readings_own_is_among_those_read(
    app, people, reading, monkeypatch
) -> None:
    monkeypatch.setattr(classes, "MOST_BESIDE", 1)
    monkeypatch.setattr(classes, "_deliveries", classes._deliveries.__wrapped__)  # built once otherwise
    with app.app_context():
        there = select(Enrollment).where(Enrollment.section_id == people.other_section)
        db.session.scalars(there.where(Enrollment.role == "instructor")).first().user_id = people.instructor.id
        other = assign_article(people.other_section, reading.article, reading.version, Dates()).id
        delivery = deliver_quiz(reading.quiz, other, DeliveryRules()).id
        commit()
        (own,) = classes.list_deliveries(people.instructor.id, other, clock.now())
    assert own.id == delivery
