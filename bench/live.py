"""`python -m bench.live [--readers 20] [--posts 40] [--redis URL]`: how soon open pages hear of a post.

Readers follow a reading on streams of their own, which the worker processes share out as connections come. One
student posts, and again once everybody has heard. Each wait is from before the form is sent until the stream has
named the thread, and until the fragment with the new post has come: milliseconds, tab-separated.
"""

from __future__ import annotations

import argparse
import http.client
import re
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from sqlalchemy import select

from bench.browser import Browser
from bench.colloquy import visits
from bench.colloquy.seed import Filled, application, fill, settings
from bench.colloquy.visits import Member
from bench.databases import KINDS, Databases, databases
from bench.servers import serving
from core.database import db
from discussion.models import PromptDelivery

CURSOR = re.compile(r'data-cursor="([^"]+)"')
PATIENCE = 30.0  # seconds
STREAMING = 32  # threads of a worker, as `manage.py run` has them: a stream holds one
BETWEEN = 0.3  # seconds from one post to the next
COLUMNS = ("database", "carried by", "what", "median", "p95", "most", "waits")


@dataclass(frozen=True)
class Place:
    """Where to listen: the server's port, the reading and the thread."""

    port: int
    reading: int
    thread: int


class Reader:
    """One open page: its stream is read in a thread, and what changed is fetched when the thread is named."""

    def __init__(self, member: Member, browser: Browser, place: Place) -> None:
        self._member, self._place = member, place
        self.heard, self.shown = threading.Event(), threading.Event()
        self.heard_at = self.shown_at = 0.0
        page = member.visitor.get(f"/discussions/{place.thread}")
        found = CURSOR.search(page.text)
        assert found, f"status {page.status}"
        self._cursor = found[1]
        self._connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=PATIENCE)
        headers = {"Accept": "text/event-stream", "Cookie": browser.cookies()}
        self._connection.request("GET", f"/readings/{place.reading}/live", headers=headers)
        self._stream = self._connection.getresponse()
        assert self._stream.status == http.client.OK, f"status {self._stream.status}"
        threading.Thread(target=self._listen, daemon=True).start()

    def forget(self) -> None:
        """Begin to wait for the next post."""
        self.heard.clear()
        self.shown.clear()

    def close(self) -> None:
        """Leave the page."""
        with suppress(OSError):
            self._connection.close()

    def _listen(self) -> None:
        with suppress(OSError, ValueError, AttributeError, http.client.HTTPException):
            for line in self._stream:
                if line.strip() == f"data: thread:{self._place.thread}".encode() and not self.heard.is_set():
                    self.heard_at = time.perf_counter()
                    self.heard.set()
                    self._look()

    def _look(self) -> None:
        address = f"/discussions/{self._place.thread}/changes?after={self._cursor}"
        answer = self._member.visitor.get(address, {"X-Fragment": "1"})
        if answer.status == http.client.OK:
            self._cursor = answer.cursor or self._cursor
            self.shown_at = time.perf_counter()
            self.shown.set()


def main(arguments: Sequence[str]) -> int:
    """Post, wait for everybody, and print how long they waited."""
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--posts", type=int, default=40)
    parser.add_argument("--redis", default="", help="COLLOQUY_REDIS_URL; without it the embedded default carries")
    parser.add_argument("--database", choices=KINDS, action="append", help="on this database alone")
    options = parser.parse_args(arguments)
    print(*COLUMNS, sep="\t", flush=True)
    for kind in options.database or KINDS:
        with databases(kind) as places:
            waits = _measure(places, options.readers, options.posts, options.redis)
        for what, found in waits.items():
            _print(kind, "Redis" if options.redis else "the database", what, found)
    return 0


def _measure(places: Databases, readers: int, posts: int, redis: str) -> dict[str, list[float]]:
    with ExitStack() as stack:
        instance = stack.enter_context(tempfile.TemporaryDirectory(prefix="colloquy-bench-"))
        app = application(places.colloquy, instance)
        filled = fill(app, (30,), writers=readers + posts, comments=100)
        environment = settings(places.colloquy, instance) | ({"COLLOQUY_REDIS_URL": redis} if redis else {})
        server = stack.enter_context(serving("wsgi:app", environment, places.roots, STREAMING))
        with app.app_context():
            of_thread = select(PromptDelivery.assignment_id).where(PromptDelivery.id == filled.thread)
            place = Place(server.port, db.session.execute(of_thread).scalar_one(), filled.thread)
        opened = [_open(stack, place, name, filled) for name in filled.writers[:readers]]
        writers = [_sign_in(stack, server.port, name, filled)[0] for name in filled.writers[readers:]]
        return _post(writers, opened, filled)


def _sign_in(stack: ExitStack, port: int, name: str, filled: Filled) -> tuple[Member, Browser]:
    browser = stack.enter_context(Browser(port))
    return visits.sign_in(browser, name, filled.password), browser


def _open(stack: ExitStack, place: Place, name: str, filled: Filled) -> Reader:
    reader = Reader(*_sign_in(stack, place.port, name, filled), place)
    stack.callback(reader.close)
    return reader


def _post(writers: Sequence[Member], readers: Sequence[Reader], filled: Filled) -> dict[str, list[float]]:
    waits: dict[str, list[float]] = {"heard": [], "shown": []}
    for writer in writers:
        for reader in readers:
            reader.forget()
        time.sleep(BETWEEN)
        began = time.perf_counter()
        visits.reply(writer, filled)
        for reader in readers:
            assert reader.shown.wait(PATIENCE), "a page heard nothing"
            waits["heard"].append(reader.heard_at - began)
            waits["shown"].append(reader.shown_at - began)
    return waits


def _print(*row: str | list[float]) -> None:
    *names, found = row
    waits = sorted(1000 * wait for wait in found if isinstance(wait, float))
    figures = (waits[len(waits) // 2], waits[int(len(waits) * 0.95)], waits[-1])
    print(*names, *(f"{figure:.1f}" for figure in figures), len(waits), sep="\t", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
