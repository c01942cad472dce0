"""The address that monitoring asks."""

from __future__ import annotations

from tests.support.browsing import Client


def test_health_is_told_to_anybody(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.is_json
    assert answer.get_json()["status"] == "ok"
