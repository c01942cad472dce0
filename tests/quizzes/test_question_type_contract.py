import json
from typing import Any

import pytest

from core.points import FRACTION_ONE
from quizzes.question_types import TYPES
from quizzes.question_types.base import ANSWER_KEY_LENGTH, AnswerRefusedError
from tests.quizzes.samples import SAMPLES, SECRET

each_type = pytest.mark.parametrize("name", sorted(TYPES))


def content_of(name: str) -> Any:
    return TYPES[name].read(SAMPLES[name].content)


def test_every_type_has_a_sample_and_no_sample_is_left_over() -> None:
    assert set(SAMPLES) == set(TYPES)


@each_type
def test_a_type_is_named_as_in_the_dict_and_has_a_label(name: str) -> None:
    assert TYPES[name].name == name
    assert len(name) <= 30
    assert str(TYPES[name].label)


@each_type
def test_content_survives_the_database_unchanged(name: str) -> None:
    kind, stored = TYPES[name], SAMPLES[name].content
    assert json.loads(json.dumps(kind.write(kind.read(stored)))) == stored


@each_type
def test_a_blank_question_can_be_kept_as_a_draft(name: str) -> None:
    kind = TYPES[name]
    written = json.loads(json.dumps(kind.write(kind.blank())))
    assert kind.write(kind.read(written)) == written
    kind.validate(kind.blank())
    kind.public_content(kind.blank())


@each_type
def test_the_sample_has_no_problems(name: str) -> None:
    assert TYPES[name].validate(content_of(name)) == []


@each_type
def test_what_the_student_gets_holds_neither_key_nor_feedback(name: str) -> None:
    kind, content = TYPES[name], content_of(name)
    for order in (None, list(reversed(kind.option_keys(content)))):
        sent = json.dumps(kind.public_content(content, order))
        assert SECRET not in sent
        assert "fraction" not in sent
        assert "feedback" not in sent


@each_type
def test_what_the_student_gets_does_not_depend_on_which_option_is_right(name: str) -> None:
    kind, stored = TYPES[name], json.loads(json.dumps(SAMPLES[name].content))
    before = kind.public_content(kind.read(stored))
    if "options" in stored:
        options = stored["options"]
        fractions = [option["fraction"] for option in options]
        for option, fraction in zip(options, fractions[1:] + fractions[:1], strict=True):
            option["fraction"] = fraction
    elif "right" in stored:
        stored["right"] = not stored["right"]
    assert kind.public_content(kind.read(stored)) == before


@each_type
def test_the_shuffled_order_is_the_order_shown(name: str) -> None:
    kind, content = TYPES[name], content_of(name)
    order = list(reversed(kind.option_keys(content)))
    if order:
        shown = [option["key"] for option in kind.public_content(content, order)["options"]]
        assert shown == order


@each_type
def test_where_the_order_is_part_of_the_key_nobody_is_shown_the_authors(name: str) -> None:
    kind, content = TYPES[name], content_of(name)
    keys = kind.option_keys(content)
    if kind.mixes:
        shown = [option["key"] for option in kind.public_content(content)["options"]]
        assert sorted(shown) == sorted(keys)
        assert shown != keys


@each_type
def test_the_parts_of_an_answer_are_right_as_far_as_it_is(name: str) -> None:
    kind, content = TYPES[name], content_of(name)
    right, wrong = (kind.parse_answer(content, fields) for fields in (SAMPLES[name].right, SAMPLES[name].wrong))
    assert right is not None
    assert wrong is not None
    parts = kind.answer_parts(content, right)
    assert not any(part.right is False for part in parts)
    assert bool(parts) == any(part.right for part in parts)
    assert not any(part.right for part in kind.answer_parts(content, wrong))


