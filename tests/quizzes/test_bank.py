"""The bank: found by words, tag, type and use; used again; its history; shared on request and never edited."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.operations.texts import create_article
from classroom.operations.enrollments import enroll
from core import clock
from core.database import commit, db
from core.points import POINT
from quizzes.models import BankShare, Item, Question, QuestionSpan, QuestionTag, QuestionVersion
from quizzes.operations.authoring import create_quiz
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.question_forms import add_question_of, item_of
from tests.support.reading import Reading
from tests.support.statements import CountStatements

SignIn = Callable[[Person | str], Client]


@pytest.fixture
def quizzes(app: Flask, people: People, reading: Reading) -> tuple[int, int]:
    """Two drafts without questions on the reading's article."""
    with app.app_context():
        made = [create_quiz(people.instructor.id, reading.article, title).id for title in ("One", "Two")]
        commit()
    return made[0], made[1]


@pytest.fixture
def other_quiz(app: Flask, people: People) -> int:
    """A draft on another article, of the other class's instructor."""
    with app.app_context():
        draft = prepare(Source("One sentence. Another sentence.", "plain"), "Another text", "en")
        article = create_article(people.other_instructor.id, draft).id
        quiz = create_quiz(people.other_instructor.id, article, "Theirs").id
        commit()
    return quiz


def _question_of(app: Flask, item_id: int) -> int:
    with app.app_context():
        return db.session.get_one(Item, item_id).question_id


def _add(app: Flask, client: Client, quiz: int, **changes: str) -> int:
    kind = changes.pop("kind", "true_false")
    return _question_of(app, item_of(add_question_of(client, quiz, kind, **changes)))


def _held(app: Flask, quiz: int) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Item.question_id).where(Item.quiz_id == quiz).order_by(Item.position)))


def test_questions_are_found_by_words_tag_type_and_use(
    app: Flask, people: People, sign_in: SignIn, quizzes: tuple[int, int]
) -> None:
    client = sign_in(people.instructor)
    _add(app, client, quizzes[0], stem="The armistice held 100%.", tags="Causes, war")
    loose = _add(app, client, quizzes[0], stem="The treaty failed.", kind="short_answer", tags="causes")
    with app.app_context():
        db.session.execute(Item.__table__.delete().where(Item.question_id == loose))
        commit()
    for query, armistice, treaty in (
        ("q=armistice", True, False),
        ("q=100%25", True, False),
        ("q=_", False, False),
        ("q=WAR", True, False),
        ("tag=CAUSES", True, True),
        ("tag=causes&type=short_answer", False, True),
        ("use=unused&q=treaty", False, True),
        ("use=used&q=treaty", False, False),
        ("type=nonsense&page=x&q=the", True, True),
    ):
        page = client.get(f"/questions?{query}").text
        assert ("The armistice held" in page, "The treaty failed" in page) == (armistice, treaty), query
    assert "The armistice" not in sign_in(people.other_instructor).get("/questions").text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("single_choice", ("options-0-text", "École normale")),
        ("short_answer", ("forms-0-text", "ÉCOLE")),
        ("matching", ("pairs-0-prompt", "die école")),
        ("matching", ("pairs-0-answer", "Ecole? École!")),
        ("ordering", ("steps-0-text", "l’École")),
        ("blanks", ("gaps-1-wrong", "autumn\nécoles = 25 %")),
        ("poll", ("options-0-text", "ÉCOLES")),
    ],
)
def test_words_of_answers_are_found_whatever_the_case_of_their_letters(
    app: Flask, people: People, sign_in: SignIn, quizzes: tuple[int, int], kind: str, words: tuple[str, str]
) -> None:
    client = sign_in(people.instructor)
    _add(app, client, quizzes[0], stem="Found.", kind=kind, **dict([words]))
    _add(app, client, quizzes[0], stem="Another.", kind="true_false")
    for query in ("école", "ÉCOLE", "found ÉcOle"):
        page = client.get("/questions", query_string={"q": query}).text
        assert ("Found." in page, "Another." in page) == (True, False), query
    assert "Found." not in client.get("/questions", query_string={"q": "%cole"}).text


def test_words_of_the_question_and_of_its_article_are_found(
    app: Flask, people: People, sign_in: SignIn, quizzes: tuple[int, int], other_quiz: int
) -> None:
    client, other = sign_in(people.instructor), sign_in(people.other_instructor)
    _add(app, client, quizzes[0], stem="Qui a dit « À BAS » ?")
    _add(app, other, other_quiz, stem="Theirs.", anchor="")
    assert "À BAS" in client.get("/questions", query_string={"q": "à"}).text
    assert "Theirs." in other.get("/questions", query_string={"q": "ANOTHER text"}).text
    assert "Theirs." not in other.get("/questions", query_string={"q": "another article"}).text
    assert "À BAS" not in client.get("/questions", query_string={"q": "fraction"}).text


