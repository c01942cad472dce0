"""A gradebook with something in it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from classroom.models import Enrollment
from core import clock
from core.database import commit, db
from core.points import POINT
from discussion.operations import Actor, set_requirements
from discussion.participation import Requirement
from quizzes.models import Response
from quizzes.operations.grading import HandGrade, grade_response
from quizzes.queries.grading import seen_of
from tests.support.people import People, Person
from tests.support.reading import Reading


def make_graded(app: Flask, people: People, reading: Reading) -> Reading:
    """The classmate's open answer has 1.5 of 2 points; a post is asked for and worth 4; the classmate has posted."""
    with app.app_context():
        revision = db.session.get_one(Response, reading.response).revision
        grade_response(reading.response, HandGrade(people.instructor.id, 150_000, "Good.", seen_of(revision, 0)))
        asked = [Requirement(0, "post", 1, clock.now() + timedelta(days=1), 4 * POINT)]
        asked.append(Requirement(0, "reply", 1, clock.now() + timedelta(days=1), POINT))
        set_requirements(Actor(people.instructor.id, people.section), reading.prompt_delivery, asked)
        commit()
    return reading


def place_of(app: Flask, person: Person) -> int:
    """The person's place in their class."""
    with app.app_context():
        return db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == person.id)).one()
