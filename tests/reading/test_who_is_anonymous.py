"""Who posted anonymously reaches no classmate: no name on any path, and nothing that depends on who it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from classroom.jobs import announce_news
from classroom.mail_times import Preferences
from classroom.mailing import send_letters
from classroom.models import Enrollment
from core.database import commit, db
from core.jobs import run_task
from discussion.comment_text import compose
from discussion.models import ALLOWED, Comment
from discussion.operations import (
    Actor,
    DeliverySettings,
    DiscussionRef,
    add_comment,
    deliver_prompt,
    edit_comment,
    endorse_comment,
    pin_comment,
)
from tests.classroom.planned import want
from tests.reading.test_nothing_of_others import Class, changes, everything, holding, without_names
from tests.support.post import FROM, PUBLIC, post_office

NAME, OTHER = "Zenobia Quill", "Barnaby Frost"
TRACES = (NAME, "Zenobia", "Quill", "zenobia@", ">ZQ<", '"ZQ"')


class Masked(Class):
    """The first class with a thread that needs no posts, in which one person is anonymous."""

    def __init__(self, app, people, reading, writer, other):
        super().__init__(app, people, reading, writer, people.classmate)
        with app.app_context():
            rules = DeliverySettings(anonymity=ALLOWED)
            deliver_prompt(people.instructor.id, reading.prompt, reading.assignment, rules)
            self.twin = db.session.scalars(select(Enrollment.id).where(Enrollment.user_id == other.id)).one()
            db.session.execute(update(Comment).where(Comment.enrollment_id == self.enrollment).values(alias=1))
            self.write()
            commit()

    def write(self) -> None:
        """A post with a passage that staff endorsed and pinned, a reply to it that was edited, one to the student's."""
        place = DiscussionRef(self.reading.assignment, self.reading.prompt_delivery, self.reading.version)
        masked = replace(place, is_anonymous=True)
        staff = Actor(self.people.instructor.id, self.people.section)
        top = add_comment(self.enrollment, masked, compose("plover, and ¶ 1.1"))
        second = add_comment(self.enrollment, masked, compose("plover again", top))
        third = add_comment(self.enrollment, masked, compose("plover below", second))
        edit_comment(second, self.reading.version, compose("plover, changed"))
        endorse_comment(staff, top, "Well seen.")
        pin_comment(staff, top)
        self.masked = [top, second, third]

    def ids(self):
        found = super().ids()
        return {**found, "comment_id": [*found["comment_id"], *self.masked], "enrollment_id": [self.enrollment]}


@pytest.fixture
def masked(clock, app, people, reading, make_person):
    return Masked(app, people, reading, make_person(NAME), make_person(OTHER))


@pytest.mark.sqlite_only
def test_no_name_comes_back_to_a_classmate_and_nothing_that_depends_on_who_it_was(app, people, masked, sign_in):
    assert run_task(app, announce_news)
    me, ids = sign_in(people.student), masked.ids()
    before = everything(me, ids)
    assert holding(without_names(before), *TRACES) == []
    assert any("Classmate 1" in text for text in before.values())
    with app.app_context():
        mine = Comment.enrollment_id == masked.enrollment
        db.session.execute(update(Comment).where(mine, Comment.alias.is_not(None)).values(enrollment_id=masked.twin))
        commit()
    assert changes(before, everything(me, ids)) == ""


@pytest.mark.sqlite_only
def test_staff_get_the_name_so_that_the_walk_can_find_it(app, people, masked, sign_in):
    found = holding(everything(sign_in(people.assistant), masked.ids()), NAME)
    for path in (f"/discussions/{masked.reading.prompt_delivery}", "/search"):
        assert any(path in each for each in found), path
    assert not any("annotations.jsonld?of=class" in each for each in found)  # a file is handed on


@pytest.mark.sqlite_only
def test_no_letter_to_a_classmate_has_the_name(database, people, masked, clock):
    with post_office() as office:
        app = database.make_app(COLLOQUY_SMTP_URL=office.url, COLLOQUY_MAIL_FROM=FROM, COLLOQUY_PUBLIC_URL=PUBLIC)
        for person in (people.student, people.classmate):
            want(app, person, Preferences(replies=True))
        with app.app_context():
            masked.write()
            commit()
        for hours in (1, 24):
            run_task(app, announce_news)
            clock.set(clock.now().replace(hour=16, minute=0, second=1) + timedelta(hours=hours))
            run_task(app, announce_news)
            run_task(app, send_letters)
        letters = [bytes(raw).decode() for raw in office.raw]
    assert any("Classmate 1" in letter for letter in letters), letters
    assert [word for letter in letters for word in TRACES if word in letter] == []
