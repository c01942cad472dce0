"""Reactions to posts, and posts that staff pin."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from core import clock
from core.database import db
from discussion.models import CommentReaction
from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]


def _said(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<span data-kind="\w+"(?: data-own)?>([^<]+) <b>(\d+)</b>', page)


def test_reactions_are_counted_and_ones_own_is_told(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "It was fair.")
    for person in (people.classmate, people.instructor):
        answer = sign_in(person).post(f"/comments/{post}/reactions", data={"kind": "agree"})
        assert answer.status_code == 303
    sign_in(people.classmate).post(f"/comments/{post}/reactions", data={"kind": "more"})
    page = sign_in(people.classmate).get(thread.url).text
    assert _said(page) == [("Agree", "2"), ("Say more", "1")]
    assert page.count(" data-own>") == 2
    assert '<div class="prose"><p>It was fair.</p></div><p class="react">' in page
    assert f'</p><footer><a href="?reply={post}#reply">Reply</a>' in page
    assert " data-own>" not in sign_in(people.student).get(thread.url).text


def test_a_reaction_is_one_for_each_kind_and_person_and_can_be_taken_back(
    app: Flask, people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "It was fair.")
    classmate = sign_in(people.classmate)
    for _time in range(2):
        classmate.post(f"/comments/{post}/reactions", data={"kind": "agree"})
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(CommentReaction)) == 1
    answer = classmate.post(f"/comments/{post}/reactions/removal", data={"kind": "agree"}, headers={"X-Fragment": "1"})
    assert answer.text.strip() == ""
    assert _said(classmate.get(thread.url).text) == []


def test_the_database_takes_no_other_kind(app: Flask, people: People, write: Write) -> None:
    post = write(people.student, "It was fair.")
    with app.app_context():
        db.session.add(CommentReaction(comment_id=post, enrollment_id=1, kind="hate", created_at=clock.now()))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_nobody_reacts_to_own_posts_hidden_ones_or_in_another_way(
    people: People, thread: Thread, write: Write, given: Callable[..., None], sign_in: SignIn
) -> None:
    post = write(people.student, "It was fair.")
    student, classmate = sign_in(people.student), sign_in(people.classmate)
    assert student.post(f"/comments/{post}/reactions", data={"kind": "agree"}).status_code == 403
    assert classmate.post(f"/comments/{post}/reactions", data={"kind": "hate"}).status_code == 409
    sign_in(people.instructor).post(f"/comments/{post}/hiding", data={"reason": "Rude."})
    assert classmate.post(f"/comments/{post}/reactions", data={"kind": "agree"}).status_code == 403
    assert sign_in(people.other_student).post(f"/comments/{post}/reactions", data={"kind": "agree"}).status_code == 404


def test_behind_the_gate_a_post_cannot_be_reacted_to(
    people: People, thread: Thread, write: Write, given: Callable[..., None], sign_in: SignIn
) -> None:
    post = write(people.student, "It was fair.")
    given(posts_before_seeing=1)
    assert sign_in(people.classmate).post(f"/comments/{post}/reactions", data={"kind": "agree"}).status_code == 404


def test_a_pinned_post_stands_first_and_says_so(people: People, thread: Thread, write: Write, sign_in: SignIn) -> None:
    first, second = write(people.student, "Alpha."), write(people.classmate, "Beta.")
    below = write(people.classmate, "Below.", first)
    instructor, student = sign_in(people.instructor), sign_in(people.student)
    assert student.post(f"/comments/{second}/pin").status_code == 403
    assert instructor.post(f"/comments/{below}/pin").status_code == 403
    assert instructor.post(f"/comments/{second}/pin").status_code == 303
    page = student.get(thread.url).text
    assert page.index("Beta.") < page.index("Alpha.")
    assert "Pinned by staff" in page
    instructor.post(f"/comments/{second}/pin/removal")
    page = student.get(thread.url).text
    assert page.index("Alpha.") < page.index("Beta.")
    assert "Pinned by staff" not in page


def test_a_reaction_is_offered_without_a_script_beside_the_reply(
    people: People, thread: Thread, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "It was fair.")
    page = sign_in(people.classmate).get(f"{thread.url}?reply={post}").text
    assert f'formaction="/comments/{post}/reactions" aria-pressed="false">Good evidence' in page
    assert (
        "Good evidence <b>" not in sign_in(people.student).get(f"{thread.url}?reply={post}").text.split("<template")[0]
    )


def test_an_open_page_hears_of_a_reaction(people: People, thread: Thread, write: Write, sign_in: SignIn) -> None:
    post = write(people.student, "It was fair.")
    student = sign_in(people.student)
    cursor = re.search(r'data-cursor="([^"]+)"', student.get(thread.url).text)
    assert cursor
    sign_in(people.classmate).post(f"/comments/{post}/reactions", data={"kind": "evidence"})
    assert _said(student.get(f"{thread.url}/changes?after={cursor[1]}").text) == [("Good evidence", "1")]
