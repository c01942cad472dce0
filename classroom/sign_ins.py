"""From the token in the cookie to the person: one SELECT per request."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from flask import session
from sqlalchemy import bindparam, select

from classroom.models import SignIn, User
from classroom.tokens import token_hash
from classroom.viewer import Viewer
from core import clock
from core.database import AnySelect, read_first

LIFETIME = timedelta(days=60)
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("FxiOS/", "Firefox"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@cache
def _of_token() -> AnySelect:
    """In the order of Viewer's fields."""
    return (
        select(
            User.id,
            User.name,
            User.username,
            User.email,
            User.role,
            User.time_zone,
            User.locale,
            User.theme,
            User.single_keys,
            SignIn.id,
            User.must_change_password,
            User.password_reset_notice_at,
            User.news_at.is_not(None),
        )
        .join(SignIn, SignIn.user_id == User.id)
        .where(SignIn.token_hash == bindparam("token_hash"), SignIn.created_at > bindparam("oldest"))
    )


def load_viewer(token: str) -> Viewer | None:
    """Return the person signed in with `token`, or None if that sign-in ended or is too old."""
    wanted = {"token_hash": token_hash(token), "oldest": clock.now() - LIFETIME}
    row = read_first(_of_token(), wanted).first()
    values = [*row, token] if row else None
    return Viewer(*values) if values else None


def keep_token(token: str) -> None:
    """Make this browser the signed-in device: a new session, so that nobody's older one is carried over."""
    session.clear()
    session.permanent = True
    session["_user_id"] = token  # where Flask-Login looks


def forget_token() -> None:
    """Make this browser nobody's."""
    session.clear()


def device_name(user_agent: str) -> str:
    """Return a browser and a system in words that a person recognises ("Firefox, Windows")."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
