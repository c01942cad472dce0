"""The question forms: every type is written, and refused with everything typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from articles.models import Span
from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from quizzes.models import Item, QuestionSpan
from quizzes.operations.authoring import create_quiz
from quizzes.question_types import TYPES
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.question_forms import FORMS, NO_PASSAGE, WORDS, add_question_of, content_of, item_of, versions_of
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]


@pytest.fixture
def quiz(app: Flask, people: People, reading: Reading) -> int:
    """A draft without questions on the reading's article."""
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        commit()
    return quiz_id


@pytest.mark.parametrize("kind", FORMS)
def test_a_question_of_every_type_is_written_and_comes_back_in_its_form(
    app: Flask, people: People, sign_in: SignIn, quiz: int, kind: str
) -> None:
    client = sign_in(people.instructor)
    assert client.get(f"/quizzes/{quiz}/questions/new?type={kind}").status_code == 200
    item_id = item_of(add_question_of(client, quiz, kind, anchor="¶ 1.1–2"))
    saved = versions_of(app, item_id)
    assert [version.number for version in saved] == [1]
    assert saved[0].stem_html == "<p>What <em>was</em> decided?</p>\n"
    assert TYPES[kind].validate(content_of(app, item_id)) == []
    page = client.get(f"/quizzes/{quiz}/questions/{item_id}").text
    assert 'value="1.5"' in page
    assert 'value="¶ 1.1–2"' in page
    for value in FORMS[kind].values():
        if value not in ("y", "4,5", "2.1-2", "33.3333"):
            assert value in page, value


