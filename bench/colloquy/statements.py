"""Counts SQL statements: the same visits, made inside this process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bench.browser import Answer, Fields, path_of
from core.database import db

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


class InProcess:
    """A visitor that asks the application itself, without a server."""

    def __init__(self, app: Flask, client: FlaskClient | None = None) -> None:
        self._client = client or app.test_client()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a page."""
        return self._answer(self._client.get(path, headers=dict(headers or {})))

    def post(self, path: str, fields: Fields, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a form."""
        return self._answer(self._client.post(path, data=dict(fields), headers=dict(headers or {})))

    def _answer(self, response: Any) -> Answer:
        return Answer(response.status_code, path_of(response.headers.get("Location", "")), response.data)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that the application sends in this process, transactions' own ones apart."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
