"""The application on a real port: in a thread of the test, or as worker processes that can be killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

from flask import Flask
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from bench.leash import leashed
from tests.support.lateness import ON_TIME, Lateness

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 180
# A stream whose browser is gone is noticed at the next sign of life but one.
QUICK_PINGS = {"COLLOQUY_LIVE_PING": "1"}


class QuietHandler(WSGIRequestHandler):
    """Speaks as the real server does, and writes no log."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - Werkzeug's name
        """Say nothing."""


class Server(ThreadedWSGIServer):
    """Answers each request in a thread of its own, and knows which of them still run."""

    block_on_close = False

    def __init__(self, app: WSGIApplication) -> None:
        self._done = threading.Condition()
        self._lines: set[socket.socket] = set()
        super().__init__("127.0.0.1", 0, app, handler=QuietHandler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a connection and answer it in a thread."""
        with self._done:
            self._lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Be done with a connection."""
        super().shutdown_request(request)
        with self._done:
            self._lines.discard(request)
            self._done.notify_all()

    def finish(self, end_streams: Callable[[], None], seconds: float = 60) -> None:
        """Take nothing more, answer what was asked already; after that nothing of this server runs."""
        self.shutdown()
        end_streams()
        with self._done:
            for line in self._lines:
                with suppress(OSError):  # the browser was faster
                    line.shutdown(socket.SHUT_RD)
            if not self._done.wait_for(lambda: not self._lines, seconds):
                raise RuntimeError("a request is still being answered")


def _whole(app: Flask, lateness: Lateness) -> WSGIApplication:
    """Answer with the whole body at once: Werkzeug leaves a file open when the browser hangs up in the middle."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        lateness.wait(environ)
        body = app(environ, lateness.unkept(environ, start_response))
        if environ.get("HTTP_ACCEPT") == "text/event-stream":
            return body
        try:
            return [b"".join(body)]
        finally:
            if hasattr(body, "close"):
                body.close()

    return answer


@contextmanager
def served_by_threads(app: Flask, lateness: Lateness = ON_TIME) -> Iterator[str]:
    """Serve `app` from this process; gives the address without a slash at its end.

    At the end it waits for requests that a page left under way, or they would meet the next test's database.
    """
    server = Server(_whole(app, lateness))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.finish(app.extensions["live"].end_all)
        thread.join(10)


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
    options = "--no-control-socket --reuse-port -k gthread --threads 16 --graceful-timeout 5 --keep-alive 75"
    command = [sys.executable, "-m", "gunicorn", *options.split(), "--log-level", "warning"]
    with _reserved_port() as port:
        command += ["-w", str(workers), "--bind", f"127.0.0.1:{port}", "wsgi:app"]
        with leashed(command, cwd=ROOT, env={**os.environ, **QUICK_PINGS, **settings}) as server:
            url = f"http://127.0.0.1:{port}"
            _wait_until_it_answers(url, server)
            yield ServerProcesses(url, server.pid)


@contextmanager
def _reserved_port() -> Iterator[int]:
    """A port that nobody else is given meanwhile; whoever knows it may listen there too (`--reuse-port`)."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        holder.bind(("127.0.0.1", 0))
        yield int(holder.getsockname()[1])


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{url}/healthz", timeout=10):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"the server at {url} did not start")
