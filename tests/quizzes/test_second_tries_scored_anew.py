"""A question is scored anew after somebody tried it again: both tries follow, undoing restores both, both are told."""

from random import Random

import pytest
from sqlalchemy import select, update

from core.database import commit, db
from core.points import POINT
from quizzes.models import QuizDelivery, Response, SecondTry
from quizzes.operations.second_tries import NothingToTryError
from quizzes.operations.tallies import rebuild_tallies
from quizzes.queries.counted import wrong_tallies
from tests.quizzes.school import WHY

HALF = POINT // 2
POLICIES = ("nobody_loses", "new_key", "full_credit", "drop")
# The attempts of `school`: right, wrong, wrong, left out by the old key (k1). By the new one k2 is right.


@pytest.fixture
def tried(school):
    """The second and the third student have tried again for half the points: right, and wrong once more."""
    with school.app.app_context():
        db.session.execute(update(QuizDelivery).values(second_try_percent=50))
        commit()
    school.try_again(1, 2, "k1")
    school.try_again(2, 3, "k3")
    return school


def second_points(school):
    with school.app.app_context():
        return list(db.session.scalars(select(SecondTry.points).order_by(SecondTry.response_id)))


def counted(school):
    return [points for points, _most, _waiting in school.totals()]


@pytest.mark.parametrize(
    ("policy", "firsts", "seconds", "totals"),
    [
        ("new_key", [0, 1, 1, 0], [0, 0], [0, POINT, POINT, 0]),
        ("nobody_loses", [1, 1, 1, 0], [HALF, 0], [POINT, POINT, POINT, 0]),
        ("full_credit", [1, 1, 1, 1], [HALF, HALF], [POINT] * 4),
        ("drop", [1, 0, 0, 0], [HALF, 0], [0, 0, 0, 0]),
    ],
)
def test_both_tries_follow_a_decision_and_come_back(tried, policy, firsts, seconds, totals):
    assert counted(tried) == [POINT, HALF, 0, 0]
    tried.new_key()
    before = tried.everything()
    made = tried.regrade(policy)
    assert tried.scores() == [POINT * score for score in firsts]
    assert second_points(tried) == seconds
    assert counted(tried) == totals
    with tried.app.app_context():
        assert not list(wrong_tallies())
    tried.undo(made)
    assert tried.everything() == before


def test_a_second_try_may_become_right(tried):
    tried.new_key("k3")
    before = tried.everything()
    made = tried.regrade("new_key")
    assert (counted(tried), second_points(tried)) == ([0, 0, HALF, 0], [0, HALF])
    tried.undo(made)
    assert tried.everything() == before


def test_the_credit_that_was_promised_stays_when_the_rule_is_changed(tried):
    with tried.app.app_context():
        db.session.execute(update(QuizDelivery).values(second_try_percent=90))
        commit()
    tried.new_key("k3")
    tried.regrade("new_key")
    assert second_points(tried) == [0, HALF]


def test_a_try_after_the_decision_is_scored_by_it_and_loses_it_when_it_is_taken_back(tried):
    tried.new_key("k3")
    made = tried.regrade("new_key")
    tried.try_again(0, 1, "k3")
    assert counted(tried) == [HALF, 0, HALF, 0]
    tried.undo(made)
    assert counted(tried) == [POINT, HALF, 0, 0]
    assert second_points(tried) == [0, HALF, 0]


def test_what_became_right_or_was_dropped_meanwhile_is_not_tried_again(tried):
    tried.new_key("k2")
    made = tried.regrade("nobody_loses")
    with pytest.raises(NothingToTryError):
        tried.try_again(0, 1, "k3")
    tried.undo(made)
    tried.regrade("drop")
    with pytest.raises(NothingToTryError):
        tried.try_again(0, 1, "k3")


def test_the_preview_counts_the_better_of_both(tried, people, sign_in):
    tried.new_key("k3")
    page = sign_in(people.instructor).get(f"/deliveries/{tried.sitting.delivery}/questions/{tried.item}/scoring").text
    assert "1 up by 0.5 points, 2 would lose 0.5 to 1 points" in page


def test_the_history_tells_both_tries(tried, people, sign_in):
    tried.new_key()
    tried.undo(tried.regrade("new_key"))
    page = sign_in(tried.students[1]).get("/attempts/2/result").text
    history = page.split("History of this score", 1)[1].split("</details>", 1)[0]
    assert "a second try" in history
    told = ["0 → 0.5", "0.5 → 1", "first try 0 → 1, second try 0.5 → 0", "1 → 0.5"]
    places = [history.index(words) for words in told]
    assert places == sorted(places)
    assert "first try 1 → 0, second try 0 → 0.5" in history
    assert WHY in history
    with tried.app.app_context():
        response = db.session.scalars(select(Response.id).filter_by(attempt_id=2, item_id=tried.item)).one()
    address = f"/readings/{tried.sitting.assignment}/results/responses/{response}"
    assert "first try 0 → 1, second try 0.5 → 0" in sign_in(people.assistant).get(address).text


@pytest.mark.parametrize("seed", range(3))
def test_any_decisions_taken_back_in_turn_restore_both_tries(tried, seed):
    random = Random(seed)
    steps = []
    for _step in range(6):
        tried.new_key(random.choice(("k0", "k1", "k2", "k3")))
        before = tried.everything()
        steps.append((tried.regrade(random.choice(POLICIES[:3])), before))
        assert all(0 <= points <= most for points, most, _waiting in tried.totals())
    for made, before in reversed(steps):
        tried.undo(made)
        assert tried.everything() == before
    with tried.app.app_context():
        rebuild_tallies()
        assert not list(wrong_tallies())
