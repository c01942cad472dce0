"""The browser that the tests drive reaches the application as a person does."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import Look
from tests.support.patience import hold
from tests.support.serving import ServerProcesses

pytestmark = pytest.mark.sqlite_only


def test_a_page_is_opened_at_the_width_and_in_the_colours_asked_for(open_page: Callable[..., Page]) -> None:
    page = open_page("/login", look=Look(width=390, dark=True))
    assert page.evaluate("innerWidth") == 390
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")


def test_without_javascript_no_script_runs(open_page: Callable[..., Page]) -> None:
    page = open_page("/login", look=Look(javascript=False))
    assert page.locator("form").count() >= 1


def _turn_to_a_slow_page(page: Page) -> None:
    page.route("**/bundles/*.js*", lambda route: (time.sleep(0.3), route.continue_()))
    page.goto("/login", wait_until="commit")
    page.wait_for_selector("body", state="attached")  # a document that has nothing in it yet does not load either


@pytest.mark.parametrize(
    "act",
    [
        lambda page: page.keyboard.press("Tab"),
        lambda page: page.mouse.click(1, 1),
        lambda page: page.get_by_label("Password", exact=True).fill("three green bottles"),
        lambda page: page.locator("body").press("Tab"),
        lambda page: expect(page.locator("body")).to_be_visible(),
    ],
    ids=["a key", "the mouse", "a field", "a key on something", "an expectation"],
)
def test_what_is_done_waits_for_the_scripts_of_the_page(
    open_page: Callable[..., Page], act: Callable[[Page], object]
) -> None:
    page = open_page("/login")
    _turn_to_a_slow_page(page)
    act(page)
    assert page.evaluate("document.readyState") == "complete"


def test_who_is_hasty_does_not_wait(open_page: Callable[..., Page]) -> None:
    page = open_page("/login", look=Look(hasty=True))
    held = hold(page, "**/bundles/*.js*")
    page.goto("/login", wait_until="commit")
    page.keyboard.press("Tab")
    assert page.evaluate("document.readyState") != "complete"
    held.let_go()
    page.wait_for_load_state()


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
        with urlopen(f"{server.url}/healthz", timeout=60) as answer:
            assert answer.status == 200


def test_what_axe_passes_over_something_else_says_nothing_of_the_text_alone(
    open_page: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = open_page("/login")
    write = """position => {
        const [box, under, text] = ["div", "div", "p"].map((name) => document.createElement(name));
        box.style.cssText = "position: relative; height: 60px";
        under.style.cssText = position && "position: absolute; inset: 0; background: #333";
        text.style.cssText = `inset: 0; color: #fff; font-size: 15px; ${position}`;
        text.append("Written in white");
        box.append(under, text);
        document.querySelector("main").append(box);
    }"""
    page.evaluate(write, "position: absolute")
    axe(page)
    page.evaluate(write, "")
    with pytest.raises(AssertionError, match="color-contrast"):
        axe(page)


PAINT = """change => {
    const text = document.querySelector("main label"), ink = "#555";
    let around = document.querySelector("#around");
    if (!around) {
        around = document.createElement("div");
        around.id = "around";
        text.parentElement.before(around);
        around.append(text.parentElement);
    }
    const paint = () => {
        const box = document.createElement("div");
        text.parentElement.style.position = "relative";
        box.style.cssText = `position: absolute; inset: 0; background: ${ink}`;
        text.before(box);
    };
    eval(change);
}"""
ON_A_CARD = "text.parentElement.style.background = 'light-dark(oklch(1 0 0), oklch(0.2 0 0))'"
THROUGH_A_VEIL = "text.parentElement.style.background = 'oklch(1 0 0 / 0.1)'"
# Each changes what is under a text, or the text, once axe has passed all that is on the page.
MADE_HARD_TO_READ = {
    "what it stands on": ("", "text.parentElement.style.background = ink"),
    "what it stands on, further out": ("", "document.querySelector('main').style.background = ink"),
    "how much of it shows": ("", "document.querySelector('main').style.opacity = 0.3"),
    "how much of the card shows": (ON_A_CARD, "around.style.opacity = 0.3"),
    "what is seen through a veil": (THROUGH_A_VEIL, "around.style.background = ink"),
    "its colour": ("", "text.style.color = '#aaa'"),
    "what it floats over": ("", "text.style.cssText = 'position: absolute; top: 0; left: 0'; paint()"),
    "what lies under it": ("", "text.style.position = 'relative'; paint()"),
}


@pytest.mark.parametrize(("before", "change"), MADE_HARD_TO_READ.values(), ids=MADE_HARD_TO_READ.keys())
def test_axe_is_asked_again_about_a_text_that_was_readable(
    open_page: Callable[..., Page], axe: Callable[[Page], None], before: str, change: str
) -> None:
    page = open_page("/login")
    page.evaluate(PAINT, before)
    axe(page)
    axe(page)
    page.evaluate(PAINT, change)
    with pytest.raises(AssertionError, match="color-contrast"):
        axe(page)
