"""Of a class where hundreds wait, the first are read, in the same order as when all are."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from articles.models import Assignment, OwnDates
from articles.operations.own_dates import keep_dates_of_assignment
from classroom.models import Accommodation, Enrollment
from core import clock
from core.database import commit, db, read_rows
from core.points import POINT
from discussion.models import PromptDelivery
from discussion.operations import Actor, set_requirements
from discussion.participation import Requirement
from discussion.queries import silent
from discussion.queries.silent import list_silent_in
from results.models import GradeDecision
from results.queries import not_started
from tests.support.people import People, make_students
from tests.support.reading import Reading

MORE = 6


@pytest.fixture
def late(app: Flask, people: People, reading: Reading) -> list[int]:
    """The places of six students who have done nothing: the quiz is due in five hours, for the last in ten; the third
    is excused. One rule of the thread is soon over, another has been over since yesterday: the fifth has more days."""
    make_students(app, people.section, MORE)
    with app.app_context():
        now = clock.now()
        of_class = select(Enrollment.id).where(Enrollment.section_id == people.section, Enrollment.role == "student")
        places = list(db.session.scalars(of_class.order_by(Enrollment.id)))[-MORE:]
        row = db.session.get_one(Assignment, reading.assignment)
        row.due_at, row.latest_due_at = now + timedelta(hours=5), now + timedelta(hours=10)
        row.closes_at = row.latest_closes_at = now + timedelta(days=5)
        own = {"due_at": row.latest_due_at, "closes_at": row.closes_at}
        db.session.add(OwnDates(assignment_id=row.id, enrollment_id=places[-1], **own))
        by = people.instructor.id
        cell = {"enrollment_id": places[2], "quiz_delivery_id": reading.quiz_delivery, "number": 1}
        db.session.add(GradeDecision(**cell, kind="excuse", before=None, after=None, why="Was ill.", by_id=by, at=now))
        db.session.add(Accommodation(enrollment_id=places[4], extra_days=3, updated_by_id=by, updated_at=now))
        dues = (now + timedelta(hours=5), now - timedelta(days=1))
        wanted = [Requirement(0, "post", at, due, POINT) for at, due in enumerate(dues, 1)]
        set_requirements(Actor(by, people.section), reading.prompt_delivery, wanted)
        commit()
    return places


def test_the_first_who_have_not_started_are_those_of_all(
    app: Flask, people: People, late: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    given = {"sections": [people.section], "second": now, "soon": now + timedelta(days=1)}
    with app.app_context():
        everybody = [row[4] for row in read_rows(not_started.not_started.__wrapped__(), given)]
        assert [each for each in everybody if each in late] == [late[5], late[0], late[1], late[3], late[4]]
        for most in range(1, len(everybody) + 1):
            monkeypatch.setattr(not_started, "MOST", most)
            assert [row[4] for row in read_rows(not_started.not_started.__wrapped__(), given)] == everybody[:most]


def test_the_first_who_are_silent_are_those_of_all(
    app: Flask, people: People, late: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    given = {
        "sections": [people.section],
        "now": now,
        "soon": now + timedelta(days=1),
        "since": now - timedelta(days=30),
    }
    with app.app_context():
        everybody = list(read_rows(silent._silent.__wrapped__(), given))
        students = [row[7] for row in everybody]
        assert [each for each in students if each in late] == [late[4], *late]
        for most in range(1, len(everybody) + 1):
            monkeypatch.setattr(silent, "MOST", most)
            assert list(read_rows(silent._silent.__wrapped__(), given)) == everybody[:most]
        assert read_rows(silent._silent.__wrapped__(), {**given, "since": now})[0][7] == late[0]


def test_where_a_thread_has_closed_for_the_class_those_are_silent_for_whom_it_has_not(
    app: Flask, people: People, reading: Reading, late: list[int]
) -> None:
    now = clock.now()
    with app.app_context():
        row = db.session.get_one(Assignment, reading.assignment)
        row.due_at, row.closes_at = None, now - timedelta(hours=1)
        db.session.flush()
        keep_dates_of_assignment(row.id)
        commit()

        def silent_at(at: datetime) -> list[int]:
            return [each.enrollment_id for each in list_silent_in([people.section], at, at + timedelta(days=1))]

        assert silent_at(now) == [late[4]]
        row.closes_at = now - timedelta(days=3, hours=1)
        db.session.flush()
        keep_dates_of_assignment(row.id)
        assert silent_at(now) == []
        db.session.get_one(PromptDelivery, reading.prompt_delivery).closes_at = now + timedelta(days=1)
        db.session.flush()
        given = {"sections": [people.section], "now": now, "soon": now + timedelta(days=1)}
        rows = read_rows(silent._silent(), {**given, "since": now - timedelta(days=30)})
        listed = [(row[0], row[7]) for row in rows]
        assert [student for _asked, student in listed].count(late[4]) == 2
        assert len(set(listed)) == len(listed)  # or the list would be full of the same few
