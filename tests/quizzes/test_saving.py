import pytest

from articles.operations.assignments import Dates
from classroom.operations import archive_section
from core.database import commit
from core.points import FRACTION_ONE, POINT
from quizzes.deliveries import DeliveryRules
from quizzes.question_types import TYPES
from tests.quizzes.sitting import save, start, stored_answers, stored_attempt


@pytest.mark.parametrize("name", sorted(TYPES))
def test_an_answer_is_graded_when_it_is_saved(app, sit, people, sign_in, name):
    sitting = sit(None, None, (name,))
    item = sitting.items[name]
    me = sign_in(people.student)
    attempt = start(me, sitting)
    assert save(me, attempt, item, sitting.fields(name)).json["answered"]
    row = stored_answers(app, attempt)[item]
    waits = TYPES[name].needs_person
    assert (row.fraction, row.points) == ((None, None) if waits else (FRACTION_ONE, POINT))
    assert row.answer_key
    kept = stored_attempt(app, attempt)
    assert (kept["points"], kept["ungraded"]) == ((0, 1) if waits else (POINT, 0))


def test_changing_an_answer_changes_the_sum(app, sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    save(me, attempt, item, sitting.fields("single_choice"))
    save(me, attempt, sitting.items["true_false"], sitting.fields("true_false"))
    assert stored_attempt(app, attempt)["points"] == 2 * POINT
    save(me, attempt, item, sitting.fields("single_choice", "wrong", revision=1))
    assert stored_attempt(app, attempt)["points"] == POINT
    opened = sitting.items["open_answer"]
    save(me, attempt, opened, sitting.fields("open_answer"))
    assert stored_attempt(app, attempt)["ungraded"] == 1
    save(me, attempt, opened, sitting.fields("open_answer", "empty", revision=1))
    assert stored_attempt(app, attempt)["ungraded"] == 0
    assert stored_answers(app, attempt)[opened].answer is None


def test_what_is_saved_tells_nothing_about_right_and_wrong(sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    right = save(me, attempt, item, sitting.fields("single_choice")).json
    wrong = save(me, attempt, item, sitting.fields("single_choice", "wrong", revision=1)).json
    assert set(right) == {"revision", "saved", "answered"}
    assert {**right, "revision": 0} == {**wrong, "revision": 0}


def test_the_same_writer_always_supersedes_itself(app, sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["short_answer"]
    attempt = start(me, sitting)
    for text in ("one", "two", "three"):
        fields = sitting.fields("short_answer") | {f"answer-{item}": text}
        assert save(me, attempt, item, fields).status_code == 200
    row = stored_answers(app, attempt)[item]
    assert (row.answer, row.revision) == ({"text": "three"}, 3)


def test_two_tabs_never_silently_overwrite_each_other(app, sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    assert save(me, attempt, item, sitting.fields("single_choice", writer="tab-a")).status_code == 200
    refused = save(me, attempt, item, sitting.fields("single_choice", "wrong", writer="tab-b"))
    assert refused.status_code == 409
    clash = refused.json["clash"]
    assert (clash["kept"], clash["sent"], clash["revision"]) == (["Option 1"], ["Option 2"], 1)
    assert stored_answers(app, attempt)[item].answer == {"choice": "k1"}
    chosen = sitting.fields("single_choice", "wrong", writer="tab-b", revision=1)
    assert save(me, attempt, item, chosen).status_code == 200
    assert stored_answers(app, attempt)[item].answer == {"choice": "k2"}


def test_two_tabs_that_say_the_same_do_not_clash(sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    save(me, attempt, item, sitting.fields("single_choice", writer="tab-a"))
    assert save(me, attempt, item, sitting.fields("single_choice", writer="tab-b")).status_code == 200


def test_a_flag_is_no_answer_and_makes_no_clash(app, sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    page = f"/attempts/{attempt}/questions/1"
    flag = {"writer": "w1", f"revision-{item}": "0", f"flag-{item}": "1"}
    assert me.post(page, data=flag).headers["Location"].endswith("/questions/1")
    assert stored_answers(app, attempt)[item].flagged
    assert "Flagged" in me.get(page).get_data(as_text=True)
    me.post(page, data=flag | {f"flag-{item}": "0"})
    assert not stored_answers(app, attempt)[item].flagged


def test_without_javascript_a_clash_shows_both_answers_and_lets_the_student_choose(app, sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["evidence"]
    attempt = start(me, sitting)
    number = list(sitting.items).index("evidence") + 1
    page = f"/attempts/{attempt}/questions/{number}"
    there = sitting.fields("evidence", writer="tab-a") | {f"answer-{item}": [str(sitting.sentences[0])]}
    here = sitting.fields("evidence", writer="tab-b")
    assert me.post(page, data=there | {"go": "next"}).status_code == 303
    refused = me.post(page, data=here | {"go": "next"})
    shown = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert "voted on Tuesday" in shown
    assert "4.5 million" in shown
    assert f'name="revision-{item}" value="1"' in shown
    assert f'name="answer-{item}" value="{sitting.sentences[3]}"' in shown
    assert me.post(page, data=here | {f"revision-{item}": "1"}).status_code == 303
    assert stored_answers(app, attempt)[item].answer == {"sentences": [sitting.sentences[3]]}


def test_what_cannot_be_kept_comes_back_as_it_was_typed(app, sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["short_answer"]
    attempt = start(me, sitting)
    number = list(sitting.items).index("short_answer") + 1
    long = "no end to it " * 60
    fields = sitting.fields("short_answer") | {f"answer-{item}": long}
    refused = me.post(f"/attempts/{attempt}/questions/{number}", data=fields)
    assert refused.status_code == 422
    assert long.strip() in refused.get_data(as_text=True)
    assert "500 characters" in refused.get_data(as_text=True)
    assert "500 characters" in save(me, attempt, item, fields).json["error"]
    assert stored_answers(app, attempt)[item].answer is None


@pytest.mark.parametrize("name", sorted(TYPES))
def test_no_type_keeps_what_no_page_of_ours_sends(app, sit, people, sign_in, name):
    sitting = sit(None, None, (name,))
    me, item = sign_in(people.student), sitting.items[name]
    attempt = start(me, sitting)
    assert save(me, attempt, item, sitting.fields(name, "refused")).status_code == 422
    assert stored_answers(app, attempt)[item].answer is None


def test_all_questions_on_one_page_are_saved_by_one_button(app, sit, people, sign_in, count_statements):
    sitting = sit(DeliveryRules(layout="all"))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    form = {}
    for name in sitting.items:
        form |= sitting.fields(name)
    with count_statements() as seen:
        answer = me.post(f"/attempts/{attempt}/responses", data=form | {"go": "check"})
    assert answer.headers["Location"].endswith(f"/attempts/{attempt}/check")
    assert len(seen) <= 4 + len(form)
    assert seen.commits == 1
    kept = stored_attempt(app, attempt)
    assert (kept["points"], kept["ungraded"]) == ((len(TYPES) - 1) * POINT, 1)
    assert all(row.answer for row in stored_answers(app, attempt).values())


def test_what_a_script_gathers_is_saved_in_one_request(app, sitting, people, sign_in, count_statements):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    save(me, attempt, sitting.items["true_false"], sitting.fields("true_false", writer="elsewhere"))
    form = (
        sitting.fields("single_choice") | sitting.fields("true_false", "wrong") | sitting.fields("numeric", "refused")
    )
    with count_statements() as seen:
        answer = me.post(f"/attempts/{attempt}/responses", data=form, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    told = {name: answer.json["items"][str(sitting.items[name])] for name in ("single_choice", "true_false", "numeric")}
    assert told["single_choice"]["revision"] == 1
    assert told["true_false"]["clash"]["kept"] == ["False"]
    assert "60 characters" in told["numeric"]["error"]
    assert len(seen) <= 4
    assert stored_attempt(app, attempt)["points"] == 2 * POINT


def test_one_refused_answer_does_not_lose_the_others(app, sit, people, sign_in):
    sitting = sit(DeliveryRules(layout="all"), None, ("single_choice", "short_answer"))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    form = sitting.fields("single_choice") | sitting.fields("short_answer", "refused")
    refused = me.post(f"/attempts/{attempt}/responses", data=form)
    assert refused.status_code == 422
    assert "x" * 501 in refused.get_data(as_text=True)
    assert stored_answers(app, attempt)[sitting.items["single_choice"]].answer == {"choice": "k1"}


def test_a_save_asks_four_statements_and_commits_once(sitting, people, sign_in, count_statements):
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    me.get(f"/attempts/{attempt}/check")  # from now on this process remembers the questions
    with count_statements() as seen:
        save(me, attempt, item, sitting.fields("single_choice"))
    assert len(seen) <= 4
    assert seen.commits == 1


def test_until_ten_seconds_after_the_end_a_save_is_taken_and_recorded_at_the_end(app, sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=60))
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    end = clock.forward(seconds=60)
    clock.forward(seconds=10.9)
    assert save(me, attempt, item, sitting.fields("single_choice")).status_code == 200
    assert stored_answers(app, attempt)[item].saved_at == end
    clock.set(end)
    clock.forward(seconds=11)
    late = save(me, attempt, item, sitting.fields("single_choice", "wrong", revision=1))
    assert late.status_code == 409
    assert late.json["over"].endswith(f"/attempts/{attempt}/result")
    assert stored_answers(app, attempt)[item].answer == {"choice": "k1"}


def test_the_close_ends_an_attempt_before_its_limit(sit, people, sign_in, clock):
    closes = clock.now()
    sitting = sit(DeliveryRules(time_limit_seconds=3600), Dates(None, None, closes))
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    clock.forward(seconds=11)
    assert save(me, attempt, item, sitting.fields("single_choice")).status_code == 409
    page = me.post(f"/attempts/{attempt}/questions/1", data=sitting.fields("single_choice"))
    assert page.status_code == 409
    assert "Time is up" in page.get_data(as_text=True)


def test_after_handing_in_nothing_changes(app, sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    me.post(f"/attempts/{attempt}/submission")
    assert save(me, attempt, item, sitting.fields("single_choice")).status_code == 409
    page = me.post(f"/attempts/{attempt}/questions/1", data=sitting.fields("single_choice"))
    assert "Handed in already" in page.get_data(as_text=True)
    assert stored_answers(app, attempt)[item].answer is None


@pytest.mark.parametrize("who", ["stranger", "classmate", "instructor", "other_student"])
def test_nobody_else_can_save(app, sitting, people, sign_in, who):
    item = sitting.items["single_choice"]
    attempt = start(sign_in(people.student), sitting)
    them = sign_in(getattr(people, who))
    assert save(them, attempt, item, sitting.fields("single_choice")).status_code == 404
    assert them.post(f"/attempts/{attempt}/questions/1", data=sitting.fields("single_choice")).status_code == 404
    assert them.post(f"/attempts/{attempt}/responses", data=sitting.fields("single_choice")).status_code == 404
    assert stored_answers(app, attempt)[item].answer is None


def test_an_item_that_is_not_in_the_attempt_is_not_found(sitting, people, sign_in):
    me = sign_in(people.student)
    attempt = start(me, sitting)
    assert save(me, attempt, 99_999, sitting.fields("single_choice")).status_code == 404
    assert me.post(f"/attempts/{attempt}/responses", data={"writer": "w1"}).status_code == 404


def test_an_archived_class_saves_nothing(app, sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    with app.app_context():
        archive_section(people.instructor.id, people.section)
        commit()
    assert save(me, attempt, item, sitting.fields("single_choice")).status_code == 403


def test_saving_needs_the_security_token(sitting, people, sign_in):
    me, item = sign_in(people.student), sitting.items["single_choice"]
    attempt = start(me, sitting)
    address = f"/attempts/{attempt}/responses/{item}"
    assert me.post(address, data=sitting.fields("single_choice"), csrf=False).status_code == 400
