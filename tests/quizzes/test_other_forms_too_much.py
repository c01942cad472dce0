"""A million characters, or -1, in all other fields of authors and graders: refused there, kept, nothing changed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.quizzes.grader import at_pile, draft_grade, release_all, seen_by
from tests.quizzes.limits import address
from tests.quizzes.test_authoring_too_much import TOO_MUCH
from tests.quizzes.test_settings import RULES
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.reading import Reading
from tests.support.route_values import own_question, quiz_without_attempts
from tests.support.statements import CountStatements

SignIn = Callable[[Person | str], Client]
pytestmark = pytest.mark.sqlite_only
SETTINGS = {**RULES, "second_try": "some", "second_try_percent": "50", "release_correctness": "at_once", "delay": "1"}
NUMBERS = ("minutes", "attempts_allowed", "delay", "late_credit_percent", "second_try_percent")
TYPED = [
    *[("title", "title"), ("rename", "title"), ("settings", "access_code"), ("tags", "tags"), ("scoring", "why")],
    *[("grade", "comment"), ("regrade", "why")],
]
COUNTED = [
    *[("settings", name) for name in NUMBERS],
    *[("draw", "many"), ("draw", "points"), ("grade", "points")],
    *[("limits", name) for name in ("time_factor_percent", "extra_days", "extra_attempts")],
]


class Forms:
    """The forms, each as (its address, what is typed into it)."""

    def __init__(self, app: Flask, people: People, reading: Reading, client: Client) -> None:
        self.app, self.people, self.reading, self.client = app, people, reading, client

    def __call__(self, name: str) -> tuple[str, dict[str, Any]]:
        made: tuple[str, dict[str, Any]] = getattr(self, name)()
        return made

    def title(self) -> tuple[str, dict[str, Any]]:
        return f"/articles/{self.reading.article}/quizzes/new", {}

    def rename(self) -> tuple[str, dict[str, Any]]:
        return f"/quizzes/{self.reading.quiz}/title", {}

    def settings(self) -> tuple[str, dict[str, Any]]:
        return f"/quizzes/{self.reading.quiz}/settings/{self.reading.assignment}", SETTINGS

    def tags(self) -> tuple[str, dict[str, Any]]:
        with self.app.app_context():
            return f"/questions/{own_question(self.people, self.reading)['question_id']}/tags", {}

    def scoring(self) -> tuple[str, dict[str, Any]]:
        path = f"/deliveries/{self.reading.quiz_delivery}/questions/{self.reading.items[0]}/scoring"
        seen = self.client.get(path).text.split('name="seen" type="hidden" value="', 1)[1].split('"', 1)[0]
        return path, {"policy": "full_credit", "why": "It was unclear.", "seen": seen}

    def grade(self) -> tuple[str, dict[str, Any]]:
        return at_pile(self.reading, self.reading.response), {
            "points": "1",
            "comment": "Good.",
            "seen": seen_by(self.client, self.reading),
        }

    def regrade(self) -> tuple[str, dict[str, Any]]:
        """A grade that its student may have seen."""
        assert draft_grade(self.client, self.reading, "1").status_code == 303
        assert release_all(self.client, self.reading).status_code == 303
        path, fields = self.grade()
        return path, {**fields, "points": "0.5", "why": "It was unclear."}

    def draw(self) -> tuple[str, dict[str, Any]]:
        with self.app.app_context():
            quiz = int(str(quiz_without_attempts(self.people, self.reading)["quiz_id"]))
        assert self.client.post(self.tags()[0], data={"tags": "pool"}).status_code == 303
        return f"/quizzes/{quiz}/draws", {"tag": "pool", "many": "1", "points": "1"}

    def limits(self) -> tuple[str, dict[str, Any]]:
        return address(self.app, self.people, self.people.student), {}


@pytest.fixture
def client(people: People, sign_in: SignIn) -> Client:
    """The instructor."""
    return sign_in(people.instructor)


@pytest.mark.parametrize(
    ("form", "field", "typed"),
    [
        *[(form, field, TOO_MUCH) for form, field in TYPED],
        *[(form, field, typed) for form, field in COUNTED for typed in ("9" * 1_000_000, "-1")],
    ],
    ids=lambda value: value if len(value) < 30 else "a million",
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(
    app: Flask,
    people: People,
    reading: Reading,
    client: Client,
    count_statements: CountStatements,
    form: str,
    field: str,
    typed: str,
) -> None:
    path, fields = Forms(app, people, reading, client)(form)
    with count_statements() as seen:
        answer = client.post(path, data={**fields, field: typed})
    assert answer.status_code == 422
    assert not seen.writes()
    page = html.unescape(answer.text)
    assert re.search(rf'<a href="#{field}">', page)
    assert f'id="{field}-error"' in page
    assert typed in page
