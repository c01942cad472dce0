from datetime import timedelta

import pytest

from articles.operations.assignments import Dates
from core.points import POINT
from core.translation import number_in_words
from quizzes.deliveries import DeliveryRules
from quizzes.operations.deliveries import release_now
from quizzes.question_types import TYPES
from tests.quizzes.samples import SECRET
from tests.quizzes.sitting import save, start, stored_attempt

HOUR = timedelta(hours=1)
NEVER = {"release_score": "never", "release_correctness": "never", "release_feedback": "never", "release_key": "never"}
AT_ONCE = dict.fromkeys(NEVER, "at_once")


def take(client, sitting, which="right", names=None):
    """Start, answer these questions, hand in; the attempt."""
    attempt = start(client, sitting)
    for name in names or sitting.items:
        assert save(client, attempt, sitting.items[name], sitting.fields(name, which)).status_code == 200
    assert client.post(f"/attempts/{attempt}/submission").status_code == 303
    return attempt


def result_of(client, attempt):
    answer = client.get(f"/attempts/{attempt}/result")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_handing_in_gives_a_receipt(app, sitting, people, sign_in, clock):
    me = sign_in(people.student)
    attempt = take(me, sitting)
    row = stored_attempt(app, attempt)
    assert row["submitted_at"] == clock.now()
    page = result_of(me, attempt)
    assert row["receipt_code"] in page
    assert "Attempt 1 of 1" in page
    assert "Wed 18 Nov, 10:00" in page


def test_handing_in_twice_is_handing_in_once(app, sitting, people, sign_in, clock):
    me = sign_in(people.student)
    attempt = take(me, sitting)
    first = stored_attempt(app, attempt)
    clock.forward(minutes=5)
    again = me.post(f"/attempts/{attempt}/submission")
    assert again.status_code == 303
    assert again.headers["Location"].endswith("/result")
    assert stored_attempt(app, attempt) == first


def test_the_result_of_an_attempt_in_progress_is_the_attempt(sitting, people, sign_in):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    assert me.get(f"/attempts/{attempt}/result").headers["Location"].endswith(f"/attempts/{attempt}")


def test_the_score_is_said_in_a_sentence(sitting, people, sign_in):
    page = result_of(me := sign_in(people.student), take(me, sitting))
    graded = [kind for kind in TYPES.values() if not kind.needs_person]
    assert f'<span class="big">{len(graded)}</span> of {len(TYPES)} points so far' in page
    right = number_in_words(sum(kind.has_key for kind in graded)).capitalize()
    assert f"{right} answers are right." in page
    assert "One answer is with Ingrid Vale." in page
    assert page.count("With Ingrid Vale") == 1


def test_a_wrong_answer_leads_to_the_passage_that_the_question_tests(sit, people, sign_in):
    sitting = sit(DeliveryRules(**AT_ONCE), None, ("single_choice",))
    page = result_of(me := sign_in(people.student), take(me, sitting, "wrong"))
    assert "Not yet" in page
    first, last = sitting.sentences[1:3]
    place = f"/readings/{sitting.assignment}?marked={first}-{last}#s{first}"
    assert f'href="{place}"' in page
    article = me.get(place).get_data(as_text=True)
    marked = [number for number in sitting.sentences if f'class="sentence marked" id="s{number}"' in article]
    assert marked == [first, last]
    assert "Most people chose the new bridge. Some did not vote at all." in page
    assert "One passage is worth another look" in page


def test_a_right_answer_leads_nowhere(sit, people, sign_in):
    sitting = sit(DeliveryRules(**AT_ONCE), None, ("single_choice",))
    page = result_of(me := sign_in(people.student), take(me, sitting))
    assert "Go to the passage" not in page


def test_only_the_feedback_of_what_was_answered_is_in_the_page(sit, people, sign_in):
    sitting = sit(DeliveryRules(**AT_ONCE | {"release_key": "never"}), None, ("single_choice",))
    page = result_of(me := sign_in(people.student), take(me, sitting, "wrong"))
    assert f"{SECRET} 2" in page
    assert f"{SECRET} in general" in page
    for other in (0, 1, 3):
        assert f"{SECRET} {other}" not in page
        assert f"Option {other}" not in page


@pytest.mark.parametrize("name", sorted(set(TYPES) - {"short_answer", "open_answer"}))
@pytest.mark.parametrize("which", ["right", "wrong"])
def test_nothing_is_in_the_page_before_its_release(sit, people, sign_in, name, which):
    sitting = sit(DeliveryRules(**NEVER), None, (name,))
    page = result_of(me := sign_in(people.student), take(me, sitting, which))
    for word in (SECRET, "Right", "Not yet", "Partly", "right", "points", 'class="big"', "worth another look"):
        assert word not in page, word


def test_a_right_and_a_wrong_answer_look_the_same_before_release(sit, people, sign_in):
    sitting = sit(DeliveryRules(attempts_allowed=2, **NEVER), None, ("true_false",))
    me = sign_in(people.student)
    pages = [result_of(me, take(me, sitting, which)) for which in ("right", "wrong")]
    states = [[line for line in page.splitlines() if 'class="state' in line] for page in pages]
    assert states[0] == states[1] == []


