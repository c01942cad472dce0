"""What an open thread is told: changes since it looked, as far as they exist for who looks, and nothing more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db
from core.live import Cursor
from core.live.events import KEPT, LiveEvent
from discussion import operations
from discussion.comment_text import compose
from discussion.operations import Actor
from discussion.read_marks import ReadMarks
from tests.discussion.conftest import Thread, place_of
from tests.support.browsing import Client
from tests.support.moments import Clock
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]
Given = Callable[..., None]
PING = ": ping"


class OpenPage:
    """A thread's page in somebody's browser, which looks for changes."""

    def __init__(self, client: Client, thread: Thread, query: str = "") -> None:
        self._client, self._thread, self._query = client, thread, query
        page = client.get(f"{thread.url}?{query}").get_data(as_text=True)
        self.cursor = re.findall(r'data-cursor="([^"]+)"', page)[0]

    def look(self) -> str | int:
        """What changed since the last look: the fragment, or the status of an answer without one."""
        answer = self._client.get(f"/discussions/{self._thread.delivery}/changes?after={self.cursor}&{self._query}")
        self.cursor = answer.headers.get("X-Cursor", self.cursor)
        return answer.get_data(as_text=True) if answer.status_code == 200 else answer.status_code

    def posts(self) -> dict[int, str]:
        """The posts that changed since the last look, by id."""
        found = self.look()
        pieces = re.findall(
            r'(?s)<div data-parent="\d*"><article class="[^"]*" id="c(\d+)">(.*?)</article></div>', str(found)
        )
        return {int(number): words for number, words in pieces}


@pytest.fixture
def opened(sign_in: SignIn, thread: Thread) -> Callable[..., OpenPage]:
    """`opened(people.student)`: the thread's page of that person."""
    return lambda person, query="": OpenPage(sign_in(person), thread, query)


def test_a_look_brings_what_changed_and_the_next_one_nothing(
    people: People, write: Write, opened: Callable[..., OpenPage], thread: Thread
) -> None:
    first = write(people.classmate, "The first, on ¶ 1.2.")
    page = opened(people.student)
    page.look()
    assert page.look() == 204
    reply = write(people.instructor, "A reply.", first)
    below = write(people.classmate, "A reply to it.", reply)
    found = str(page.look())
    assert f'<div data-parent="{first}"><article class="post by-teacher" id="c{reply}">' in found
    assert f'<a class="to" href="#c{reply}">Ingrid Vale</a>' in found
    assert f'<div data-parent="{reply}">' in found
    assert f'id="c{first}"' not in found
    assert "All 3" in found
    assert page.look() == 204
    assert below


def test_edits_endorsements_and_removals_are_changes(
    people: People,
    thread: Thread,
    write: Write,
    opened: Callable[..., OpenPage],
    does: Callable[..., None],
    staff: Actor,
) -> None:
    post, other = write(people.classmate, "First words, ¶ 3."), write(people.classmate, "Other words.")
    page, teachers = opened(people.student), opened(people.instructor)
    for each in (page, teachers):
        each.look()
    does(operations.edit_comment, post, thread.version, compose("Better words, ¶ 1.2."))
    words = page.posts()
    assert set(words) == {post}
    assert "Better words" in words[post]
    assert "changed" in words[post]
    assert ">¶ 1.2</a>" in words[post]
    does(operations.endorse_comment, staff, post, "well put")
    assert "well put" in page.posts()[post]
    does(operations.take_back_endorsement, staff, post)
    assert "well put" not in page.posts()[post]
    teachers.look()
    does(operations.hide_comment, staff, post, "off the point")
    does(operations.delete_comment, Actor(people.classmate.id, people.section), other)
    hidden = page.posts()
    assert "hidden by staff" in hidden[post]
    assert "Better words" not in hidden[post]
    assert "deleted by its author" in hidden[other]
    seen = teachers.posts()
    assert "Better words" in seen[post]
    assert "off the point" in seen[post]
    does(operations.restore_comment, staff, post)
    assert "Better words" in page.posts()[post]


def test_what_was_written_while_the_page_was_made_is_not_missed(
    people: People, write: Write, opened: Callable[..., OpenPage], clock: Clock
) -> None:
    page = opened(people.student)
    clock.forward(seconds=-2)  # it was said before the page was read, and committed after
    late = write(people.classmate, "Committed late.")
    clock.forward(seconds=2)
    assert set(page.posts()) == {late}
    assert page.look() == 204


@pytest.mark.parametrize(
    "query", ["", "sort=newest", "show=new", "show=mine", "show=staff", "show=endorsed", "show=unanswered"]
)
@pytest.mark.parametrize("who", ["student", "classmate", "instructor"])
def test_the_filters_say_the_same_as_on_a_new_page(
    query: str,
    who: str,
    people: People,
    thread: Thread,
    write: Write,
    sign_in: SignIn,
    does: Callable[..., None],
    staff: Actor,
) -> None:
    page = OpenPage(sign_in(getattr(people, who)), thread, query)
    top = write(people.student, "A top post.")
    answered = write(people.classmate, "Another.")
    write(people.instructor, "From the staff.")
    hidden = write(people.classmate, "Rude.")
    gone = write(people.student, "Gone.", write(people.student, "Its reply goes."))
    write(people.classmate, "A reply.", answered)
    does(operations.hide_comment, staff, hidden, "No.")
    does(operations.delete_comment, Actor(people.student.id, people.section), gone)
    does(operations.mark_read, 4, thread.delivery, ReadMarks([top, answered]))
    changes = str(page.look())
    whole = sign_in(getattr(people, who)).get(f"{thread.url}?{query}").get_data(as_text=True)
    for part in ("facts", "tools", "end"):
        (here,), (there,) = [parts_named(part, html) for html in (changes, whole)]
        assert here == there, part


