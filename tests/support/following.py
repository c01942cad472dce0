"""Following a stream as a browser does, on a real port."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from tests.support.browsing import Client

PATIENCE = 60.0  # seconds


def headers_of(client: Client) -> dict[str, str]:
    """What the browser of somebody who is signed in sends."""
    token, cookie = client.csrf_token(), client.get_cookie("session")
    assert cookie is not None
    return {"Cookie": f"session={cookie.value}", "X-CSRFToken": token, "X-Fragment": "1"}


class Listener:
    """A stream that is read in a thread of its own: what it told, and when (time.monotonic)."""

    def __init__(self, url: str, path: str, headers: dict[str, str]) -> None:
        self.lines: list[tuple[float, str]] = []
        self.has_ended = threading.Event()
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
        self._connection.request("GET", path, headers={**headers, "Accept": "text/event-stream"})
        self._answer = self._connection.getresponse()
        self.status = self._answer.status
        if self.status != http.client.OK:
            self._answer.read()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with suppress(OSError, ValueError, AttributeError, http.client.HTTPException):
            for line in self._answer:
                if line.strip():
                    self.lines.append((time.monotonic(), line.decode().strip()))
        self.has_ended.set()

    def told(self) -> list[str]:
        """The topics that were named so far."""
        return [words.removeprefix("data: ") for _at, words in list(self.lines) if words.startswith("data: ")]

    def wait_for(self, topic: str, times: int = 1) -> float:
        """Wait until a topic was named; the moment it was. Raises AssertionError if it is not."""
        wait_until(lambda: self.told().count(topic) >= times)
        return [at for at, words in self.lines if words == f"data: {topic}"][times - 1]

    def close(self) -> None:
        """Hang up, as a page does that is left."""
        if self._connection.sock is not None:
            with suppress(OSError):
                self._connection.sock.shutdown(2)
        self._thread.join(PATIENCE)
        self._answer.close()
        self._connection.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that another thread or process does."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
