"""Trying a quiz: it looks as students see it, is graded in memory, and nothing is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from quizzes.models import Attempt, Response
from quizzes.operations.authoring import create_quiz
from quizzes.operations.questions import add_question
from quizzes.question_types.evidence import AcceptedPassage, EvidenceContent
from quizzes.question_types.multiple_answers import MultipleAnswersContent
from quizzes.question_types.numeric import AcceptedNumber, NumericContent
from quizzes.question_types.open_answer import OpenAnswerContent
from quizzes.question_types.options import Option
from quizzes.question_types.short_answer import Form, ShortAnswerContent
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.question_types.true_false import TrueFalseContent
from quizzes.questions import QuestionDraft, QuestionWords
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]


@pytest.fixture
def tried(app: Flask, people: People, reading: Reading) -> tuple[int, list[int]]:
    """A draft with a question of every type; its id and its items."""
    options = (Option("aa", "A bridge", FRACTION_ONE, "So it says."), Option("bb", "A ferry", 0, "Read ¶ 1 again."))
    contents = {
        "single_choice": SingleChoiceContent(options),
        "true_false": TrueFalseContent(right=True, feedback_false="It does say so."),
        "multiple_answers": MultipleAnswersContent((*options, Option("cc", "A road", FRACTION_ONE)), "net_correct"),
        "short_answer": ShortAnswerContent((Form("aa", "bridge"),)),
        "numeric": NumericContent((AcceptedNumber("aa", "4.5", tolerance="0.1"),)),
        "evidence": EvidenceContent((AcceptedPassage("aa", reading.sentences[1:2]),)),
        "open_answer": OpenAnswerContent(min_words=3),
    }
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        items = [
            add_question(
                quiz_id,
                people.instructor.id,
                QuestionDraft(kind, QuestionWords.of(f"About {kind}?", "In *general*."), content, 2 * POINT),
            ).id
            for kind, content in contents.items()
        ]
        commit()
    return quiz_id, items


def _answers(items: list[int], values: list[Any]) -> dict[str, Any]:
    return {f"answer-{item}": value for item, value in zip(items, values, strict=True)}


def test_the_quiz_is_shown_as_students_see_it(people: People, sign_in: SignIn, tried: tuple[int, list[int]]) -> None:
    quiz, items = tried
    page = sign_in(people.instructor).get(f"/quizzes/{quiz}/preview").text
    for kind in ("single_choice", "evidence", "open_answer"):
        assert f"About {kind}?" in page
    for item in items:
        assert f'name="answer-{item}"' in page
    assert "So it says." not in page
    assert "Nothing is recorded." in page


def test_answers_are_graded_with_feedback_and_nothing_is_recorded(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, tried: tuple[int, list[int]]
) -> None:
    quiz, items = tried
    with app.app_context():
        before = [db.session.scalar(select(func.count()).select_from(model)) for model in (Attempt, Response)]
    right = ["aa", "true", ["aa", "cc"], " Bridge. ", "4,5", str(reading.sentences[1]), "One two three four"]
    page = sign_in(people.instructor).post(f"/quizzes/{quiz}/preview", data=_answers(items, right))
    assert page.status_code == 200
    assert "12 of 14 points" in page.text
    assert page.text.count("2 of 2") == 6
    assert "A person grades this" in page.text
    assert "So it says." in page.text
    assert "In <em>general</em>." in page.text
    with app.app_context():
        after = [db.session.scalar(select(func.count()).select_from(model)) for model in (Attempt, Response)]
    assert after == before


def test_wrong_and_missing_answers_are_told_kindly(
    people: People, reading: Reading, sign_in: SignIn, tried: tuple[int, list[int]]
) -> None:
    quiz, items = tried
    wrong = ["bb", "false", ["aa"], "ferry", "many", str(reading.sentences[0]), ""]
    page = sign_in(people.instructor).post(f"/quizzes/{quiz}/preview", data=_answers(items, wrong)).text
    assert "1 of 14 points" in page
    assert "Read ¶ 1 again." in page
    assert "It does say so." in page
    assert "Choose two, you have chosen one" in page
    assert "We cannot read this as a number." in page
    assert "You left this out." in page


def test_an_answer_that_no_page_could_send_is_named(
    people: People, sign_in: SignIn, tried: tuple[int, list[int]]
) -> None:
    quiz, items = tried
    page = sign_in(people.instructor).post(f"/quizzes/{quiz}/preview", data={f"answer-{items[0]}": "zz"})
    assert page.status_code == 200
    assert "That option is not part of this question." in page.text


@pytest.mark.parametrize(
    ("who", "status"),
    [("instructor", 200), ("assistant", 200), ("student", 403), ("stranger", 404), ("other_instructor", 404)],
)
def test_staff_of_a_class_that_has_the_quiz_try_it(
    people: People, reading: Reading, sign_in: SignIn, who: str, status: int
) -> None:
    assert sign_in(getattr(people, who)).get(f"/quizzes/{reading.quiz}/preview").status_code == status


def test_trying_takes_few_statements_and_writes_nothing(
    people: People, sign_in: SignIn, tried: tuple[int, list[int]], count_statements: Callable[[], Any]
) -> None:
    quiz, items = tried
    client = sign_in(people.instructor)
    with count_statements() as seen:
        client.post(f"/quizzes/{quiz}/preview", data={f"answer-{items[0]}": "aa"})
    assert len(seen) <= 6
    assert not seen.writes()