def test_tags_are_put_on_and_taken_off_many_at_once(
    app: Flask, people: People, sign_in: SignIn, quizzes: tuple[int, int]
) -> None:
    client = sign_in(people.instructor)
    first, second = (_add(app, client, quizzes[0], stem=f"Number {at}.", tags="old") for at in (1, 2))
    data = {"question": [str(first), str(second)], "tags": "Old, New"}
    assert client.post("/questions/tags", data={**data, "how": "add"}).status_code == 303
    with app.app_context():
        tags = db.session.execute(select(QuestionTag.question_id, QuestionTag.tag).order_by(QuestionTag.tag)).all()
    assert sorted(tuple(row) for row in tags) == [(first, "New"), (first, "old"), (second, "New"), (second, "old")]
    client.post("/questions/tags", data={**data, "tags": "OLD", "how": "remove"})
    with app.app_context():
        assert set(db.session.scalars(select(QuestionTag.tag))) == {"New"}


def test_nobody_tags_what_somebody_else_owns(
    app: Flask, people: People, sign_in: SignIn, quizzes: tuple[int, int]
) -> None:
    question = _add(app, sign_in(people.instructor), quizzes[0], stem="Mine.")
    stranger = sign_in(people.other_instructor)
    stranger.post("/questions/tags", data={"question": str(question), "tags": "theirs", "how": "add"})
    assert stranger.post(f"/questions/{question}/tags", data={"tags": "theirs"}).status_code == 404
    with app.app_context():
        assert not db.session.scalar(select(func.count()).select_from(QuestionTag))


def test_a_question_stands_in_two_quizzes_and_an_edit_is_in_both(
    app: Flask, people: People, sign_in: SignIn, quizzes: tuple[int, int]
) -> None:
    client, (first, second) = sign_in(people.instructor), quizzes
    question = _add(app, client, first, stem="The old words.", anchor="¶ 1.1", points="3")
    answer = client.post("/questions/placements", data={"question": str(question), "quiz": str(second)})
    assert answer.location.endswith(f"/quizzes/{second}")
    assert _held(app, second) == [question]
    with app.app_context():
        item = db.session.scalars(select(Item).where(Item.quiz_id == second)).one()
        assert item.points == 3 * POINT
        item_id = item.id
    assert "also in another quiz" in client.get(f"/quizzes/{second}/questions/{item_id}").text
    data = {"stem": "The new words.", "points": "3", "right": "false", "anchor": "¶ 1.1"}
    assert client.post(f"/quizzes/{second}/questions/{item_id}", data=data).status_code == 303
    assert "The new words." in client.get(f"/quizzes/{first}").text
    client.post("/questions/placements", data={"question": str(question), "quiz": str(second)})
    assert _held(app, second) == [question]


def test_a_question_leaves_a_quiz_and_stays_in_the_bank(
    app: Flask, people: People, sign_in: SignIn, quizzes: tuple[int, int]
) -> None:
    client = sign_in(people.instructor)
    item = item_of(add_question_of(client, quizzes[0], "true_false", stem="It stays."))
    question = _question_of(app, item)
    client.post(f"/quizzes/{quizzes[0]}/questions/{item}/deletion", data={"keep": "y"})
    assert _held(app, quizzes[0]) == []
    assert "It stays." in client.get("/questions?use=unused").text
    assert client.post(f"/questions/{question}/deletion").status_code == 303
    assert client.get(f"/questions/{question}").status_code == 404


def test_a_question_in_a_quiz_cannot_be_deleted_from_the_bank(
    people: People, sign_in: SignIn, reading: Reading
) -> None:
    assert sign_in(people.instructor).post("/questions/1/deletion").status_code == 409


def test_the_page_of_a_question_shows_what_changed_and_where_it_is(
    app: Flask, people: People, sign_in: SignIn, reading: Reading
) -> None:
    client = sign_in(people.instructor)
    question = _question_of(app, reading.items[0])
    with app.app_context():
        old = db.session.scalars(select(QuestionVersion).where(QuestionVersion.question_id == question)).one()
        values = {column.name: getattr(old, column.name) for column in QuestionVersion.__table__.columns}
        newer = {**values, "id": None, "number": 2, "stem": f"{old.stem} Truly"}
        db.session.add(QuestionVersion(**newer))
        commit()
    page = unescape(client.get(f"/questions/{question}").text)
    assert "<ins>" in page
    assert "Truly" in page
    assert "Version 2" in page
    assert "Reading the News" in page
    assert "attempt" in page


