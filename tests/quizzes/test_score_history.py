"""Whoever's score changes is told why; the history of every score can be read."""

import pytest

from core.database import commit, db
from quizzes.models import QuizDelivery, Response
from tests.quizzes.school import WHY


def result(school, sign_in, at):
    return sign_in(school.students[at]).get(f"/attempts/{at + 1}/result").text


def hold_back(app, school, **rules):
    with app.app_context():
        delivery = db.session.get_one(QuizDelivery, school.sitting.delivery)
        for name, value in rules.items():
            setattr(delivery, name, value)
        commit()


def test_students_whose_score_changes_are_told_why_and_nobody_is_named(school, people, sign_in):
    school.new_key()
    school.regrade("new_key")
    page = result(school, sign_in, 0)
    assert WHY in page
    assert "Your instructor changed how this question is scored" in page
    assert "1 → 0" in page
    assert "Ingrid" not in page.split("History of this score")[1].split("</details>")[0]
    assert WHY not in result(school, sign_in, 3)
    home = sign_in(school.students[0]).get("/").text
    assert "Your score was changed" in home
    assert WHY in home
    assert WHY not in sign_in(school.students[3]).get("/").text


def test_taking_back_is_told_and_keeps_the_history(school, people, sign_in):
    school.undo(school.regrade("full_credit"))
    page = result(school, sign_in, 1)
    assert "Your instructor took a change of this score back" in page
    assert "0 → 1" in page
    assert "1 → 0" in page
    assert "A change of your score was taken back" in sign_in(school.students[1]).get("/").text


def test_a_dropped_question_says_that_it_does_not_count(school, sign_in):
    school.regrade("drop")
    page = result(school, sign_in, 0)
    assert "does not count" in page
    assert "1 → not counted" in page
    assert "of 2 points" in page


@pytest.mark.parametrize("rule", ["release_score", "release_correctness"])
def test_what_is_not_released_is_not_told_by_its_change(app, school, sign_in, rule):
    hold_back(app, school, **{rule: "never"})
    school.regrade("full_credit")
    page = result(school, sign_in, 1)
    assert "0 → 1" not in page
    assert "History of this score" not in page
    assert (WHY in page) == (rule == "release_correctness")
    assert (WHY in sign_in(school.students[1]).get("/").text) == (rule == "release_correctness")


def test_staff_read_the_history_of_a_score_with_names(app, school, people, sign_in):
    school.undo(school.regrade("full_credit"))
    with app.app_context():
        response = db.session.query(Response.id).filter_by(attempt_id=2, item_id=school.item).scalar()
    page = sign_in(people.assistant).get(f"/readings/{school.sitting.assignment}/results/responses/{response}").text
    history = page.split("History of this score")[1]
    assert "Ingrid Vale" in history
    assert WHY in history
    assert history.index("0 → 1") < history.index("1 → 0")


def test_the_pages_keep_their_statements_with_a_history(school, sign_in, count_statements):
    client = sign_in(school.students[1])

    def asked():
        counts = []
        for page in ("/attempts/2/result", "/"):
            with count_statements() as seen:
                assert client.get(page).status_code == 200
            counts.append(len(seen))
        return counts

    before = asked()
    for _time in range(3):
        school.regrade("full_credit")
    assert asked() == before
    assert max(before) <= 15
