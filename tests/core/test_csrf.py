"""A token that was right is looked up, not verified again; any other is refused as often as it comes."""

from __future__ import annotations

import re

from flask import Flask

FIELDS = {"username": "nobody", "password": "nothing"}


def _token(client: object) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/login").text)  # type: ignore[attr-defined]
    assert found
    return found.group(1)


def test_the_sessions_own_token_is_taken_again_and_again(app: Flask) -> None:
    client = app.test_client()
    token = _token(client)
    for _time in range(2):
        assert client.post("/login", data={**FIELDS, "csrf_token": token}).status_code == 422
        assert client.post("/login", data=FIELDS, headers={"X-CSRFToken": token}).status_code == 422


def test_a_token_of_somebody_elses_session_is_refused_although_it_was_right_there(app: Flask) -> None:
    one, other = app.test_client(), app.test_client()
    theirs, _own = _token(one), _token(other)
    assert one.post("/login", data={**FIELDS, "csrf_token": theirs}).status_code == 422
    assert other.post("/login", data={**FIELDS, "csrf_token": theirs}).status_code == 400


def test_a_forged_token_and_none_are_refused_each_time(app: Flask) -> None:
    client = app.test_client()
    token = _token(client)
    forged = token[:-4] + ("aaaa" if not token.endswith("aaaa") else "bbbb")
    for _time in range(2):
        for wrong in (forged, "é", ""):
            assert client.post("/login", data={**FIELDS, "csrf_token": wrong}).status_code == 400
