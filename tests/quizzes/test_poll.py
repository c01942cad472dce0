"""Polls: answered or not, never right or wrong."""

from __future__ import annotations

import pytest

from core.points import FRACTION_ONE, POINT
from quizzes.deliveries import DeliveryRules
from quizzes.question_types.base import Json
from quizzes.question_types.options import Option
from quizzes.question_types.poll import Poll, PollContent
from quizzes.questions import CheckedItem, problems_of
from tests.quizzes.sitting import save, start, stored_answers, stored_attempt
from tests.support.question_forms import add_question_of, item_of

AT_ONCE = dict.fromkeys(("release_score", "release_correctness", "release_feedback", "release_key"), "at_once")
POLL = Poll()
ONE = PollContent((Option("a", "Yes"), Option("b", "No"), Option("c", "Cannot say")))
SEVERAL = PollContent(ONE.options, several=True)


@pytest.mark.parametrize(
    ("content", "sent", "answer"),
    [
        (ONE, ["b"], {"choices": ["b"]}),
        (ONE, ["a", "b"], {"choices": ["b"]}),
        (SEVERAL, ["c", "a", "a"], {"choices": ["a", "c"]}),
        (SEVERAL, [""], None),
    ],
)
def test_one_or_several_options_are_kept(content: PollContent, sent: list[str], answer: Json | None) -> None:
    assert POLL.parse_answer(content, {"answer": sent}) == answer
    assert POLL.grade(content, answer) == (FRACTION_ONE if answer else 0)


def test_it_may_be_worth_no_points_and_other_types_may_not() -> None:
    free = CheckedItem(1, 1, "poll", "What do you think?", 0, POLL.write(ONE))
    assert problems_of([free]) == []
    asked = CheckedItem(2, 2, "true_false", "Is it so?", 0, {"right": True})
    assert [problem.field for problem in problems_of([asked])] == ["points"]


def test_a_poll_of_no_points_is_written_and_an_empty_field_is_refused(people, sign_in, reading) -> None:
    teacher = sign_in(people.instructor)
    quiz = int(
        teacher.post(f"/articles/{reading.article}/quizzes/new", data={"title": "Polls"}).location.rsplit("/", 1)[1]
    )
    refused = add_question_of(teacher, quiz, "poll", points="")
    assert refused.status_code == 422
    assert refused.text.count("Write what answering is worth, or 0.") == 2
    item = item_of(add_question_of(teacher, quiz, "poll", points="0"))
    page = teacher.get(f"/quizzes/{quiz}/questions/{item}").text
    assert "whatever the answer; 0 for none" in page


def test_answering_earns_the_points_and_the_result_calls_nothing_right_or_missed(app, sit, people, sign_in) -> None:
    sitting = sit(DeliveryRules(**AT_ONCE), None, ("poll", "true_false"))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    page = me.get(f"/attempts/{attempt}/questions/1").text
    assert "There is no right or wrong answer here." in page
    save(me, attempt, sitting.items["poll"], sitting.fields("poll", "wrong"))
    assert stored_answers(app, attempt)[sitting.items["poll"]].points == POINT
    me.post(f"/attempts/{attempt}/submission")
    assert stored_attempt(app, attempt)["points"] == POINT
    result = me.get(f"/attempts/{attempt}/result").text
    poll = result.split('id="q1"')[1].split('id="q2"')[0]
    assert "You chose" in poll
    assert 'class="state' not in poll
    assert "would have been right" not in poll


def test_the_class_page_leaves_a_poll_out_of_what_was_missed(app, sit, people, sign_in) -> None:
    sitting = sit(DeliveryRules(**AT_ONCE), None, ("poll",))
    for person in (people.student, people.classmate):
        me = sign_in(person)
        attempt = start(me, sitting)
        save(me, attempt, sitting.items["poll"], sitting.fields("poll", "wrong"))
        me.post(f"/attempts/{attempt}/submission")
    page = sign_in(people.instructor).get(f"/readings/{sitting.assignment}/results").text
    assert "A poll: most chose “Option 1” (2 of 2)." in page
    assert "Common miss" not in page
    assert "of points lost" not in page
