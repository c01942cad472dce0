"""The session's cookie is checked for its signature once and for its age every time."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask
from itsdangerous import BadSignature

LIFETIME = 60


def test_what_is_read_is_what_was_kept_and_nobody_elses_to_change(app: Flask) -> None:
    cookies: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = cookies.dumps({"_user_id": "token", "_flashes": [("message", "Saved.")]})
    read = cookies.loads(cookie, max_age=LIFETIME)
    read["_flashes"].append(("message", "Another."))
    assert cookies.loads(cookie, max_age=LIFETIME) == {"_user_id": "token", "_flashes": [("message", "Saved.")]}


def test_a_cookie_that_was_right_before_grows_too_old(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    cookies: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = cookies.dumps({"_user_id": "token"})
    cookies.loads(cookie, max_age=LIFETIME)
    later = time.time() + LIFETIME + 2
    monkeypatch.setattr("core.security.time.time", lambda: later)
    with pytest.raises(BadSignature):
        cookies.loads(cookie, max_age=LIFETIME)


def test_a_forged_cookie_is_refused_each_time(app: Flask) -> None:
    cookies: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = cookies.dumps({"_user_id": "token"})
    forged = cookie[:-4] + ("aaaa" if not cookie.endswith("aaaa") else "bbbb")
    for _time in range(2):
        with pytest.raises(BadSignature):
            cookies.loads(forged, max_age=LIFETIME)
