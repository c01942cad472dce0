"""Whatever is asked and whatever is answered: a score within its points, the same in any order of options."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.points import FRACTION_ONE, MOST_POINTS
from quizzes.grading import grade_answer
from quizzes.question_types import TYPES
from quizzes.question_types.base import ANSWER_KEY_LENGTH, Answer, AnswerFields, AnswerRefusedError
from tests.support.question_strategies import STRATEGIES, Asked

each_type = pytest.mark.parametrize("name", sorted(TYPES))
pytestmark = [pytest.mark.sqlite_only]


def parsed(name: str, content: Any, fields: AnswerFields) -> Answer | None:
    """What the form says; a form that is refused says nothing."""
    try:
        return TYPES[name].parse_answer(content, fields)
    except AnswerRefusedError:
        return None


def test_every_type_has_a_strategy() -> None:
    assert set(STRATEGIES) == set(TYPES)


@each_type
@settings(max_examples=80, deadline=None)
@given(data=st.data(), worth=st.integers(0, MOST_POINTS))
def test_a_score_is_never_outside_of_its_points(name: str, data: st.DataObject, worth: int) -> None:
    asked: Asked = data.draw(STRATEGIES[name])
    answer = parsed(name, asked.content, asked.fields)
    grade = grade_answer(name, TYPES[name].write(asked.content), answer, worth)
    if grade.fraction is None:
        assert TYPES[name].needs_person
        assert grade.points is None
    else:
        assert grade.points is not None
        assert 0 <= grade.fraction <= FRACTION_ONE
        assert 0 <= grade.points <= worth
    assert grade.evidence_fraction is None or 0 <= grade.evidence_fraction <= FRACTION_ONE
    assert all(len(key) <= ANSWER_KEY_LENGTH for key in (grade.answer_key, grade.evidence_key) if key)


@each_type
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_the_grade_is_the_same_in_whatever_order_the_options_stand(name: str, data: st.DataObject) -> None:
    asked: Asked = data.draw(STRATEGIES[name])
    kind = TYPES[name]
    grade = grade_answer(name, kind.write(asked.content), parsed(name, asked.content, asked.fields), FRACTION_ONE)
    turned = grade_answer(name, kind.write(asked.turned), parsed(name, asked.turned, asked.fields), FRACTION_ONE)
    assert (turned.fraction, turned.evidence_fraction) == (grade.fraction, grade.evidence_fraction)


@each_type
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_the_order_that_an_attempt_shows_changes_neither_what_is_asked_nor_the_grade(
    name: str, data: st.DataObject
) -> None:
    asked: Asked = data.draw(STRATEGIES[name])
    kind, content = TYPES[name], asked.content
    order = data.draw(st.permutations(kind.option_keys(content)))
    shown = [option["key"] for option in kind.public_content(content, order).get("options", [])]
    plain = [option["key"] for option in kind.public_content(content).get("options", [])]
    assert sorted(shown) == sorted(plain)
    sent = {part: data.draw(st.permutations(list(values))) for part, values in asked.fields.items()}
    written = kind.write(content)
    grade = grade_answer(name, written, parsed(name, content, asked.fields), FRACTION_ONE)
    assert grade_answer(name, written, parsed(name, content, sent), FRACTION_ONE) == grade
