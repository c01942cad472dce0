"""A reading of the first class with one thread, and what tests do in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from articles.drafts import prepare
from articles.importing.formats import Source
from articles.models import ArticleVersion
from articles.operations import Dates, assign_article, create_article
from articles.queries import list_sentences
from classroom.models import Enrollment
from core.database import commit, db
from core.text import render_markdown
from discussion.comment_text import compose
from discussion.operations import (
    DeliverySettings,
    DiscussionRef,
    PromptDraft,
    add_comment,
    create_prompt,
    deliver_prompt,
)
from tests.support.people import People, Person

TEXT = """The harbour town voted on Tuesday. Most people chose the new bridge. Some did not vote at all.

The bridge will cost 4.5 million crowns. Dr. Lund, who leads the council, called it cheap.

Work begins in spring."""


@dataclass(frozen=True)
class Thread:
    """Ids of a thread in the first class and of what it stands on; `elsewhere` is the other class's own thread."""

    article: int
    version: int
    sentences: tuple[int, ...]
    assignment: int
    prompt: int
    delivery: int
    elsewhere: int

    @property
    def url(self) -> str:
        """The thread's page."""
        return f"/discussions/{self.delivery}"


def _article(author: int) -> tuple[int, int]:
    article = create_article(author, prepare(Source(TEXT, "plain"), "A new bridge", "en")).id
    version = db.session.scalars(select(ArticleVersion.id).where(ArticleVersion.article_id == article)).one()
    return article, version


def _prompt(author: int, article: int, version: int) -> int:
    first, *_others = [sentence.id for sentence in list_sentences(version)]
    body = "Point to at least *one* passage."
    draft = PromptDraft(article, version, "Was it a fair vote?", body, render_markdown(body), ((first, first),))
    return create_prompt(author, draft)


@pytest.fixture
def thread(app: Flask, people: People) -> Thread:
    """A thread in the first class without a gate, and one in the other class."""
    with app.app_context():
        article, version = _article(people.instructor.id)
        prompt = _prompt(people.instructor.id, article, version)
        assignment = assign_article(people.section, article, version, Dates()).id
        delivery = deliver_prompt(people.instructor.id, prompt, assignment, DeliverySettings())
        other_article, other_version = _article(people.other_instructor.id)
        other_prompt = _prompt(people.other_instructor.id, other_article, other_version)
        other = assign_article(people.other_section, other_article, other_version, Dates()).id
        elsewhere = deliver_prompt(people.other_instructor.id, other_prompt, other, DeliverySettings())
        sentences = tuple(sentence.id for sentence in list_sentences(version))
        commit()
    return Thread(article, version, sentences, assignment, prompt, delivery, elsewhere)


@pytest.fixture
def given(app: Flask, people: People, thread: Thread) -> Callable[..., None]:
    """`given(posts_before_seeing=1, closes_at=…)` changes the thread's rules."""

    def change(**rules: Any) -> None:
        with app.app_context():
            deliver_prompt(people.instructor.id, thread.prompt, thread.assignment, DeliverySettings(**rules))
            commit()

    return change


@pytest.fixture
def write(app: Flask, people: People, thread: Thread) -> Callable[..., int]:
    """`write(people.student, "text", parent=None)` puts a comment into the thread and returns its id."""

    def written(person: Person, body: str, parent: int | None = None) -> int:
        text = compose(body, parent)
        with app.app_context():
            place = db.session.scalars(
                select(Enrollment.id).where(Enrollment.user_id == person.id, Enrollment.section_id == people.section)
            ).one()
            comment = add_comment(place, DiscussionRef(thread.assignment, thread.delivery, thread.version), text)
            commit()
        return comment

    return written
