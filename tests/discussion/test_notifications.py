"""What becomes of a post is told to its author; the gate, hiding and leaving the class apply when it is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from articles.operations.assignments import Dates, change_dates
from classroom.models import Enrollment, Notification
from classroom.operations.enrollments import change_role, remove_person
from classroom.operations.sections import archive_section, unarchive_section
from core import clock as core_clock
from core.database import commit, db
from discussion.operations import (
    Actor,
    delete_comment,
    endorse_comment,
    hide_comment,
    open_gate,
    restore_comment,
)
from tests.support.telling import announce, has_dot, new_sentences, sentences

REPLIED = "Carl Moreau replied to you in “Was it a fair vote?”"
ENDORSED = "Ingrid Vale endorsed your post in “Was it a fair vote?”"
HIDDEN = "Your post in “Was it a fair vote?” was hidden by your instructor"


@pytest.fixture
def me(people, sign_in):
    return sign_in(people.student)


@pytest.fixture
def answered(people, write):
    """The student's post, and the classmate's reply to it."""
    mine = write(people.student, "Not all could come.")
    return mine, write(people.classmate, "They were at sea.", mine)


def rows(app):
    with app.app_context():
        return db.session.scalar(select(func.count(Notification.id)))


def do(app, operation, *arguments):
    with app.app_context():
        operation(*arguments)
        commit()


def test_a_reply_is_told_to_the_author_of_the_post_alone(app, people, sign_in, me, thread, answered):
    announce(app)
    assert sentences(me) == new_sentences(me) == [REPLIED]
    page = me.get("/notifications").text
    assert f'href="/comments/{answered[1]}"' in page
    assert "They were at sea." in page
    for other in (people.classmate, people.instructor, people.other_student, people.stranger):
        client = sign_in(other)
        assert (sentences(client), has_dot(client)) == ([], False)


def test_a_reply_is_told_in_its_words_without_the_marks_of_markdown(app, people, me, write):
    mine = write(people.student, "Not all could come.")
    write(people.classmate, "> [Quoted post](/comments/1)\n\nThey were *at sea*.", mine)
    announce(app)
    page = me.get("/notifications").text
    assert "They were at sea." in page
    assert "](/comments" not in page


def test_nobody_is_told_of_answering_oneself(app, people, write):
    write(people.student, "And again.", write(people.student, "Not all could come."))
    assert rows(app) == 0


def test_a_reply_through_the_page_is_told_in_its_own_transaction(app, people, sign_in, thread, write, count_statements):
    mine = write(people.student, "Not all could come.")
    client = sign_in(people.classmate)
    with count_statements() as seen:
        sent = {"body": "They were at sea.", "parent": str(mine)}
        assert client.post(f"{thread.url}/comments", data=sent).status_code == 303
    assert seen.commits == 1
    assert len(seen) <= 6
    assert rows(app) == 1
    with count_statements() as seen:
        assert client.post(f"{thread.url}/comments", data={"body": "Another."}).status_code == 303
    assert not [statement for statement in seen if "notifications" in statement]


def test_the_dot_comes_with_the_worker_and_goes_once_all_is_read(app, me, answered):
    assert not has_dot(me)
    announce(app)
    assert has_dot(me)
    assert "notifications" in me.get("/").text.split('class="bar-news"')[1].split("</a>")[0]
    assert me.post("/notifications/read-marks", data={}).status_code == 303
    assert (sentences(me), new_sentences(me), has_dot(me)) == ([REPLIED], [], False)


def test_a_reply_read_in_the_thread_is_no_news(app, me, thread, answered):
    me.post(f"{thread.url}/read-marks", data={"ids": str(answered[1])})
    assert (sentences(me), new_sentences(me)) == ([REPLIED], [])


def test_what_the_gate_hides_is_not_told_until_it_opens(clock, app, people, me, thread, given, answered):
    given(posts_before_seeing=2)
    announce(app)
    assert (sentences(me), has_dot(me)) == ([], False)
    clock.forward(minutes=2)
    do(app, open_gate, Actor(people.instructor.id, people.section), thread.delivery)
    announce(app)
    assert (sentences(me), has_dot(me)) == ([REPLIED], True)


def test_what_was_told_is_hidden_again_when_the_gate_closes(app, people, me, thread, given, answered):
    announce(app)
    given(posts_before_seeing=2)
    assert sentences(me) == []
    assert "They were at sea." not in me.get("/notifications").text


def test_a_reply_of_staff_passes_every_gate(app, people, me, given, write):
    given(posts_before_seeing=2)
    write(people.instructor, "Which words tell you that?", write(people.student, "Not all could come."))
    assert sentences(me) == ["Ingrid Vale replied to you in “Was it a fair vote?”"]


@pytest.mark.parametrize("way", ["hidden", "deleted"])
def test_a_reply_that_is_gone_is_not_told(app, people, me, answered, way):
    reply = answered[1]
    if way == "hidden":
        do(app, hide_comment, Actor(people.instructor.id, people.section), reply, "Not about the text")
    else:
        do(app, delete_comment, Actor(people.classmate.id, people.section), reply)
    announce(app)
    assert (sentences(me), has_dot(me)) == ([], False)


def test_an_own_post_that_was_endorsed_or_hidden_is_told_with_its_reason(app, people, sign_in, me, thread, write):
    post = write(people.student, "Not all could come.")
    staff = sign_in(people.instructor)
    staff.post(f"/comments/{post}/endorsement", data={"reason": "Well seen"})
    announce(app)
    assert sentences(me) == [ENDORSED]
    assert "Well seen" in me.get("/notifications").text
    staff.post(f"/comments/{post}/hiding", data={"reason": "Names a neighbour"})
    announce(app)
    assert sentences(me) == [HIDDEN]
    page = me.get("/notifications").text
    assert "Names a neighbour" in page
    assert "Well seen" not in page


def test_a_second_endorsement_is_no_news_but_a_second_hiding_is(app, people, sign_in, me, thread, write):
    post = write(people.student, "Not all could come.")
    staff = sign_in(people.instructor)
    for reason in ("Well seen", "Very well seen"):
        staff.post(f"/comments/{post}/endorsement", data={"reason": reason})
        announce(app)
        if reason == "Well seen":
            me.post("/notifications/read-marks", data={})
    assert new_sentences(me) == []
    actor = Actor(people.instructor.id, people.section)
    do(app, hide_comment, actor, post, "Names a neighbour")
    announce(app)
    me.post("/notifications/read-marks", data={})
    do(app, restore_comment, actor, post)
    assert sentences(me) == [ENDORSED]
    do(app, hide_comment, actor, post, "Names them again")
    announce(app)
    assert (new_sentences(me), has_dot(me)) == ([HIDDEN], True)


@pytest.fixture
def all_kinds(app, people, write, answered):
    """A reply, an endorsed post and a hidden one."""
    actor = Actor(people.instructor.id, people.section)
    do(app, hide_comment, actor, write(people.student, "Carl never votes."), "Names a neighbour")
    return answered


def test_nothing_is_told_in_a_class_that_one_was_removed_from(app, people, sign_in, me, all_kinds):
    announce(app)
    assert len(sentences(me)) == 2
    place = select(Enrollment.id).where(Enrollment.user_id == people.student.id)
    with app.app_context():
        remove_person(people.instructor.id, db.session.scalars(place).one())
        commit()
    assert sentences(me) == []


def test_nothing_is_told_in_an_archived_class(app, people, me, all_kinds):
    do(app, archive_section, people.instructor.id, people.section)
    announce(app)
    assert (sentences(me), has_dot(me)) == ([], False)
    do(app, unarchive_section, people.instructor.id, people.section)
    assert len(sentences(me)) == 2


def test_nothing_is_told_of_a_reading_that_is_not_open_any_more(app, people, me, thread, all_kinds):
    opens = core_clock.now() + timedelta(days=1)
    do(app, change_dates, thread.assignment, Dates(opens_at=opens))
    announce(app)
    assert (sentences(me), has_dot(me)) == ([], False)


ANSWERED = "Carl Moreau replied to you in the margin of “A new bridge”"


def test_an_answer_to_a_note_is_told_to_the_notes_author(app, people, sign_in, me, jot, answer):
    reply = answer(people.classmate, jot(people.student, "Why a bridge?"), "It is cheaper.")
    announce(app)
    assert new_sentences(me) == [ANSWERED]
    assert f'href="/comments/{reply}"' in me.get("/notifications").text
    for other in (people.classmate, people.instructor, people.other_student):
        assert sentences(sign_in(other)) == []


def test_an_answer_to_a_question_for_staff_is_told_to_who_asked(app, people, sign_in, me, jot, answer):
    note = jot(people.student, "Is this on the exam?", choice="staff")
    answer(people.instructor, note, "No.")
    announce(app)
    assert sentences(me) == ["Ingrid Vale replied to you in the margin of “A new bridge”"]
    assert sentences(sign_in(people.classmate)) == []


def test_a_former_assistant_is_not_told_what_staff_say_among_themselves(app, people, sign_in, jot, answer):
    note = jot(people.student, "Is this on the exam?", choice="staff")
    first = answer(people.assistant, note, "I think so.")
    answer(people.instructor, note, "No.", first)
    announce(app)
    helper = sign_in(people.assistant)
    assert sentences(helper) == ["Ingrid Vale replied to you in the margin of “A new bridge”"]
    with app.app_context():
        place = select(Enrollment.id).where(Enrollment.user_id == people.assistant.id)
        change_role(people.instructor.id, db.session.scalars(place).one(), "student")
        commit()
    assert sentences(helper) == []


@pytest.mark.parametrize("way", ["hidden", "deleted"])
def test_an_answer_that_is_gone_is_not_told(app, people, me, jot, answer, way):
    reply = answer(people.classmate, jot(people.student, "Why a bridge?"), "It is cheaper.")
    if way == "hidden":
        do(app, hide_comment, Actor(people.instructor.id, people.section), reply, "Not about the text")
    else:
        do(app, delete_comment, Actor(people.classmate.id, people.section), reply)
    announce(app)
    assert sentences(me) == []


def test_what_became_of_a_note_is_told_like_that_of_a_post(app, people, me, jot):
    note = jot(people.student, "Carl never votes.")
    do(app, endorse_comment, Actor(people.instructor.id, people.section), note, "Well seen")
    announce(app)
    assert sentences(me) == ["Ingrid Vale endorsed your note in “A new bridge”"]
    do(app, hide_comment, Actor(people.instructor.id, people.section), note, "Names a neighbour")
    announce(app)
    assert sentences(me) == ["Your note in “A new bridge” was hidden by your instructor"]


def test_the_page_takes_as_many_statements_however_much_was_told(app, people, me, write, count_statements, answered):
    with count_statements() as few:
        me.get("/notifications")
    for _ in range(20):
        write(people.classmate, "And another thing.", answered[0])
    announce(app)
    with count_statements() as many:
        assert len(sentences(me)) == 21
    assert len(few) == len(many) <= 15
    assert not many.writes()
