"""Every address, walked by nobody and by seven people: it works, refuses (403), or is not there (404)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from app import create_app
from core.security import is_public
from tests.support.browsing import Client
from tests.support.databases import SETTINGS
from tests.support.people import People, Person
from tests.support.reading import Reading
from tests.support.route_access import EVERYBODY
from tests.support.route_table import ROUTES, VALUES
from tests.support.statements import CountStatements

NOT_OURS = {"HEAD", "OPTIONS"}
READS = {"GET"}
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
# After these the person has to sign in again.
ENDS_A_SIGN_IN = {"auth.sign_out", "auth.use_reset"}
# Their address is signed; for one that is made up nothing is there.
ASK_FOR_NO_TOKEN = {"unsubscribing.stop"}
# What is sent is mostly an empty form, which may well be refused as such.
WORKS_BY_GET = {200, 204, 302, 303}
WORKS_BY_POST = {200, 201, 204, 303, 400, 409, 413, 422}

SignIn = Callable[[Person], Client]
Walk = Callable[..., list[str]]


def rules_of(app: Flask) -> list[Rule]:
    """Every rule but that of the static files."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def endpoints(methods: set[str] = READS | WRITES) -> set[str]:
    """Every endpoint that answers one of these methods, read without a database."""
    app = create_app({**SETTINGS, "DATABASE_URL": "sqlite:///never-opened.sqlite3"})
    return {rule.endpoint for rule in rules_of(app) if (rule.methods or set()) & methods}


def endpoint_of(line: str) -> str:
    """The endpoint of a line of the table, which may name a method before it."""
    return line.split()[-1]


def methods_of(line: str) -> set[str]:
    """The methods that a line of the table is about: the one it names, else all but those named elsewhere."""
    if " " in line:
        return {line.split()[0]}
    return {method for method in READS | WRITES if f"{method} {line}" not in ROUTES}


def lines_that_write() -> list[str]:
    """The lines of the table that are about changing something."""
    writing = endpoints(WRITES)
    return sorted(line for line in ROUTES if endpoint_of(line) in writing and methods_of(line) & WRITES)


def addresses(app: Flask, endpoint: str, values: dict[str, object]) -> list[tuple[str, str]]:
    """Each method and address of an endpoint."""
    found = []
    for rule in rules_of(app):
        if rule.endpoint == endpoint:
            with app.test_request_context():
                built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
            assert built is not None
            found += [(method, built[1]) for method in sorted((rule.methods or set()) - NOT_OURS)]
    return found


def placeholder(app: Flask, rule: Rule) -> dict[str, object]:
    """Something that fits each place of an address."""
    return {name: 1 if isinstance(rule._converters[name], IntegerConverter) else "x" for name in rule.arguments}


@pytest.mark.sqlite_only
def test_nobody_gets_past_the_door(app: Flask, client: Client) -> None:
    wrong = []
    for rule in rules_of(app):
        if is_public(app, rule.endpoint):
            continue
        for method, address in addresses(app, rule.endpoint, placeholder(app, rule)):
            answer = client.open(address, method=method)
            if answer.status_code != 303 or not answer.location.startswith("/login"):
                wrong.append(f"{method} {address}: {answer.status_code} {answer.location}")
            if client.open(address, method=method, headers={"X-Fragment": "1"}).status_code != 401:
                wrong.append(f"{method} {address} as a fragment is not 401")
    assert not wrong, "\n".join(wrong)


