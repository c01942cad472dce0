"""A word to all who have not handed in, from the page that says how many they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from articles.models import Assignment
from classroom.models import Enrollment, Notification
from core import clock
from core.audit import AuditEntry
from core.database import commit, db
from results.need_models import StaffMessage
from results.queries.message_limits import TO_MANY
from tests.support.gradebook import place_of
from tests.support.people import make_students


@pytest.fixture
def late(app, people, reading):
    """Three students have not begun, one has not handed in; the classmate has."""
    return make_students(app, people.section, 3)


def address(reading) -> str:
    return f"/readings/{reading.assignment}/results/reminders"


def messages(app) -> list[StaffMessage]:
    with app.app_context():
        return list(db.session.scalars(select(StaffMessage).order_by(StaffMessage.enrollment_id)))


@pytest.mark.parametrize("page", ["results", "results/students?state=missing"])
def test_the_form_says_how_many_it_writes_to(people, reading, late, sign_in, page) -> None:
    shown = sign_in(people.instructor).get(f"/readings/{reading.assignment}/{page}").text
    assert "Remind the 4 who are not in" in shown
    assert 'name="seen" value="4"' in shown
    assert "Please hand in “Did you get it?” on “A new bridge”." in shown


def test_each_who_is_not_in_is_told_once_and_the_log_says_who_wrote(app, people, reading, late, sign_in) -> None:
    client = sign_in(people.assistant)
    answer = client.post(address(reading), data={"seen": "4", "body": " Please come.\nA. "}, follow_redirects=True)
    assert "Sent to 4 students." in answer.text
    sent = messages(app)
    assert [each.body for each in sent] == ["Please come.\nA."] * 4
    assert place_of(app, people.classmate) not in {each.enrollment_id for each in sent}
    with app.app_context():
        told = db.session.execute(select(Notification.user_id, Notification.object_id))
        assert sorted(row[0] for row in told) == sorted([people.student.id, *(each.id for each in late)])
        act = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "message.send")).one()
    assert act.section_id == people.section
    assert act.detail["enrollments"] == [each.enrollment_id for each in sent]
    assert "Please come" not in str(act.detail)
    mine = next(each.id for each in sent if each.enrollment_id == place_of(app, late[0]))
    assert "Please come." in sign_in(late[0]).get(f"/messages/{mine}").text


def test_when_they_are_others_meanwhile_nothing_is_sent_and_the_words_come_back(
    app, people, reading, late, sign_in
) -> None:
    client = sign_in(people.instructor)
    refused = client.post(address(reading), data={"seen": "5", "body": "Please come."})
    assert refused.status_code == 409
    assert "Please come.</textarea>" in refused.text
    assert 'name="seen" value="4"' in refused.text
    empty = client.post(address(reading), data={"seen": "4", "body": " "})
    assert empty.status_code == 422
    assert messages(app) == []


def test_who_is_excused_or_can_no_longer_hand_in_gets_nothing(app, people, reading, late, sign_in) -> None:
    client, place = sign_in(people.instructor), place_of(app, late[0])
    cell = f"/classes/{people.section}/gradebook/students/{place}/quiz-{reading.quiz_delivery}"
    assert client.post(cell, data={"seen": "0", "kind": "excuse", "why": "Was ill."}).status_code == 303
    answer = client.post(address(reading), data={"seen": "4", "body": "Please come."}, follow_redirects=True)
    assert "Sent to 3 students." in answer.text
    assert len(messages(app)) == 3
    assert place not in {each.enrollment_id for each in messages(app)}
    with app.app_context():
        row = db.session.get_one(Assignment, reading.assignment)
        row.closes_at = row.latest_closes_at = clock.now() - timedelta(hours=1)
        commit()
    assert "Remind the" not in client.get(f"/readings/{reading.assignment}/results").text
    assert client.post(address(reading), data={"seen": "4", "body": "Please come."}).status_code == 409
    assert len(messages(app)) == 3


def test_a_class_is_not_flooded(app, people, reading, late, sign_in) -> None:
    client = sign_in(people.instructor)
    for each in range(TO_MANY.hits):
        assert client.post(address(reading), data={"seen": "4", "body": f"Please come. {each}"}).status_code == 303
    refused = client.post(address(reading), data={"seen": "4", "body": "Please come again."})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Please come again.</textarea>" in refused.text
    assert len(messages(app)) == 4 * TO_MANY.hits


def test_observers_and_students_write_to_nobody(app, people, reading, late, sign_in) -> None:
    with app.app_context():
        places = select(Enrollment).where(Enrollment.user_id == people.assistant.id)
        db.session.scalars(places.where(Enrollment.section_id == people.section)).one().role = "observer"
        commit()
    for person in (people.assistant, people.student):
        answer = sign_in(person).post(address(reading), data={"seen": "4", "body": "Please come."})
        assert answer.status_code == 403
    assert "Remind the" not in sign_in(people.assistant).get(f"/readings/{reading.assignment}/results").text


def test_a_form_that_is_sent_twice_writes_once_and_other_words_are_written(app, people, reading, late, sign_in) -> None:
    client, words = sign_in(people.instructor), {"seen": "4", "body": "Please come."}
    assert [client.post(address(reading), data=words).status_code for _again in range(2)] == [303, 303]
    assert len(messages(app)) == 4
    client.post(address(reading), data={**words, "body": "Please do come."})
    assert len(messages(app)) == 8


def test_the_same_words_can_be_written_again_later_and_by_somebody_else(app, people, reading, late, sign_in, clock):
    words = {"seen": "4", "body": "Please come."}
    sign_in(people.instructor).post(address(reading), data=words)
    sign_in(people.assistant).post(address(reading), data=words)
    assert len(messages(app)) == 8
    clock.forward(minutes=2)
    sign_in(people.instructor).post(address(reading), data=words)
    assert len(messages(app)) == 12
