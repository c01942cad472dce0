"""Small things every view needs: permission checks, redirects, pages of a list, static addresses."""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, request, url_for
from flask.templating import Environment
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response

LARGEST_ID = 2**31 - 1


def require(allowed: bool, why: str | None = None) -> None:
    """Go on only if `allowed`; otherwise answer 403, with `why` on the page if it is given."""
    if allowed:
        return
    error = Forbidden(description=why)
    error.is_ours = why is not None  # type: ignore[attr-defined]
    raise error


def not_found() -> NoReturn:
    """Answer 404: not there, or not this person's."""
    raise NotFound


def redirect_to(endpoint: str, **values: Any) -> Response:
    """Answer 303 to a view of ours, the one way to end a POST."""
    return redirect(url_for(endpoint, **values), 303)


def is_fragment_request() -> bool:
    """Tell whether a script of ours asks for a part of the page only."""
    return request.headers.get("X-Fragment") == "1"


def is_own_path(target: str) -> bool:
    """Tell whether `target` is a path on this site and nothing else."""
    if not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and target.isprintable()


def safe_next_url(default: str) -> str:
    """Return the `next` that came with the request if it stays on this site, else `default`."""
    target = request.values.get("next", "")
    return target if is_own_path(target) else default


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"


def static_url(filename: str) -> str:
    """Return the address of a static file, with a fingerprint of its content (kept; not while debugging)."""
    known: dict[str, str] = current_app.extensions["static_fingerprints"]
    if filename not in known or current_app.debug:
        mark = _fingerprint(Path(current_app.static_folder or "") / filename)
        known[filename] = f"{current_app.static_url_path}/{filename}?v={mark}"
    return request.script_root + known[filename]


class Templates(Environment):
    """Flask's templates with their globals in one plain dict.

    Jinja chains two dicts and walks the chain whenever one template imports another: a millisecond on a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of one template."""
        return {**self.globals, **(d or {})}


class RowId(IntegerConverter):
    """<int:…> in an address: a number that a row can have; any other is no page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_ID, **kwargs})


def init_web(app: Flask) -> None:
    """Put what templates need at hand, and keep addresses to ids that a database can hold."""
    app.url_map.converters["int"] = RowId
    app.extensions["static_fingerprints"] = {}
    app.jinja_env.globals["static_url"] = static_url
    app.jinja_env.globals["is_fragment"] = is_fragment_request
