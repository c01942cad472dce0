"""Fill the blanks: gaps in a text, typed, from a list or from a bank; and a form whose rows follow the text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.points import FRACTION_ONE
from quizzes.question_types.base import ANSWER_KEY_LENGTH, AnswerRefusedError
from quizzes.question_types.blanks import Blanks
from quizzes.question_types.gaps import MOST_GAPS, BlanksContent, Gap, Word, insides
from tests.quizzes.samples import word_key
from tests.quizzes.sitting import save, start, stored_answers
from tests.support.question_forms import FORMS, add_question_of, content_of, item_of

BLANKS = Blanks()
HALF = FRACTION_ONE // 2
TYPED = BlanksContent(
    "Signed in [[1953|in 1953]] at [[Pan*]],\nby [[three]] sides.",
    (
        Gap("a", also=(Word("the fifties", HALF),), feedback="Read ¶ 4."),
        Gap("b"),
        Gap("c", wrong=(Word("two", 0), Word("four", FRACTION_ONE // 4)), weight=2),
    ),
)
BANK = BlanksContent("A [[cat]] and a [[dog]].", (Gap("a"), Gap("b")), bank=True, extra=("cow",))


def filled(content: BlanksContent, **words: str) -> Any:
    return BLANKS.parse_answer(content, {key: [word] for key, word in words.items()})


@pytest.mark.parametrize(
    ("words", "quarters"),
    [
        ({"a": "1953", "b": "Panmunjom", "c": "three"}, 4),
        ({"a": " In  1953. ", "b": "PANMUNJEOM", "c": "three"}, 4),
        ({"a": "the fifties", "b": "Seoul", "c": "two"}, 0.5),
        ({"a": "1951", "b": "Pan", "c": "four"}, 1.5),
        ({"c": "three"}, 2),
        ({"a": "1953"}, 1),
        ({}, 0),
    ],
)
def test_the_weighted_mean_of_the_gaps_counts(words: dict[str, str], quarters: float) -> None:
    sent = {key: word_key(word) if key == "c" else word for key, word in words.items()}
    assert BLANKS.grade(TYPED, filled(TYPED, **sent)) == int(FRACTION_ONE * quarters / 4)


@given(st.lists(st.tuples(st.integers(1, 100), st.booleans()), min_size=1, max_size=MOST_GAPS), st.randoms())
def test_a_fraction_is_never_outside_and_the_order_of_gaps_makes_no_difference(gaps: Any, random: Any) -> None:
    """Gaps come and go together with their words in the text."""
    rows = [(f"word{at}", Gap(f"g{at}", weight=weight), right) for at, (weight, right) in enumerate(gaps)]
    turned = random.sample(rows, len(rows))
    grades = []
    for order in (rows, turned):
        text = " ".join(f"[[{word}]]" for word, _gap, _right in order)
        content = BlanksContent(text, tuple(gap for _word, gap, _right in order))
        answer = filled(content, **{gap.key: word if right else "else" for word, gap, right in order})
        grades.append((BLANKS.grade(content, answer), BLANKS.answer_key(content, answer)))
    assert grades[0] == grades[1]
    assert 0 <= grades[0][0] <= FRACTION_ONE
    assert (grades[0][0] == FRACTION_ONE) == all(right for _weight, right in gaps)


@given(st.lists(st.text(min_size=1, max_size=200), min_size=MOST_GAPS, max_size=MOST_GAPS))
def test_a_key_is_never_too_long_and_has_a_part_for_each_gap(words: list[str]) -> None:
    content = BlanksContent("[[x]] " * MOST_GAPS, tuple(Gap(f"gap{at:03}") for at in range(MOST_GAPS)))
    answer = filled(content, **{gap.key: word for gap, word in zip(content.gaps, words, strict=True)})
    if answer:
        key = BLANKS.answer_key(content, answer)
        assert len(key) <= ANSWER_KEY_LENGTH
        assert len(BLANKS.key_parts(content, key)) == len(answer["gaps"])
        assert all(BLANKS.part_in_words(content, part).startswith("Gap ") for part in BLANKS.key_parts(content, key))


def test_the_same_answer_has_the_same_key_and_results_name_what_was_wrong() -> None:
    one = filled(TYPED, a="1953.", b="Pusan")
    other = filled(TYPED, a=" 1953", b="pusan ")
    assert BLANKS.answer_key(TYPED, one) == BLANKS.answer_key(TYPED, other) == "a~1953;b~pusan"
    assert BLANKS.key_parts(TYPED, "a~1953;b~pusan") == [f"a={word_key('1953')}", "b~pusan"]
    assert BLANKS.part_in_words(TYPED, "b~pusan") == "Gap 2: pusan"
    assert BLANKS.part_in_words(TYPED, f"c={word_key('two')}") == "Gap 3: two"
    assert [row.text for row in BLANKS.option_rows(TYPED)] == [
        "Gap 1: 1953", "Gap 1: in 1953", "Gap 1: the fifties", "Gap 2: Pan*", "Gap 3: three", "Gap 3: four",
    ]  # fmt: skip


def test_a_list_and_a_bank_offer_their_words_and_take_no_other() -> None:
    public = BLANKS.public_content(TYPED)
    assert [len(gap["choices"]) for gap in public["gaps"]] == [0, 0, 3]
    bank = BLANKS.public_content(BANK)
    assert sorted(option["text"] for option in bank["options"]) == ["cat", "cow", "dog"]
    assert [gap["choices"] for gap in bank["gaps"]] == [bank["options"]] * 2
    for content, sent in ((TYPED, {"c": "three"}), (BANK, {"a": "cat"}), (TYPED, {"a": "x" * 201})):
        with pytest.raises(AnswerRefusedError):
            filled(content, **sent)


def test_the_text_is_cut_at_its_gaps_and_shown_again_with_what_was_given() -> None:
    assert BLANKS.public_content(TYPED)["pieces"] == ["Signed in ", " at ", ",\nby ", " sides."]
    parts = BLANKS.answer_parts(TYPED, filled(TYPED, a="1953", b="Pusan"))
    assert [(part.asked, part.given, part.right) for part in parts] == [
        ("Signed in ", "1953", True), (" at ", "Pusan", False), (",\nby ", "", False), (" sides.", "", None),
    ]  # fmt: skip
    assert BLANKS.feedback_for(TYPED, filled(TYPED, a="1951")) == ["Read ¶ 4."]


@pytest.fixture
def quiz(people: Any, sign_in: Any, reading: Any) -> int:
    made = sign_in(people.instructor).post(f"/articles/{reading.article}/quizzes/new", data={"title": "Gaps"})
    return int(made.location.rsplit("/", 1)[1])


def test_rows_follow_the_gaps_when_the_text_changes(app, people, sign_in, quiz) -> None:
    teacher = sign_in(people.instructor)
    item = item_of(add_question_of(teacher, quiz, "blanks"))
    before = content_of(app, item)
    assert [(gap.weight, [word.text for word in gap.wrong]) for gap in before.gaps] == [
        (1, []),
        (3, ["autumn", "winter"]),
    ]
    assert [word.fraction for word in before.gaps[1].wrong] == [0, FRACTION_ONE // 4]
    form = {"stem": "Fill", "points": "1", "seen": "1", **FORMS["blanks"]}
    for at, (gap, word) in enumerate(zip(before.gaps, insides(before.text), strict=True)):
        form |= {f"gaps-{at}-key": gap.key, f"gaps-{at}-word": word}
    form["gapped_text"] = "In [[spring]] the [[town]] built the [[new bridge|bridge]]."
    shown = teacher.post(f"/quizzes/{quiz}/questions/{item}", data=form | {"action": "show"}).text
    assert shown.index("autumn") < shown.index("a bridge = 50 %")
    assert teacher.post(f"/quizzes/{quiz}/questions/{item}", data=form).status_code == 303
    after = content_of(app, item)
    first, second = before.gaps
    assert [after.gaps[0], after.gaps[2]] == [second, first]
    assert after.gaps[1].key not in (first.key, second.key)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"gapped_text": "No gap at all."}, "gapped_text", "Put the words to be found in double brackets"),
        ({"gapped_text": "One [[gap."}, "gapped_text", "One of them is missing."),
        ({"gapped_text": "An empty [[ ]] gap."}, "gapped_text", "Write the right word between [[ and ]]."),
        ({"gapped_text": "[[a]] " * 13}, "gapped_text", "Keep to 12 gaps at most."),
        ({"gapped_text": "[[a]]" * 100_000}, "gapped_text", "Keep the text to 5000 characters."),
        ({"gaps-0-also": "a = 150 %"}, "gaps-0-also", "Write one a line"),
        ({"gaps-1-wrong": "Spring"}, "gaps-1-wrong", "“Spring” is right as well."),
        ({"gaps-1-weight": "0"}, "gaps-1-weight", "Give a weight from 1 to 100."),
        ({"gaps-1-weight": "-1"}, "gaps-1-weight", "Write a whole number"),
        ({"mode": "bank", "gapped_text": "[[One]].", "gaps-1-wrong": "", "gaps-0-also": ""}, "extra", "one word more"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    people, sign_in, quiz, changes: dict[str, str], field: str, message: str
) -> None:
    answer = add_question_of(sign_in(people.instructor), quiz, "blanks", **changes)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert answer.text.count(message) == 2
    for value in changes.values():
        assert value.strip() in answer.text


def test_a_student_fills_the_gaps_and_sees_them_marked(app, sit, people, sign_in) -> None:
    sitting = sit(None, None, ("blanks",))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    page = me.get(f"/attempts/{attempt}/questions/1").text
    assert 'aria-label="Gap 1 of 2"' in page
    assert "Word bank" in page
    item = sitting.items["blanks"]
    fields = {"writer": "w1", f"revision-{item}": "0", f"answer-{item}.g1": word_key("bridge")}
    save(me, attempt, item, fields)
    assert stored_answers(app, attempt)[item].answer == {"gaps": {"g1": "bridge"}}
    assert "Question 1: One of two gaps is empty" in me.get(f"/attempts/{attempt}/check").text
    me.post(f"/attempts/{attempt}/submission")
    result = me.get(f"/attempts/{attempt}/result").text
    assert result.count("filled-gap ok") == 1
    assert result.count("filled-gap no") == 1
