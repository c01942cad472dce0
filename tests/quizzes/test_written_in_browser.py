"""Typed answers in a real browser: how a number was read, and how many words there are, while they are typed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.quizzes.sitting import start

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]
SAVED = re.compile(r"Saved \d\d:\d\d")


def test_a_number_is_told_as_it_was_read_and_again_when_checking(sit, people, sign_in, open_page, axe):
    sitting = sit(None, None, ("numeric",))
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student)
    page.get_by_role("textbox").fill("1,234")
    page.get_by_role("textbox").blur()
    expect(page.locator("[data-understood]")).to_have_text("Read as 1234 or as 1.234, whichever fits")
    axe(page)
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url("**/check")
    expect(page.get_by_text("Read as 1234 or as 1.234, whichever fits")).to_be_visible()


def test_words_are_counted_against_what_is_asked_for(sit, people, sign_in, open_page):
    sitting = sit(None, None, ("open_answer",))
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student)
    expect(page.get_by_text("2 to 50 words.")).to_be_visible()
    count = page.locator("[data-word-count]")
    for text, words in (
        ("One", "One word"),
        ("One — two", "2 words"),
        ("word " * 51, "51 words; at most 50 are asked for"),
    ):
        page.get_by_role("textbox").fill(text)
        expect(count).to_have_text(words)
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url("**/check")
    expect(page.get_by_role("button", name="Hand in")).to_be_enabled()
