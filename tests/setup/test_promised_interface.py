"""Commands and addresses that other programs rely on: they never change."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from typing import Any

import click
import pytest
from flask import Flask

from tests.support.browsing import Client
from tests.support.source import ROOT

FLASK_COMMANDS = {
    ("demo", "load"): [],
    ("user", "create"): ["email", "--role", "--password-stdin"],
    ("article", "import"): ["file", "--owner"],
    ("db", "upgrade"): [],
}


@pytest.fixture(scope="module")
def parse() -> Callable[[list[str]], Any]:
    """manage.py's reading of its command line."""
    found = runpy.run_path(str(ROOT / "manage.py"))
    return found["parse_arguments"]  # type: ignore[no-any-return]


def test_run_takes_a_host_a_port_and_no_demo(parse: Callable[[list[str]], Any]) -> None:
    options, _ = parse(["run"])
    assert (options.command, options.host, options.port, options.no_demo) == ("run", "127.0.0.1", 8000, False)
    options, _ = parse(["run", "--port", "8123", "--host", "0.0.0.0", "--no-demo"])
    assert (options.host, options.port, options.no_demo) == ("0.0.0.0", 8123, True)


def test_test_hands_its_arguments_to_pytest(parse: Callable[[list[str]], Any]) -> None:
    options, rest = parse(["test", "-x", "tests/setup", "--sqlite-only"])
    assert options.command == "test"
    assert rest == ["-x", "tests/setup", "--sqlite-only"]


def test_bench_can_be_quick(parse: Callable[[list[str]], Any]) -> None:
    assert parse(["bench"])[0].quick is False
    assert parse(["bench", "--quick"])[0].quick is True


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["run", "--prot", "1"], ["run", "--port", "0"], ["run", "--port", "65536"]]
)
def test_other_commands_are_refused(
    parse: Callable[[list[str]], Any], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parse(arguments)
    assert stopped.value.code == 2
    assert "manage.py" in capsys.readouterr().err


@pytest.mark.parametrize("path", FLASK_COMMANDS, ids=" ".join)
@pytest.mark.sqlite_only
def test_flask_commands_keep_their_names(app: Flask, path: tuple[str, str]) -> None:
    group = app.cli.get_command(click.Context(app.cli), path[0])
    assert isinstance(group, click.Group)
    command = group.get_command(click.Context(group), path[1])
    assert command is not None
    words = {word for parameter in command.params for word in (*parameter.opts, parameter.name)}
    assert set(FLASK_COMMANDS[path]) <= words


@pytest.mark.sqlite_only
def test_sign_in_is_a_form_with_a_username_and_a_password(client: Client) -> None:
    page = client.get("/login").get_data(as_text=True)
    assert 'name="username"' in page
    assert 'name="password"' in page


def test_health_is_told_to_anybody(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.is_json
    assert answer.get_json()["status"] == "ok"
