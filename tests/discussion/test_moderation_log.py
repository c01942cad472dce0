"""The log of a class: who did what to posts, for staff."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from discussion import operations
from discussion.log_words import LOG_WORDS
from discussion.operations import Actor
from tests.discussion.conftest import Thread, place_of
from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.source import ROOT
from tests.support.statements import CountStatements

SignIn = Callable[[Person], Client]
Write = Callable[..., int]


@pytest.fixture
def url(people: People) -> str:
    return f"/classes/{people.section}/moderation/log"


def test_the_log_tells_who_did_what_the_newest_first(
    app: Flask, people: People, thread: Thread, url: str, write: Write, sign_in: SignIn
) -> None:
    post = write(people.student, "Words.")
    instructor, classmate = sign_in(people.instructor), sign_in(people.classmate)
    classmate.post(f"/comments/{post}/flag", data={"kind": "rude"})
    instructor.post(f"/comments/{post}/hiding", data={"reason": "It is <rude>."})
    instructor.post(f"{thread.url}/lock")
    place = place_of(app, people.student)
    instructor.post(f"/classes/{people.section}/people/{place}/mute", data={"reason": "Enough."})
    page = re.sub(r"<[^>]+>", "", sign_in(people.assistant).get(url).text)
    lines = [
        f"{people.instructor.name} muted {people.student.name}",
        f"{people.instructor.name} locked the discussion “Was it a fair vote?”",
        f"{people.instructor.name} hid what {people.student.name} wrote “Was it a fair vote?”",
        "It is &lt;rude&gt;.",
        f"{people.classmate.name} flagged what {people.student.name} wrote",
    ]
    assert sorted(lines, key=page.index) == lines
    for person in (people.student, people.classmate):
        assert sign_in(person).get(url).status_code == 403
    assert sign_in(people.other_instructor).get(url).status_code == 404
    other = sign_in(people.other_instructor).get(f"/classes/{people.other_section}/moderation/log").text
    assert "Nothing was done yet." in other


def test_staff_find_what_was_deleted_as_students_are_told(
    people: People, thread: Thread, url: str, write: Write, sign_in: SignIn
) -> None:
    student = sign_in(people.student)
    told = student.get(thread.url).text
    assert "see your name, what your post said before you changed it, and what you delete" in told
    assert "and what you delete" not in sign_in(people.instructor).get(thread.url).text
    post = write(people.student, "Rude words.")
    student.post(f"/comments/{post}/edit", data={"body": "Milder words.", "seen": ""})
    student.post(f"/comments/{post}/deletion")
    instructor = sign_in(people.instructor)
    page = instructor.get(url).text
    assert f"/comments/{post}/history" in page
    history = instructor.get(f"/comments/{post}/history").text
    assert "Rude words." in history
    assert "Milder words." in history
    assert sign_in(people.classmate).get(f"/comments/{post}/history").status_code == 403


def test_a_prompt_that_approves_first_says_so_where_one_writes(
    people: People, thread: Thread, given: Callable[..., None], sign_in: SignIn
) -> None:
    words = "Your post waits until staff approve it"
    assert words not in sign_in(people.student).get(thread.url).text
    given(approves_first=True)
    assert words in sign_in(people.student).get(thread.url).text


def test_what_somebody_wrote_for_themselves_is_in_no_log(people: People, url: str, jot: Write, sign_in: SignIn) -> None:
    note = jot(people.student, "For me.", choice="self")
    sign_in(people.student).post(f"/comments/{note}/deletion")
    assert "Nothing was done yet." in sign_in(people.instructor).get(url).text


def test_staff_do_not_read_who_flagged_their_own_words(
    app: Flask, people: People, url: str, write: Write, does: Callable[..., None], sign_in: SignIn
) -> None:
    post = write(people.assistant, "Words of staff.")
    flag = Actor(people.classmate.id, people.section), place_of(app, people.classmate), post, ("rude", "")
    does(operations.flag_comment, *flag)
    assert "Nothing was done yet." in sign_in(people.assistant).get(url).text
    assert people.classmate.name in sign_in(people.instructor).get(url).text


def test_a_long_log_is_paged_and_asks_as_much_as_a_short_one(
    people: People,
    url: str,
    staff: Actor,
    thread: Thread,
    does: Callable[..., None],
    sign_in: SignIn,
    count_statements: CountStatements,
) -> None:
    instructor = sign_in(people.instructor)
    does(operations.lock_thread, staff, thread.delivery)
    instructor.get(url)
    with count_statements() as few:
        instructor.get(url)
    for _turn in range(30):
        does(operations.unlock_thread, staff, thread.delivery)
        does(operations.lock_thread, staff, thread.delivery)
    with count_statements() as many:
        page = instructor.get(url).text
    assert len(few) == len(many) <= 6
    assert page.count("locked the discussion") == 50
    assert instructor.get(f"{url}?page=2").text.count("locked the discussion") == 11


def test_every_act_of_discussions_has_words() -> None:
    written = (path.read_text() for path in (ROOT / "discussion" / "operations").glob("*.py"))
    acts = {
        act
        for text in written
        for act in re.findall(r'"((?:comment|note|discussion|participation|student)\.[a-z_.]+)"', text)
    }
    assert acts == set(LOG_WORDS)
