"""A request has one connection and one transaction, and the session joins them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import select

from classroom.models import User
from core.database import commit, db, give_up, line, read_first, read_rows
from core.many import add_rows

MOMENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
FIELDS = {"password_hash": "x", "created_at": MOMENT}


@cache
def _names() -> Any:
    return select(User.name).order_by(User.name)


def _write_two() -> None:
    """One past the session, one in it."""
    add_rows(User, [{"name": "ada", "username": "ada", "username_key": "ada", **FIELDS}])
    db.session.add(User(name="ben", username="ben", username_key="ben", role="student", **FIELDS))
    db.session.flush()


def _stored(app: Flask) -> list[str]:
    with app.test_request_context("/"):
        return [name for (name,) in read_rows(_names(), {})]


def _borrowed() -> int:
    pool: Any = db.engine.pool
    return int(pool.checkedout())


def test_what_the_session_writes_and_what_is_written_past_it_is_committed_together(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        _write_two()
        assert [name for (name,) in read_rows(_names(), {})] == ["ada", "ben"]
        assert _borrowed() == 1
        commit()
        assert _borrowed() == 0
    assert _stored(app) == ["ada", "ben"]


def test_giving_up_undoes_both_and_lets_others_write(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        _write_two()
        give_up()
        assert _borrowed() == 0
        assert read_rows(_names(), {}) == []
    assert _stored(app) == []


def test_a_request_that_ends_without_a_commit_leaves_nothing(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        _write_two()
    with app.app_context():
        assert _borrowed() == 0
    assert _stored(app) == []


@pytest.mark.parametrize("failing", ["before", "after"])
def test_a_savepoint_undoes_only_itself(app: Flask, failing: str) -> None:
    with app.test_request_context("/", method="POST"):
        if failing == "after":
            _write_two()
        savepoint = db.session.begin_nested()
        db.session.add(User(name="cem", username="cem", username_key="cem", role="student", **FIELDS))
        db.session.flush()
        savepoint.rollback()
        if failing == "before":
            _write_two()
        commit()
    assert _stored(app) == ["ada", "ben"]


def test_what_is_read_first_begins_no_transaction_where_something_may_be_written(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        assert read_first(_names(), {}) == []
        assert not g.line.has_begun
        assert line() is g.line
        assert g.line.has_begun


def test_the_session_joins_a_transaction_that_has_begun(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        add_rows(User, [{"name": "ada", "username": "ada", "username_key": "ada", **FIELDS}])
        assert db.session.scalars(_names()).all() == ["ada"]
        assert _borrowed() == 1
        give_up()
    assert _stored(app) == []


def test_a_page_and_its_session_read_on_one_connection(app: Flask) -> None:
    with app.test_request_context("/"):
        read_rows(_names(), {})
        assert db.session.scalars(_names()).all() == []
        assert _borrowed() == 1


def test_what_is_read_after_the_commit_keeps_no_writer_waiting(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        _write_two()
        commit()
        assert [name for (name,) in read_rows(_names(), {})] == ["ada", "ben"]
        with app.test_request_context("/", method="POST"):
            add_rows(User, [{"name": "cem", "username": "cem", "username_key": "cem", **FIELDS}])
            commit()
    assert _stored(app) == ["ada", "ben", "cem"]
