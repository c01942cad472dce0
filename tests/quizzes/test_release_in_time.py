"""Nothing of a result is told while an answer that it would help can still be saved; nothing counts twice."""

from datetime import timedelta

import pytest

from articles.operations.assignments import Dates
from core.points import POINT
from quizzes.deliveries import DeliveryRules
from tests.quizzes.samples import SECRET
from tests.quizzes.sitting import save, start, stored_attempt

RELEASES = ("release_score", "release_correctness", "release_feedback", "release_key")
AT_ONCE = dict.fromkeys(RELEASES, "at_once")
KEY = "What would have been right"


def test_the_key_waits_for_the_last_attempt_that_is_in_progress(sit, people, sign_in):
    sitting = sit(DeliveryRules(attempts_allowed=2, **AT_ONCE), None, ("single_choice",))
    me = sign_in(people.student)
    first = start(me, sitting)
    me.post(f"/attempts/{first}/submission")
    second = start(me, sitting)
    assert KEY not in me.get(f"/attempts/{first}/result").get_data(as_text=True)
    me.post(f"/attempts/{second}/submission")
    assert KEY in me.get(f"/attempts/{first}/result").get_data(as_text=True)


def test_the_result_waits_while_late_saves_are_taken(app, sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=600, **AT_ONCE), None, ("single_choice",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    save(me, attempt, sitting.items["single_choice"], sitting.fields("single_choice", "wrong"))
    clock.forward(seconds=605)
    page = me.get(f"/attempts/{attempt}/result").get_data(as_text=True)
    assert "Handed in" in page
    assert "again in a few seconds" in page
    for told in (KEY, SECRET, "Not yet", 'class="big"', "not there yet"):
        assert told not in page
    assert "0 of 1 points" not in me.get(f"/deliveries/{sitting.delivery}").get_data(as_text=True)
    assert save(me, attempt, sitting.items["single_choice"], sitting.fields("single_choice")).status_code == 200
    assert stored_attempt(app, attempt)["points"] == POINT
    clock.forward(seconds=6)
    page = me.get(f"/attempts/{attempt}/result").get_data(as_text=True)
    assert KEY in page
    assert '<span class="big">1</span>' in page
    assert "1 of 1 points" in me.get(f"/deliveries/{sitting.delivery}").get_data(as_text=True)


def test_the_key_of_an_earlier_attempt_waits_for_the_seconds_after_the_close(sit, people, sign_in, clock):
    closes = Dates(closes_at=clock.now() + timedelta(hours=1))
    sitting = sit(DeliveryRules(attempts_allowed=2), closes, ("single_choice",))
    me = sign_in(people.student)
    first = start(me, sitting)
    me.post(f"/attempts/{first}/submission")
    start(me, sitting)
    clock.forward(seconds=3605)
    assert KEY not in me.get(f"/attempts/{first}/result").get_data(as_text=True)
    clock.forward(seconds=6)
    assert KEY in me.get(f"/attempts/{first}/result").get_data(as_text=True)


@pytest.mark.parametrize("other", ["0{item}", "00{item}"])
def test_an_item_sent_under_two_spellings_counts_once(app, sit, people, sign_in, other):
    sitting = sit(None, None, ("single_choice", "true_false"))
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    fields = sitting.fields("single_choice") | {f"revision-{other.format(item=item)}": "0"}
    assert me.post(f"/attempts/{attempt}/responses", data=fields).status_code == 303
    assert stored_attempt(app, attempt)["points"] == POINT


@pytest.mark.parametrize("name", ["short_answer", "open_answer", "numeric"])
def test_a_nul_character_is_left_out_of_an_answer(sit, people, sign_in, name):
    sitting = sit(None, None, (name,))
    me, item = sign_in(people.student), sitting.items[name]
    attempt = start(me, sitting)
    fields = sitting.fields(name, writer="w\x001") | {f"answer-{item}": "4\x002"}
    assert save(me, attempt, item, fields).status_code == 200
    assert "42" in me.get(f"/attempts/{attempt}/check").get_data(as_text=True)
