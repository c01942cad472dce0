"""Statements that go straight to the driver say and answer what SQLAlchemy's own way does."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import IntegrityError

from classroom.models import STAFF, User
from core.database import db, line
from core.many import add_rows, change_rows
from core.prepared import run

MOMENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
COLUMNS = ("name", "username", "username_key", "password_hash", "created_at")


def _people(*names: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "username": name, "username_key": name, "password_hash": "x", "created_at": MOMENT}
        for name in names
    ]


@cache
def _named() -> Any:
    return select(User.name, User.must_change_password, User.created_at, User.email).order_by(User.name)


@cache
def _staff_or_student() -> Any:
    return select(User.name).where(User.role.in_((*STAFF, "student"))).order_by(User.name)


def test_rows_come_as_sqlalchemy_gives_them(app: Flask) -> None:
    with app.app_context():
        add_rows(User, _people("ada", "ben"))
        expected = [tuple(row) for row in db.session.execute(_named())]
        assert list(run(line(), _named(), {})) == expected
        assert expected[0] == ("ada", False, MOMENT, None)


def test_a_fixed_list_is_spelled_out(app: Flask) -> None:
    with app.app_context():
        add_rows(User, _people("ada", "ben"))
        assert list(run(line(), _staff_or_student(), {})) == [("ada",), ("ben",)]


def test_several_rows_change_at_once_and_each_as_it_should(app: Flask) -> None:
    with app.app_context():
        add_rows(User, _people("ada", "ben", "cem"))
        ids = dict(db.session.execute(select(User.name, User.id)).all())
        moved = datetime(2027, 1, 1, tzinfo=UTC)
        change_rows(
            User,
            [
                {"id": ids["ada"], "email": "ada@example.org", "password_reset_notice_at": None},
                {"id": ids["cem"], "email": None, "password_reset_notice_at": moved},
            ],
        )
        rows = db.session.execute(select(User.name, User.email, User.password_reset_notice_at).order_by(User.name))
        assert [tuple(row) for row in rows] == [
            ("ada", "ada@example.org", None),
            ("ben", None, None),
            ("cem", None, moved),
        ]


def test_what_the_database_refuses_is_raised_as_by_sqlalchemy(app: Flask) -> None:
    with app.app_context():
        add_rows(User, _people("ada"))
        with pytest.raises(IntegrityError):
            add_rows(User, _people("ada"))
        db.session.rollback()


def test_a_default_that_is_called_for_each_row_is_asked_for(app: Flask) -> None:
    table = Table("numbers", MetaData(), Column("drawn", Integer, default=lambda: 4), Column("given", Integer))
    with app.app_context(), pytest.raises(TypeError, match="needs a value"):
        run(line(), insert(table).values(given=1), {})
