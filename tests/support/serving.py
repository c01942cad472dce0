"""The application on a real port: in a thread of the test, or as worker processes that can be killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 180


class QuietHandler(WSGIRequestHandler):
    """Keeps connections open, as the real server does, and writes no log."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - Werkzeug's name
        """Say nothing."""


class UnderWay:
    """How many requests are being answered: `with under_way:` around each, then `under_way.wait()`."""

    def __init__(self) -> None:
        self._idle = threading.Condition()
        self._requests = 0

    def __enter__(self) -> None:
        self._count(1)

    def __exit__(self, *_error: object) -> None:
        self._count(-1)

    def _count(self, change: int) -> None:
        with self._idle:
            self._requests += change
            self._idle.notify_all()

    def wait(self, seconds: float = 20) -> None:
        """Wait until every request is answered."""
        with self._idle:
            self._idle.wait_for(lambda: not self._requests, seconds)


def handler_that_counts(under_way: UnderWay) -> type[WSGIRequestHandler]:
    """A handler whose requests count until they are done, also when the browser hung up in the middle.

    Werkzeug does not close the application's answer then, so an application around ours would not hear of it.
    """

    class CountingHandler(QuietHandler):
        def run_wsgi(self) -> None:
            with under_way:
                super().run_wsgi()

    return CountingHandler


def _whole(app: Flask) -> WSGIApplication:
    """Answer with the whole body at once: Werkzeug leaves a file open when the browser hangs up in the middle."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = app(environ, start_response)
        try:
            return [b"".join(body)]
        finally:
            if hasattr(body, "close"):
                body.close()

    return answer


@contextmanager
def served_by_threads(app: Flask) -> Iterator[str]:
    """Serve `app` from this process; gives the address without a slash at its end.

    At the end it waits for requests that a page left under way, or they would meet the next test's database.
    """
    under_way = UnderWay()
    server = make_server("127.0.0.1", 0, _whole(app), threaded=True, request_handler=handler_that_counts(under_way))
    server.daemon_threads = True  # type: ignore[attr-defined]
    server.block_on_close = False  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
        under_way.wait()


@dataclass(frozen=True)
class ServerProcesses:
    """gunicorn with several workers: its address and its processes."""

    url: str
    master: int

    def workers(self) -> list[int]:
        """The process ids of the workers that run now (Linux)."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children")
        return [int(pid) for pid in children.read_text().split()]


@contextmanager
def served_by_processes(settings: Mapping[str, str], workers: int = 2) -> Iterator[ServerProcesses]:
    """Serve the application as `manage.py run` does, with these settings in the environment."""
    port = free_port()
    options = "--no-control-socket --reuse-port -k gthread --threads 16 --graceful-timeout 5 --keep-alive 75"
    command = [sys.executable, "-m", "gunicorn", *options.split(), "--log-level", "warning"]
    command += ["-w", str(workers), "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings})
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(url, server)
        yield ServerProcesses(url, server.pid)
    finally:
        server.terminate()
        server.wait(30)


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{url}/healthz", timeout=10):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"the server at {url} did not start")
