"""Ordering: two rules, numbers and buttons, and an order that is untouched until somebody touches it."""

from __future__ import annotations

from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.points import FRACTION_ONE
from quizzes.deliveries import DeliveryRules
from quizzes.layout import PlacedItem, make_layout
from quizzes.question_types.base import AnswerFields, AnswerRefusedError
from quizzes.question_types.ordering import ADJACENT, EXACT, Ordering, OrderingContent, Step
from tests.quizzes.sitting import save, start, stored_answers

ORDERING = Ordering()
STEPS = tuple(Step(key, f"Step {key}") for key in "abcd")
RULES = {rule: OrderingContent(STEPS, rule) for rule in (EXACT, ADJACENT)}


def numbered(order: str, shown: str = "cadb") -> AnswerFields:
    """What a form sends when the steps are numbered in this order; "." leaves a number out."""
    places = {key: [str(place)] for place, key in enumerate(order, 1) if key != "."}
    return {"answer": list(shown), **places}


def fraction(rule: str, fields: AnswerFields) -> int:
    return ORDERING.grade(RULES[rule], ORDERING.parse_answer(RULES[rule], fields))


@pytest.mark.parametrize(
    ("order", "exact", "thirds"),
    [
        ("abcd", FRACTION_ONE, 3),
        ("bcda", 0, 2),
        ("cdab", 0, 2),
        ("acbd", 0, 0),
        ("dcba", 0, 0),
        ("abdc", 0, 1),
        ("ab..", 0, 1),
        ("..cd", 0, 1),
        ("a.cd", 0, 1),
        ("....", 0, 0),
    ],
)
def test_both_rules(order: str, exact: int, thirds: int) -> None:
    assert fraction(EXACT, numbered(order)) == exact
    assert fraction(ADJACENT, numbered(order)) == (2 * FRACTION_ONE * thirds + 3) // 6


def test_every_order_earns_the_share_of_its_neighbours_and_only_one_all_points() -> None:
    whole = []
    for order in map("".join, permutations("abcd")):
        neighbours = sum(one + other in "abcd" for one, other in pairwise(order))
        assert fraction(ADJACENT, numbered(order)) == (2 * FRACTION_ONE * neighbours + 3) // 6
        whole += [order] if fraction(EXACT, numbered(order)) == FRACTION_ONE else []
    assert whole == ["abcd"]


@given(
    st.permutations("abcd"),
    st.permutations("abcd"),
    st.lists(st.sampled_from(["", "1", "2", "3", "4"]), min_size=4, max_size=4),
)
def test_the_grade_does_not_depend_on_how_the_steps_were_shown(
    one: list[str], other: list[str], numbers: list[str]
) -> None:
    places = {key: [number] for key, number in zip("abcd", numbers, strict=True)}
    for rule in RULES:
        shown_so, shown_otherwise = ({"answer": shown, **places} for shown in (one, other))
        assert fraction(rule, shown_so) == fraction(rule, shown_otherwise)
        assert 0 <= fraction(rule, shown_so) <= FRACTION_ONE


def test_the_order_shown_is_no_answer_until_it_is_touched_or_kept() -> None:
    content = RULES[EXACT]
    assert ORDERING.parse_answer(content, {"answer": list("cadb")}) is None
    kept = ORDERING.parse_answer(content, {"answer": list("cadb"), "move": ["keep"]})
    assert kept == {"order": [["c", 1], ["a", 2], ["d", 3], ["b", 4]]}


@pytest.mark.parametrize(
    ("fields", "order"),
    [
        ({"answer": list("cadb"), "move": ["a:up"]}, "acdb"),
        ({"answer": list("cadb"), "move": ["a:down"]}, "cdab"),
        ({"answer": list("cadb"), "move": ["c:up"]}, "cadb"),
        ({"answer": list("cadb"), "move": ["b:down"]}, "cadb"),
        ({**numbered("abcd"), "move": ["c:up"]}, "acbd"),
        ({**numbered("b..."), "move": ["b:down"]}, "cbad"),
        ({"move": ["keep"], "d": ["1"], "c": ["1"], "answer": list("cadb")}, "cdab"),
    ],
)
def test_a_button_moves_what_stands_on_the_page(fields: AnswerFields, order: str) -> None:
    answer = ORDERING.parse_answer(RULES[EXACT], fields)
    assert answer is not None
    assert "".join(key for key, _place in answer["order"]) == order
    assert [place for _key, place in answer["order"]] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "fields",
    [
        {"a": ["0"]},
        {"a": ["5"]},
        {"a": ["first"]},
        {"a": ["٢"]},
        {"answer": ["e"]},
        {"move": ["e:up"]},
        {"move": ["a:top"]},
    ],
)
def test_what_no_page_sends_is_refused(fields: AnswerFields) -> None:
    with pytest.raises(AnswerRefusedError):
        ORDERING.parse_answer(RULES[EXACT], fields)


