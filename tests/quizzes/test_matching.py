"""Matching: pairs, their share, and forms that keep the two keys of a pair apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.points import FRACTION_ONE
from quizzes.question_types.base import AnswerRefusedError
from quizzes.question_types.matching import Matching, MatchingContent, Pair
from tests.quizzes.sitting import save, start, stored_answers
from tests.support.question_forms import FORMS, add_question_of, content_of, item_of

MATCHING = Matching()
PAIRS = MatchingContent((
    Pair("p1", "Kim", "a1", "North Korea", "Read ¶ 3."),
    Pair("p2", "Putin", "a2", "Russia"),
    Pair("p3", "Lavrov", "a2", "Russia"),
    Pair("", "", "a3", "Ukraine"),
))  # fmt: skip


def answer(**pairs: str) -> dict[str, list[str]]:
    return {key: [value] for key, value in pairs.items()}


@pytest.mark.parametrize(
    ("pairs", "thirds"),
    [
        ({"p1": "a1", "p2": "a2", "p3": "a2"}, 3),
        ({"p1": "a1", "p2": "a2", "p3": "a3"}, 2),
        ({"p1": "a1"}, 1),
        ({"p1": "a2", "p2": "a1", "p3": "a1"}, 0),
        ({"p2": "a2", "p3": "a2"}, 2),
    ],
)
def test_the_share_of_right_pairs_counts(pairs: dict[str, str], thirds: int) -> None:
    given_answer = MATCHING.parse_answer(PAIRS, answer(**pairs))
    assert MATCHING.grade(PAIRS, given_answer) == (2 * FRACTION_ONE * thirds + 3) // 6


@given(
    st.dictionaries(st.sampled_from(["p1", "p2", "p3"]), st.sampled_from(["a1", "a2", "a3"])), st.permutations(range(4))
)
def test_the_grade_and_the_key_are_the_same_however_the_pairs_stand(pairs: dict[str, str], order: list[int]) -> None:
    turned = MatchingContent(tuple(PAIRS.pairs[at] for at in order))
    one, other = (MATCHING.parse_answer(content, answer(**pairs)) for content in (PAIRS, turned))
    assert MATCHING.grade(PAIRS, one) == MATCHING.grade(turned, other)
    assert 0 <= MATCHING.grade(PAIRS, one) <= FRACTION_ONE
    if one and other:
        assert MATCHING.answer_key(PAIRS, one) == MATCHING.answer_key(turned, other)


def test_what_is_missing_is_said_and_parts_say_what_is_right(app) -> None:
    partly = MATCHING.parse_answer(PAIRS, answer(p1="a1", p2="a3"))
    assert partly is not None
    with app.test_request_context():
        assert MATCHING.remark(PAIRS, partly) == "One of three has no answer yet"
    parts = MATCHING.answer_parts(PAIRS, partly)
    assert [(part.asked, part.given, part.right) for part in parts] == [
        ("Kim", "North Korea", True),
        ("Putin", "Ukraine", False),
        ("Lavrov", "", False),
    ]
    assert MATCHING.answer_lines(PAIRS, partly) == ["Kim → North Korea", "Putin → Ukraine"]
    assert MATCHING.feedback_for(PAIRS, partly) == ["Read ¶ 3."]


def test_results_name_the_wrong_pairs() -> None:
    assert MATCHING.part_in_words(PAIRS, "p2>a3") == "Putin → Ukraine"
    assert MATCHING.part_in_words(PAIRS, "gone>a3") == "… → Ukraine"


@pytest.mark.parametrize("sent", ["p1", "a9", "North Korea"])
def test_an_answer_that_is_not_on_the_page_is_refused(sent: str) -> None:
    with pytest.raises(AnswerRefusedError):
        MATCHING.parse_answer(PAIRS, answer(p1=sent))


@pytest.fixture
def quiz(people: Any, sign_in: Any, reading: Any) -> int:
    made = sign_in(people.instructor).post(f"/articles/{reading.article}/quizzes/new", data={"title": "Pairs"})
    return int(made.location.rsplit("/", 1)[1])


def test_one_answer_for_two_prompts_has_one_key_and_no_prompt_has_it(app, people, sign_in, quiz) -> None:
    teacher = sign_in(people.instructor)
    shared = {"pairs-2-prompt": "The mayor", "pairs-2-answer": " Leads  the council "}
    content = content_of(app, item_of(add_question_of(teacher, quiz, "matching", **shared)))
    lund, fisherman, mayor, nobody = content.pairs
    assert lund.answer_key == mayor.answer_key
    keys = [lund.answer_key, fisherman.answer_key, nobody.answer_key, *(pair.key for pair in content.pairs)]
    assert len(set(keys)) == len(keys)


def test_an_edit_keeps_the_keys_and_parts_answers_that_differ_now(app, people, sign_in, quiz) -> None:
    teacher = sign_in(people.instructor)
    shared = {"pairs-2-prompt": "The mayor", "pairs-2-answer": "leads the council"}
    item = item_of(add_question_of(teacher, quiz, "matching", **shared))
    before = content_of(app, item).pairs
    form = {"stem": "Who?", "points": "1", "seen": "1", **FORMS["matching"], **shared, "pairs-2-answer": "chairs it"}
    for at, pair in enumerate(before):
        form |= {f"pairs-{at}-key": pair.key, f"pairs-{at}-answer_key": pair.answer_key}
    form |= {"pairs-3-key": before[3].key, "pairs-3-answer_key": before[3].answer_key}
    assert teacher.post(f"/quizzes/{quiz}/questions/{item}", data=form).status_code == 303
    after = content_of(app, item).pairs
    assert [pair.key for pair in after] == [pair.key for pair in before]
    assert [pair.answer_key for pair in after[:2]] == [pair.answer_key for pair in before[:2]]
    assert after[2].answer_key not in {pair.answer_key for pair in before}


def test_the_page_holds_both_sides_and_not_who_belongs_to_whom(app, sit, people, sign_in) -> None:
    sitting = sit(None, None, ("matching",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    page = me.get(f"/attempts/{attempt}/questions/1").text
    assert page.count("<select") == 3
    assert page.count('<option value="a1"') == 3
    assert page.index('value="a3"') < page.index('value="a2"') or page.index('value="a2"') < page.index('value="a1"')
    item = sitting.items["matching"]
    save(me, attempt, item, sitting.fields("matching", "wrong"))
    assert stored_answers(app, attempt)[item].answer_key == "p1>a2,p2>a3"
    page = me.get(f"/attempts/{attempt}/questions/1").text
    assert page.count(" selected>") == 2
    check = me.get(f"/attempts/{attempt}/check").text
    assert "Question 1: One of three has no answer yet" in check
    assert "The pact → 1950" in check
