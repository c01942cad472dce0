"""Streams over several worker processes, on both databases: whoever writes and whoever follows meet by chance."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.discussion.conftest import Thread
from tests.support.browsing import Client
from tests.support.databases import Database
from tests.support.following import Listener, headers_of, wait_until
from tests.support.people import People, Person
from tests.support.redis import redis_server
from tests.support.serving import served_by_processes

pytestmark = pytest.mark.slow
SignIn = Callable[[Person], Client]


class Browser:
    """Somebody's browser on a server of several processes; each request is a new connection."""

    def __init__(self, url: str, client: Client) -> None:
        self._url, self._headers = url, headers_of(client)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the body of an answer."""
        connection = HTTPConnection(urlsplit(self._url).netloc, timeout=60)
        form_type = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        body = urlencode(form) if form else None
        connection.request("POST" if form else "GET", path, body=body, headers={**self._headers, **form_type})
        answer = connection.getresponse()
        found = answer.status, answer.read().decode()
        connection.close()
        return found

    def follow(self, path: str) -> Listener:
        """Follow something."""
        return Listener(self._url, path, self._headers)


@pytest.fixture
def open_all(thread: Thread) -> Iterator[Callable[..., list[Listener]]]:
    """`open_all(browser, 3)`: three streams of the reading."""
    with ExitStack() as stack:

        def opened(browser: Browser, times: int) -> list[Listener]:
            made = [browser.follow(f"/readings/{thread.assignment}/live") for _time in range(times)]
            for each in made:
                stack.callback(each.close)
            return made

        yield opened


def test_whatever_a_worker_writes_every_worker_tells(
    people: People, thread: Thread, sign_in: SignIn, server_processes: Any, open_all: Any
) -> None:
    with server_processes() as server:
        writer, reader = (Browser(server.url, sign_in(who)) for who in (people.classmate, people.student))
        streams = open_all(reader, 10)
        now = int(time.time() * 1000)
        for number in range(1, 4):
            status, _page = writer.ask(f"{thread.url}/comments", {"body": f"Number {number}"})
            assert status == 200
            for stream in streams:
                stream.wait_for(f"thread:{thread.delivery}", number)
        assert {topic for stream in streams for topic in stream.told()} == {f"thread:{thread.delivery}"}
        status, changes = reader.ask(f"/discussions/{thread.delivery}/changes?after={now}")
        assert [f"Number {number}" in changes for number in range(1, 4)] == [True] * 3


def test_redis_carries_it_from_worker_to_worker_as_well(
    people: People, thread: Thread, sign_in: SignIn, database: Database, open_all: Any
) -> None:
    settings = {name: str(value) for name, value in database.settings.items()}
    with redis_server() as redis, served_by_processes({**settings, "COLLOQUY_REDIS_URL": redis.url}) as server:
        writer, reader = (Browser(server.url, sign_in(who)) for who in (people.classmate, people.student))
        streams = open_all(reader, 10)
        assert writer.ask(f"{thread.url}/comments", {"body": "Over Redis"})[0] == 200
        for stream in streams:
            stream.wait_for(f"thread:{thread.delivery}")


def test_streams_leave_room_for_requests_and_are_freed(
    people: People, thread: Thread, sign_in: SignIn, server_processes: Any, open_all: Any
) -> None:
    with server_processes() as server:
        reader = Browser(server.url, sign_in(people.student))
        streams = open_all(reader, 40)
        statuses = [stream.status for stream in streams]
        assert set(statuses) == {200, 503}
        assert statuses.count(200) <= 2 * 12  # of the 16 threads that each of the two workers has
        assert [reader.ask(thread.url)[0] for _time in range(8)] == [200] * 8
        for stream in streams:
            stream.close()
        wait_until(lambda: open_all(reader, 1)[0].status == 200)


def test_signing_out_ends_a_stream_of_another_worker(
    people: People, thread: Thread, sign_in: SignIn, server_processes: Any, open_all: Any
) -> None:
    with server_processes() as server:
        reader = Browser(server.url, sign_in(people.student))
        streams = open_all(reader, 4)
        assert reader.ask("/logout", {"go": "1"})[0] == 303
        wait_until(lambda: all(stream.has_ended.is_set() for stream in streams))
        assert not any(stream.told() for stream in streams)


def test_a_worker_that_ends_takes_its_streams_along_and_nothing_is_missed(
    people: People, thread: Thread, sign_in: SignIn, server_processes: Any, open_all: Any
) -> None:
    with server_processes() as server:
        writer, reader = (Browser(server.url, sign_in(who)) for who in (people.classmate, people.student))
        streams: list[Any] = []

        def are_more_than_one_worker_takes() -> bool:
            streams.extend(stream for stream in open_all(reader, 1) if stream.status == 200)
            return len(streams) > 12

        wait_until(are_more_than_one_worker_takes)
        cursor = int(time.time() * 1000)
        first, _second = before = set(server.workers())
        os.kill(first, signal.SIGTERM)
        wait_until(lambda: any(stream.has_ended.is_set() for stream in streams))
        wait_until(lambda: len(server.workers()) == len(before) and first not in server.workers())
        assert not all(stream.has_ended.is_set() for stream in streams)
        assert writer.ask(f"{thread.url}/comments", {"body": "Written meanwhile"})[0] == 200
        tried: list[Any] = []  # the worker that is left may be full
        wait_until(lambda: tried.extend(open_all(reader, 1)) or tried[-1].status == 200)
        again = tried[-1]
        assert "Written meanwhile" in reader.ask(f"/discussions/{thread.delivery}/changes?after={cursor}")[1]
        writer.ask(f"{thread.url}/comments", {"body": "Written after"})
        again.wait_for(f"thread:{thread.delivery}")
