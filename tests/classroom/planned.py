"""What mail people want, what is planned and what became of it, read from the database."""

from __future__ import annotations

from sqlalchemy import select

from classroom.models import Letter
from classroom.operations.mail import set_preferences
from core.audit import AuditEntry
from core.database import commit, db


def want(app, person, wanted):
    with app.app_context():
        set_preferences(person.id, wanted)
        commit()


def planned(app):
    with app.app_context():
        return {row.kind: (row.due_at, row.tries) for row in db.session.scalars(select(Letter))}


def acts(app):
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("mail.%"))))
