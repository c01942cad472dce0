"""The quiz editor: making a quiz, naming, copying, publishing and deleting it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from quizzes.models import Item, Question, QuestionVersion, Quiz, QuizDelivery
from quizzes.operations.authoring import create_quiz, unpublish_quiz
from quizzes.operations.questions import add_question
from quizzes.question_types.options import Option
from quizzes.question_types.single_choice import SingleChoiceContent
from quizzes.questions import QuestionDraft, QuestionWords
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.reading import Reading
from tests.support.statements import Statements

SignIn = Callable[[Person | str], Client]


def _draft(stem: str = "What was voted on?", points: int = POINT) -> QuestionDraft:
    options = (Option("aa", "A bridge", FRACTION_ONE, "Yes."), Option("bb", "A ferry"))
    return QuestionDraft("single_choice", QuestionWords.of(stem), SingleChoiceContent(options), points)


def _new_quiz(app: Flask, people: People, reading: Reading, *drafts: QuestionDraft) -> int:
    with app.app_context():
        quiz_id = create_quiz(people.instructor.id, reading.article, "Second look").id
        for draft in drafts:
            add_question(quiz_id, people.instructor.id, draft)
        commit()
    return quiz_id


def _read(app: Flask, statement: Any) -> Any:
    with app.app_context():
        return db.session.scalar(statement)


def test_an_instructor_makes_a_quiz_on_an_article(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    client = sign_in(people.instructor)
    answer = client.post(f"/articles/{reading.article}/quizzes/new", data={"title": "  Second look  "})
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Second look" in page.text
    assert "Draft" in page.text
    assert _read(app, select(Quiz.published_at).where(Quiz.title == "Second look")) is None


def test_a_quiz_without_a_title_comes_back(people: People, reading: Reading, sign_in: SignIn) -> None:
    answer = sign_in(people.instructor).post(f"/articles/{reading.article}/quizzes/new", data={"title": " "})
    assert answer.status_code == 422
    assert "Give the quiz a title." in answer.text


def test_nobody_writes_a_quiz_on_an_article_of_somebody_else(people: People, reading: Reading, sign_in: SignIn) -> None:
    assert sign_in(people.other_instructor).get(f"/articles/{reading.article}/quizzes/new").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("assistant", 403), ("student", 403), ("stranger", 404), ("other_instructor", 404)]
)
def test_only_the_author_opens_the_editor(
    people: People, reading: Reading, sign_in: SignIn, who: str, status: int
) -> None:
    client = sign_in(getattr(people, who))
    assert client.get(f"/quizzes/{reading.quiz}").status_code == status
    assert client.get(f"/quizzes/{reading.quiz}/questions/{reading.items[0]}").status_code == status


def test_a_draft_is_not_there_for_students(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    with app.app_context():
        unpublish_quiz(reading.quiz)
        commit()
    assert sign_in(people.student).get(f"/quizzes/{reading.quiz}/settings").status_code == 404
    assert sign_in(people.assistant).get(f"/quizzes/{reading.quiz}/settings").status_code == 200


def test_a_quiz_is_renamed(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    client = sign_in(people.instructor)
    assert client.post(f"/quizzes/{reading.quiz}/title", data={"title": "Third look"}).status_code == 303
    assert "Third look" in client.get(f"/quizzes/{reading.quiz}").text
    refused = client.post(f"/quizzes/{reading.quiz}/title", data={"title": "x" * 201})
    assert refused.status_code == 422
    assert "x" * 201 in refused.text
    assert _read(app, select(Quiz.title).where(Quiz.id == reading.quiz)) == "Third look"


def test_a_quiz_without_questions_cannot_be_published(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    quiz_id = _new_quiz(app, people, reading)
    answer = sign_in(people.instructor).post(f"/quizzes/{quiz_id}/publication")
    assert answer.status_code == 422
    assert "Write at least one question." in answer.text
    assert _read(app, select(Quiz.published_at).where(Quiz.id == quiz_id)) is None


def test_all_problems_stand_in_one_summary_with_links_to_their_fields(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    broken = QuestionDraft(
        "single_choice",
        QuestionWords.of("Second question"),
        SingleChoiceContent((Option("aa", "Only one"), Option("bb", ""))),
        POINT,
    )
    quiz_id = _new_quiz(app, people, reading, _draft(points=0), broken)
    answer = sign_in(people.instructor).post(f"/quizzes/{quiz_id}/publication")
    assert answer.status_code == 422
    assert "Three things to fix before this can be published" in answer.text
    assert "Question 1: Give the question more than 0 points." in answer.text
    assert "Question 2: Mark the option that is right." in answer.text
    assert "#options-1-text" in answer.text
    assert "Needs fixing" in answer.text


def test_the_articles_page_lists_its_quizzes(people: People, reading: Reading, sign_in: SignIn) -> None:
    page = sign_in(people.instructor).get(f"/articles/{reading.article}").text
    assert f'href="/quizzes/{reading.quiz}"' in page
    assert f'href="/articles/{reading.article}/quizzes/new"' in page


def test_a_quiz_is_published_and_unpublished(app: Flask, people: People, reading: Reading, sign_in: SignIn) -> None:
    quiz_id = _new_quiz(app, people, reading, _draft())
    client = sign_in(people.instructor)
    published = client.post(f"/quizzes/{quiz_id}/publication")
    assert published.status_code == 303
    assert published.location.endswith(f"/quizzes/{quiz_id}/settings")
    assert _read(app, select(Quiz.published_at).where(Quiz.id == quiz_id)) is not None
    assert client.post(f"/quizzes/{quiz_id}/withdrawal").status_code == 303
    assert _read(app, select(Quiz.published_at).where(Quiz.id == quiz_id)) is None


def test_a_copy_has_questions_of_its_own_and_no_class(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    answer = sign_in(people.instructor).post(f"/quizzes/{reading.quiz}/copies")
    assert answer.status_code == 303
    copy_id = int(answer.location.rsplit("/", 1)[1])
    with app.app_context():
        copied = db.session.scalars(select(Item).where(Item.quiz_id == copy_id).order_by(Item.position)).all()
        source = db.session.scalars(select(Item).where(Item.quiz_id == reading.quiz).order_by(Item.position)).all()
        assert [item.points for item in copied] == [item.points for item in source]
        assert {item.question_id for item in copied}.isdisjoint({item.question_id for item in source})
        stems = select(QuestionVersion.stem, QuestionVersion.number)
        wanted = stems.where(QuestionVersion.question_id.in_([item.question_id for item in copied]))
        assert sorted(db.session.execute(wanted)) == [
            ("What did most people choose?", 1),
            ("Why did some people not vote?", 1),
        ]
        assert db.session.scalar(select(func.count()).where(QuizDelivery.quiz_id == copy_id)) == 0
        assert db.session.get_one(Quiz, copy_id).published_at is None


def test_a_quiz_without_attempts_is_deleted_with_its_questions(
    app: Flask, people: People, reading: Reading, sign_in: SignIn
) -> None:
    quiz_id = _new_quiz(app, people, reading, _draft(), _draft("And who voted?"))
    before = _read(app, select(func.count()).select_from(Question))
    client = sign_in(people.instructor)
    assert "2 questions go with it." in client.get(f"/quizzes/{quiz_id}/deletion").text
    assert client.post(f"/quizzes/{quiz_id}/deletion").status_code == 303
    assert client.get(f"/quizzes/{quiz_id}").status_code == 404
    assert _read(app, select(func.count()).select_from(Question)) == before - 2


def test_a_quiz_with_attempts_is_not_deleted(people: People, reading: Reading, sign_in: SignIn) -> None:
    client = sign_in(people.instructor)
    assert "their work is kept" in client.get(f"/quizzes/{reading.quiz}/deletion").text
    assert client.post(f"/quizzes/{reading.quiz}/deletion").status_code == 409
    assert client.get(f"/quizzes/{reading.quiz}").status_code == 200


def test_the_editor_takes_few_statements_however_many_questions(
    app: Flask,
    people: People,
    reading: Reading,
    sign_in: SignIn,
    count_statements: Callable[[], Any],
) -> None:
    client = sign_in(people.instructor)
    client.get(f"/quizzes/{reading.quiz}")
    counts: list[int] = []
    for number in (2, 30):
        quiz_id = _new_quiz(app, people, reading, *(_draft(f"Question {at}") for at in range(number)))
        seen: Statements
        with count_statements() as seen:
            assert client.get(f"/quizzes/{quiz_id}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def test_publishing_and_copying_keep_to_the_limit_of_statements(
    app: Flask, people: People, reading: Reading, sign_in: SignIn, count_statements: Callable[[], Any]
) -> None:
    client = sign_in(people.instructor)
    quiz_id = _new_quiz(app, people, reading, *(_draft(f"Question {at}") for at in range(12)))
    for address in (f"/quizzes/{quiz_id}/copies", f"/quizzes/{quiz_id}/publication", f"/quizzes/{quiz_id}/deletion"):
        with count_statements() as seen:
            assert client.post(address).status_code == 303
        assert len(seen) <= 15, address
