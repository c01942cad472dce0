"""The token that every unsafe request brings: Flask-WTF's, signed once and verified once for a whole session."""

from __future__ import annotations

from functools import lru_cache
from hmac import compare_digest

from flask import Flask, current_app, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer

from core.reading import SAFE_METHODS


class TokenCheck(CSRFProtect):  # type: ignore[misc]  # Flask-WTF has no types
    """Flask-WTF's check of every unsafe request. Tokens do not age, so one whose signature was right is still ours."""

    def init_app(self, app: Flask) -> None:
        """Ask every unsafe request of the application for its token, and give templates `csrf_token`."""
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = csrf_token
        app.context_processor(lambda: {"csrf_token": csrf_token})  # after Flask-WTF's own, which it replaces

    def protect(self, apply_exemptions: bool = False) -> None:
        """Go on if the request only reads, brings the session's own token, or asks for an address that is signed.

        Else let Flask-WTF refuse it.
        """
        if request.method not in SAFE_METHODS and not self._brings_own() and not _is_signed():
            super().protect(apply_exemptions)

    def _brings_own(self) -> bool:
        sent, own = self._get_csrf_token(), session.get("csrf_token")
        if not isinstance(sent, str) or not isinstance(own, str):
            return False
        try:
            return compare_digest(_verified(str(current_app.secret_key), sent), own)
        except (BadData, TypeError):
            return False


def _is_signed() -> bool:
    """Whether the address asked for is its own authority (core.security.signed)."""
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), "is_signed", False))


def csrf_token() -> str:
    """Return the token that a page's forms carry: the session's own, signed."""
    own = session.get("csrf_token")
    return _signed(str(current_app.secret_key), own) if isinstance(own, str) else str(generate_csrf())


def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="wtf-csrf-token")  # as Flask-WTF signs


@lru_cache(maxsize=4096)
def _signed(key: str, own: str) -> str:
    return str(_serializer(key).dumps(own))


@lru_cache(maxsize=4096)
def _verified(key: str, sent: str) -> str:
    """Return what a token that was signed with `key` holds; raises BadData for any other, which is not remembered."""
    return str(_serializer(key).loads(sent))
