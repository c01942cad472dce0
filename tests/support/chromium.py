"""A real Chromium: pages of a signed-in person, at a width, in light or dark, with or without JavaScript."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.support.browsing import Client
from tests.support.databases import Database
from tests.support.lateness import Lateness
from tests.support.patience import make_patient
from tests.support.people import Person
from tests.support.serving import ServerProcesses, served_by_processes, served_by_threads

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--renderer-process-limit=1",  # none is started in advance, to be thrown away with its browser context
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All that a page in the dark has of its own.
COLOURS = ["color-contrast"]
ASK_AXE = (Path(__file__).parent / "looks.js").read_text()
IS_LIGHT = "!matchMedia('(prefers-color-scheme: dark)').matches"
WIDE = 720
# A busy machine is slow, not wrong.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Look:
    """How a person's browser is set."""

    width: int = 1440
    height: int = 900
    dark: bool = False
    javascript: bool = True
    hasty: bool = False  # acts on a page before its scripts have come
    touch: bool = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium as CHROMIUM names it or as PATH has it; else Playwright's own."""
    found = next(
        (path for name in (os.environ.get("CHROMIUM", ""), *NAMES) if name and (path := shutil.which(name))), None
    )
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else [*ARGUMENTS]
    return {**browser_type_launch_args, "args": arguments, **({"executable_path": found} if found else {})}


@pytest.fixture(scope="session")
def lateness(pytestconfig: pytest.Config) -> Lateness:
    """What the test servers answer late: what --late names, else nothing."""
    return Lateness(frozenset(pytestconfig.getoption("--late")))


@pytest.fixture
def live_server(app: Flask, lateness: Lateness) -> Iterator[str]:
    """The address of the application on the test's database, served from this process."""
    with served_by_threads(app, lateness) as url:
        yield url


@pytest.fixture
def server_processes(database: Database) -> Callable[..., AbstractContextManager[ServerProcesses]]:
    """`with server_processes(workers=2) as server:` runs gunicorn on the test's database."""
    settings = {name: str(value) for name, value in database.settings.items()}
    return lambda workers=2: served_by_processes(settings, workers)


@pytest.fixture
def open_page(
    live_server: str, browser: Browser, sign_in: Callable[[Person | str], Client]
) -> Iterator[Callable[..., Page]]:
    """`open_page("/", people.student, Look(width=390))`: a page in a browser of that person's own.

    What is done there waits for the page's scripts (`Look(hasty=True)` does not). A script error or a refusal
    by the content security policy fails the test.
    """
    contexts, complaints = [], []

    def opened(path: str, person: Person | None = None, look: Look = Look()) -> Page:
        context = browser.new_context(
            base_url=live_server,
            viewport={"width": look.width, "height": look.height},
            color_scheme="dark" if look.dark else "light",
            java_script_enabled=look.javascript,
            reduced_motion="reduce",
            has_touch=look.touch,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        context.on("weberror", lambda error: complaints.append(f"{error.page and error.page.url}: {error.error}"))
        context.on(
            "console", lambda said: complaints.append(f"{said.location}: {said.text}") if _is_fault(said) else None
        )
        if look.javascript and not look.hasty:
            make_patient(context)
        if person:
            cookie = sign_in(person).get_cookie("session")
            assert cookie is not None
            context.add_cookies([{"name": "session", "value": cookie.value, "url": live_server}])
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def _is_fault(message: Any) -> bool:
    """A refusal and a lost connection are answers that pages must live with; all else is a fault."""
    expected = ("the server responded with a status of", "net::ERR_INTERNET_DISCONNECTED")
    return message.type == "error" and not any(words in message.text for words in expected)


@pytest.fixture(scope="session")
def passed_looks() -> set[str]:
    """How texts look that axe has found to stand out from what is under them."""
    return set()


@pytest.fixture
def axe(passed_looks: set[str]) -> Callable[[Page], None]:
    """`axe(page)` fails if axe finds faults by WCAG 2.2 AA or good practice; wide, in the dark as well."""

    def check(page: Page) -> None:
        expect(page.locator("body")).to_be_visible()  # not while a click still leads away
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        _ask_axe(page, {"type": "tag", "values": WCAG}, passed_looks)
        if page.evaluate("innerWidth") >= WIDE and page.evaluate(IS_LIGHT):
            page.emulate_media(color_scheme="dark")
            _ask_axe(page, {"type": "rule", "values": COLOURS}, passed_looks)
            page.emulate_media(color_scheme="light")

    return check


def _ask_axe(page: Page, asked: dict[str, Any], passed_looks: set[str]) -> None:
    found, passed = page.evaluate(ASK_AXE, {"asked": asked, "passed": list(passed_looks)})
    passed_looks.update(passed)
    results = AxeResults(found)
    where = page.url if page.evaluate(IS_LIGHT) else f"{page.url} in the dark"
    assert results.violations_count == 0, f"{where}\n{results.generate_report()}"
