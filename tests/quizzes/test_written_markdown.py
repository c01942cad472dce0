"""Open answers are Markdown: who wrote one, who grades it and who looks it up read it as it was meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from core.database import commit, db
from quizzes.models import Response
from tests.quizzes.grader import at_pile
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.reading import Reading

SignIn = Callable[[Person | str], Client]
WRITTEN = "It *was* late.\n\n- one <b>bold</b>\n- two"


@pytest.fixture
def written(app: Flask, reading: Reading) -> None:
    """The classmate's open answer has emphasis, a list, and a tag that is none."""
    with app.app_context():
        row = db.session.get_one(Response, reading.response)
        row.answer = {"text": WRITTEN}
        commit()


def _addresses(reading: Reading) -> list[tuple[str, str]]:
    return [
        ("classmate", f"/attempts/{reading.handed_in}/result"),
        ("assistant", at_pile(reading)),
        ("instructor", f"/readings/{reading.assignment}/results/responses/{reading.response}"),
    ]


@pytest.mark.usefixtures("written")
def test_an_open_answer_is_read_as_markdown(people: People, reading: Reading, sign_in: SignIn) -> None:
    for who, address in _addresses(reading):
        text = sign_in(getattr(people, who)).get(address).text
        assert "<p>It <em>was</em> late.</p>" in text, who
        assert "<li>one &lt;b&gt;bold&lt;/b&gt;</li>" in text, who
        assert "<b>bold" not in text, who
