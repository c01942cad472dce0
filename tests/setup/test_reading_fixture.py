"""The reading that tests share is complete."""

from __future__ import annotations

from flask import Flask

from core.database import db
from quizzes.models import Attempt
from tests.support.reading import Reading


def test_the_reading_has_an_attempt_in_progress_and_one_handed_in(reading: Reading, app: Flask) -> None:
    with app.app_context():
        assert db.session.get_one(Attempt, reading.attempt).submitted_at is None
        assert db.session.get_one(Attempt, reading.handed_in).submitted_at is not None
        assert db.session.get_one(Attempt, reading.handed_in).ungraded == 1
    assert len(reading.sentences) == 7
