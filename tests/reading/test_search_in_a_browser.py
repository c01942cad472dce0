"""Search with the keyboard, in a real browser: from the text by "/", to a sentence, and back by the thread."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.people import People
from tests.support.reading import Reading

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]


def test_a_word_is_found_by_keyboard_and_leads_to_its_sentence(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    page = open_page(f"/readings/{reading.assignment}", people.student)
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("crowns")
    page.keyboard.press("Enter")
    expect(page.locator(".found mark")).to_have_text("crowns")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.get_by_role("link", name="The bridge will cost 4.5 million crowns.").press("Enter")
    expect(page.locator(f"#s{reading.sentences[3]}")).to_be_in_viewport()
    expect(page.locator(f"#s{reading.sentences[3]}.marked, #s{reading.sentences[3]} .marked").first).to_be_visible()


def test_a_post_is_found_from_its_discussion_and_leads_back_to_it(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    page = open_page(f"/discussions/{reading.prompt_delivery}", people.student)
    page.get_by_role("link", name="Search this reading").click()
    page.get_by_role("searchbox").fill("carl")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Carl Moreau thinks so.").click()
    expect(page.locator(f"#c{reading.classmates_comment}")).to_be_in_viewport()


def test_what_is_found_what_is_not_and_what_cannot_be_asked_are_within_reach_of_everybody(
    people: People, reading: Reading, open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page(f"/readings/{reading.assignment}/search", people.student)
    for words, heading in (("bridge", "In the article"), ("zeppelin", "Nothing has these words"), ("*", "Search")):
        page.get_by_role("searchbox").fill(words)
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("searchbox")).to_have_value(words)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        axe(page)
    expect(page.get_by_role("searchbox")).to_have_attribute("aria-invalid", "true")
