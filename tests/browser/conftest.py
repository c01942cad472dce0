"""Browsers for whole journeys, and the demonstration to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db
from quizzes.models import Response
from tests.browser.demonstration import Demonstration, demonstration_in
from tests.support.reading import Reading


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The demonstration, served for this test process. Its tests look and change nothing that others see."""
    with demonstration_in(tmp_path_factory.mktemp("demonstration")) as loaded:
        yield loaded


@pytest.fixture
def stored(app: Flask, reading: Reading) -> Callable[[], str | None]:
    """The text that the database holds as the student's answer to the open question."""

    def read() -> str | None:
        own = select(Response.answer).where(
            Response.attempt_id == reading.attempt, Response.item_id == reading.items[1]
        )
        with app.app_context():
            answer = db.session.scalars(own).one()
        return answer["text"] if answer else None

    return read
