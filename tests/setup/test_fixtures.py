"""What the tests stand on: every test begins with nothing in the database and ids that start at 1."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from classroom.models import User
from core import clock as core_clock
from core.database import db
from tests.support.databases import Database
from tests.support.moments import Clock
from tests.support.people import People


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_test_begins_with_an_empty_database(people: People, app: Flask, turn: int) -> None:
    assert people.instructor.id == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 7


def test_each_kind_of_database_is_the_kind_it_says(database: Database) -> None:
    assert database.engine.dialect.name == database.kind


def test_what_is_not_committed_is_not_there(people: People, app: Flask) -> None:
    with app.app_context():
        db.session.get_one(User, people.student.id).name = "Somebody else"
        db.session.flush()
    with app.app_context():
        assert db.session.get_one(User, people.student.id).name == people.student.name


def test_the_clock_stands_still_until_it_is_moved(clock: Clock) -> None:
    before = core_clock.now()
    assert core_clock.now() == before
    assert clock.forward(minutes=30) == core_clock.now()
    assert (core_clock.now() - before).total_seconds() == 1800
