"""A stream of server-sent events: nothing but the names of topics about which something changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from core.live.events import Event
from core.live.hub import Hub, Line

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Hear: TypeAlias = Callable[[Sequence[Event]], Collection[str]]
"""Asked as the person who follows, at the moment something is to be told: the topics that they may hear of now.

Raises whatever a view would (404, 403) when they may follow no longer.
"""

GATHER = 0.1  # seconds in which what comes together is told together
LONGEST = 600.0  # seconds after which the browser has to come again
TRY_AGAIN = 3_000  # milliseconds after which a browser by itself does
FULL = 60  # seconds after which it is worth asking again for a place
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def stream(topics: Iterable[str], hear: Hear) -> Response:
    """Answer with a stream about these topics: what `hear` lets the person know. 503 when there are too many.

    It holds a thread, but neither a connection nor the request's data.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    hub: Hub = app.extensions["live"]
    line = hub.open(topics)
    if line is None:
        return Response(status=503, headers={"Retry-After": str(FULL)})
    environ = {name: value for name, value in request.environ.items() if name != "werkzeug.request"}
    asking = _Asking(app, environ, hear)
    lines = _lines(line, asking, app.config["COLLOQUY_LIVE_PING"])
    response = Response(lines, mimetype="text/event-stream", headers=HEADERS)
    response.call_on_close(lambda: hub.close(line))
    return response


class _Asking:
    """Asks again who this is and what they may hear, as if the browser had just sent its request."""

    def __init__(self, app: Flask, environ: WSGIEnvironment, hear: Hear) -> None:
        self._app, self._environ, self._hear = app, environ, hear

    def __call__(self, events: Sequence[Event]) -> Collection[str] | None:
        """Return the topics to name, None when they may follow no longer."""
        with self._app.request_context(dict(self._environ)):
            try:
                if self._app.preprocess_request() is not None:  # not signed in any more
                    return None
                return self._hear(events)
            except (HTTPException, SQLAlchemyError, TimeoutError):
                return None


def _lines(line: Line, asking: _Asking, pause: float) -> Iterator[str]:
    """What is sent: signs of life after each pause (seconds), at moments that tell nothing, and names.

    Somebody who may follow no longer is kept for one pause at most.
    """
    yield f"retry: {TRY_AGAIN}\n\n"
    ping, end = time.monotonic() + pause, time.monotonic() + LONGEST
    while time.monotonic() < end:
        found = line.wait(ping - time.monotonic())
        if found:
            time.sleep(GATHER)
            found += line.wait(0)
        if None in found:
            return
        topics = asking([event for event in found if event is not None])
        if topics is None:
            return
        if topics:
            yield "".join(f"data: {topic}\n" for topic in sorted(topics)) + "\n"
        if time.monotonic() >= ping:
            ping = time.monotonic() + pause
            yield ": ping\n\n"
