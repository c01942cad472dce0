"""A long thread in a real browser: more of it, what is new in it, and posts that an address names."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.discussion.conftest import Thread
from tests.support.people import People

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
WAIT = 30_000


@pytest.fixture
def posts(people: People, write: Callable[..., int]) -> list[int]:
    """A thread of 110 posts by the classmate."""
    return [write(people.classmate, f"Post number {number}.") for number in range(110)]


def test_more_is_shown_below_until_nothing_is_left(
    people: People, thread: Thread, posts: list[int], open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page(thread.url, people.student)
    shown = page.locator("#posts > .post")
    expect(shown).to_have_count(50)
    axe(page)
    page.get_by_role("link", name="Show more").press("Enter")
    expect(shown).to_have_count(100, timeout=WAIT)
    expect(page.locator(f"#c{posts[50]}")).to_be_focused()
    page.get_by_role("link", name="Show more").click()
    expect(shown).to_have_count(110, timeout=WAIT)
    expect(page.get_by_role("link", name="Show more")).to_have_count(0)
    assert len({post.get_attribute("id") for post in shown.all()}) == 110
    expect(page.locator("[data-thread]")).to_have_attribute("data-grows", "end")


def test_an_address_that_names_a_post_of_another_part_leads_to_it(
    people: People, thread: Thread, posts: list[int], open_page: OpenPage
) -> None:
    page = open_page(f"{thread.url}#c{posts[105]}", people.student)
    expect(page.locator(f"#c{posts[105]}")).to_be_in_viewport(timeout=WAIT)
    page.get_by_role("link", name="Show posts before these").click()
    expect(page.locator("#posts > .post")).to_have_count(60, timeout=WAIT)
    expect(page.locator("#posts > .post").first).to_have_id(f"c{posts[50]}")


def test_the_key_for_the_next_new_post_goes_on_in_the_next_part(
    people: People, thread: Thread, posts: list[int], open_page: OpenPage
) -> None:
    page = open_page(thread.url, people.student)
    page.locator(f"#c{posts[49]}").evaluate("post => { post.tabIndex = -1; post.focus(); }")
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile(rf"at={posts[50]}#c{posts[50]}$"), timeout=WAIT)
    expect(page.locator(f"#c{posts[50]}")).to_be_in_viewport()