@pytest.mark.sqlite_only
def test_a_forged_form_changes_nothing(app: Flask, people: People, sign_in: SignIn) -> None:
    wrong = []
    client = sign_in(people.instructor)
    for rule in rules_of(app):
        expected = 404 if rule.endpoint in ASK_FOR_NO_TOKEN else 400
        for method, address in addresses(app, rule.endpoint, placeholder(app, rule)):
            if method not in READS and client.open(address, method=method, csrf=False).status_code != expected:
                wrong.append(f"{method} {address}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.sqlite_only
def test_what_asks_for_no_token_does_so_on_purpose(app: Flask) -> None:
    marked = {name for name, view in app.view_functions.items() if getattr(view, "is_signed", False)}
    assert {rule.endpoint for rule in rules_of(app) if rule.endpoint in marked and "POST" in (rule.methods or ())} == (
        ASK_FOR_NO_TOKEN
    )


def test_every_route_is_in_the_table() -> None:
    known = {endpoint_of(line) for line in ROUTES}
    assert sorted(endpoints() - known) == [], "who may do this?"
    assert sorted(known - endpoints()) == [], "these are gone"


@pytest.mark.sqlite_only
def test_what_is_public_is_so_on_purpose(app: Flask) -> None:
    is_open = {endpoint for endpoint in endpoints() if is_public(app, endpoint)}
    assert is_open == {endpoint_of(line) for line, access in ROUTES.items() if access.is_public}


@pytest.mark.sqlite_only
def test_routes_are_closed_to_those_they_are_not_for(walk: Walk) -> None:
    wrong = []
    for line, access in ROUTES.items():
        wrong += [fault for name in EVERYBODY - access.works - access.refused for fault in walk(line, name, {404})]
        wrong += [fault for name in access.refused for fault in walk(line, name, {403})]
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.sqlite_only
def test_pages_open_for_those_they_are_for(walk: Walk) -> None:
    wrong = [
        fault
        for line, access in ROUTES.items()
        for name in access.works
        for fault in walk(line, name, WORKS_BY_GET, READS)
    ]
    assert not wrong, "\n".join(sorted(wrong))


# Each on a reading of its own: what one does would be in the way of the next.
@pytest.mark.sqlite_only
@pytest.mark.parametrize("line", lines_that_write())
def test_what_changes_something_works_for_those_it_is_for(line: str, walk: Walk) -> None:
    works = sorted(ROUTES[line].works)
    wrong = [fault for name in works for fault in walk(line, name, WORKS_BY_POST, WRITES)]
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def walk(app: Flask, people: People, reading: Reading, sign_in: SignIn, count_statements: CountStatements) -> Walk:
    """Ask for the addresses of a line of the table as one person; the answer: what was not as expected."""
    values = {key: value(people, reading) for key, value in VALUES.items()}
    clients: dict[str, Client] = {}

    def walked(line: str, name: str, expected: set[int], methods: set[str] = READS | WRITES) -> list[str]:
        access, endpoint = ROUTES[line], endpoint_of(line)
        with app.app_context():
            found = addresses(app, endpoint, values | access.values(people, reading))
        if name not in clients or endpoint in ENDS_A_SIGN_IN:
            clients[name] = sign_in(getattr(people, name))
        return [
            f"{method} {address} as {name} {fault}"
            for method, address in found
            if method in methods & methods_of(line)
            for fault in faults(
                clients[name],
                Request(method, address + access.query, access.form, expected, access.statements),
                count_statements,
            )
        ]

    return walked


@dataclass(frozen=True)
class Request:
    """What is asked for, and which answers are right."""

    method: str
    address: str
    form: Mapping[str, str]
    expected: set[int]
    statements: int


def faults(client: Client, request: Request, count_statements: CountStatements) -> Iterator[str]:
    """What is wrong with the answer to a request, in words."""
    sent: dict[str, Any] = {} if request.method in READS else {"data": dict(request.form)}
    with count_statements() as seen:
        try:
            status = client.open(request.address, method=request.method, **sent).status_code
        except Exception as error:
            yield f"raises {type(error).__name__}: {error}"
            return
    if status not in request.expected:
        yield f"is {status}, not {sorted(request.expected)}"
    if request.method in READS and seen.writes():
        yield f"writes: {seen.writes()[0][:80]}"
    if len(seen) > request.statements:
        yield f"takes {len(seen)} statements"
    if seen.commits > 1:
        yield f"commits {seen.commits} times"
