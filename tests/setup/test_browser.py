"""The browser that the tests drive reaches the application as a person does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from tests.support.chromium import Look
from tests.support.serving import ServerProcesses

pytestmark = pytest.mark.sqlite_only


def test_a_page_is_opened_at_the_width_and_in_the_colours_asked_for(open_page: Callable[..., Page]) -> None:
    page = open_page("/login", look=Look(width=390, dark=True))
    assert page.evaluate("innerWidth") == 390
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")


def test_without_javascript_no_script_runs(open_page: Callable[..., Page]) -> None:
    page = open_page("/login", look=Look(javascript=False))
    assert page.locator("form").count() >= 1


def test_axe_finds_what_is_wrong(open_page: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    page = open_page("/login")
    axe(page)
    page.evaluate("document.body.append(document.createElement('button'))")
    with pytest.raises(AssertionError, match="button-name"):
        axe(page)


def test_worker_processes_serve_the_same_database(
    server_processes: Callable[..., AbstractContextManager[ServerProcesses]],
) -> None:
    with server_processes(workers=2) as server:
        assert len(server.workers()) == 2
        with urlopen(f"{server.url}/healthz") as answer:
            assert answer.status == 200