def parts_named(name: str, html: str) -> list[str]:
    """The parts of a page with this name, without the tokens in them."""
    found = re.findall(rf'(?s)<(p|div) ([^>]*data-live-part="{name}".*?)</\1>\n', html)
    return [re.sub(r'value="[^"]{40,}"', "", words) for _tag, words in found]


def test_a_look_takes_as_many_statements_however_much_changed(
    people: People, thread: Thread, write: Write, sign_in: SignIn, count_statements: Any
) -> None:
    counts = []
    client = sign_in(people.student)
    for posts in (1, 30):
        page = OpenPage(client, thread)
        for number in range(posts):
            write(people.classmate, f"Number {number}, see ¶ 1.2.")
        with count_statements() as seen:
            assert len(page.posts()) >= posts
        counts.append(len([words for words in seen if "live_events.id >" not in words]))
        assert not seen.writes()
    assert counts[0] == counts[1] <= 9


def test_behind_the_gate_a_classmates_posts_leave_no_trace(
    app: Flask,
    people: People,
    thread: Thread,
    write: Write,
    given: Given,
    opened: Callable[..., OpenPage],
    does: Callable[..., None],
    staff: Actor,
    clock: Clock,
) -> None:
    given(posts_before_seeing=1)
    page = opened(people.student)
    page.look()
    quiet = page.cursor
    secret = write(people.classmate, "SECRET one")
    write(people.classmate, "SECRET two", secret)
    does(operations.endorse_comment, staff, secret, "SECRET praise")
    assert page.look() == 204
    assert page.cursor == quiet  # neither how many nor which
    word = write(people.assistant, "A word of the staff, not a SECRET.", secret)
    found = str(page.look())
    assert "SECRET one" not in found
    assert "SECRET praise" not in found
    assert f'id="c{word}"' in found
    assert f'id="c{secret}"' not in found
    assert "Carl Moreau" not in found
    does(operations.hide_comment, staff, secret, "No.")
    assert page.look() == 204


def test_the_gate_that_closes_again_is_closed(
    people: People, write: Write, given: Given, opened: Callable[..., OpenPage], does: Callable[..., None]
) -> None:
    given(posts_before_seeing=1)
    mine = write(people.student, "My own post.")
    page = opened(people.student)
    page.look()
    does(operations.delete_comment, Actor(people.student.id, people.section), mine)
    assert set(page.posts()) == {mine}
    write(people.classmate, "SECRET")
    assert page.look() == 204


def test_who_waits_before_the_gate_is_told_that_it_opens(
    people: People, thread: Thread, write: Write, given: Given, opened: Callable[..., OpenPage], does: Any, staff: Actor
) -> None:
    given(posts_before_seeing=1)
    page = opened(people.student, "sealed=")
    write(people.classmate, "A post.")
    assert page.look() != 200
    does(operations.open_gate, staff, thread.delivery)
    assert "open now" in str(page.look())


def test_a_lock_is_told(
    thread: Thread, people: People, opened: Callable[..., OpenPage], does: Any, staff: Actor
) -> None:
    page = opened(people.student)
    page.look()
    does(operations.lock_thread, staff, thread.delivery)
    assert "Locked: it can be read" in str(page.look())


def test_what_is_read_is_told_to_the_readers_other_pages_alone(
    app: Flask, people: People, thread: Thread, write: Write, opened: Callable[..., OpenPage], does: Any
) -> None:
    write(people.classmate, "A post.")
    mine, theirs = opened(people.student), opened(people.instructor)
    mine.look(), theirs.look()
    for _twice in range(2):
        does(operations.mark_read, place_of(app, people.student), thread.delivery)
    assert "You are up to date." in str(mine.look())
    assert theirs.look() == 204
    with app.app_context():
        told = db.session.scalars(select(LiveEvent.topic).where(LiveEvent.kind == "read")).all()
    assert told == [f"place:{place_of(app, people.student)}"]


@pytest.mark.parametrize("words", ["", "x", "123.x"])
def test_what_is_no_cursor_is_refused(words: str, people: People, thread: Thread, sign_in: SignIn) -> None:
    path = f"/discussions/{thread.delivery}/changes"
    assert sign_in(people.student).get(f"{path}?after={words}").status_code == 400


def test_a_page_that_slept_for_days_is_told_to_come_anew(
    people: People, thread: Thread, write: Write, opened: Callable[..., OpenPage], clock: Clock
) -> None:
    page = opened(people.student)
    clock.forward(seconds=KEPT.total_seconds() + 1)
    assert page.look() == 205
    assert page.look() == 204


def test_more_changes_than_a_page_can_take_are_a_new_page(
    people: People, write: Write, opened: Callable[..., OpenPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discussion.views.live.MOST_CHANGES", 2)
    page = opened(people.student)
    for number in range(3):
        write(people.classmate, f"Number {number}")
    assert page.look() == 205


def test_a_cursor_of_the_future_does_no_harm(people: People, thread: Thread, sign_in: SignIn) -> None:
    future = Cursor(datetime(2026, 11, 18, tzinfo=UTC) + timedelta(days=900))
    path = f"/discussions/{thread.delivery}/changes?after={future}"
    assert sign_in(people.student).get(path).status_code == 204
