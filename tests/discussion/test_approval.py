"""Posts that wait for staff before classmates see them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from classroom.models import Notification
from core.audit import AuditEntry
from core.database import db
from core.live.events import LiveEvent
from discussion.gates import Author, Gate, Reader, may_see_comment
from discussion.models import Comment, CommentRead
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
WORDS = "A post that waits."
LABEL = "Waits for approval."


@pytest.fixture
def approving(given: Callable[..., None]) -> None:
    given(approves_first=True)


@pytest.fixture
def waiting(approving: None, people: People, thread: Thread, sign_in: SignIn) -> int:
    """The student's post, which waits."""
    answer = sign_in(people.student).post(f"{thread.url}/comments", data={"body": WORDS})
    return int(answer.headers["Location"].rpartition("#c")[2])


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        (Reader(1, "student", 1), True),
        (Reader(2, "student", 1), False),
        (Reader(2, "observer", 0), False),
        (Reader(3, "assistant", 0), True),
        (Reader(4, "instructor", 0), True),
    ],
)
def test_what_waits_exists_for_its_author_and_staff(clock: Clock, reader: Reader, seen: bool) -> None:
    author = Author(1, "student", waits=True)
    assert may_see_comment(reader, Gate(), author, clock.now()) == seen


def test_what_waits_is_seen_by_its_author_and_staff_with_a_label(
    people: People, thread: Thread, sign_in: SignIn, waiting: int
) -> None:
    own = sign_in(people.student).get(thread.url).text
    assert WORDS in own
    assert f"{LABEL} Only you and staff see it." in own
    for person in (people.instructor, people.assistant):
        page = sign_in(person).get(thread.url).text
        assert f"{LABEL} Only its author and staff see it." in page
        assert f'formaction="/comments/{waiting}/approval"' in page
    classmate = sign_in(people.classmate)
    page = classmate.get(thread.url).text
    assert WORDS not in page
    assert "1 post" not in page
    assert people.student.name not in page
    for path in ("", "/flag", "/edit"):
        assert classmate.get(f"/comments/{waiting}{path}").status_code == 404
    assert classmate.post(f"{thread.url}/comments", data={"body": "x", "parent": waiting}).status_code == 409
    assert classmate.post(f"/comments/{waiting}/reactions", data={"kind": "agree"}).status_code == 404


def test_staff_approve_in_the_list_and_everybody_sees_it(
    app: Flask, people: People, thread: Thread, sign_in: SignIn, waiting: int
) -> None:
    url = f"/classes/{people.section}/moderation"
    assistant, classmate = sign_in(people.assistant), sign_in(people.classmate)
    classmate.post(f"{thread.url}/read-marks", data={"ids": str(waiting)})
    with app.app_context():
        assert db.session.scalars(select(CommentRead)).all() == []
    page = assistant.get(url).text
    assert "To approve 1</a>" in page
    assert WORDS in page
    assert '<b class="count">1<' in assistant.get(f"/classes/{people.section}").text
    answer = assistant.post(f"/comments/{waiting}/approval", data={"next": url})
    assert (answer.status_code, answer.headers["Location"]) == (303, url)
    assert "To approve 0</a>" in assistant.get(url).text
    page = classmate.get(thread.url).text
    assert WORDS in page
    assert "<i>New</i>" in page
    assert LABEL not in page
    assert "1 new post" in classmate.get(f"/classes/{people.section}").text
    with app.app_context():
        actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.object_id == waiting)).all()
        events = db.session.execute(select(LiveEvent.topic, LiveEvent.kind).order_by(LiveEvent.id)).all()
    assert "comment.approve" in actions
    assert (f"thread:{thread.delivery}", "written") in events
    assert events.count((f"staff:{people.section}", "waits")) == 2


def test_students_do_not_approve(app: Flask, people: People, approving: None, sign_in: SignIn, waiting: int) -> None:
    assert sign_in(people.student).post(f"/comments/{waiting}/approval").status_code == 403
    assert sign_in(people.classmate).post(f"/comments/{waiting}/approval").status_code == 404
    assert sign_in(people.other_instructor).post(f"/comments/{waiting}/approval").status_code == 404
    with app.app_context():
        assert db.session.get_one(Comment, waiting).waits


def test_a_reply_is_told_of_once_it_is_approved(
    app: Flask, people: People, thread: Thread, write: Callable[..., int], approving: None, sign_in: SignIn
) -> None:
    post = write(people.classmate, "A question.")
    sign_in(people.student).post(f"{thread.url}/comments", data={"body": "A reply.", "parent": post})

    def told() -> list[int]:
        with app.app_context():
            return list(db.session.scalars(select(Notification.user_id).where(Notification.kind == "reply")))

    assert told() == []
    classmate = sign_in(people.classmate)
    assert "Unanswered 1" in classmate.get(thread.url).text
    changes = classmate.get(f"{thread.url}/changes?after=1", headers={"X-Fragment": "1"})
    assert "A reply." not in changes.text
    with app.app_context():
        reply = db.session.scalars(select(Comment.id).where(Comment.parent_id == post)).one()
    sign_in(people.instructor).post(f"/comments/{reply}/approval")
    assert told() == [people.classmate.id]
    assert "A reply." in classmate.get(thread.url).text


