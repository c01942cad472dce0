"""A slow line, made on purpose: `--late scripts` finds tests that act before a page's scripts have come."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SECONDS = 0.5
WHAT = ("scripts", "posts", "pages")


@dataclass(frozen=True)
class Lateness:
    """Which answers come late: scripts, what is sent (posts), or the pages themselves."""

    what: frozenset[str] = frozenset()

    def wait(self, environ: WSGIEnvironment) -> None:
        """Let a request wait before the application sees it, if it is of that kind."""
        if _kind(environ) in self.what:
            time.sleep(SECONDS)

    def unkept(self, environ: WSGIEnvironment, start_response: StartResponse) -> StartResponse:
        """Say that a late answer must not be kept, so that it is late the next time as well."""
        if _kind(environ) not in self.what:
            return start_response

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            others = [(name, value) for name, value in headers if name.lower() != "cache-control"]
            return start_response(status, [*others, ("Cache-Control", "no-store")], *more)

        return start


ON_TIME = Lateness()


def _kind(environ: WSGIEnvironment) -> str:
    if environ["REQUEST_METHOD"] == "POST":
        return "posts"
    path = environ["PATH_INFO"]
    if path.startswith(("/static/", "/bundles/")):
        return "scripts" if path.endswith(".js") else ""
    return "pages"
