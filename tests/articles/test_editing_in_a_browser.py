"""Editing a text that a class works on, and putting back a passage that lost its place, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.articles.pointing import EDITED, GONE, point
from tests.support.chromium import Look

pytestmark = pytest.mark.sqlite_only

LOOKS = [Look(), Look(width=390)]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_an_edit_shows_what_it_does_and_a_lost_passage_is_put_back(app, open_page, people, reading, axe, look):
    point(app, people, reading)
    page = open_page(f"/articles/{reading.article}/edit", people.instructor, look)
    axe(page)
    page.get_by_label("The text", exact=True).fill(EDITED)
    page.get_by_role("button", name="Show it numbered").click()
    page.get_by_role("heading", name="What points at the text").wait_for()
    expect(page.get_by_text("1 loses its place")).to_be_visible()
    expect(page.locator(".passage.lost")).to_contain_text(GONE)
    page.get_by_text("Look at the 2 that move").click()
    expect(page.get_by_text("called it cheap", exact=False).first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save the new version").click()
    page.get_by_role("heading", name="A passage lost its place").wait_for()
    page.wait_for_load_state()
    axe(page)
    field = page.get_by_label("Where it belongs")
    field.focus()
    page.locator("#p2 .sentence").first.click()
    expect(field).to_have_value("¶ 2.1")
    page.locator("#p2 .sentence").nth(1).click(modifiers=["Shift"])
    expect(field).to_have_value("¶ 2.1–2")
    page.get_by_role("button", name="Put it back").click()
    page.get_by_text("The passage has its place again.").wait_for()
    expect(page.get_by_text("lost its place")).to_have_count(0)
    page.wait_for_load_state()