def test_the_four_things_are_released_each_at_its_moment(app, sit, people, sign_in, clock):
    now = clock.now()
    dates = Dates(now, now + HOUR, now + 2 * HOUR)
    rules = DeliveryRules(
        release_score="after_due",
        release_correctness="after_close",
        release_feedback="by_instructor",
        release_key="after_close",
    )
    sitting = sit(rules, dates, ("single_choice",))
    me = sign_in(people.student)
    attempt = take(me, sitting, "wrong")
    assert "Your score is shown after Wed 18 Nov, 11:00" in result_of(me, attempt)
    clock.set(now + HOUR)
    assert "of 1 points" not in result_of(me, attempt)
    clock.forward(seconds=1)
    page = result_of(me, attempt)
    assert '<span class="big">0</span> of 1 points' in page
    assert "Not yet" not in page
    clock.set(now + 2 * HOUR)
    assert "Option 1" not in result_of(me, attempt)
    clock.forward(seconds=10)  # somebody else's save may still count
    assert "Option 1" not in result_of(me, attempt)
    clock.forward(seconds=1)
    page = result_of(me, attempt)
    assert "Not yet" in page
    assert "Option 1" in page
    assert SECRET not in page
    with app.app_context():
        release_now(sitting.delivery)
        app.extensions["sqlalchemy"].session.commit()
    assert f"{SECRET} 2" in result_of(me, attempt)


def test_the_key_waits_until_no_attempts_are_left(sit, people, sign_in):
    sitting = sit(DeliveryRules(attempts_allowed=2, **AT_ONCE), None, ("single_choice",))
    me = sign_in(people.student)
    first = take(me, sitting, "wrong")
    assert "Option 1" not in result_of(me, first)
    assert "You have one attempt left" in result_of(me, first)
    take(me, sitting, "wrong")
    assert "What would have been right" in result_of(me, first)


def test_late_work_keeps_its_share_and_the_page_says_so(sit, people, sign_in, clock):
    rules = DeliveryRules(late_credit_percent=80)
    sitting = sit(rules, Dates(None, clock.now(), clock.now() + HOUR), ("single_choice",))
    clock.forward(minutes=5)
    me = sign_in(people.student)
    assert "Handing in now earns 80 %" in me.get(f"/deliveries/{sitting.delivery}").get_data(as_text=True)
    page = result_of(me, take(me, sitting))
    assert '<span class="big">0.8</span>' in page
    assert "It came late, so 1 points count 80 %." in page


@pytest.mark.parametrize(("which", "points"), [("highest", "1"), ("first", "0"), ("last", "0"), ("average", "0.33")])
def test_the_attempt_that_counts(sit, people, sign_in, which, points):
    rules = DeliveryRules(attempts_allowed=3, which_counts=which)
    sitting = sit(rules, None, ("single_choice",))
    me = sign_in(people.student)
    for answered in ("wrong", "right", "wrong"):
        attempt = take(me, sitting, answered)
    assert f": {points} points." in result_of(me, attempt)
    assert f"Counts so far: {points}" in me.get(f"/deliveries/{sitting.delivery}").get_data(as_text=True)


def test_when_time_runs_out_what_was_saved_is_handed_in_without_a_browser(app, sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=60), None, ("single_choice", "true_false"))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    save(me, attempt, sitting.items["single_choice"], sitting.fields("single_choice"))
    end = clock.forward(seconds=60)
    clock.forward(days=3)
    page = result_of(me, attempt)
    assert "Time ran out" in page
    assert '<span class="big">1</span> of 2 points' in page
    assert "Wed 18 Nov, 10:01" in page
    assert stored_attempt(app, attempt)["submitted_at"] is None
    assert end < clock.now()


def test_handing_in_is_taken_in_the_grace_and_recorded_at_the_end(app, sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=60), None, ("single_choice",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    end = clock.forward(seconds=60)
    clock.forward(seconds=10)
    assert me.post(f"/attempts/{attempt}/submission").status_code == 303
    assert stored_attempt(app, attempt)["submitted_at"] == end


def test_handing_in_after_the_grace_is_too_late(app, sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=60), None, ("single_choice",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    clock.forward(seconds=71)
    answer = me.post(f"/attempts/{attempt}/submission")
    assert answer.status_code == 409
    assert f"/attempts/{attempt}/result" in answer.get_data(as_text=True)
    assert stored_attempt(app, attempt)["submitted_at"] is None


@pytest.mark.parametrize("who", ["stranger", "classmate", "instructor"])
def test_nobody_else_hands_in(app, sitting, people, sign_in, who):
    attempt = start(sign_in(people.student), sitting)
    assert sign_in(getattr(people, who)).post(f"/attempts/{attempt}/submission").status_code == 404
    assert stored_attempt(app, attempt)["submitted_at"] is None


def test_every_type_shows_its_answer_in_the_result(sitting, people, sign_in):
    page = result_of(me := sign_in(people.student), take(me, sitting))
    for words in ("Option 1", "False", "Option 0; Option 2", "KURSK", "10,000", "¶&nbsp;2.1", "Because of the pact."):
        assert words.casefold() in page.casefold(), words


def test_the_result_asks_a_fixed_number_of_statements(sit, people, sign_in, count_statements):
    me = sign_in(people.student)
    counts = []
    for types in (("single_choice",), tuple(TYPES)):
        attempt = take(me, sit(None, None, types))
        with count_statements() as seen:
            result_of(me, attempt)
        counts.append(len(seen))
        assert not seen.writes()
    assert counts[0] == counts[1] <= 9


def test_handing_in_asks_few_statements_and_commits_once(sitting, people, sign_in, count_statements):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    with count_statements() as seen:
        me.post(f"/attempts/{attempt}/submission")
    assert len(seen) <= 6  # three of them keep the tallies of the results page
    assert seen.commits == 1


def test_points_are_exact(app, sit, people, sign_in):
    sitting = sit(None, None, ("single_choice", "true_false", "numeric"))
    attempt = take(sign_in(people.student), sitting)
    assert stored_attempt(app, attempt)["points"] == 3 * POINT
