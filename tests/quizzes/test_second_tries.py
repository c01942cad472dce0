"""A second try after re-reading: when it is offered, what it shows and hides, what it earns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from articles.operations.assignments import Dates
from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from quizzes.deliveries import DeliveryRules
from quizzes.models import AnswerTally, Response, ScoreChange, SecondTry
from quizzes.operations.deliveries import change_rules
from quizzes.question_types import TYPES
from quizzes.tries import SecondAnswer, better, points_of_second
from tests.quizzes.samples import SECRET
from tests.quizzes.sitting import start, stored_answers, stored_attempt
from tests.quizzes.test_result import result_of, take
from tests.quizzes.test_rush import at_once

HOUR = timedelta(hours=1)
HALF = DeliveryRules(second_try_percent=50)
WITH_KEY = sorted(name for name, kind in TYPES.items() if kind.has_key and not kind.needs_person)
OFFER = "Reread and try once more"


def way(sitting, attempt, name):
    return f"/attempts/{attempt}/second-tries/{sitting.items[name]}"


def try_again(client, sitting, attempt, name, which="right"):
    return client.post(way(sitting, attempt, name), data=sitting.fields(name, which))


@pytest.mark.parametrize(
    ("fraction", "percent", "points"),
    [(FRACTION_ONE, 50, POINT // 2), (FRACTION_ONE // 2, 50, POINT // 4), (0, 50, 0), (FRACTION_ONE, 100, POINT)],
)
def test_what_a_second_try_earns(fraction, percent, points):
    assert points_of_second(POINT, fraction, percent) == points


def test_the_better_of_the_two_counts():
    low, high = SecondAnswer({}, 0, 10), SecondAnswer({}, 0, 30)
    assert (better(20, low), better(20, high), better(20, None), better(None, high)) == (20, 30, 20, None)


@pytest.mark.parametrize("name", WITH_KEY)
def test_a_wrong_answer_can_be_tried_again_for_reduced_credit(app, sit, people, sign_in, name):
    sitting = sit(HALF, None, (name,))
    me = sign_in(people.student)
    attempt = take(me, sitting, "wrong")
    before = stored_answers(app, attempt)
    assert OFFER in result_of(me, attempt)
    answer = try_again(me, sitting, attempt, name)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/attempts/{attempt}/result#q1")
    assert stored_attempt(app, attempt)["points"] == POINT // 2
    assert stored_answers(app, attempt) == before  # the first answer stays what the class's figures are about
    page = result_of(me, attempt)
    assert OFFER not in page
    assert "After re-reading" in page
    assert '<span class="big">0.5</span>' in page


@pytest.mark.parametrize("name", WITH_KEY)
def test_the_page_of_a_second_try_shows_the_passage_and_gives_nothing_away(sit, people, sign_in, name):
    rules = DeliveryRules(second_try_percent=50, release_key="at_once", release_feedback="never")
    sitting = sit(rules, None, (name,))
    me = sign_in(people.student)
    attempt = take(me, sitting, "wrong")
    pages = [result_of(me, attempt), me.get(way(sitting, attempt, name)).get_data(as_text=True)]
    for page in pages:
        assert SECRET not in page
        assert "What would have been right" not in page
    assert 'class="sentence marked"' in pages[1] or 'class="sent marked"' in pages[1]
    assert "Your first answer; it stays" in pages[1]
    assert "How sure" not in pages[1]
    try_again(me, sitting, attempt, name, "wrong")
    assert "What would have been right" in result_of(me, attempt)


def test_where_sentences_are_the_answer_the_whole_paragraph_is_marked(sit, people, sign_in):
    sitting = sit(HALF, None, ("evidence",))
    me = sign_in(people.student)
    attempt = take(me, sitting, "wrong")
    page = me.get(way(sitting, attempt, "evidence")).get_data(as_text=True)
    marked = [at for at in sitting.sentences if f'class="sent marked" id="s{at}"' in page]
    assert marked == list(sitting.sentences[:3])  # the question tests the second and the third


def test_an_empty_or_impossible_second_try_is_sent_back_with_words(app, sit, people, sign_in):
    sitting = sit(HALF, None, ("short_answer",))
    me = sign_in(people.student)
    attempt = take(me, sitting, "wrong")
    empty = try_again(me, sitting, attempt, "short_answer", "empty")
    assert empty.status_code == 422
    assert "Answer the question, then hand it in." in empty.get_data(as_text=True)
    long = try_again(me, sitting, attempt, "short_answer", "refused")
    assert long.status_code == 422
    assert "x" * 501 in long.get_data(as_text=True)
    assert stored_attempt(app, attempt)["points"] == 0
    assert try_again(me, sitting, attempt, "short_answer").status_code == 303


def test_a_worse_second_try_takes_nothing_away(app, sit, people, sign_in):
    sitting = sit(DeliveryRules(second_try_percent=10), None, ("multiple_answers",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    item = sitting.items["multiple_answers"]
    me.post(f"/attempts/{attempt}/responses", data={"writer": "w", f"revision-{item}": "0", f"answer-{item}": ["k0"]})
    me.post(f"/attempts/{attempt}/submission")
    assert stored_attempt(app, attempt)["points"] == POINT // 2
    assert try_again(me, sitting, attempt, "multiple_answers").status_code == 303
    assert stored_attempt(app, attempt)["points"] == POINT // 2


def test_two_second_tries_at_once_are_one(app, sit, people, sign_in):
    sitting = sit(HALF, None, ("single_choice",))
    attempt = take(sign_in(people.student), sitting, "wrong")
    tabs = [sign_in(people.student) for _tab in range(8)]
    acts = [
        lambda tab=tab, n=n: (
            try_again(tab, sitting, attempt, "single_choice", "right" if n % 2 else "wrong").status_code
        )
        for n, tab in enumerate(tabs)
    ]
    assert set(at_once(acts, 8)) == {303}
    with app.app_context():
        points = db.session.scalars(select(SecondTry.points)).one()
    assert stored_attempt(app, attempt)["points"] == points


def test_the_change_is_kept_and_the_class_is_counted_by_first_answers(app, sit, people, sign_in):
    sitting = sit(HALF, None, ("single_choice",))
    me = sign_in(people.student)
    attempt = take(me, sitting, "wrong")

    def counted():
        with app.app_context():
            asked = select(AnswerTally.answer_key, func.sum(AnswerTally.responses)).group_by(AnswerTally.answer_key)
            return dict(db.session.execute(asked.having(func.sum(AnswerTally.responses) > 0)).all())

    before = counted()
    try_again(me, sitting, attempt, "single_choice")
    assert counted() == before == {"k2": 1}
    with app.app_context():
        change = db.session.scalars(select(ScoreChange)).one()
        assert (change.by_id, change.before, change.after) == (people.student.id, 0, 0)  # the first try stays
        assert (change.second_before, change.second_after) == (None, POINT // 2)
        assert change.why == "Second try after re-reading"


def refused(client, sitting, attempt, name="single_choice"):
    """Neither offered nor taken."""
    assert OFFER not in result_of(client, attempt)
    assert client.get(way(sitting, attempt, name)).status_code == 303
    assert try_again(client, sitting, attempt, name).status_code == 409


@pytest.mark.parametrize(
    "rules",
    [
        DeliveryRules(),
        DeliveryRules(second_try_percent=50, release_correctness="after_due"),
        DeliveryRules(second_try_percent=50, release_score="never"),
    ],
)
def test_it_is_not_offered_where_it_is_not_allowed_or_right_and_wrong_are_not_told(sit, people, sign_in, rules):
    sitting = sit(rules, None, ("single_choice",))
    me = sign_in(people.student)
    refused(me, sitting, take(me, sitting, "wrong"))


def test_a_right_answer_cannot_be_tried_again(sit, people, sign_in):
    sitting = sit(HALF, None, ("single_choice",))
    me = sign_in(people.student)
    refused(me, sitting, take(me, sitting, "right"))


def test_what_was_left_out_cannot_be_tried_again(sit, people, sign_in):
    sitting = sit(HALF, None, ("single_choice",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    me.post(f"/attempts/{attempt}/submission")
    refused(me, sitting, attempt)


def test_what_a_person_reads_cannot_be_tried_again(sit, people, sign_in):
    sitting = sit(HALF, None, ("open_answer",))
    me = sign_in(people.student)
    refused(me, sitting, take(me, sitting), "open_answer")


def test_it_closes_with_the_reading(sit, people, sign_in, clock):
    closes = clock.now() + HOUR
    sitting = sit(
        DeliveryRules(second_try_percent=50, release_key="never"), Dates(closes_at=closes), ("single_choice",)
    )
    me = sign_in(people.student)
    attempt = take(me, sitting, "wrong")
    clock.set(closes)
    assert OFFER in result_of(me, attempt)
    clock.forward(seconds=1)
    refused(me, sitting, attempt)


def test_it_ends_when_classmates_may_know_the_key(sit, people, sign_in, clock):
    dates = Dates(due_at=clock.now() + HOUR, closes_at=clock.now() + 2 * HOUR)
    sitting = sit(DeliveryRules(second_try_percent=50, release_key="after_due"), dates, ("single_choice",))
    me = sign_in(people.student)
    attempt = take(me, sitting, "wrong")
    assert OFFER in result_of(me, attempt)
    clock.forward(hours=1, seconds=1)
    refused(me, sitting, attempt)


def test_only_the_last_attempt_that_was_handed_in_can_be_tried_again(sit, people, sign_in):
    sitting = sit(DeliveryRules(second_try_percent=50, attempts_allowed=3), None, ("single_choice",))
    me = sign_in(people.student)
    first = take(me, sitting, "wrong")
    assert OFFER in result_of(me, first)
    second = start(me, sitting)
    refused(me, sitting, first)
    me.post(f"/attempts/{second}/submission")
    refused(me, sitting, first)


def test_an_attempt_in_progress_has_no_second_try(sit, people, sign_in):
    sitting = sit(HALF, None, ("single_choice",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    assert me.get(way(sitting, attempt, "single_choice")).status_code == 303
    assert try_again(me, sitting, attempt, "single_choice").status_code == 409


def test_a_second_try_that_was_given_stays_when_the_rule_is_changed(app, sit, people, sign_in):
    sitting = sit(HALF, None, ("single_choice",))
    me = sign_in(people.student)
    attempt = take(me, sitting, "wrong")
    try_again(me, sitting, attempt, "single_choice")
    with app.app_context():
        change_rules(sitting.delivery, DeliveryRules())
        commit()
    assert "After re-reading" in result_of(me, attempt)
    assert stored_attempt(app, attempt)["points"] == POINT // 2


@pytest.mark.parametrize("who", ["stranger", "classmate", "instructor"])
def test_nobody_else_tries_again(app, sit, people, sign_in, who):
    sitting = sit(HALF, None, ("single_choice",))
    attempt = take(sign_in(people.student), sitting, "wrong")
    other = sign_in(getattr(people, who))
    assert other.get(way(sitting, attempt, "single_choice")).status_code == 404
    assert try_again(other, sitting, attempt, "single_choice").status_code == 404
    assert stored_attempt(app, attempt)["points"] == 0


def test_another_quizs_question_is_not_there(sit, people, sign_in):
    sitting = sit(HALF, None, ("single_choice",))
    me = sign_in(people.student)
    attempt = take(me, sitting, "wrong")
    assert me.get(f"/attempts/{attempt}/second-tries/999").status_code == 404


def test_the_page_asks_a_fixed_number_of_statements(sit, people, sign_in, count_statements):
    me = sign_in(people.student)
    counts = []
    for types in (("single_choice",), ("single_choice", "true_false", "numeric", "short_answer")):
        sitting = sit(HALF, None, types)
        attempt = take(me, sitting, "wrong")
        with count_statements() as seen:
            me.get(way(sitting, attempt, "single_choice"))
        assert not seen.writes()
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12


def test_staff_read_both_answers_and_how_sure_the_student_was(app, sit, people, sign_in):
    sitting = sit(DeliveryRules(second_try_percent=50, certainty="reported"), None, ("short_answer",))
    me, item = sign_in(people.student), sitting.items["short_answer"]
    attempt = start(me, sitting)
    me.post(f"/attempts/{attempt}/responses", data=sitting.fields("short_answer", "wrong") | {f"certainty-{item}": "3"})
    me.post(f"/attempts/{attempt}/submission")
    try_again(me, sitting, attempt, "short_answer")
    with app.app_context():
        response = db.session.scalars(select(Response.id).where(Response.attempt_id == attempt)).one()
    answer = sign_in(people.instructor).get(f"/readings/{sitting.assignment}/results/responses/{response}")
    page = answer.get_data(as_text=True)
    for words in ("Seoul", "Certainty: High", "After re-reading", "0.5 of 1", f"{SECRET.upper()}  kursk."):
        assert words in page, words
