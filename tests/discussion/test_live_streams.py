"""What a stream tells: where something changed, to who may know of it at that moment, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app import create_app
from classroom.operations.enrollments import remove_person
from core.live import streams
from core.settings import SettingsError
from discussion import operations
from discussion.operations import Actor
from tests.discussion.conftest import Thread, place_of
from tests.support.browsing import Client
from tests.support.databases import SETTINGS, Database
from tests.support.following import wait_until
from tests.support.people import People, Person

SignIn = Callable[[Person], Client]
Write = Callable[..., int]
Given = Callable[..., None]
PING = ": ping"
PATIENCE = 60.0  # seconds


@pytest.fixture(autouse=True)
def _quick_pings(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "COLLOQUY_LIVE_PING", 0.5)


class Following:
    """A stream, read piece by piece."""

    def __init__(self, client: Client, path: str) -> None:
        self.answer = client.get(path)
        self._pieces: Iterator[bytes] = self.answer.iter_encoded()  # type: ignore[assignment]

    def read_until(self, words: str) -> list[str]:
        """The lines up to these words, which must come."""
        found = list(self._read(words))
        assert words in found
        return found

    def read_to_its_end(self) -> list[str]:
        """The lines of a stream that ends."""
        return list(self._read(None))

    def _read(self, words: str | None) -> Iterator[str]:
        end = time.monotonic() + PATIENCE
        for piece in self._pieces:
            lines = [line for line in piece.decode().splitlines() if line]
            yield from lines
            if words in lines:
                return
            assert time.monotonic() < end, "it goes on and on"


@pytest.fixture
def follow(sign_in: SignIn, thread: Thread) -> Iterator[Callable[..., Following]]:
    """`follow(people.student)` follows the reading, from the first sign of life on."""
    made: list[Following] = []

    def following(person: Person, path: str = f"/readings/{thread.assignment}/live") -> Following:
        made.append(Following(sign_in(person), path))
        if made[-1].answer.status_code == 200:
            made[-1].read_until(PING)
        return made[-1]

    yield following
    for each in made:
        each.answer.close()


@pytest.fixture
def in_thread(thread: Thread) -> str:
    """What a stream says of the thread."""
    return f"data: thread:{thread.delivery}"


@pytest.fixture
def in_margin(thread: Thread) -> str:
    """What a stream says of the margin."""
    return f"data: margin:{thread.assignment}"


def test_a_stream_names_topics_and_nothing_else(
    people: People, write: Write, follow: Callable[..., Following], in_thread: str
) -> None:
    stream = follow(people.student)
    assert stream.answer.mimetype == "text/event-stream"
    assert stream.answer.headers["Cache-Control"] == "no-store"
    assert stream.answer.headers["X-Accel-Buffering"] == "no"
    write(people.classmate, "Words that stay where they are.")
    write(people.classmate, "And others.")
    assert set(stream.read_until(in_thread)) <= {in_thread, PING}


def test_a_stream_holds_no_connection(database: Database, people: People, follow: Callable[..., Following]) -> None:
    follow(people.student)
    # Whoever watches for all streams may be looking at this moment; a stream would keep its own.
    wait_until(lambda: database.engine.pool.checkedout() == 0)  # type: ignore[attr-defined]


def test_behind_the_gate_a_stream_says_nothing_of_classmates(
    people: People, write: Write, jot: Any, given: Given, follow: Callable[..., Following], does: Any, staff: Actor,
    in_thread: str, in_margin: str,
) -> None:  # fmt: skip
    given(posts_before_seeing=1)
    behind, before = follow(people.student), follow(people.instructor)
    posts = [write(people.classmate, f"SECRET {number}") for number in range(3)]
    does(operations.endorse_comment, staff, posts[0])
    jot(people.classmate, "A note, of which everybody hears.")
    assert in_thread in before.read_until(in_margin)
    assert set(behind.read_until(in_margin)) <= {PING, in_margin}
    write(people.assistant, "For everybody.")
    behind.read_until(in_thread)


def test_the_gate_is_asked_when_something_is_told(
    people: People, write: Write, jot: Any, given: Given, follow: Callable[..., Following], does: Any,
    in_thread: str, in_margin: str,
) -> None:  # fmt: skip
    given(posts_before_seeing=1)
    mine = write(people.student, "My own post.")
    stream = follow(people.student)
    does(operations.delete_comment, Actor(people.student.id, people.section), mine)
    stream.read_until(in_thread)
    write(people.classmate, "SECRET")
    jot(people.classmate, "A note, of which everybody hears.")
    assert in_thread not in stream.read_until(in_margin)


def test_notes_are_heard_of_by_whom_they_are_for(
    people: People, thread: Thread, jot: Any, answer: Any, follow: Callable[..., Following], does: Any, staff: Actor,
    in_thread: str, in_margin: str,
) -> None:  # fmt: skip
    followers = [follow(person) for person in (people.student, people.classmate, people.instructor)]
    turns = iter((operations.lock_thread, operations.unlock_thread) * 3)

    def hear() -> list[bool]:
        does(next(turns), staff, thread.delivery)  # of which everybody hears
        return [in_margin in stream.read_until(in_thread) for stream in followers]

    note = jot(people.classmate, "For everybody.")
    assert hear() == [True, True, True]
    answer(people.instructor, note, "An answer.")
    assert hear() == [True, True, True]
    asked = jot(people.classmate, "For the staff.", choice="staff")
    assert hear() == [False, True, True]
    answer(people.instructor, asked, "An answer to the question.")
    assert hear() == [False, True, True]
    jot(people.classmate, "For myself.", choice="self")
    assert hear() == [False, True, False]


def test_another_class_hears_nothing(
    people: People, thread: Thread, write: Write, sign_in: SignIn, follow: Callable[..., Following], does: Any,
    in_thread: str,
) -> None:  # fmt: skip
    for path in (f"/readings/{thread.assignment}/live", f"/discussions/{thread.delivery}/changes?after=1"):
        for person in (people.other_student, people.other_instructor, people.stranger):
            assert sign_in(person).get(path).status_code == 404
    theirs, ours = follow(people.other_student, "/live"), follow(people.student, "/live")
    write(people.classmate, "A post of this class.")
    does(operations.lock_thread, Actor(people.other_instructor.id, people.other_section), thread.elsewhere)
    elsewhere = f"data: thread:{thread.elsewhere}"
    assert elsewhere not in ours.read_until(in_thread)
    assert set(theirs.read_until(elsewhere)) <= {PING, elsewhere}


def test_who_is_removed_hears_no_more(
    app: Flask, people: People, write: Write, follow: Callable[..., Following], does: Any, in_thread: str
) -> None:
    of_reading, of_person = follow(people.student), follow(people.student, "/live")
    does(remove_person, people.instructor.id, place_of(app, people.student))
    write(people.classmate, "After that.")
    assert set(of_reading.read_to_its_end()) <= {PING}
    assert {line for _sign in range(5) for line in of_person.read_until(PING)} == {PING}


def test_who_signs_out_hears_no_more(people: People, thread: Thread, write: Write, sign_in: SignIn) -> None:
    client = sign_in(people.student)
    stream = Following(client, f"/readings/{thread.assignment}/live")
    stream.read_until(PING)
    client.post("/logout")
    write(people.classmate, "After that.")
    assert set(stream.read_to_its_end()) <= {PING}
    stream.answer.close()


def test_too_many_streams_are_refused_and_a_place_becomes_free(
    app: Flask, people: People, follow: Callable[..., Following], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.extensions["live"], "most", 1)
    first = follow(people.student)
    refused = follow(people.classmate).answer
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "60"
    first.answer.close()
    assert follow(people.classmate).answer.status_code == 200


def test_a_stream_ends_so_that_the_browser_comes_again(
    people: People, follow: Callable[..., Following], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "LONGEST", 1.0)
    assert set(follow(people.student).read_to_its_end()) <= {PING}


@pytest.mark.parametrize("pause", ["0", "soon", "0.5"])
def test_a_pause_between_signs_of_life_is_a_whole_second_at_least(pause: str) -> None:
    with pytest.raises(SettingsError, match="COLLOQUY_LIVE_PING must be"):
        create_app({**SETTINGS, "COLLOQUY_LIVE_PING": pause})
