"""A person at a browser without JavaScript: Flask's test client, with the security token sent along."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, session
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from classroom.operations.sign_ins import start_sign_in
from classroom.sign_ins import keep_token
from core.database import commit

PASSWORD = "correct horse battery"
UNSAFE_METHODS = {"POST", "PUT", "PATCH", "DELETE"}


class Client(FlaskClient):
    """Sends the token that a form of the page would carry; `csrf=False` leaves it out."""

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        """Ask for an address, as `FlaskClient.open` does."""
        if csrf and kwargs.get("method", "GET").upper() in UNSAFE_METHODS:
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": self.csrf_token()}
        return super().open(*args, **kwargs)

    def csrf_token(self) -> str:
        """A token that fits this client's session, signed as Flask-WTF signs it."""
        with self.session_transaction() as own:
            raw = own.setdefault("csrf_token", secrets.token_hex(20))
        signer = URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token")
        token = signer.dumps(raw)
        return token if isinstance(token, str) else token.decode()


def client_of(app: Flask) -> Client:
    """A new browser with nobody signed in."""
    return Client(app, app.response_class)


def signed_in(app: Flask, user_id: int) -> Client:
    """A new browser in which this person is signed in, as `sign_in` leaves it, without the page."""
    client = client_of(app)
    with app.app_context():
        token = start_sign_in(user_id)
        commit()
    with app.test_request_context():
        keep_token(token)
        kept = dict(session)
    with client.session_transaction() as own:
        own.update(kept)
    return client


def sign_in(app: Flask, username: str, password: str = PASSWORD) -> Client:
    """A new browser in which this person signed in through the page."""
    client = client_of(app)
    answer = client.post("/login", data={"username": username, "password": password})
    assert answer.status_code == 303, f"{username} could not sign in: {answer.status_code}"
    return client
