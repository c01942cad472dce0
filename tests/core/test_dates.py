"""Moments are shown in the class's zone; whoever lives in another reads the zone's name and their own time as well."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import Flask, g

from core.dates import moment, place_of

DUE = datetime(2027, 1, 15, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ("Europe/Berlin", "Fri 15 Jan, 23:59"),
        ("Europe/Paris", "Fri 15 Jan, 23:59"),  # the same time of day
        ("Asia/Tokyo", "Fri 15 Jan, 23:59 in Berlin (Sat 07:59 your time)"),
        ("America/New_York", "Fri 15 Jan, 23:59 in Berlin (Fri 17:59 your time)"),
    ],
)
def test_a_moment_is_the_classs_with_the_readers_own_where_it_differs(app: Flask, own: str, words: str) -> None:
    with app.test_request_context():
        g._login_user = SimpleNamespace(time_zone=own)
        assert moment(DUE, "Europe/Berlin") == words


def test_a_zone_goes_by_the_place_it_is_named_after() -> None:
    assert [place_of(zone) for zone in ("America/New_York", "America/Argentina/Buenos_Aires", "UTC")] == [
        "New York",
        "Buenos Aires",
        "UTC",
    ]
