"""Telling staff about a post: who may, who learns of it, and that nobody else does."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core import clock
from core.audit import AuditEntry
from core.database import db
from core.live.events import LiveEvent
from discussion.models import CommentFlag
from discussion.queries import list_topics_for
from tests.discussion.conftest import Thread
from tests.quizzes.test_key_nowhere import without_chance
from tests.support.browsing import Client
from tests.support.people import People, Person, make_students

SignIn = Callable[[Person], Client]
Write = Callable[..., int]


def _list(people: People) -> str:
    return f"/classes/{people.section}/moderation"


def _flags(app: Flask) -> list[CommentFlag]:
    with app.app_context():
        return list(db.session.scalars(select(CommentFlag)))


def test_a_flag_reaches_staff_with_its_reason_and_who_raised_it(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "You are all *silly*.")
    classmate = sign_in(people.classmate)
    assert f'href="/comments/{post}/flag"' in classmate.get(thread.url).text
    answer = classmate.post(f"/comments/{post}/flag", data={"kind": "rude", "words": "It <hurts> me."})
    assert answer.status_code == 303
    for person in (people.instructor, people.assistant):
        page = sign_in(person).get(_list(people)).text
        assert "You are all silly." in page
        assert "It is rude or hurts somebody: <q" in page
        assert "It &lt;hurts&gt; me." in page
        assert people.classmate.name in page


def test_neither_the_author_nor_a_classmate_learns_of_a_flag(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "Words.")
    (third,) = make_students(app, people.section, 1)
    readers = [sign_in(people.student), sign_in(people.classmate)]
    paths = [thread.url, "/", "/notifications", f"/classes/{people.section}", f"/readings/{thread.assignment}"]

    def pages() -> list[str]:
        return [without_chance(reader.get(path).text) for reader in readers for path in paths]

    friend = sign_in(third)
    with clock.at(clock.now()):
        before = pages()
        assert friend.post(f"/comments/{post}/flag", data={"kind": "rude"}).status_code == 303
        assert pages() == before
    for reader in readers:
        assert reader.get(_list(people)).status_code == 403


def test_one_person_flags_a_post_once(app: Flask, people: People, write: Write, sign_in: SignIn) -> None:
    post = write(people.student, "Words.")
    classmate = sign_in(people.classmate)
    for kind in ("rude", "private"):
        assert classmate.post(f"/comments/{post}/flag", data={"kind": kind}).status_code == 303
    (flag,) = _flags(app)
    assert flag.kind == "rude"
    again = CommentFlag(
        comment_id=post, enrollment_id=flag.enrollment_id, kind="other", words="", created_at=flag.created_at
    )
    with app.app_context():
        db.session.add(again)
        with pytest.raises(IntegrityError):
            db.session.flush()


def test_a_flag_can_be_taken_back_until_staff_have_looked(
    app: Flask, people: People, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "Words.")
    classmate, instructor = sign_in(people.classmate), sign_in(people.instructor)
    classmate.post(f"/comments/{post}/flag", data={"kind": "other", "words": "Hm."})
    assert "You have flagged this" in classmate.get(f"/comments/{post}/flag").text
    assert classmate.post(f"/comments/{post}/flag/withdrawal").status_code == 303
    assert _flags(app) == []
    assert "Nothing is flagged." in instructor.get(_list(people)).text
    classmate.post(f"/comments/{post}/flag", data={"kind": "other"})
    assert instructor.post(f"/comments/{post}/flags/dismissal").status_code == 303
    assert "Staff have looked at it and let it stand." in classmate.get(f"/comments/{post}/flag").text
    classmate.post(f"/comments/{post}/flag/withdrawal")
    classmate.post(f"/comments/{post}/flag", data={"kind": "rude"})
    assert "Nothing is flagged." in instructor.get(_list(people)).text


@pytest.mark.parametrize("data", [{}, {"kind": "loud"}, {"kind": "other", "words": "x" * 301}])
def test_a_flag_without_a_known_kind_or_with_too_many_words_is_refused(
    app: Flask, people: People, write: Write, sign_in: SignIn, data: dict[str, str]
) -> None:
    post = write(people.student, "Words.")
    answer = sign_in(people.classmate).post(f"/comments/{post}/flag", data=data)
    assert answer.status_code == 422
    assert data.get("words", "") in answer.text
    assert _flags(app) == []


def test_own_posts_hidden_ones_and_what_is_not_there_cannot_be_flagged(
    app: Flask, people: People, thread: Thread, given: Callable[..., None], write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "Words.")
    kind = {"kind": "rude"}
    assert sign_in(people.student).post(f"/comments/{post}/flag", data=kind).status_code == 403
    assert sign_in(people.instructor).post(f"/comments/{post}/flag", data=kind).status_code == 403
    assert sign_in(people.stranger).post(f"/comments/{post}/flag", data=kind).status_code == 404
    given(posts_before_seeing=1)
    assert sign_in(people.classmate).post(f"/comments/{post}/flag", data=kind).status_code == 404
    given()
    sign_in(people.instructor).post(f"/comments/{post}/hiding", data={"reason": "Hm."})
    assert sign_in(people.classmate).get(f"/comments/{post}/flag").status_code == 403
    assert _flags(app) == []


@pytest.mark.parametrize("what", ["hidden", "deleted"])
def test_the_words_of_a_flag_come_back_when_the_post_is_gone_meanwhile(
    app: Flask, people: People, write: Write, sign_in: SignIn, what: str
) -> None:
    post = write(people.student, "You silly ones.")
    if what == "hidden":
        sign_in(people.instructor).post(f"/comments/{post}/hiding", data={"reason": "Hm."})
    else:
        sign_in(people.student).post(f"/comments/{post}/deletion")
    answer = sign_in(people.classmate).post(f"/comments/{post}/flag", data={"kind": "rude", "words": "It hurts me."})
    assert answer.status_code == 409
    assert "It hurts me." in answer.text
    assert re.search(r'value="rude"[^>]* checked|checked[^>]* value="rude"', answer.text)
    assert "Your words were not sent" in answer.text
    assert "You silly ones." not in answer.text
    assert people.student.name not in answer.text
    assert _flags(app) == []


def test_a_note_and_an_answer_to_it_can_be_flagged(
    app: Flask, people: People, thread: Thread, jot: Write, answer: Write, sign_in: SignIn
) -> None:
    note = jot(people.student, "A note.")
    below = answer(people.student, note, "An answer.")
    classmate = sign_in(people.classmate)
    page = classmate.get(f"/readings/{thread.assignment}").text
    for each in (note, below):
        assert f'href="/comments/{each}/flag"' in page
        assert classmate.post(f"/comments/{each}/flag", data={"kind": "off_topic"}).status_code == 303
    assert len(_flags(app)) == 2
    assert "in the margin of “A new bridge”" in sign_in(people.instructor).get(_list(people)).text


def test_staff_alone_follow_what_waits_for_them(app: Flask, people: People, write: Write, sign_in: SignIn) -> None:
    post = write(people.student, "Words.")
    sign_in(people.classmate).post(f"/comments/{post}/flag", data={"kind": "rude"})
    topic = f"staff:{people.section}"
    with app.app_context():
        assert topic in db.session.scalars(select(LiveEvent.topic)).all()
        followers = ("instructor", "assistant", "student", "classmate", "other_instructor")
        hear = [who for who in followers if topic in list_topics_for(getattr(people, who).id)]
    assert hear == ["instructor", "assistant"]


def test_flags_are_in_the_log(app: Flask, people: People, write: Write, sign_in: SignIn) -> None:
    post = write(people.student, "Words.")
    sign_in(people.classmate).post(f"/comments/{post}/flag", data={"kind": "rude"})
    sign_in(people.instructor).post(f"/comments/{post}/flags/dismissal")
    with app.app_context():
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.object_id == post)).all()
    assert [(e.action, e.actor_id) for e in entries if "flag" in e.action] == [
        ("comment.flag", people.classmate.id),
        ("comment.flag.dismiss", people.instructor.id),
    ]


def test_staff_are_not_told_who_flagged_their_own_words(people: People, write: Write, sign_in: SignIn) -> None:
    post = write(people.assistant, "Words of staff.")
    sign_in(people.classmate).post(f"/comments/{post}/flag", data={"kind": "rude", "words": "qzflag"})
    assert "qzflag" in sign_in(people.instructor).get(_list(people)).text
    own = sign_in(people.assistant).get(_list(people)).text
    assert "qzflag" not in own
    assert "Words of staff" not in own
