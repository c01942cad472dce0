"""A whole school signs in at once, from one address."""

from __future__ import annotations

import http.cookiejar
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from flask import Flask
from sqlalchemy import func, select

from classroom.models import SignIn
from tests.classroom.doors import one_value
from tests.support.browsing import PASSWORD
from tests.support.people import People, Person, make_students
from tests.support.serving import ServerProcesses

AT_ONCE = 100
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.mark.slow
def test_a_hundred_sign_ins_at_once_from_one_address_all_succeed(
    app: Flask, people: People, server_processes: Callable[..., AbstractContextManager[ServerProcesses]]
) -> None:
    students = make_students(app, people.section, AT_ONCE)
    with server_processes(workers=2) as server, ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda student: sign_in(server.url, student), students))
    assert answers == [student.email for student in students]
    assert one_value(app, select(func.count()).select_from(SignIn)) == AT_ONCE


def sign_in(url: str, student: Person) -> str:
    """Sign in as a browser does and return whom the page after it is for."""
    browser = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()))
    with browser.open(f"{url}/login", timeout=120) as page:
        token = TOKEN.search(page.read().decode())
    assert token
    sent = {"csrf_token": token[1], "username": student.email, "password": PASSWORD, "next": "/account/password"}
    with browser.open(f"{url}/login", urlencode(sent).encode(), timeout=120) as page:
        found = re.search(r'name="account" value="([^"]+)"', page.read().decode())
    return found[1] if found else "nobody"