def test_sharing_is_asked_for_granted_used_and_taken_back(
    app: Flask, people: People, sign_in: SignIn, quizzes: tuple[int, int], other_quiz: int
) -> None:
    owner, other = sign_in(people.instructor), sign_in(people.other_instructor)
    question = _add(app, owner, quizzes[0], stem="The owner wrote this.", anchor="¶ 1.1", tags="causes")
    assert other.post(f"/questions/shares/{people.instructor.id}/request").status_code == 404
    with app.app_context():
        enroll(people.other_instructor.id, people.section, "instructor")
        commit()
    assert other.post(f"/questions/shares/{people.instructor.id}/request").status_code == 303
    assert other.get(f"/questions?owner={people.instructor.id}").status_code == 404
    assert other.get(f"/questions/{question}").status_code == 404
    assert "Oscar Brandt" in owner.get("/questions/shares").text
    assert owner.post(f"/questions/shares/{people.other_instructor.id}/grant").status_code == 303
    assert "The owner wrote this." in other.get(f"/questions?owner={people.instructor.id}").text
    assert other.get(f"/questions/{question}").status_code == 200
    assert other.post(f"/questions/{question}/tags", data={"tags": "x"}).status_code == 403
    assert other.post(f"/questions/{question}/deletion").status_code == 403
    other.post("/questions/placements", data={"question": str(question), "quiz": str(other_quiz)})
    [copy] = _held(app, other_quiz)
    assert copy != question
    with app.app_context():
        assert db.session.get_one(Question, copy).owner_id == people.other_instructor.id
        version = db.session.scalars(select(QuestionVersion).where(QuestionVersion.question_id == copy)).one()
        spans = select(func.count(QuestionSpan.id)).where(QuestionSpan.question_version_id == version.id)
        assert db.session.scalar(spans) == 0
        assert db.session.scalars(select(QuestionTag.tag).where(QuestionTag.question_id == copy)).all() == ["causes"]
    assert owner.post(f"/questions/shares/{people.other_instructor.id}/end").status_code == 303
    assert other.get(f"/questions/{question}").status_code == 404
    assert _held(app, other_quiz) == [copy]


def test_what_is_not_shared_cannot_be_copied(
    app: Flask, people: People, sign_in: SignIn, quizzes: tuple[int, int], other_quiz: int
) -> None:
    question = _add(app, sign_in(people.instructor), quizzes[0], stem="Mine.")
    other = sign_in(people.other_instructor)
    other.post("/questions/placements", data={"question": str(question), "quiz": str(other_quiz)})
    assert _held(app, other_quiz) == []
    answer: Any = other.post("/questions/placements", data={"question": str(question), "quiz": str(quizzes[0])})
    assert answer.status_code == 404


def test_a_bank_of_thousands_is_paged_in_as_many_statements(
    app: Flask, people: People, sign_in: SignIn, quizzes: tuple[int, int], count_statements: CountStatements
) -> None:
    client = sign_in(people.instructor)
    _add(app, client, quizzes[0], stem="The first.", tags="t1")
    pages = ("/questions", "/questions?q=number&tag=t1&use=unused&type=true_false&page=2")
    counts = []
    for _turn in range(2):
        for path in pages:
            with count_statements() as seen:
                assert client.get(path).status_code == 200
            counts.append(len(seen))
        _fill(app, people.instructor.id, 2_000)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12
    assert "Page 2" in client.get("/questions?page=2").text


def _fill(app: Flask, owner: int, many: int) -> None:
    with app.app_context():
        now = clock.now()
        made = [{"owner_id": owner, "created_at": now}] * many
        ids = list(db.session.scalars(insert(Question).returning(Question.id), made))
        version = {
            "number": 1,
            "type": "true_false",
            "content": {"right": True},
            "created_by_id": owner,
            "created_at": now,
        }
        texts = [{**version, "question_id": at, "stem": f"Number {at}", "stem_html": ""} for at in ids]
        db.session.execute(insert(QuestionVersion), texts)
        db.session.execute(insert(QuestionTag), [{"question_id": at, "tag": "T1", "tag_key": "t1"} for at in ids])
        commit()


def test_asking_twice_is_asking_once(app: Flask, people: People, sign_in: SignIn) -> None:
    with app.app_context():
        enroll(people.other_instructor.id, people.section, "instructor")
        commit()
    other = sign_in(people.other_instructor)
    for _turn in range(2):
        assert other.post(f"/questions/shares/{people.instructor.id}/request").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(BankShare)) == 1
