"""Pasting a list of questions: the preview says what it makes, and all of it is added or nothing."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.database import commit, db
from core.points import POINT
from quizzes.models import Item, Question, QuestionSpan, QuestionTag, QuestionVersion
from quizzes.operations.authoring import create_quiz
from quizzes.questions import MOST_QUESTIONS
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.reading import Reading
from tests.support.statements import CountStatements

SignIn = Callable[[Person | str], Client]
LIST = """1. Who signed? ¶ 1.2 [2 points]
a) Ann
*b) Bob
# Yes, he did.

It was over. {F#Read it again.}
// [tag:causes]
Why so? {}"""


@pytest.fixture
def quiz(app: Flask, people: People, reading: Reading) -> int:
    """A draft without questions on the reading's article."""
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        commit()
    return quiz_id


def _items(app: Flask, quiz: int) -> list[tuple[int, str, str, int]]:
    with app.app_context():
        rows = db.session.execute(
            select(Item.position, QuestionVersion.type, QuestionVersion.stem, Item.points)
            .join(QuestionVersion, QuestionVersion.question_id == Item.question_id)
            .where(Item.quiz_id == quiz)
            .order_by(Item.position)
        )
        return [tuple(row) for row in rows]


def _questions(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Question.id))) or 0


def test_pairs_gaps_an_order_and_a_poll_are_shown_and_added(
    app: Flask, people: People, sign_in: SignIn, quiz: int
) -> None:
    author, address = sign_in(people.instructor), f"/quizzes/{quiz}/questions"
    text = (
        "Who where? {=Ann -> North =Bob -> South}\n\nIt began in {=spring ~autumn} at {=sea}.\n\n"
        "What first?\n- One\n- Two\n- Three\nTYPE: order\n\nBeen there?\n- Yes\n- No\nTYPE: poll"
    )
    page = unescape(author.post(f"{address}/paste", data={"questions": text}).text)
    for line in ("Ann → North", "spring", "2. Two", "Yes", "Add four questions"):
        assert line in page
    poll = page.split("Been there?</p>")[1].split("</li>")[0]
    assert "Wrong:" not in poll
    assert author.post(address, data={"questions": text}).status_code == 303
    assert [row[1] for row in _items(app, quiz)] == ["matching", "blanks", "ordering", "poll"]
    author.post(f"/quizzes/{quiz}/publication")
    seen = unescape(author.get(f"/quizzes/{quiz}/preview").text)
    assert "It began in" in seen


