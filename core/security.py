"""The sign-in wall, CSRF, headers. Closed by default: a route is open only if it is marked @public."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from copy import deepcopy
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, current_app, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.exceptions import Unauthorized
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from core.csrf import TokenCheck
from core.reading import SAFE_METHODS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

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
ASKED_BY_SCRIPTS = ("application/json", "text/event-stream")
HTTPS_HEADERS = {**HEADERS, "Strict-Transport-Security": "max-age=31536000"}


class SignIns(LoginManager):  # type: ignore[misc]  # Flask-Login has no types
    """Flask-Login without what is not used here: a cookie of its own, and a guess whether the browser is the same.

    Both look at every request and every answer.
    """

    def init_app(self, app: Flask, add_context_processor: bool = True) -> None:
        """Attach it to the application; templates get `current_user`."""
        app.login_manager = self  # type: ignore[attr-defined]
        if add_context_processor:
            app.context_processor(lambda: {"current_user": current_user._get_current_object()})

    def _load_user(self) -> None:
        """Look up who is signed in; asked for at the first use of `current_user` in a request."""
        token = session.get("_user_id")
        viewer = self._user_callback(token) if token is not None else None
        self._update_request_context_with_user(viewer)


class Headers:
    """Adds to every answer, whoever made it, what a browser must keep to."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does."""
        added = HTTPS_HEADERS if environ["wsgi.url_scheme"] == "https" else HEADERS

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *added.items()], *rest)

        return self._application(environ, start)


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
        return {name: value if isinstance(value, str) else deepcopy(value) for name, value in data.items()}


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie; what signs it is made once."""

    @cache  # noqa: B019 - one application, one serializer
    def get_signing_serializer(self, app: Flask) -> Any:
        """Return what signs and reads the cookie, None without a secret key."""
        signs = super().get_signing_serializer(app)
        return CookieSerializer(signs) if signs else None


def public(view: View) -> View:
    """Open a route to people who are not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def signed(view: View) -> View:
    """Open a route to whoever has its address, which is signed and is the authority by itself: no token is asked for.

    Mail programs send such a request for a person (RFC 8058); what it does must be harmless and easily taken back.
    """
    view.is_signed = True  # type: ignore[attr-defined]
    return public(view)


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
    if request.headers.get("X-Fragment") or request.accept_mimetypes.best in ASKED_BY_SCRIPTS:
        raise Unauthorized
    there = request.full_path.rstrip("?") if request.method in SAFE_METHODS else ""
    return redirect(url_for("auth.login", next=there if there not in ("", "/") else None), 303)


def _say_how_long_to_keep(response: Response) -> Response:
    if request.endpoint == "static":
        if "v" not in request.args:  # whoever asks without a fingerprint
            response.headers["Cache-Control"] = "no-cache"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if current_user.is_authenticated else "no-cache"
    return response


def init_security(app: Flask, load_viewer: Callable[[str], Any]) -> None:
    """Put up the wall. `load_viewer(token)` returns the person signed in on that device, or None."""
    proxies = int(app.config["COLLOQUY_TRUSTED_PROXIES"])
    app.wsgi_app = Headers(app.wsgi_app)  # type: ignore[method-assign]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.session_interface = Sessions()
    TokenCheck().init_app(app)  # first: it reads the whole body before the database is touched
    sign_ins = SignIns()
    sign_ins.init_app(app)
    sign_ins.user_loader(load_viewer)
    app.before_request(_wall)
    app.after_request(_say_how_long_to_keep)
