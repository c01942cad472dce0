"""What the tests stand on: every test begins with nothing in the database and ids that start at 1."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import QueuePool, create_engine, func, select, text
from sqlalchemy.exc import TimeoutError as NoneIsFree

from classroom.models import User
from classroom.operations.accounts import NewUser, create_user
from core import clock as core_clock
from core.database import db
from tests.support.databases import Database
from tests.support.moments import Clock
from tests.support.people import People, make_people


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_test_begins_with_an_empty_database(people: People, app: Flask, turn: int) -> None:
    assert people.instructor.id == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 7


def test_what_is_remembered_has_ids_from_1_although_some_were_given_out_and_undone(
    database: Database, app: Flask
) -> None:
    with app.app_context():
        create_user(NewUser("Nobody", "no hash", email="nobody@example.org"))
        db.session.flush()
        db.session.rollback()
    assert database.recall("people after nobody", lambda: make_people(app)).instructor.id == 1


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


def test_who_waits_for_a_connection_is_told_although_the_clock_stands_still(clock: Clock) -> None:
    engine = create_engine("sqlite://", poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.1)
    with engine.connect(), pytest.raises(NoneIsFree):
        engine.connect()
    engine.dispose()


def test_on_postgresql_no_statement_waits_for_ever(database: Database) -> None:
    if database.kind == "postgresql":
        with database.engine.connect() as connection:
            assert connection.scalar(text("SHOW lock_timeout")) == "2min"
            assert connection.scalar(text("SHOW statement_timeout")) == "5min"
