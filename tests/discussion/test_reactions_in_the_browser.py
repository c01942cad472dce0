"""Reactions in a real browser: pressed with the keyboard, and seen on another page that is open."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.discussion.conftest import Thread
from tests.support.people import People

pytestmark = pytest.mark.sqlite_only
WAIT = 30_000


def test_a_reaction_is_pressed_counted_and_taken_back_and_others_see_it(
    people: People,
    thread: Thread,
    write: Callable[..., int],
    open_page: Callable[..., Page],
    axe: Callable[[Page], None],
) -> None:
    post = write(people.student, "It was fair.")
    other = open_page("/account", people.instructor)
    with other.expect_response(re.compile("/changes")):
        other.goto(thread.url)
    page = open_page(thread.url, people.classmate)
    group = page.locator(f"#c{post}").get_by_role("group", name="Reactions")
    agree = group.get_by_role("button", name="Agree")
    agree.focus()
    page.keyboard.press("Enter")
    expect(agree).to_have_attribute("aria-pressed", "true", timeout=WAIT)
    expect(agree).to_have_accessible_name("Agree 1")
    expect(agree).to_be_focused()
    axe(page)
    expect(other.locator(f"#c{post}").get_by_role("button", name="Agree 1")).to_be_visible(timeout=WAIT)
    page.keyboard.press("Enter")
    expect(agree).to_have_attribute("aria-pressed", "false", timeout=WAIT)
    expect(agree).to_have_accessible_name("Agree")
    mine = open_page(thread.url, people.student)
    expect(mine.locator(f"#c{post}")).to_be_visible()
    expect(mine.locator(f"#c{post} button[data-kind]")).to_have_count(0)
