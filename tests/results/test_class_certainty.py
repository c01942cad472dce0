"""How sure a class was: the counts, the mean mark, and a sentence that a teacher can act on."""

from __future__ import annotations

import pytest

from core.points import FRACTION_ONE
from quizzes.certainty import HIGH, LOW, MIDDLE, mark_of
from quizzes.deliveries import DeliveryRules
from results.certainty import LevelCount, advice, class_certainty
from tests.quizzes.sitting import make_sitting, save, start
from tests.support.people import make_students

NUMBERS = {10: 1, 11: 2}
HALF = FRACTION_ONE // 2


def test_the_levels_add_the_questions_up():
    counts = [
        LevelCount(10, LOW, 4, 1, 2, FRACTION_ONE + HALF),
        LevelCount(10, HIGH, 3, 0, 3, 0),
        LevelCount(11, HIGH, 2, 2, 0, 2 * FRACTION_ONE),
    ]
    found = class_certainty(counts)
    assert [(level.n, level.right, level.wrong) for level in found.levels] == [(4, 1, 2), (0, 0, 0), (5, 2, 3)]
    assert [level.share for level in found.levels] == [0.25, None, 0.4]
    marks = mark_of(FRACTION_ONE, LOW) + mark_of(HALF, LOW) + 3 * mark_of(0, HIGH) + 2 * mark_of(FRACTION_ONE, HIGH)
    assert found.mean == pytest.approx(marks / 9)
    assert found.sure_and_wrong == {10: 3}


def test_of_nothing_there_is_no_mean():
    found = class_certainty([])
    assert (found.answers, found.mean) == (0, None)
    assert advice(found, NUMBERS) == ["Nothing stands out."]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([LevelCount(10, HIGH, 7, 0, 7, 0)], "7 were sure and wrong on question 1"),
        ([LevelCount(11, HIGH, 1, 0, 1, 0)], "One was sure and wrong on question 2"),
        (
            [LevelCount(10, LOW, 5, 5, 0, 5 * FRACTION_ONE), LevelCount(10, HIGH, 5, 5, 0, 5 * FRACTION_ONE)],
            "Being sure meant nothing here",
        ),
        (
            [LevelCount(10, LOW, 8, 6, 2, 6 * FRACTION_ONE), LevelCount(10, HIGH, 5, 5, 0, 5 * FRACTION_ONE)],
            "They know more than they trust",
        ),
        ([LevelCount(10, MIDDLE, 5, 5, 0, 5 * FRACTION_ONE)], "Nothing stands out."),
    ],
)
def test_the_sentence_is_one_to_act_on(counts, words):
    assert words in advice(class_certainty(counts), NUMBERS)[0]


def test_the_page_counts_the_class_and_names_the_question(app, people, sign_in, count_statements):
    sitting = make_sitting(app, people, DeliveryRules(certainty="reported"), None, ("single_choice", "true_false"))
    item = sitting.items["single_choice"]
    for at, person in enumerate(make_students(app, people.section, 4)):
        me = sign_in(person)
        attempt = start(me, sitting)
        which = "wrong" if at < 3 else "right"
        save(me, attempt, item, sitting.fields("single_choice", which) | {f"certainty-{item}": "3"})
        me.post(f"/attempts/{attempt}/submission")
    teacher = sign_in(people.instructor)
    address = f"/readings/{sitting.assignment}/results/certainty"
    with count_statements() as seen:
        page = teacher.get(address).get_data(as_text=True)
    assert len(seen) <= 12
    assert "3 were sure and wrong on question 1" in page
    assert "Mean mark: −3.8, of −6 to +3." in page
    assert "25 %" in page
    assert address in teacher.get(f"/readings/{sitting.assignment}/results").get_data(as_text=True)
    assert sign_in(people.student).get(address).status_code == 403


def test_where_nobody_was_asked_the_page_says_so(app, people, sign_in):
    sitting = make_sitting(app, people, None, None, ("single_choice",))
    page = sign_in(people.instructor).get(f"/readings/{sitting.assignment}/results/certainty").get_data(as_text=True)
    assert "Nobody has said how sure they are" in page
    results = sign_in(people.instructor).get(f"/readings/{sitting.assignment}/results").get_data(as_text=True)
    assert "results/certainty" not in results
