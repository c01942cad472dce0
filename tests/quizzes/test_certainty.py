"""How sure students are: asked for, kept, reported beside the score, and mixed into it where that was chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from core.database import commit, db
from core.points import FRACTION_ONE, POINT, earned
from quizzes.certainty import HIGH, LOW, MIDDLE, Sure, counted_points, mark_of, report
from quizzes.deliveries import DeliveryRules
from quizzes.models import Response, ScoreTally
from quizzes.operations.sums import sum_up_attempts
from quizzes.queries.counted import wrong_tallies
from tests.quizzes.sitting import save, start, stored_attempt
from tests.quizzes.test_result import result_of

REPORTED, COUNTED = DeliveryRules(certainty="reported"), DeliveryRules(certainty="counted")
RIGHT, WRONG, HALF = FRACTION_ONE, 0, FRACTION_ONE // 2


@pytest.mark.parametrize(("fraction", "marks"), [(RIGHT, (1, 2, 3)), (WRONG, (0, -2, -6)), (HALF, (0.5, 0, -1.5))])
def test_the_marks(fraction, marks):
    assert tuple(mark_of(fraction, level) for level in (LOW, MIDDLE, HIGH)) == marks


def test_the_report_says_of_how_many_what_and_the_most():
    found = report([Sure(HIGH, RIGHT, POINT, POINT), Sure(HIGH, WRONG, 0, POINT), Sure(LOW, RIGHT, POINT, POINT)])
    assert (found.answers, found.marks, found.most) == (3, -2, 9)
    assert found.mean == pytest.approx(-2 / 3)
    assert report([]) is None


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ([(HIGH, RIGHT)], 1),
        ([(MIDDLE, RIGHT)], 2 / 3),
        ([(LOW, RIGHT)], 1 / 3),
        ([(LOW, WRONG), (HIGH, RIGHT)], 1),
        ([(MIDDLE, WRONG), (HIGH, RIGHT)], 1 / 3),
        ([(HIGH, WRONG), (HIGH, RIGHT)], 0),  # never less than nothing
        ([(HIGH, WRONG), (HIGH, RIGHT), (HIGH, RIGHT), (HIGH, RIGHT)], 1),
        ([(HIGH, HALF), (HIGH, RIGHT)], 1 / 2),
        ([], 0),
    ],
)
def test_certainty_mixed_into_the_score(answers, points):
    sure = [Sure(level, fraction, earned(POINT, fraction), POINT) for level, fraction in answers]
    assert counted_points(sure) == round(points * POINT)


@given(
    st.lists(st.tuples(st.sampled_from((LOW, MIDDLE, HIGH)), st.integers(0, FRACTION_ONE), st.integers(0, 9 * POINT))),
    st.integers(0, POINT),
)
def test_a_score_with_certainty_is_never_outside_its_bounds(answers, others):
    sure = [Sure(level, fraction, earned(worth, fraction), worth) for level, fraction, worth in answers]
    assert 0 <= counted_points(sure, others) <= sum(one.worth for one in sure) + others


def answer(client, sitting, attempt, name, which, level=None):
    """Save one answer with a certainty; what the page is told."""
    item = sitting.items[name]
    said = {f"certainty-{item}": str(level)} if level else {}
    return save(client, attempt, item, sitting.fields(name, which) | said)


def kept(app, attempt, sitting, name):
    """The certainty in the database."""
    with app.app_context():
        own = (Response.attempt_id == attempt, Response.item_id == sitting.items[name])
        return db.session.query(Response.certainty).filter(*own).scalar()


def test_the_page_asks_how_sure_one_is_and_keeps_it(app, sit, people, sign_in):
    sitting = sit(REPORTED, None, ("single_choice", "open_answer"))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    page = me.get(f"/attempts/{attempt}/questions/1").get_data(as_text=True)
    assert "How sure are you?" in page
    assert "checked" not in page
    assert "How sure" not in me.get(f"/attempts/{attempt}/questions/2").get_data(as_text=True)
    answer(me, sitting, attempt, "single_choice", "right", MIDDLE)
    assert kept(app, attempt, sitting, "single_choice") == MIDDLE
    page = me.get(f"/attempts/{attempt}/questions/1").get_data(as_text=True)
    assert f'name="certainty-{sitting.items["single_choice"]}" value="2" checked' in page


@pytest.mark.parametrize("sent", ["", "0", "4", "high", "2 ", "-1"])
def test_other_certainties_are_none(app, sit, people, sign_in, sent):
    sitting = sit(REPORTED, None, ("single_choice",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    assert answer(me, sitting, attempt, "single_choice", "right", sent).status_code == 200
    assert kept(app, attempt, sitting, "single_choice") is None


def test_where_it_is_not_asked_nothing_is_kept(app, sit, people, sign_in):
    sitting = sit(None, None, ("single_choice",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    assert "How sure" not in me.get(f"/attempts/{attempt}/questions/1").get_data(as_text=True)
    answer(me, sitting, attempt, "single_choice", "right", HIGH)
    assert kept(app, attempt, sitting, "single_choice") is None


def test_it_is_reported_beside_the_score_and_never_mixed_into_it(app, sit, people, sign_in):
    sitting = sit(REPORTED, None, ("single_choice", "true_false", "numeric"))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    answer(me, sitting, attempt, "single_choice", "right", HIGH)
    answer(me, sitting, attempt, "true_false", "wrong", HIGH)
    answer(me, sitting, attempt, "numeric", "right")
    me.post(f"/attempts/{attempt}/submission")
    assert stored_attempt(app, attempt)["points"] == 2 * POINT
    page = result_of(me, attempt)
    assert "Certainty: −3 of 6" in page
    assert "You were sure, and it earned +3" in page
    assert "You were sure, and it earned −6" in page


def test_marks_wait_for_right_and_wrong(sit, people, sign_in):
    sitting = sit(DeliveryRules(certainty="reported", release_correctness="never"), None, ("single_choice",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    answer(me, sitting, attempt, "single_choice", "wrong", HIGH)
    me.post(f"/attempts/{attempt}/submission")
    page = result_of(me, attempt)
    assert "earned" not in page
    assert "Certainty:" not in page


@pytest.mark.parametrize(("level", "points"), [(HIGH, 1), (MIDDLE, 2 / 3), (LOW, 1 / 3), (None, 1 / 3)])
def test_where_it_counts_a_right_answer_earns_its_third(app, sit, people, sign_in, level, points):
    sitting = sit(COUNTED, None, ("single_choice", "true_false"))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    answer(me, sitting, attempt, "single_choice", "right", level)
    assert stored_attempt(app, attempt)["points"] == round(points * POINT)
    answer(me, sitting, attempt, "true_false", "wrong", HIGH)
    assert stored_attempt(app, attempt)["points"] == 0
    answer(me, sitting, attempt, "true_false", "wrong", LOW)
    assert stored_attempt(app, attempt)["points"] == round(points * POINT)
    answer(me, sitting, attempt, "true_false", "empty", HIGH)
    assert stored_attempt(app, attempt)["points"] == round(points * POINT)


def test_the_database_counts_as_the_pure_rule_does(app, sit, people, sign_in):
    sitting = sit(COUNTED, None, ("single_choice", "true_false", "numeric", "multiple_answers"))
    attempt = start(sign_in(people.student), sitting)
    cases = [
        [(1, RIGHT), (2, RIGHT), (3, WRONG), (None, RIGHT)],
        [(3, RIGHT), (3, HALF), (1, WRONG), (2, 3_333_333_333)],
        [(2, WRONG), (3, RIGHT), (3, RIGHT), (3, RIGHT)],
        [(3, WRONG)] * 4,
        [(3, RIGHT)] * 4,
    ]
    for case in cases:
        sure = [Sure(level, f, earned(POINT, f), POINT) for level, f in case if level]
        others = sum(earned(POINT, fraction) for level, fraction in case if not level)
        with app.app_context():
            for (level, fraction), item in zip(case, sitting.items.values(), strict=True):
                own = (Response.attempt_id == attempt, Response.item_id == item)
                points = earned(POINT, fraction)
                values = {"answer_key": "x", "certainty": level, "fraction": fraction, "points": points}
                db.session.execute(update(Response).where(*own).values(**values))
            sum_up_attempts([attempt])
            commit()
        assert stored_attempt(app, attempt)["points"] == counted_points(sure, others)


def test_scores_are_tallied_by_the_answers_alone_as_every_figure_about_a_class_is(app, sit, people, sign_in):
    sitting = sit(COUNTED, None, ("single_choice", "true_false"))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    answer(me, sitting, attempt, "single_choice", "right", LOW)
    me.post(f"/attempts/{attempt}/submission")
    with app.app_context():
        assert not list(wrong_tallies())
        assert db.session.scalars(select(ScoreTally.points)).all() == [POINT]


def test_saving_where_it_counts_asks_no_statement_more(sit, people, sign_in, count_statements):
    counts = []
    for rules in (DeliveryRules(), COUNTED):
        sitting = sit(rules, None, ("single_choice",))
        me = sign_in(people.student)
        attempt = start(me, sitting)
        with count_statements() as seen:
            answer(me, sitting, attempt, "single_choice", "right", HIGH)
        counts.append(len(seen))
    assert counts[0] == counts[1]
