"""Answers of attempts in progress, saved while a decision about their scoring holds, or was given up."""

from core.database import give_up
from core.points import POINT
from quizzes.operations.regrades import Decision, regrade_item
from tests.quizzes.school import WHY


def test_saving_under_a_decision_asks_the_database_no_more_than_without_one(school, sign_in, count_statements):
    attempt = school.start(4)
    client = sign_in(school.students[4])

    def save(given):
        data = {"writer": "w", f"revision-{school.item}": "0", f"answer-{school.item}": given}
        with count_statements() as seen:
            assert client.post(f"/attempts/{attempt}/responses", data=data).status_code == 303
        return len(seen)

    before = save("k1")
    school.new_key()
    school.regrade("new_key")
    save("k2")  # the rule is read once, and remembered
    assert school.totals()[-1][0] == POINT
    assert save("k1") == before
    assert school.totals()[-1][0] == 0


def test_a_decision_that_was_given_up_leaves_nothing_behind(app, school, people):
    """Its id may be another decision's: what it would have done must not be remembered under it."""
    attempt = school.start(4)
    with app.app_context():
        regrade_item(school.sitting.delivery, school.item, Decision("full_credit", WHY, people.instructor.id))
        give_up()
    school.new_key()
    school.regrade("new_key")
    school.save(4, attempt, single_choice="k3")
    assert school.totals()[-1][0] == 0
    school.save(4, attempt, single_choice="k2")
    assert school.totals()[-1][0] == POINT
