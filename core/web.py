"""Small things every view needs: permission checks, redirects, pages of a list, static addresses."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, MutableMapping
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, request, url_for
from flask import Response as FlaskResponse
from flask.templating import Environment
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response

P = ParamSpec("P")
T = TypeVar("T")

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
    """Answer 303 to a view of ours, the one way to end a POST; without a page, which nobody would see."""
    return FlaskResponse(status=303, headers={"Location": url_for(endpoint, **values)})


def public_url(endpoint: str, **values: Any) -> str:
    """Return the address of a view as people anywhere reach it, for mail: COLLOQUY_PUBLIC_URL and the path."""
    root = urlsplit(current_app.config["COLLOQUY_PUBLIC_URL"])
    known = current_app.url_map.bind(root.netloc, script_name=root.path or "/", url_scheme=root.scheme)
    return known.build(endpoint, values, force_external=True)


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


def kept(make: Callable[P, T]) -> Callable[P, T]:
    """Make something once for the same arguments, which can be hashed; while debugging each time."""
    known = lru_cache(maxsize=128)(make)

    @wraps(make)
    def get(*args: P.args, **named: P.kwargs) -> T:
        return make(*args, **named) if current_app.debug else known(*args, **named)  # type: ignore[arg-type]

    return get


def fingerprint(content: bytes) -> str:
    """Return the mark by which the address of a file tells its versions apart."""
    return hashlib.sha256(content).hexdigest()[:10]


@kept
def _static_path(filename: str) -> str:
    file = Path(current_app.static_folder or "") / filename
    mark = fingerprint(file.read_bytes()) if file.is_file() else "0"
    return f"{current_app.static_url_path}/{filename}?v={mark}"


def static_url(filename: str) -> str:
    """Return the address of a static file, with a fingerprint of its content."""
    return str(request.script_root) + _static_path(filename)


class Application(Flask):
    """Flask without the question whether a function is a coroutine, which it asks a dozen times a request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function: no view or hook of ours is a coroutine."""
        return func


class OneMeaningEach(dict[str, Any]):
    """Names that keep what they mean: another meaning for one that is taken raises ValueError."""

    def __setitem__(self, name: str, meaning: Any) -> None:
        if self.get(name, meaning) is not meaning:
            raise ValueError(f"{name} means something else in templates")
        super().__setitem__(name, meaning)

    def update(self, *others: Any, **more: Any) -> None:
        """Take every name of others, one by one."""
        for name, meaning in dict(*others, **more).items():
            self[name] = meaning


class Templates(Environment):
    """Flask's templates, in which no filter takes the name of another, with their globals in one plain dict.

    Jinja chains two dicts and walks the chain whenever one template imports another: a millisecond on a page.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters = OneMeaningEach(self.filters)

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
    app.jinja_env.globals["static_url"] = static_url
    app.jinja_env.globals["is_fragment"] = is_fragment_request
