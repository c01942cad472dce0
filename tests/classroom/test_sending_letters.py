"""Letters are sent once, by however many workers, and whatever fails: later, or given up, and nobody else waits."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import update

from classroom.mail_times import Preferences
from classroom.mailing import AT_ONCE, send_letters
from classroom.models import User
from core.database import commit, db
from core.jobs import run_task
from tests.classroom.planned import acts, planned, want
from tests.support.people import make_students
from tests.support.post import FROM, PUBLIC, THING, free_port, parts_of
from tests.support.statements import recorded


def test_two_workers_send_each_letter_once(mail_app, people, post, tell, clock):
    everybody = [people.student, people.instructor, people.assistant]
    want(mail_app, people.student, Preferences(replies=True))
    for person in everybody:
        tell(person.id, person)
    tell(99, kind="replies")
    clock.set(clock.now().replace(hour=16, minute=0, second=1))
    start = threading.Barrier(4)

    def work(_worker):
        start.wait(300)
        return run_task(mail_app, send_letters)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(4)))
    texts = [parts_of(message)[0] for message in post.messages]
    assert sum(THING % 99 in text for text in texts) == 1
    for person in everybody:
        assert sum(THING % person.id in text for text in texts) == 1
    assert len(post.messages) == 4
    assert acts(mail_app) == ["mail.send"] * 4


def test_a_worker_that_dies_after_its_commit_loses_a_letter_and_nobody_sends_it_twice(
    mail_app, people, post, tell, afternoon, clock
):
    tell(1)
    clock.set(clock.now().replace(hour=16, minute=0, second=1))
    with mail_app.app_context():
        afterwards = send_letters.do(1)
        assert callable(afterwards)
        commit()
    assert run_task(mail_app, send_letters)
    afternoon()
    assert post.messages == []


def test_a_server_that_is_away_is_tried_later_and_given_up_in_the_end(database, mail_app, people, tell, clock, post):
    tell(1)
    away = database.make_app(
        COLLOQUY_SMTP_URL=f"smtp://127.0.0.1:{free_port()}", COLLOQUY_MAIL_FROM=FROM, COLLOQUY_PUBLIC_URL=PUBLIC
    )
    away.extensions["notification kinds"] = mail_app.extensions["notification kinds"]
    clock.set(clock.now().replace(hour=16, minute=0, second=1))
    for tries in range(1, 6):
        assert not run_task(away, send_letters)  # so the worker waits before it looks again
        (due_at, tried) = planned(away)["digest"]
        assert tried == tries
        assert due_at > clock.now()
        clock.set(due_at)
    assert not run_task(away, send_letters)
    assert planned(away) == {}
    assert acts(away) == ["mail.give-up"]
    assert run_task(mail_app, send_letters)
    assert post.messages == []


def test_what_failed_once_is_sent_when_the_server_is_back(mail_app, people, tell, clock, post):
    tell(1)
    post.answers[people.student.email] = "451 Try again later"
    clock.set(clock.now().replace(hour=16, minute=0, second=1))
    assert run_task(mail_app, send_letters)
    assert planned(mail_app)["digest"] == (clock.now() + timedelta(minutes=5), 1)
    post.answers.clear()
    clock.forward(minutes=5)
    assert run_task(mail_app, send_letters)
    assert THING % 1 in parts_of(post.messages[0])[0]


def test_a_letter_that_is_refused_for_good_is_not_tried_again_and_others_go_out(mail_app, people, tell, clock, post):
    tell(1)
    tell(2, people.instructor)
    post.answers[people.student.email] = "550 No such mailbox"
    clock.set(clock.now().replace(hour=16, minute=0, second=1))
    assert run_task(mail_app, send_letters)
    assert [message["To"] for message in post.messages] == [people.instructor.email]
    assert planned(mail_app) == {}
    assert sorted(acts(mail_app)) == ["mail.refused", "mail.send"]


def test_one_letter_that_cannot_be_written_keeps_no_other_from_going_out(mail_app, people, tell, clock, post, said):
    tell(1)
    tell(2, people.instructor)
    said.broken.add(1)
    clock.set(clock.now().replace(hour=16, minute=0, second=1))
    assert run_task(mail_app, send_letters)
    assert [message["To"] for message in post.messages] == [people.instructor.email]
    assert planned(mail_app) == {}


def test_a_domain_in_other_letters_gets_its_mail(mail_app, people, tell, afternoon, post):
    with mail_app.app_context():
        db.session.execute(update(User).where(User.id == people.student.id).values(email="sofia@bücher.example"))
        commit()
    tell(1)
    afternoon()
    assert [message["To"] for message in post.messages] == ["sofia@xn--bcher-kva.example"]


def test_looking_for_nothing_is_one_statement_and_writes_nothing(mail_app):
    with mail_app.app_context():
        engine = db.engine
    with recorded(engine) as seen:
        assert run_task(mail_app, send_letters)
    assert len(seen) == 1
    assert not seen.writes()


def test_one_round_carries_a_bounded_number_of_letters(mail_app, people, tell, clock, post):
    for student in make_students(mail_app, people.section, AT_ONCE + 3):
        with mail_app.app_context():
            db.session.execute(update(User).where(User.id == student.id).values(email_confirmed_at=clock.now()))
            commit()
        tell(student.id, student)
    clock.set(clock.now().replace(hour=16, minute=0, second=1))
    assert run_task(mail_app, send_letters)
    assert len(post.messages) == AT_ONCE
    assert run_task(mail_app, send_letters)
    assert len(post.messages) == AT_ONCE + 3
