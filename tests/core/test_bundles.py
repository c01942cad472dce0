"""Several stylesheets or scripts in one file, for whoever asks."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.support.browsing import Client
from tests.support.people import People, Person
from tests.support.statements import CountStatements

pytestmark = pytest.mark.sqlite_only  # nothing here asks the database
STATIC = Path(__file__).parents[2] / "static"
ADDRESS = re.compile(r'"(/bundles/[^"]+)"')


def test_a_page_asks_for_its_stylesheets_and_scripts_in_few_files_to_be_kept(
    people: People, sign_in: Callable[[Person], Client], count_statements: CountStatements
) -> None:
    client = sign_in(people.student)
    addresses = ADDRESS.findall(client.get("/").text)
    assert [address.split("?")[0].rpartition(".")[2] for address in addresses] == ["css", "css", "js"]
    for address in addresses:
        with count_statements() as statements:
            answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert len(statements) == 0
        assert "Set-Cookie" not in answer.headers


def test_stylesheets_come_one_after_the_other(client: Client) -> None:
    answer = client.get("/bundles/tokens-bar.css")
    assert answer.mimetype == "text/css"
    assert answer.text == (STATIC / "css/tokens.css").read_text() + (STATIC / "css/bar.css").read_text()


def test_what_can_be_unpacked_is_sent_packed(client: Client) -> None:
    plain = client.get("/bundles/app.js")
    packed = client.get("/bundles/app.js", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2


@pytest.mark.parametrize("asked", ["/bundles/app.js", "/bundles/app.js?v=0123456789"])
def test_another_version_than_was_asked_for_is_not_kept(client: Client, asked: str) -> None:
    assert client.get(asked).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    [
        "/bundles/nothing.js",
        "/bundles/app.css",
        "/bundles/app-app.js",
        "/bundles/-.js",
        "/bundles/app-.js",
        "/bundles/..-..-wsgi.py",
        "/bundles/..%2F..%2Fwsgi.js",
        "/bundles/App.js",
        "/bundles/app%00.js",
        "/bundles/bar%0A.css",
        "/bundles/app.html",
    ],
)
def test_nothing_else_is_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_while_debugging_a_file_is_read_anew(app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/bundles/bar.css")
    monkeypatch.setattr("core.bundles.Path.read_text", lambda path, _encoding: f"/* {path.name} */")
    assert "bar.css" not in client.get("/bundles/bar.css").text[:20]
    monkeypatch.setattr(app, "debug", True)
    assert client.get("/bundles/bar.css").text == "/* bar.css */"
