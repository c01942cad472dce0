"""What is shown of an attempt adds up: the points of its questions, and what certainty takes, are its score."""

from __future__ import annotations

import csv
import io
import re
from functools import partial
from random import Random

import pytest

from core.database import commit
from core.points import POINT
from quizzes.certainty import mixing_in_words
from quizzes.deliveries import DeliveryRules
from quizzes.operations.regrades import Decision, regrade_item
from tests.quizzes.sitting import make_sitting, save, start, stored_attempt
from tests.support.people import make_students

TYPES = ("single_choice", "true_false", "numeric", "multiple_answers")
COUNTED = DeliveryRules(certainty="counted", second_try_percent=50)


@pytest.fixture
def sit(app, people):
    return partial(make_sitting, app, people)


def take(client, sitting, answers):
    """Answer with a certainty each, hand in, and try the wrong ones again; the attempt."""
    attempt = start(client, sitting)
    for name, (which, level) in answers.items():
        item = sitting.items[name]
        save(client, attempt, item, sitting.fields(name, which) | {f"certainty-{item}": str(level)})
    client.post(f"/attempts/{attempt}/submission")
    return attempt


def try_again(client, sitting, attempt, name, which="right"):
    way = f"/attempts/{attempt}/second-tries/{sitting.items[name]}"
    assert client.post(way, data=sitting.fields(name, which)).status_code == 303


def decide(app, people, sitting, name, policy):
    with app.app_context():
        regrade_item(sitting.delivery, sitting.items[name], Decision(policy, "It was unclear.", people.instructor.id))
        commit()


def matrix_row(client, sitting, person):
    """What the row of a person is sorted by: the cells, and the score last."""
    page = client.get(f"/readings/{sitting.assignment}/results/matrix").text
    (row,) = [part for part in page.split("<tr>") if f">{person.name}</a></th>" in part]
    return [int(value) for value in re.findall(r'<td[^>]* data-value="(-?\d+)"', row)]


def csv_row(client, sitting, person):
    text = client.get(f"/readings/{sitting.assignment}/results.csv").get_data(as_text=True)
    (row,) = [row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))) if row["name"] == person.name]
    return row


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_the_matrix_and_the_csv_add_up(app, sit, people, sign_in, seed):
    random = Random(seed)
    sitting, me, staff = sit(COUNTED, None, TYPES), sign_in(people.student), sign_in(people.instructor)
    answers = {name: (random.choice(("right", "wrong")), random.choice((1, 2, 3))) for name in TYPES}
    attempt = take(me, sitting, answers)
    for name in [name for name, (which, _level) in answers.items() if which == "wrong"][:2]:
        try_again(me, sitting, attempt, name)
    decide(app, people, sitting, "numeric", random.choice(("drop", "full_credit")))
    total = stored_attempt(app, attempt)["points"]
    *cells, score = matrix_row(staff, sitting, people.student)
    assert len(cells) == len(TYPES) + 1
    assert score == sum(cells) == total
    row = csv_row(staff, sitting, people.student)
    told = [row[name] for name in row if name.startswith("item_") or name == "certainty_points"]
    assert sum(float(each or 0) for each in told) == pytest.approx(float(row["points"]), abs=0.03)  # two places each


