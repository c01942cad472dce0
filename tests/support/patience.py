"""Whatever a test does on a page waits until that page's scripts have run: a page that still loads is not raced.

Keys need this most. A click on what is not there yet waits by itself; a key pressed too early is gone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

# Module scripts run before the window hears that it is loaded.
MARK = "addEventListener('load', () => document.documentElement.setAttribute('data-loaded', ''))"
LOADING = "html:not([data-loaded])"
KEYS = ("press", "down", "type", "insert_text")
MOVES = ("click", "dblclick", "down", "wheel")
SECONDS_TO_ASK = 60


def make_patient(context: BrowserContext) -> None:
    """Let clicks, keys and expectations in every page of this browser wait for the page's scripts.

    To be called before the first page is opened, and only where scripts are allowed.
    """
    context.add_init_script(MARK)
    context.on("page", _watch)


def _watch(page: Page) -> None:
    for hand, deeds in ((page.keyboard, KEYS), (page.mouse, MOVES)):
        for deed in deeds:
            setattr(hand, deed, partial(_when_loaded, page, getattr(hand, deed)))
    # Playwright looks for this before each action and each expectation, and goes on when it is gone.
    page.add_locator_handler(page.locator(LOADING), lambda _html: None)


def _when_loaded(page: Page, act: Callable[..., Any], *args: Any, **named: Any) -> None:
    page.wait_for_load_state()  # known without asking the page: a key costs no more than before
    act(*args, **named)


class Held:
    """What a page has asked for and is kept on the way."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._routes: list[Route] = []

    def keep(self, route: Route) -> None:
        """Keep one more."""
        self._routes.append(route)

    def let_go(self) -> None:
        """Let the first go on. A page can show that it has asked before this test hears of it: wait for that."""
        end = time.monotonic() + SECONDS_TO_ASK
        while not self._routes:
            assert time.monotonic() < end, "the page has not asked"
            self._page.wait_for_timeout(10)
        self._routes[0].continue_()


def hold(page: Page, address: str) -> Held:
    """Keep what a page asks for at this address on the way."""
    held = Held(page)
    page.route(address, held.keep)
    return held