@each_type
def test_an_empty_form_is_no_answer_and_earns_nothing(name: str) -> None:
    kind, content = TYPES[name], content_of(name)
    for fields in (SAMPLES[name].empty, {}, {"answer": []}, {"answer": ["   "]}):
        if name in ("single_choice", "multiple_answers", "evidence", "poll") and fields == {"answer": ["   "]}:
            continue
        answer = kind.parse_answer(content, fields)
        assert answer is None
        assert not kind.is_answered(answer)
        assert kind.grade(content, answer) == 0


@each_type
def test_a_right_answer_earns_everything_and_a_wrong_one_nothing(name: str) -> None:
    kind, content = TYPES[name], content_of(name)
    right = kind.parse_answer(content, SAMPLES[name].right)
    wrong = kind.parse_answer(content, SAMPLES[name].wrong)
    assert right is not None
    assert wrong is not None
    if kind.needs_person:
        assert kind.grade(content, right) is None
    elif not kind.has_key:
        assert kind.grade(content, right) == kind.grade(content, wrong) == FRACTION_ONE
    else:
        assert kind.grade(content, right) == FRACTION_ONE
        assert kind.grade(content, wrong) == 0


@each_type
def test_what_no_page_of_ours_sends_is_refused_with_words(name: str) -> None:
    with pytest.raises(AnswerRefusedError) as refusal:
        TYPES[name].parse_answer(content_of(name), SAMPLES[name].refused)
    assert len(str(refusal.value)) > 10


@each_type
def test_an_answer_survives_the_database_and_has_a_short_key(name: str) -> None:
    kind, content = TYPES[name], content_of(name)
    for fields in (SAMPLES[name].right, SAMPLES[name].wrong):
        answer = kind.parse_answer(content, fields)
        assert answer is not None
        assert json.loads(json.dumps(answer)) == answer
        key = kind.answer_key(content, answer)
        assert 0 < len(key) <= ANSWER_KEY_LENGTH
        assert all(kind.key_parts(content, key))


@each_type
def test_rows_of_results_are_found_by_the_parts_of_an_answer_key(name: str) -> None:
    kind, content = TYPES[name], content_of(name)
    rows = kind.option_rows(content)
    right_answer = kind.parse_answer(content, SAMPLES[name].right)
    assert right_answer is not None
    if rows and not kind.has_key:
        assert {row.right for row in rows} == {None}
        assert set(kind.key_parts(content, kind.answer_key(content, right_answer))) <= {row.key for row in rows}
    elif rows:
        right = {row.key for row in rows if row.right}
        assert len({row.key for row in rows}) == len(rows)
        assert set(kind.key_parts(content, kind.answer_key(content, right_answer))) <= right


@each_type
def test_feedback_is_the_authors_and_the_answer_is_put_in_words_or_sentences(name: str) -> None:
    kind, content = TYPES[name], content_of(name)
    right = kind.parse_answer(content, SAMPLES[name].right)
    assert right is not None
    assert all(SECRET in words for words in kind.feedback_for(content, right))
    assert bool(kind.answer_lines(content, right)) != bool(kind.answer_sentences(right))
    if not kind.needs_person:
        assert kind.feedback_for(content, right) or "feedback" not in json.dumps(SAMPLES[name].content)
        assert (bool(kind.key_lines(content)) != bool(kind.key_sentences(content))) is kind.has_key


@each_type
def test_a_form_sent_in_another_order_is_the_same_answer(name: str) -> None:
    kind, content = TYPES[name], content_of(name)
    fields = SAMPLES[name].right
    turned = {part: list(reversed(values)) for part, values in fields.items()}
    assert kind.parse_answer(content, fields) == kind.parse_answer(content, turned)


@each_type
def test_nothing_given_is_changed(name: str) -> None:
    kind = TYPES[name]
    stored = json.loads(json.dumps(SAMPLES[name].content))
    content = kind.read(stored)
    answer = kind.parse_answer(content, SAMPLES[name].right)
    kept = json.dumps([stored, answer])
    kind.grade(content, answer)
    kind.option_rows(content)
    kind.public_content(content, kind.option_keys(content))
    assert json.dumps([stored, answer]) == kept