def test_two_of_a_number_and_missing_numbers_are_remarked(app) -> None:
    content = RULES[ADJACENT]
    twice = ORDERING.parse_answer(content, {"a": ["2"], "b": ["2"]})
    some = ORDERING.parse_answer(content, numbered("ab.."))
    whole = ORDERING.parse_answer(content, numbered("dcba"))
    assert twice is not None
    assert some is not None
    assert whole is not None
    with app.test_request_context():
        assert ORDERING.remark(content, twice) == "The number 2 is there twice"
        assert ORDERING.remark(content, some) == "Two of four have no number yet"
        assert ORDERING.remark(content, whole) is None


def test_no_attempt_starts_in_the_right_order_even_where_nothing_is_shuffled() -> None:
    for seed in range(200):
        item = PlacedItem(1, 1, 1, ("a", "b", "c"), mixed=True)
        row = make_layout([item], Random(seed), questions=False, options=bool(seed % 2))[0]
        assert sorted(row["options"]) == ["a", "b", "c"]
        assert row["options"] != ["a", "b", "c"]


def test_without_a_script_a_button_moves_a_row_and_comes_back_to_the_question(app, sitting, people, sign_in) -> None:
    me = sign_in(people.student)
    attempt = start(me, sitting)
    item = sitting.items["ordering"]
    number = list(sitting.items).index("ordering") + 1
    page = me.get(f"/attempts/{attempt}/questions/{number}").text
    assert "Not ordered yet. They stand here by chance." in page
    sent = {"writer": "w1", f"revision-{item}": "0", f"answer-{item}": ["s3", "s1", "s4", "s2"]}
    answer = me.post(f"/attempts/{attempt}/questions/{number}", data=sent | {f"answer-{item}.move": "s1:up"})
    assert answer.status_code == 303
    assert answer.location.endswith(f"/attempts/{attempt}/questions/{number}")
    assert stored_answers(app, attempt)[item].answer == {"order": [["s1", 1], ["s3", 2], ["s4", 3], ["s2", 4]]}
    page = me.get(answer.location).text.partition("data-ordering")[2]
    assert page.index("The vote") < page.index("The bridge") < page.index("The feast") < page.index("The plan")
    assert page.count("data-unordered hidden") == 1


def test_a_button_that_moves_a_row_hands_nothing_in_where_the_quiz_is_tried_out_or_tried_again(
    app, sit, people, sign_in
) -> None:
    sitting = sit(DeliveryRules(second_try_percent=50), None, ("ordering",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    item = sitting.items["ordering"]
    save(me, attempt, item, sitting.fields("ordering", "wrong"))
    me.post(f"/attempts/{attempt}/submission")
    form = {f"answer-{item}": ["s3", "s1", "s4", "s2"], f"answer-{item}.move": "s1:up"}
    teacher = sign_in(people.instructor)
    for client, address in (
        (me, f"/attempts/{attempt}/second-tries/{item}"),
        (teacher, f"/quizzes/{sitting.quiz}/preview"),
    ):
        answer = client.post(address, data=form)
        assert answer.status_code == 200
        rows = answer.text.partition("data-ordering")[2]
        assert rows.index("The vote") < rows.index("The bridge") < rows.index("The feast") < rows.index("The plan")
        assert "Partly right" not in answer.text
    assert "Reread and try once more" in me.get(f"/attempts/{attempt}/result").text


def test_the_result_marks_each_place_once_that_is_released(sit, people, sign_in) -> None:
    for release, marks in (("at_once", 2), ("never", 0)):
        rules = DeliveryRules(release_score="at_once", release_correctness=release, attempts_allowed=None)
        sitting = sit(rules, None, ("ordering",))
        me = sign_in(people.student)
        attempt = start(me, sitting)
        item = sitting.items["ordering"]
        fields = {"writer": "w1", f"revision-{item}": "0", f"answer-{item}.s1": "1", f"answer-{item}.s2": "2"}
        save(me, attempt, item, fields)
        me.post(f"/attempts/{attempt}/submission")
        page = me.get(f"/attempts/{attempt}/result").text.split('id="q1"')[1]
        assert "left out" not in page
        given = page.split('class="bare given"')[1].split("</ul>")[0]
        assert given.count('class="state') == (3 if marks else 0)