def test_a_dropped_question_and_a_second_try_add_up_where_certainty_is_not_asked(app, sit, people, sign_in):
    sitting, me = sit(DeliveryRules(second_try_percent=50), None, TYPES), sign_in(people.student)
    staff = sign_in(people.instructor)
    attempt = take(me, sitting, dict.fromkeys(TYPES, ("wrong", 1)))
    try_again(me, sitting, attempt, "single_choice")
    decide(app, people, sitting, "true_false", "drop")
    decide(app, people, sitting, "numeric", "full_credit")
    *cells, score = matrix_row(staff, sitting, people.student)
    assert cells == [POINT // 2, 0, POINT, 0]
    assert score == sum(cells)
    row = csv_row(staff, sitting, people.student)
    items = [row[f"item_{item}"] for item in sitting.items.values()]
    assert (items, row["points"]) == (["0.5", "", "1", "0"], "1.5")
    assert "certainty_points" not in row


def test_a_question_left_out_that_counts_in_full_is_no_dash(app, sit, people, sign_in):
    sitting, me = sit(None, None, ("single_choice",)), sign_in(people.student)
    take(me, sitting, {})
    decide(app, people, sitting, "single_choice", "full_credit")
    page = sign_in(people.instructor).get(f"/readings/{sitting.assignment}/results/matrix").text
    assert re.search(r'class="cell full"[^>]*>1</a>', page)


def test_full_credit_counts_for_who_left_it_out_where_certainty_is_mixed_in(app, sit, people, sign_in):
    sitting, me = sit(COUNTED, None, ("single_choice", "true_false")), sign_in(people.student)
    attempt = take(me, sitting, {"true_false": ("right", 3)})
    decide(app, people, sitting, "single_choice", "full_credit")
    assert stored_attempt(app, attempt)["points"] == 2 * POINT
    *cells, score = matrix_row(sign_in(people.instructor), sitting, people.student)
    assert (cells, score) == ([POINT, POINT, 0], 2 * POINT)


def test_the_page_of_one_student_shows_what_counts(app, sit, people, sign_in):
    sitting, me = sit(COUNTED, None, ("single_choice", "true_false")), sign_in(people.student)
    attempt = take(me, sitting, {"single_choice": ("right", 3), "true_false": ("wrong", 2)})
    try_again(me, sitting, attempt, "true_false")
    staff = sign_in(people.instructor)
    page = staff.get(f"/readings/{sitting.assignment}/results/matrix").text
    work = staff.get(re.search(rf'href="([^"]+/students/\d+)[^>]*>{people.student.name}', page)[1]).text
    assert "0, after re-reading 0.5:" in work
    assert "How sure each answer was" in work
    assert "<b>-0.67</b>" in work
    assert "0.83 of 2 points" in work


def test_students_are_told_why_the_questions_are_not_the_score(app, sit, people, sign_in):
    sitting, me = sit(COUNTED, None, ("single_choice", "true_false")), sign_in(people.student)
    attempt = take(me, sitting, {"single_choice": ("right", 2), "true_false": ("wrong", 1)})
    page = me.get(f"/attempts/{attempt}/result").text
    assert "Your answers count 1 points; how sure you were takes 0.33 from that." in page
    assert '<span class="big">0.67</span>' in page


@pytest.mark.parametrize(
    ("total", "answers", "words"),
    [
        (2 * POINT, [POINT, POINT, 0], "takes nothing from that"),
        (0, [POINT, None], "takes all of it. A score is never below 0."),
        (0, [0, 0], "takes nothing from that"),
        (POINT, [POINT, POINT], "takes 1 from that"),
    ],
)
def test_what_certainty_takes_in_words(app, total, answers, words):
    with app.test_request_context():
        assert words in mixing_in_words(total, answers)


def test_figures_of_the_class_say_that_certainty_is_not_in_them(app, people, sit, sign_in):
    sitting = sit(COUNTED, None, ("single_choice",))
    for person in make_students(app, people.section, 5):
        take(sign_in(person), sitting, {"single_choice": ("right", 1)})
    page = sign_in(people.instructor).get(f"/readings/{sitting.assignment}/results").text
    assert "By the answers alone: how sure they were is in the score of each student" in page


def test_the_history_says_that_certainty_is_not_in_it(app, sit, people, sign_in):
    sitting, me = sit(COUNTED, None, ("single_choice",)), sign_in(people.student)
    attempt = take(me, sitting, {"single_choice": ("wrong", 3)})
    decide(app, people, sitting, "single_choice", "full_credit")
    assert "These are the points of the answer alone." in me.get(f"/attempts/{attempt}/result").text
