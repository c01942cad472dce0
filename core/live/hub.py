"""The open streams of one process, and the one thread that wakes them. Nothing runs where nobody listens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from queue import Empty, SimpleQueue
from threading import Event as Signal
from threading import Lock, Thread

from flask import Flask
from sqlalchemy import Engine

from core.database import db
from core.live.bells import Bell, RedisWaker
from core.live.events import Event
from core.live.news import News
from core.live.wakers import TURN, PostgreSQLWaker, SQLiteWaker, Waker

MOST_STREAMS = 24
"""Of the 32 threads of a worker: the others answer requests. gunicorn.conf.py says it for other numbers."""
LINGER = 30.0  # seconds for which the thread goes on without a stream: whoever leaves a page opens another
LONGEST_PAUSE = 30.0  # seconds before a database that is away is asked again
SECONDS_TO_START = 10.0


class Line:
    """One stream's end of the hub."""

    def __init__(self, topics: Iterable[str]) -> None:
        self.topics = frozenset(topics)
        self._waiting: SimpleQueue[Event | None] = SimpleQueue()

    def put(self, event: Event | None) -> None:
        """Hand over an event; None: it is over."""
        self._waiting.put(event)

    def wait(self, seconds: float) -> list[Event | None]:
        """Return all that has come; [] when nothing has after that many seconds."""
        found: list[Event | None] = []
        with suppress(Empty):
            found.append(self._waiting.get(timeout=max(seconds, 0.0)))
            while True:
                found.append(self._waiting.get_nowait())
        return found


class Hub:
    """Wakes each stream when there is news about one of its topics."""

    def __init__(self, app: Flask) -> None:
        self.most = MOST_STREAMS
        self.goes_on: Callable[[], bool] = lambda: True  # whether the process does; asked every TURN
        self._app = app
        self._redis = str(app.config.get("COLLOQUY_REDIS_URL") or "")
        self.bell = Bell(self._redis) if self._redis else None
        self._lock = Lock()
        self._lines: set[Line] = set()
        self._watcher: Thread | None = None
        self._started = Signal()
        self._is_ending = False

    def open(self, topics: Iterable[str]) -> Line | None:
        """Return a line that hears from now on of whatever is committed; None when there are too many."""
        line = Line(topics)
        with self._lock:
            if len(self._lines) >= self.most:
                return None
            self._lines.add(line)
            if self._watcher is None:
                self._started.clear()
                self._watcher = Thread(target=self._run, daemon=True, name="live")
                self._watcher.start()
        self._started.wait(SECONDS_TO_START)
        return line

    def close(self, line: Line) -> None:
        """Forget a line; harmless for one that is forgotten."""
        with self._lock:
            self._lines.discard(line)

    def end_all(self) -> None:
        """End every stream, and wait until nothing runs here any more; new ones may come afterwards."""
        with self._lock:
            watcher = self._watcher
            self._is_ending = watcher is not None
        if watcher is not None:
            watcher.join(SECONDS_TO_START)

    def count(self) -> int:
        """Return how many streams are open."""
        with self._lock:
            return len(self._lines)

    def _run(self) -> None:
        with self._app.app_context():
            engine = db.engine
        news, pause = None, 0.0
        while not self._is_over(pause):
            try:
                news = news or News(engine)
                self._follow(engine, news)
                return
            except Exception as error:  # whatever it is, the pages go on asking by themselves
                self._app.logger.warning("live updates wait for the database: %r", error)
                pause = min(2 * pause + TURN, LONGEST_PAUSE)

    def _follow(self, engine: Engine, news: News) -> None:
        """Hand news over until nobody has listened for a while."""
        quiet_since = time.monotonic()
        with closing(self._waker(engine)) as waker:
            self._started.set()
            while not self._is_over(0):
                if waker.wait():
                    self._deliver(news.read())
                if self.count():
                    quiet_since = time.monotonic()
                elif self._may_leave(quiet_since):
                    return

    def _waker(self, engine: Engine) -> Waker:
        if self._redis:
            return RedisWaker(self._redis)
        return SQLiteWaker(engine.url) if engine.dialect.name == "sqlite" else PostgreSQLWaker(engine.url)

    def _may_leave(self, quiet_since: float) -> bool:
        """Be this process's watcher no more, unless somebody has just come."""
        with self._lock:
            if self._lines or time.monotonic() - quiet_since < LINGER:
                return False
            self._watcher = None
            return True

    def _is_over(self, pause: float) -> bool:
        """Wait for `pause` seconds; end all streams if it is time to, and be the watcher no more."""
        end = time.monotonic() + pause
        while not self._must_end() and time.monotonic() < end:
            time.sleep(TURN)
        if not self._must_end():
            return False
        with self._lock:
            for line in self._lines:
                line.put(None)
            self._lines.clear()
            self._watcher, self._is_ending = None, False
        self._started.set()
        return True

    def _must_end(self) -> bool:
        return self._is_ending or not self.goes_on()

    def _deliver(self, events: Sequence[Event]) -> None:
        with self._lock:
            lines = list(self._lines)
        for event in events:
            for line in lines:
                if event.topic in line.topics:
                    line.put(event)


def init_live(app: Flask) -> None:
    """Give the application its hub."""
    app.extensions["live"] = Hub(app)
