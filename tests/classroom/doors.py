"""What the tests of this room ask again and again."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.audit import AuditEntry
from core.database import db

ONE_TIME = re.compile(r"<code>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</code>")


def one_value(app: Flask, statement: Any) -> Any:
    """Return the first column of the only row, read in a context of its own."""
    with app.app_context():
        return db.session.execute(statement).scalar_one()


def values(app: Flask, statement: Any) -> list[Any]:
    """Return the first column of all rows."""
    with app.app_context():
        return list(db.session.scalars(statement))


def log_of(app: Flask) -> list[str]:
    """Return the actions in the audit log, in order."""
    return values(app, select(AuditEntry.action).order_by(AuditEntry.id))


def one_time_passwords(answer: TestResponse) -> list[str]:
    """Return the passwords on a sheet."""
    return ONE_TIME.findall(answer.text)
