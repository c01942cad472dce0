"""Limits of single students, set through the page."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from articles.models import Assignment
from classroom.models import Enrollment
from core.database import db
from tests.quizzes.sitting import Sitting
from tests.support.browsing import Client
from tests.support.people import People, Person


def place_of(app: Flask, people: People, person: Person) -> int:
    """The id of a person's place in the first class."""
    own = select(Enrollment.id).where(Enrollment.user_id == person.id, Enrollment.section_id == people.section)
    with app.app_context():
        return db.session.scalars(own).one()


def address(app: Flask, people: People, person: Person) -> str:
    """The page of a student's limits."""
    return f"/classes/{people.section}/people/{place_of(app, people, person)}/limits"


def start_page(client: Client, sitting: Sitting) -> str:
    """The start page of the quiz, as text."""
    return str(client.get(f"/deliveries/{sitting.delivery}").get_data(as_text=True))


def latest_dates(app: Flask, sitting: Sitting) -> Any:
    """The latest due date and close that anybody has, as they are kept."""
    columns = (Assignment.latest_due_at, Assignment.latest_closes_at)
    with app.app_context():
        return db.session.execute(select(*columns).where(Assignment.id == sitting.assignment)).one()
