"""The sign-in wall, CSRF, headers. Closed by default: a route is open only if it is marked @public."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import deepcopy
from functools import cache, lru_cache, partial
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.exceptions import Unauthorized
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from core.reading import SAFE_METHODS

View = TypeVar("View", bound=Callable[..., Any])
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'; require-trusted-types-for 'script'; trusted-types fragments",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

csrf = CSRFProtect()
login_manager = LoginManager()
login_manager.session_protection = None


class CookieSerializer:
    """Signs and reads the session's cookie as Flask does, but checks the signature of each cookie once.

    A browser sends the same one with every request. Its age is looked at each time, and who is signed in with
    the token that it holds is asked of the database: a cookie seen before opens nothing by itself.
    """

    def __init__(self, signs: URLSafeTimedSerializer) -> None:
        self._signs = signs
        self._verified = lru_cache(maxsize=4096)(partial(signs.loads, return_timestamp=True))

    def dumps(self, data: Any) -> str:
        """Return the cookie's value."""
        return str(self._signs.dumps(data))

    def loads(self, value: str, max_age: int) -> dict[str, Any]:
        """Return what the cookie holds; raises BadSignature when it is not ours or older than `max_age` seconds."""
        data, signed_at = self._verified(value)
        if not 0 <= int(time.time()) - signed_at.timestamp() <= max_age:  # signed by the machine's own clock
            raise BadSignature("too old")
        return deepcopy(data)


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie; what signs it is made once."""

    @cache  # noqa: B019 - one application, one serializer
    def get_signing_serializer(self, app: Flask) -> Any:
        """Return what signs and reads the cookie, None without a secret key."""
        signs = super().get_signing_serializer(app)
        return CookieSerializer(signs) if signs else None


def csrf_token() -> str:
    """Return the token that a page's forms carry: the session's own, signed."""
    own = session.get("csrf_token")
    return _signed(str(current_app.secret_key), own) if isinstance(own, str) else str(generate_csrf())


@lru_cache(maxsize=4096)
def _signed(key: str, own: str) -> str:
    """Sign as Flask-WTF does. Tokens do not age (WTF_CSRF_TIME_LIMIT), so one signature serves the whole session."""
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(own))


def public(view: View) -> View:
    """Open a route to people who are not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def is_public(app: Flask, endpoint: str | None) -> bool:
    """Tell whether `endpoint` may be asked for without signing in."""
    if endpoint is None or endpoint == "static":
        return True
    return bool(getattr(app.view_functions.get(endpoint), "is_public", False))


def _wall() -> Response | None:
    if is_public(current_app._get_current_object(), request.endpoint):  # type: ignore[attr-defined]
        return None
    if current_user.is_authenticated:
        return None
    if request.headers.get("X-Fragment") or request.accept_mimetypes.best == "application/json":
        raise Unauthorized
    there = request.full_path.rstrip("?") if request.method in SAFE_METHODS else ""
    return redirect(url_for("auth.login", next=there if there not in ("", "/") else None), 303)


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store" if current_user.is_authenticated else "no-cache")
    elif "v" not in request.args:  # a script that another script imports has no fingerprint
        response.headers["Cache-Control"] = "no-cache"
    return response


def init_security(app: Flask, load_viewer: Callable[[str], Any]) -> None:
    """Put up the wall. `load_viewer(token)` returns the person signed in on that device, or None."""
    proxies = int(app.config["COLLOQUY_TRUSTED_PROXIES"])
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.session_interface = Sessions()
    csrf.init_app(app)  # first: it reads the whole body before the database is touched
    app.jinja_env.globals["csrf_token"] = csrf_token
    app.context_processor(lambda: {"csrf_token": csrf_token})  # after Flask-WTF's own, which it replaces
    login_manager.init_app(app)
    login_manager.user_loader(load_viewer)
    app.before_request(_wall)
    app.after_request(_headers)
