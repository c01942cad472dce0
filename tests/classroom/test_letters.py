"""Letters through a real mail server: what is in them and what never is."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email import message_from_bytes
from email.errors import MessageError
from email.policy import default

import pytest
from sqlalchemy import update

from classroom.jobs import announce_news
from classroom.mail_times import Preferences
from classroom.mailing import send_letters
from classroom.models import Notification, User
from classroom.notifications import Kind, init_notifications
from classroom.operations.sections import archive_section
from core.database import commit, db
from core.jobs import run_task
from core.mail import Message, written_out
from tests.classroom.planned import planned, want
from tests.support.post import FROM, PUBLIC, THING, parts_of


def test_a_digest_says_what_happened_and_leads_there(people, post, tell, afternoon):
    tell(1)
    tell(2)
    assert post.messages == []
    assert afternoon()
    (message,) = post.messages
    assert (message["To"], message["From"], message["Subject"]) == (people.student.email, FROM, "New in your classes")
    assert message.get_content_type() == "multipart/alternative"
    for part in parts_of(message):
        assert "Hello Sofia Lind," in part
        assert "Reading the News" in part
        assert [thing for thing in (1, 2) if THING % thing in part] == [1, 2]
        assert f"{PUBLIC}/classes/{people.section}" in part
        assert f"{PUBLIC}/account/notifications" in part
        assert "SECRET" not in part
    assert parts_of(message)[0].startswith(
        "Hello Sofia Lind,\n\nThis is new in your classes:\n\nReading the News\n\n- "
    )


def test_its_headers_are_those_of_a_machine_with_a_way_out(post, tell, afternoon, clock):
    tell(1)
    afternoon()
    (message,) = post.messages
    assert message["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[^<>@ ]+@school\.example>", message["Message-ID"])
    assert message["Date"].datetime == clock.now().replace(microsecond=0)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (raw,) = post.raw
    (line,) = re.findall(rb"(?m)^List-Unsubscribe: (.*?)\r?$", raw)
    assert line.startswith(f"<{PUBLIC}/unsubscribe/".encode())
    assert line.endswith(b">")
    assert line[1:-1].decode() in parts_of(message)[0]
    assert max(len(each) for each in raw.splitlines() if not each.startswith(b"List-Unsubscribe")) <= 78
    raw.decode("ascii")  # other letters are encoded, in headers and in bodies


def test_html_brings_nothing_from_elsewhere_and_no_script(people, post, tell, afternoon):
    tell(1)
    afternoon()
    html = parts_of(post.messages[0])[1]
    addresses = set(re.findall(r'(?:href|src|url\()\s*=?\s*["\']?([^"\')> ]+)', html))
    assert {address.split("/")[2] for address in addresses} == {"read.school.example"}
    assert not re.search(r"<(?:script|img|link|iframe|object|form)\b|\son\w+=|@import|url\(", html)
    assert "prefers-color-scheme: dark" in html


def test_names_cannot_forge_markup_or_headers(mail_app, people, post, tell, afternoon):
    with mail_app.app_context():
        name = "<b>Eve</b>\r\nBcc: all@school.example\r\n\r\n- Forged"
        db.session.execute(update(User).where(User.id == people.student.id).values(name=name))
        commit()
    tell(1)
    afternoon()
    (message,) = post.messages
    assert message["Bcc"] is None
    text, html = parts_of(message)
    assert text.splitlines()[0] == "Hello <b>Eve</b> Bcc: all@school.example - Forged,"
    assert "&lt;b&gt;Eve&lt;/b&gt;" in html


@pytest.mark.parametrize("evil", ["a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "no address"])
def test_no_address_becomes_two_or_a_header(mail_app, evil):
    with mail_app.app_context(), pytest.raises((ValueError, MessageError)):
        written_out(Message(evil, "Subject", "Text"))


def test_no_subject_becomes_a_header(mail_app):
    with mail_app.app_context(), pytest.raises(ValueError, match="linefeed"):
        written_out(Message("a@b.example", "Subject\r\nBcc: c@d.example", "Text"))


def test_subjects_in_any_script_come_as_they_were_written(mail_app):
    subject = "Sınıflarınızda yeni olanlar " + "عربي " * 20
    with mail_app.app_context():
        raw = written_out(Message("a@b.example", subject, "Text")).as_bytes()
    assert max(len(line) for line in raw.splitlines()) <= 78
    assert message_from_bytes(raw, policy=default)["Subject"].strip() == subject.strip()


def test_there_is_one_digest_a_day_and_none_without_news(people, post, tell, afternoon):
    tell(1)
    for _look in range(3):
        afternoon()
    assert len(post.messages) == 1
    tell(2)
    afternoon()
    assert len(post.messages) == 2
    assert THING % 1 not in parts_of(post.messages[1])[0]


@pytest.mark.parametrize("way", ["hidden", "seen", "read", "archived", "off"])
def test_what_may_not_be_said_or_is_known_or_unwanted_is_not_mailed(
    mail_app, people, post, tell, afternoon, said, sign_in, way
):
    tell(1)
    if way == "hidden":
        said.hidden.add(1)
    elif way == "seen":
        said.seen.add(1)
    elif way == "read":
        with mail_app.app_context():
            db.session.execute(update(Notification).values(read_at=datetime.now().astimezone()))
            commit()
    elif way == "archived":
        with mail_app.app_context():
            archive_section(people.instructor.id, people.section)
            commit()
    else:
        want(mail_app, people.student, Preferences("off"))
    assert afternoon()
    assert post.messages == []
    assert planned(mail_app) == {}


def test_nobody_gets_mail_at_an_address_that_is_not_known_to_be_theirs(mail_app, people, post, tell, afternoon):
    tell(1, people.classmate)
    afternoon()
    assert post.messages == []
    assert planned(mail_app) == {}


def test_an_address_that_changed_before_the_letter_went_out_gets_nothing(mail_app, people, post, tell, afternoon):
    tell(1)
    with mail_app.app_context():
        db.session.execute(update(User).where(User.id == people.student.id).values(email_confirmed_at=None))
        commit()
    afternoon()
    assert post.messages == []


def test_without_a_mail_server_nothing_is_planned(app, people, clock, said):
    before = app.extensions["notification kinds"]
    init_notifications(app, [Kind("plain", "info", said.render)])
    with app.app_context():
        told = {"section_id": people.section, "created_at": clock.now(), "look_at": clock.now()}
        db.session.add(Notification(user_id=people.student.id, kind="plain", object_id=1, **told))
        commit()
    assert run_task(app, announce_news)
    app.extensions["notification kinds"] = before
    assert planned(app) == {}
    assert run_task(app, send_letters)


def test_replies_come_soon_and_together_if_they_are_wanted(mail_app, people, post, tell, clock, afternoon):
    want(mail_app, people.student, Preferences(replies=True))
    tell(1, kind="replies")
    clock.forward(minutes=5)
    tell(2, kind="replies")
    tell(3)
    clock.forward(minutes=4)
    assert run_task(mail_app, send_letters)
    assert post.messages == []
    clock.forward(minutes=1)
    assert run_task(mail_app, send_letters)
    (message,) = post.messages
    assert message["Subject"] == "Replies to you"
    text = parts_of(message)[0]
    assert [thing for thing in (1, 2, 3) if THING % thing in text] == [1, 2]
    afternoon()
    assert [thing for thing in (1, 2, 3) if THING % thing in parts_of(post.messages[1])[0]] == [3]


def test_reminders_come_at_once_by_day_and_in_the_morning_by_night(mail_app, people, post, tell, clock):
    want(mail_app, people.student, Preferences("off"))
    tell(1, kind="reminders")
    assert run_task(mail_app, send_letters)
    assert [message["Subject"] for message in post.messages] == ["Due soon"]
    clock.set(clock.now().replace(hour=23))
    tell(2, kind="reminders")
    assert run_task(mail_app, send_letters)
    assert len(post.messages) == 1
    clock.set(clock.now().replace(hour=7) + timedelta(days=1))
    assert run_task(mail_app, send_letters)
    assert [message["Subject"] for message in post.messages][1:] == ["Due soon"]


def test_a_long_digest_says_how_much_more_there_is(people, post, tell, afternoon):
    for thing in range(1, 44):
        tell(thing)
    afternoon()
    text = parts_of(post.messages[0])[0]
    assert text.count("\n- ") == 40
    assert f"And 3 things more: {PUBLIC}/notifications" in text
