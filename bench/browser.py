"""The little of a browser that the jobs need: one kept connection, cookies, forms, and no scripts."""

from __future__ import annotations

import html
import http.client
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlencode, urlsplit

Fields = Mapping[str, str] | Sequence[tuple[str, str]]
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"|name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where a redirect leads ("" for none), and the body."""

    status: int
    location: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def token(self) -> str:
        """The page's CSRF token; raises AssertionError when the page has none."""
        found = TOKEN.search(self.text)
        assert found, f"no CSRF token in a page of {len(self.body)} bytes (status {self.status})"
        return html.unescape(found.group(1) or found.group(2))


class Visitor(Protocol):
    """Whoever asks for pages: over the network to measure, in the process to count statements."""

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a page."""

    def post(self, path: str, fields: Fields, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a form."""


class Browser:
    """A visitor over HTTP on one kept-alive connection. It follows no redirect by itself."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: Fields, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a form."""
        form = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._ask("POST", path, urlencode(fields), form)

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str] | None) -> Answer:
        sent = dict(headers or {})
        if self._cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        answer = Answer(response.status, path_of(response.getheader("Location") or ""), response.read())
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer


def path_of(location: str) -> str:
    """The path and query of an address, which may be a whole URL."""
    parts = urlsplit(location)
    return parts.path + (f"?{parts.query}" if parts.query else "")
