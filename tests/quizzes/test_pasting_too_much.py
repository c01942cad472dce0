"""Lists that nobody writes by hand: they are refused with a line, and never keep the server busy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from quizzes.formats.neutral import MOST_READ
from quizzes.formats.pasted import LONGEST_PASTE, read_pasted
from quizzes.pasted_questions import plan_paste
from quizzes.questions import MOST_QUESTIONS

TOO_MANY = "Keep to 100 answers in a question."


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Messages need a language."""
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def filled(before: str, piece: str, after: str = "") -> str:
    """As long a text as can be pasted."""
    return before + piece * ((LONGEST_PASTE - len(before + after)) // len(piece)) + after


@pytest.mark.parametrize(
    "text",
    [
        filled("Who? {", "~a", "}"),  # more than there are keys for
        filled("Who? {", "~%50%a", "}"),
        filled("Who? {", "=a->b", "}"),
        filled("How many? {#1", "~%50%2:1", "}"),
        filled("", "a {=b} "),
        filled("1. Fill them.\n", "[[a]] "),
        filled("1. Who?\n", "- a -> b\n"),
        filled("1. Who?\n", "a) x\n", "ANSWER: A"),
        filled("1. Who?\nANSWER: ", "a|"),
    ],
    ids=lambda text: text[:24],
)
def test_a_question_with_more_answers_than_any_takes_is_refused(text: str) -> None:
    reading = read_pasted(text)
    assert reading.questions == ()
    assert [remark.message for remark in reading.refused] == [TOO_MANY]


@pytest.mark.parametrize("piece", ["x\n\n", "{\n\n", "Is it? {T}\n", "1. Why?\n"])
def test_of_a_list_without_end_the_beginning_is_read(piece: str) -> None:
    reading = read_pasted(filled("", piece))
    assert MOST_READ < len(reading.questions) + len(reading.refused) <= MOST_READ + 2


def test_braces_with_empty_lines_to_the_end_are_read() -> None:
    reading = read_pasted(filled("{", "\n", "}"))
    assert len(reading.refused) == 1


def test_only_what_the_quiz_has_room_for_is_shown() -> None:
    plan = plan_paste("Is it? {T}\n" * (MOST_QUESTIONS + 5), [], 10)
    assert len(plan.questions) == MOST_QUESTIONS - 10
    assert [remark.line for remark in plan.refused] == [MOST_QUESTIONS - 9]
    assert not plan.can_be_added