def test_one_pair_that_is_none_keeps_all_of_it_out(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    author = sign_in(people.instructor)
    text = "Is it? {T}\n\nWho where?\n- Ann -> North\n- Bob"
    answer = author.post(f"/quizzes/{quiz}/questions", data={"questions": text})
    assert answer.status_code == 422
    assert "Line 5" in answer.text
    assert "“Bob” has no ->." in unescape(answer.text)
    assert _items(app, quiz) == []


def test_the_preview_shows_what_will_be_and_writes_nothing(
    app: Flask, people: People, sign_in: SignIn, quiz: int
) -> None:
    client, before = sign_in(people.instructor), _questions(app)
    assert client.get(f"/quizzes/{quiz}/questions/paste").status_code == 200
    page = unescape(client.post(f"/quizzes/{quiz}/questions/paste", data={"questions": LIST}).text)
    for words in ("Three questions", "Who signed?", "Yes, he did.", "1.2", "Add three questions", "causes", LIST[:30]):
        assert words in page, words
    assert _questions(app) == before


def test_the_preview_says_what_part_of_the_points_an_answer_earns(people: People, sign_in: SignIn, quiz: int) -> None:
    text = "Which two? {~%50%red ~%50%white ~%-100%green}"
    page = sign_in(people.instructor).post(f"/quizzes/{quiz}/questions/paste", data={"questions": text}).text
    assert page.count(">50 %</span>") == 2
    assert ">-100 %</span>" in page
    assert page.count(">Right:<") == 2


def test_a_clear_list_becomes_questions_of_the_quiz(
    app: Flask, people: People, sign_in: SignIn, quiz: int, reading: Reading
) -> None:
    client = sign_in(people.instructor)
    answer = client.post(f"/quizzes/{quiz}/questions", data={"questions": LIST})
    assert answer.status_code == 303
    assert _items(app, quiz) == [
        (1, "single_choice", "Who signed?", 2 * POINT),
        (2, "true_false", "It was over.", POINT),
        (3, "open_answer", "Why so?", POINT),
    ]
    with app.app_context():
        assert db.session.scalars(select(QuestionTag.tag)).all() == ["causes"]
        anchors = select(func.count(QuestionSpan.id)).join(
            QuestionVersion, QuestionVersion.id == QuestionSpan.question_version_id
        )
        assert db.session.scalar(anchors.where(QuestionVersion.stem == "Who signed?")) == 1
    client.post(f"/quizzes/{quiz}/questions", data={"questions": "Again? {T}"})
    assert [row[0] for row in _items(app, quiz)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (LIST + "\n\nBroken? {=a", 10, "not closed"),
        ("Where? ¶ 99.9 {T}", 1, "¶ 99.9"),
        ("", 1, "no question here"),
        ("x" * 6_000 + " {T}", 1, "characters"),
    ],
)
def test_nothing_is_added_while_anything_is_unclear(
    app: Flask, people: People, sign_in: SignIn, quiz: int, *, text: str, line: int, words: str
) -> None:
    answer = sign_in(people.instructor).post(f"/quizzes/{quiz}/questions", data={"questions": text})
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert f"Line {line}" in page
    assert words in page
    assert text[-200:] in page
    assert _items(app, quiz) == []


def test_a_list_of_a_million_characters_is_refused_beside_its_field(
    app: Flask, people: People, sign_in: SignIn, quiz: int
) -> None:
    data = {"questions": "Is it? {T}\n" * 30_000}
    answer = sign_in(people.instructor).post(f"/quizzes/{quiz}/questions/paste", data=data)
    assert answer.status_code == 422
    assert "200000 characters" in answer.text
    assert _items(app, quiz) == []


def test_a_quiz_takes_no_more_than_it_can_hold(app: Flask, people: People, sign_in: SignIn, quiz: int) -> None:
    client = sign_in(people.instructor)
    many = "\n".join(f"Number {at}? {{T}}" for at in range(MOST_QUESTIONS))
    assert client.post(f"/quizzes/{quiz}/questions", data={"questions": many}).status_code == 303
    answer = client.post(f"/quizzes/{quiz}/questions", data={"questions": "One more? {T}"})
    assert answer.status_code == 422
    assert "at most" in answer.text
    assert len(_items(app, quiz)) == MOST_QUESTIONS


def test_a_quiz_with_attempts_takes_none(people: People, reading: Reading, sign_in: SignIn) -> None:
    client = sign_in(people.instructor)
    assert client.post(f"/quizzes/{reading.quiz}/questions", data={"questions": "Is it? {T}"}).status_code == 409
    assert client.get(f"/quizzes/{reading.quiz}/questions/paste").status_code == 409


def test_statements_stay_level_as_the_list_grows(
    people: People, sign_in: SignIn, quiz: int, count_statements: CountStatements
) -> None:
    client, counts = sign_in(people.instructor), []
    for many in (2, 40):
        text = "\n".join(f"// [tag:t{at}]\nNumber {at} of {many}? ¶ 1.{at % 3 + 1} {{T}}" for at in range(many))
        with count_statements() as seen:
            assert client.post(f"/quizzes/{quiz}/questions", data={"questions": text}).status_code == 303
        counts.append(len(seen))
    assert counts[1] <= counts[0]
    assert counts[0] <= 20
