"""Numbers in the addresses and forms of the queue that no row can have."""

from __future__ import annotations


def test_a_number_of_thousands_of_digits_is_no_row(people, sign_in) -> None:
    client, long = sign_in(people.instructor), "9" * 5_000
    assert client.get("/needs-me", query_string={"aside": f"{long},{2**33}"}).status_code == 200
    assert client.post("/needs-me/dismissals/1/undo", data={"also": long}).status_code == 404