def test_what_waits_opens_the_gate_of_its_author_and_is_no_classmate_who_has_posted(
    people: People, thread: Thread, given: Callable[..., None], write: Callable[..., int], sign_in: SignIn
) -> None:
    given(posts_before_seeing=1, approves_first=True)
    write(people.classmate, "What the others said.")
    student = sign_in(people.student)
    assert "One classmate has answered" in student.get(thread.url).text
    student.post(f"{thread.url}/comments", data={"body": WORDS})
    assert "What the others said." in student.get(thread.url).text
    third = sign_in(people.instructor).get(thread.url).text
    assert WORDS in third


def test_a_post_that_waits_is_not_counted_among_classmates(
    people: People, thread: Thread, given: Callable[..., None], sign_in: SignIn
) -> None:
    given(posts_before_seeing=1, approves_first=True)
    sign_in(people.student).post(f"{thread.url}/comments", data={"body": WORDS})
    assert "No classmate has answered yet" in sign_in(people.classmate).get(thread.url).text


def test_what_was_approved_and_is_changed_waits_again(
    app: Flask, people: People, thread: Thread, sign_in: SignIn, waiting: int
) -> None:
    sign_in(people.instructor).post(f"/comments/{waiting}/approval")
    student = sign_in(people.student)
    assert student.post(f"/comments/{waiting}/edit", data={"body": "Something else.", "seen": ""}).status_code == 303
    assert "Something else." not in sign_in(people.classmate).get(thread.url).text
    assert LABEL in student.get(thread.url).text


def test_what_its_author_changes_meanwhile_is_read_again_before_it_is_approved(
    app: Flask, people: People, thread: Thread, sign_in: SignIn, waiting: int
) -> None:
    url, instructor = f"/classes/{people.section}/moderation", sign_in(people.instructor)
    assert WORDS in instructor.get(url).text
    sign_in(people.student).post(f"/comments/{waiting}/edit", data={"body": "Something rude.", "seen": ""})
    answer = instructor.post(f"/comments/{waiting}/approval", data={"next": url, "seen": ""}, follow_redirects=True)
    assert "Its author has changed it meanwhile." in answer.text
    assert "Something rude." not in sign_in(people.classmate).get(thread.url).text
    assert 'name="seen"' in instructor.get(url).text
    for page in (instructor.get(url).text, instructor.get(thread.url).text):
        seen = re.search(r'name="seen" value="([^"]+)"', page)
        assert seen
    with app.app_context():
        events = db.session.scalars(select(LiveEvent.topic)).all()
    assert events.count(f"staff:{people.section}") == 2
    instructor.post(f"/comments/{waiting}/approval", data={"seen": seen[1]})
    assert "Something rude." in sign_in(people.classmate).get(thread.url).text


def test_staff_need_no_approval_and_the_rule_can_be_set_and_taken_back(
    people: People, thread: Thread, sign_in: SignIn
) -> None:
    instructor, student, classmate = (sign_in(who) for who in (people.instructor, people.student, people.classmate))
    address = f"/prompts/{thread.prompt}/classes/{thread.assignment}"
    settings = {"posts_before_seeing": "0", "anonymity": "forbidden"}
    assert instructor.post(address, data={**settings, "approves_first": "y"}).status_code == 303
    assert (
        "checked"
        in instructor.get(address).text.partition('name="approves_first"')[0].rpartition("<input")[2]
        + (instructor.get(address).text.partition('name="approves_first"')[2].partition(">")[0])
    )
    instructor.post(f"{thread.url}/comments", data={"body": "From staff."})
    assert "From staff." in classmate.get(thread.url).text
    student.post(f"{thread.url}/comments", data={"body": "Before."})
    assert instructor.post(address, data=settings).status_code == 303
    student.post(f"{thread.url}/comments", data={"body": "After."})
    page = classmate.get(thread.url).text
    assert "Before." not in page
    assert "After." in page


def test_the_file_that_staff_take_along_leaves_out_what_waits(
    people: People, thread: Thread, approving: None, sign_in: SignIn
) -> None:
    sign_in(people.student).post(f"{thread.url}/comments", data={"body": "See ¶ 1.1, it waits."})
    file = f"/readings/{thread.assignment}/annotations.jsonld"
    assert "it waits" not in sign_in(people.instructor).get(f"{file}?of=class").text
    assert "it waits" in sign_in(people.student).get(file).text
