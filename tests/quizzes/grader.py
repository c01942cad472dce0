"""What a grader does through the pages of one pile."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from core.database import db
from quizzes.models import Attempt, GradeDraft, Response
from tests.support.browsing import Client
from tests.support.reading import Reading


def at_pile(reading: Reading, response: int | None = None) -> str:
    asked = f"?response={response}" if response else ""
    return f"/deliveries/{reading.quiz_delivery}/grading/{reading.items[1]}{asked}"


def draft_grade(client: Client, reading: Reading, points: str, **changes: str) -> Any:
    """Draft a grade."""
    data = {"points": points, "comment": "Good reason.", "seen": seen_by(client, reading), **changes}
    return client.post(at_pile(reading, reading.response), data=data)


def seen_by(client: Client, reading: Reading) -> str:
    page = client.get(at_pile(reading, reading.response)).text
    return page.split('name="seen" type="hidden" value="', 1)[1].split('"', 1)[0]


def release_all(client: Client, reading: Reading) -> Any:
    """Look at what would be released, and release it."""
    address = f"/deliveries/{reading.quiz_delivery}/grading/release"
    seen = client.get(address).text.split('name="seen" value="', 1)[1].split('"', 1)[0]
    return client.post(address, data={"seen": seen})


def response_of(app: Flask, reading: Reading) -> tuple[Response, Attempt]:
    with app.app_context():
        response = db.session.get_one(Response, reading.response)
        return response, db.session.get_one(Attempt, response.attempt_id)


def drafts_in(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        return [(row.points, row.comment) for row in db.session.scalars(select(GradeDraft))]