def test_points_and_shares_are_kept_exactly(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    item_id = item_of(add_question_of(sign_in(people.instructor), quiz, "single_choice"))
    content = content_of(app, item_id)
    assert [option.text for option in content.options] == ["A bridge", "A ferry", "A tunnel"]
    assert [option.fraction for option in content.options] == [FRACTION_ONE, 3_333_333_333, 0]
    with app.app_context():
        assert db.session.get_one(Item, item_id).points == 3 * POINT // 2


def test_accepted_passages_are_sentences_with_spans(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, quiz: int
) -> None:
    item_id = item_of(add_question_of(sign_in(people.instructor), quiz, "evidence", anchor="1"))
    content = content_of(app, item_id)
    assert [row.sentences for row in content.passages] == [reading.sentences[1:2], reading.sentences[3:5]]
    with app.app_context():
        version = versions_of(app, item_id)[0]
        rows = db.session.execute(
            select(QuestionSpan.role, Span.first_sentence_id, Span.last_sentence_id, QuestionSpan.span_id)
            .join(Span, Span.id == QuestionSpan.span_id)
            .where(QuestionSpan.question_version_id == version.id)
            .order_by(QuestionSpan.role, QuestionSpan.position)
        ).all()
    order = reading.sentences
    assert [tuple(row[:3]) for row in rows] == [
        ("anchor", order[0], order[2]),
        ("evidence", order[1], order[1]),
        ("evidence", order[3], order[4]),
    ]
    assert [row.span_id for row in content.passages] == [row.span_id for row in rows if row.role == "evidence"]


def test_a_decimal_comma_and_a_range_are_read(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    content = content_of(app, item_of(add_question_of(sign_in(people.instructor), quiz, "numeric")))
    assert [(row.value, row.kind, row.tolerance, row.high) for row in content.accepted] == [
        ("4.5", "absolute", "0.1", ""),
        ("4", "range", "0", "5"),
    ]


@pytest.mark.parametrize(
    ("kind", "changes", "field", "message"),
    [
        ("single_choice", {"stem": ""}, "stem", "Write the question."),
        ("single_choice", {"points": "much"}, "points", "Write the points as a number"),
        ("single_choice", {"points": "0"}, "points", "Give the question more than 0 points."),
        ("single_choice", {"points": ""}, "points", "Give the question more than 0 points."),
        ("single_choice", {"anchor": "¶ 99"}, "anchor", "There is no such place in the article."),
        ("single_choice", {"options-0-right": ""}, "options", "Mark the option that is right."),
        ("single_choice", {"options-3-text": "a bridge"}, "options-3-text", "This option is there twice."),
        ("single_choice", {"options-2-feedback": "Why?"}, "options-2-text", "Write the option or take it away."),
        ("single_choice", {"options-1-share": "half"}, "options-1-share", "Write the share as a number"),
        ("multiple_answers", {"rule": "best"}, "rule", "Choose how this question is scored."),
        ("short_answer", {"forms-0-fraction": "50"}, "forms", "Give at least one answer that earns all points."),
        ("short_answer", {"forms-0-match": "expression", "forms-0-text": "(a|aa)+$b"}, "forms-0-text", "can take for"),
        ("short_answer", {"forms-0-match": "expression", "forms-0-text": "(a+)+$"}, "forms-0-text", "can take for"),
        ("short_answer", {"forms-0-match": "expression", "forms-0-text": "a("}, "forms-0-text", "from character 3 on"),
        ("numeric", {"accepted-0-value": "many"}, "accepted-0-value", "Write a number with a point"),
        ("numeric", {"accepted-1-tolerance": "3"}, "accepted-1-tolerance", "The range ends before it begins."),
        ("numeric", {"accepted-0-tolerance": "-1"}, "accepted-0-tolerance", "Write how far off an answer may be"),
        ("numeric", {"unit_rule": "sometimes"}, "unit_rule", "Choose whether an answer has a unit."),
        ("numeric", {"units-0-factor": "2"}, "units", "Give the unit of your accepted numbers"),
        ("numeric", {"units-1-factor": "0"}, "units-1-factor", "Write a number above 0"),
        ("numeric", {"units-1-name": "km"}, "units-1-name", "This unit is there twice."),
        ("numeric", {"units-1-name": "3 m"}, "units-1-name", "A unit begins with a letter or a sign"),
        ("numeric", {"unit_loss": "101"}, "unit_loss", "Write the share as a number"),
        ("evidence", {"passages-1-place": "9.9"}, "passages-1-place", "There is no such place in the article."),
        ("evidence", NO_PASSAGE, "passages", "Choose the sentences that support the answer."),
        ("evidence", {"needed": "7"}, "needed", "Ask for one passage at least"),
        ("open_answer", {"max_words": "3"}, "max_words", "The most is less than the least."),
        ("open_answer", {"min_words": "five"}, "min_words", "Write a whole number"),
        ("open_answer", {"rubric-0-levels": "two\nthree"}, "rubric-0-levels", "Begin every line with the points"),
        ("open_answer", {"rubric-0-levels": "-1 None\n1 One"}, "rubric-0-levels", "Begin every line with the points"),
        ("open_answer", {"rubric-0-levels": "1 One"}, "rubric-0-levels", "Give at least two levels"),
        ("open_answer", {"rubric-0-text": ""}, "rubric-0-text", "Say what is looked for"),
        ("matching", {"pairs-1-answer": ""}, "pairs-1-answer", "Write what belongs to it"),
        ("matching", {"pairs-1-prompt": "dr. lund"}, "pairs-1-prompt", "This is there twice."),
        ("matching", {"pairs-1-prompt": ""}, "pairs", "Give at least two pairs."),
        ("matching", {"pairs-3-answer": "x" * 1_000_000}, "pairs-2-answer", "Keep it to 300 characters."),
        ("ordering", {"steps-3-text": ""}, "steps", "Give at least three things to put in order."),
        ("ordering", {"steps-1-text": "the town votes"}, "steps-1-text", "This is there twice."),
        ("ordering", {"rule": "best"}, "rule", "Choose how this question is scored."),
        ("poll", {"options-2-text": ""}, "options", "Give at least two options."),
        ("poll", {"options-1-feedback": "Why?"}, "options-1-text", "Write the option or take it away."),
        ("poll", {"points": "-1"}, "points", "Write the points as a number"),
        ("true_false", {"feedback_false": "x" * 2001}, "feedback_false", "Keep feedback to 2000 characters."),
    ],
)  # fmt: skip
def test_a_refused_question_comes_back_whole_with_words_at_the_field(
    app: Flask, people: People, sign_in: SignIn, quiz: int, kind: str, changes: dict[str, str], field: str, message: str
) -> None:
    answer = add_question_of(sign_in(people.instructor), quiz, kind, **changes)
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}"' in answer.text
    assert answer.text.count(message.replace("'", "&#39;")) == 2
    for value in {**WORDS, **FORMS[kind], **changes}.values():
        if value not in ("y", "best", "sometimes", "33.3333" if kind == "multiple_answers" else ""):
            assert value in answer.text, value
    with app.app_context():
        assert db.session.scalars(select(Item.id).where(Item.quiz_id == quiz)).all() == []


def test_everything_that_is_wrong_is_said_at_once(people: People, sign_in: SignIn, quiz: int) -> None:
    client = sign_in(people.instructor)
    changes = {"points": "many", "anchor": "¶ 99", "options-0-right": ""}
    text = add_question_of(client, quiz, "single_choice", **changes).text
    assert "Three things to fix before this can be saved" in text
    for field in ("points", "anchor", "options"):
        assert f'<a href="#{field}">' in text


def test_one_more_row_returns_everything_typed(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    answer = add_question_of(sign_in(people.instructor), quiz, "single_choice", action="add_row", points="??")
    assert answer.status_code == 200
    assert 'name="options-4-text"' in answer.text
    assert "A tunnel" in answer.text
    assert 'value="??"' in answer.text
    assert "Error" not in answer.text


def test_a_row_is_taken_away_and_the_rest_returned(people: People, sign_in: SignIn, quiz: int) -> None:
    answer = add_question_of(sign_in(people.instructor), quiz, "single_choice", action="drop_row:options-1")
    assert answer.status_code == 200
    assert "A ferry" not in answer.text
    assert "A tunnel" in answer.text


def test_an_unknown_type_is_not_there(people: People, sign_in: SignIn, quiz: int) -> None:
    assert sign_in(people.instructor).get(f"/quizzes/{quiz}/questions/new?type=riddle").status_code == 404
