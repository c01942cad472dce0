"""A mail server, the application that uses it, and things to tell whose words a test chooses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from classroom.jobs import announce_news
from classroom.mailing import send_letters
from classroom.models import Notification
from classroom.notifications import Kind, Words, init_notifications
from core.database import commit, db
from core.jobs import run_task
from tests.support.post import FROM, PUBLIC, THING, post_office


@pytest.fixture
def post():
    with post_office() as office:
        yield office


class Sayable:
    """Words for whatever a test tells, unless it is not to be said."""

    def __init__(self):
        self.hidden, self.seen, self.broken = set(), set(), set()

    def render(self, reader, rows):
        assert not self.broken & {row.object_id for row in rows}
        return {
            row.id: Words(
                THING % row.object_id,
                "classpage.index",
                {"section_id": row.section_id},
                detail="SECRET of the page",
                is_seen=row.object_id in self.seen,
            )
            for row in rows
            if row.object_id not in self.hidden
        }


@pytest.fixture
def said():
    return Sayable()


@pytest.fixture
def mail_app(database, people, post, said, clock):
    """The application with mail, on a clock that stands still, with kinds of the test's own."""
    app = database.make_app(COLLOQUY_SMTP_URL=post.url, COLLOQUY_MAIL_FROM=FROM, COLLOQUY_PUBLIC_URL=PUBLIC)
    kinds = [Kind(name or "plain", "info", said.render, letter=name) for name in ("", "replies", "reminders")]
    init_notifications(app, kinds)
    return app


@pytest.fixture
def tell(mail_app, people, clock):
    """Tell somebody something and announce it: `tell(1)`, `tell(2, kind="replies")`."""

    def told(object_id, person=None, kind="plain", section=None):
        with mail_app.app_context():
            here = {"section_id": section or people.section, "created_at": clock.now(), "look_at": clock.now()}
            db.session.add(Notification(user_id=(person or people.student).id, kind=kind, object_id=object_id, **here))
            commit()
        assert run_task(mail_app, announce_news)

    return told


@pytest.fixture
def afternoon(clock, mail_app):
    """Let it be five in the afternoon in Berlin, and the worker come by."""

    def come():
        clock.set(clock.now().replace(hour=16, minute=0, second=1) + timedelta(days=clock.now().hour >= 16))
        return run_task(mail_app, send_letters)

    return come
