"""What a composer offers beside the words, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.sqlite_only
WAIT = 30_000
WISH = "Post without my name to classmates"


def test_the_wish_to_be_anonymous_stays_with_the_draft_and_others_read_no_name(people, thread, given, open_page, axe):
    given(anonymity="allowed")
    page = open_page(thread.url, people.student)
    page.get_by_label("Your post", exact=True).last.fill("I did not understand any of it.")
    page.get_by_label(WISH).check()
    axe(page)
    page.reload()
    expect(page.get_by_label(WISH)).to_be_checked()
    page.get_by_role("button", name="Post", exact=True).click()
    mine = page.locator(".post", has_text="I did not understand")
    expect(mine.locator(".anonymous")).to_contain_text("they read “Classmate 1”", timeout=WAIT)
    axe(page)
    other = open_page(thread.url, people.classmate)
    post = other.locator(".post", has_text="I did not understand")
    expect(post.locator("header b")).to_have_text("Classmate 1")
    post.get_by_role("link", name="Reply").click()
    expect(other.get_by_label("Reply to Classmate 1")).to_be_focused()
    axe(other)
