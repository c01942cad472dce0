"""Every page of the application with the demonstration's data, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from app import create_app
from tests.browser.demonstration import Demonstration
from tests.browser.visits import NO_PAGES, Visit, visits_of
from tests.support.chromium import AXE_SCRIPT, PATIENCE_MS
from tests.support.databases import SETTINGS

PARTS = 4  # the test processes share them
WIDE, PHONE, SMALLEST = 1440, 390, 360
HEIGHT = 900
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Words that come nearer to the edge of the window than this, but for those in something that is pushed sideways.
NEAREST = 10
AT_THE_EDGE = """nearest => {
    const isCut = (one) => one && (getComputedStyle(one).overflowX !== "visible" || isCut(one.parentElement));
    const words = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const isNear = ({ left, right, width }) => width > 1 && (left < nearest || right > innerWidth - nearest);
    const found = [];
    for (let text; (text = words.nextNode()); ) {
        if (!text.data.trim() || !text.parentElement.checkVisibility({ opacityProperty: true })) continue;
        const place = document.createRange();
        place.selectNodeContents(text);
        if ([...place.getClientRects()].some(isNear) && !isCut(text.parentElement)) found.push(text.data.trim());
    }
    return found;
}"""
# No old-style face has a weight between regular and semibold: some systems then take a quite different one.
ODD_WEIGHTS = """[...document.querySelectorAll("body *")].filter((one) => {
    const { fontFamily, fontWeight } = getComputedStyle(one);
    return /serif$/.test(fontFamily) && !/sans-serif$/.test(fontFamily) && fontWeight > 400 && fontWeight < 600;
}).map((one) => `${one.tagName} ${one.className}`)"""
TELL_REFUSALS = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`refused by ${event.violatedDirective}: ${event.blockedURI}`));"""
Axe = Callable[[Page], None]


@dataclass
class Looker:
    """One person's browser; gathers what is wrong on each page."""

    page: Page
    axe: Axe
    faults: list[str] = field(default_factory=list)

    def visit(self, visit: Visit) -> None:
        """Open one page and note its faults, wide in light and dark, then as narrow as on a phone."""
        answer = self.page.goto(visit.path)
        seen = f"{visit.endpoint} {visit.path} as {visit.person or 'nobody'}"
        if answer is None or answer.status != visit.status:
            self.faults.append(f"{seen}: answered {answer and answer.status}")
            return
        self.look(seen)
        self.become(PHONE)
        self.look(f"{seen} on a phone")
        if words := self.page.evaluate(AT_THE_EDGE, NEAREST):
            self.faults.append(f"{seen}: at the edge on a phone: {words}")
        self.become(SMALLEST)
        self.check_width(f"{seen} at {SMALLEST}")
        self.become(WIDE)

    def look(self, seen: str) -> None:
        """Note the faults of the page as it is now."""
        self.page.evaluate("scrollTo(0, 0)")  # where an address leads further down, the bar lies over some link there
        self.check_width(seen)
        if odd := self.page.evaluate(ODD_WEIGHTS):
            self.faults.append(f"{seen}: serif of an odd weight: {odd}")
        try:
            self.axe(self.page)
        except AssertionError as error:
            self.faults.append(f"{seen}: {error}")

    def become(self, width: int) -> None:
        """Make the window as wide as this."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def check_width(self, seen: str) -> None:
        """Note a page that has to be pushed sideways to be read."""
        excess = self.page.evaluate(OVERFLOW)
        if excess > 0:
            self.faults.append(f"{seen}: {excess} px too wide")

    def hear(self, message: ConsoleMessage) -> None:
        """Note what the browser complains about; that a page answered 404 is no complaint."""
        if message.type == "error" and "the server responded with a status of 40" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")


@contextmanager
def _context(browser: Browser, demo: Demonstration, person: str) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=demo.url,
        viewport={"width": WIDE, "height": HEIGHT},
        color_scheme="light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(TELL_REFUSALS)
    context.add_init_script(AXE_SCRIPT)  # sent once, not for each page
    if person:
        context.add_cookies([{"name": "session", "value": demo.session_cookie(person), "url": demo.url}])
    try:
        yield context
    finally:
        context.close()


def _faults(browser: Browser, demo: Demonstration, visits: list[Visit], axe: Axe) -> list[str]:
    faults: list[str] = []
    by_person = sorted(visits, key=lambda visit: visit.person)
    for person, own in groupby(by_person, key=lambda visit: visit.person):
        with _context(browser, demo, person) as context:
            looker = Looker(context.new_page(), axe, faults)
            looker.page.on("console", looker.hear)
            looker.page.on("pageerror", lambda error, page=looker.page: faults.append(f"{page.url}: {error}"))
            for visit in own:
                looker.visit(visit)
    return faults


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_has_a_barrier_or_a_complaint(
    demonstration: Demonstration, browser: Browser, axe: Axe, part: int
) -> None:
    faults = _faults(browser, demonstration, visits_of(demonstration)[part::PARTS], axe)
    assert not faults, "\n".join(faults)


def test_every_page_is_visited(demonstration: Demonstration) -> None:
    app: Flask = create_app({**SETTINGS, "DATABASE_URL": "sqlite:///never-opened.sqlite3"})
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    visited = {visit.endpoint for visit in visits_of(demonstration)}
    assert pages - NO_PAGES - visited == set(), "add them to tests/browser/visits.py"
    assert pages >= NO_PAGES
