"""A quiz with one question of every type in the first class, and a student's way through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion, VersionSentence
from articles.operations.assignments import Dates, assign_article
from articles.operations.texts import create_article
from core import clock
from core.database import commit, db
from core.points import FRACTION_ONE, POINT
from quizzes.deliveries import DeliveryRules
from quizzes.models import Attempt, Response
from quizzes.operations.authoring import create_quiz, publish_quiz
from quizzes.operations.deliveries import deliver_quiz
from quizzes.operations.questions import add_question
from quizzes.question_types import TYPES
from quizzes.questions import QuestionDraft, QuestionWords
from tests.quizzes.samples import SAMPLES, SECRET
from tests.support.browsing import Client
from tests.support.databases import recall
from tests.support.people import People

TEXT = """The harbour town voted on Tuesday. Most people chose the new bridge. Some did not vote at all.

The bridge will cost 4.5 million crowns. Dr. Lund, who leads the council, called it cheap.

Work begins in spring. "We have waited for thirty years," a fisherman said."""
GENERAL = f"{SECRET} in general"


@dataclass(frozen=True)
class Sitting:
    """Ids; `items` maps the name of a type to the item of that type, in the order of the quiz."""

    assignment: int
    delivery: int
    quiz: int
    sentences: tuple[int, ...]
    items: dict[str, int]

    def fields(self, name: str, which: str = "right", *, revision: int = 0, writer: str = "w1") -> dict[str, Any]:
        """What a form sends for the question of one type: its right, wrong or refused sample."""
        item = self.items[name]
        parts = getattr(SAMPLES[name], which)
        if name == "evidence" and which != "refused":
            parts = {"answer": self.answer(name) if which == "right" else [str(self.sentences[0])]}
        fields = {f"answer-{item}" + (f".{part}" if part != "answer" else ""): sent for part, sent in parts.items()}
        return {"writer": writer, f"revision-{item}": str(revision), **fields}

    def answer(self, name: str) -> list[str]:
        """The right answer to the evidence question: the fourth sentence of this article."""
        assert name == "evidence"
        return [str(self.sentences[3])]


def make_sitting(
    app: Flask,
    people: People,
    rules: DeliveryRules | None = None,
    dates: Dates | None = None,
    types: Sequence[str] = tuple(TYPES),
) -> Sitting:
    """Publish a quiz with one question, worth one point, of each type to the first class.

    "single_choice+evidence" is a single choice that asks for evidence as well: the fourth or the fifth sentence.
    """
    types = tuple(types)
    written = recall(app, f"quiz of {types}", partial(_write_quiz, app, people, types), on="people")
    with app.app_context():
        assignment = assign_article(people.section, written.article, written.version, dates or Dates()).id
        delivery = deliver_quiz(written.quiz, assignment, rules or DeliveryRules()).id
        commit()
    return Sitting(assignment, delivery, written.quiz, written.sentences, written.items)


class _Written(NamedTuple):
    """A published quiz: ids."""

    article: int
    version: int
    sentences: tuple[int, ...]
    quiz: int
    items: dict[str, int]


def _write_quiz(app: Flask, people: People, types: Sequence[str]) -> _Written:
    with app.app_context():
        author = people.instructor.id
        article = create_article(author, prepare(Source(TEXT, "plain"), "A new bridge", "en")).id
        version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article)).one()
        order = select(VersionSentence.sentence_id).where(VersionSentence.version_id == version)
        sentences = tuple(db.session.scalars(order.order_by(VersionSentence.position)))
        quiz = create_quiz(author, article, "Did you get it?").id
        items = {name.partition("+")[0]: add_question(quiz, author, _draft(name, sentences)).id for name in types}
        publish_quiz(quiz)
        commit()
    return _Written(article, version, sentences, quiz, items)


def _draft(named: str, sentences: tuple[int, ...]) -> QuestionDraft:
    name, _plus, part = named.partition("+")
    stored, asked = SAMPLES[name].content, SAMPLES["evidence"].content
    asked = asked | {"passages": [asked["passages"][0] | {"sentences": list(sentences[3:5])}]}
    if name == "evidence":
        stored = stored | asked
    elif part:
        stored = stored | {part: {"asked": asked, "share": FRACTION_ONE // 2}}
    words = QuestionWords.of(f"What about {name}?", GENERAL, "")
    return QuestionDraft(name, words, TYPES[name].read(stored), POINT, (sentences[1], sentences[2]))


def start(client: Client, sitting: Sitting, **form: str) -> int:
    """Press start; the id of the attempt."""
    answer = client.post(f"/deliveries/{sitting.delivery}/attempts", data=form)
    assert answer.status_code in (201, 303), answer.get_data(as_text=True)
    return int(answer.headers["Location"].rsplit("/", 1)[1])


def save(client: Client, attempt: int, item: int, fields: dict[str, Any]) -> TestResponse:
    """Save one answer as the script does."""
    return client.post(f"/attempts/{attempt}/responses/{item}", data=fields, headers={"Accept": "application/json"})


@dataclass(frozen=True)
class StoredResponse:
    """A row of the answers, as it is kept."""

    item_id: int
    answer: Any
    answer_key: str | None
    fraction: int | None
    points: int | None
    flagged: bool
    revision: int
    saved_at: datetime | None


def stored_answers(app: Flask, attempt: int) -> dict[int, StoredResponse]:
    """What the database holds, by item."""
    columns = [getattr(Response, name) for name in StoredResponse.__dataclass_fields__]
    with app.app_context():
        rows = db.session.execute(select(*columns).where(Response.attempt_id == attempt)).all()
    return {row.item_id: StoredResponse(*row) for row in rows}


def stored_attempt(app: Flask, attempt: int) -> dict[str, Any]:
    """The attempt's own row."""
    with app.app_context():
        row = db.session.execute(select(*Attempt.__table__.c).where(Attempt.id == attempt)).one()
        return dict(row._mapping)


def let_time_pass(app: Flask, attempt: int, left: timedelta = timedelta()) -> None:
    """Set an attempt's start back, as if time had passed until only this much of its limit is left."""
    with app.app_context():
        row = db.session.get_one(Attempt, attempt)
        assert row.limit_ends_at is not None
        passed = row.limit_ends_at - clock.now() - left
        row.started_at -= passed
        row.limit_ends_at -= passed
        commit()
