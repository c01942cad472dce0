"""The main job by keyboard alone: keys that a keyboard has, text that is pasted, and never the mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import job
from tests.browser.hands import Keyboard
from tests.browser.test_main_job import ANNA, BEN, discuss, prepare_class
from tests.support.people import People

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]
OpenPage = Callable[..., Page]


def test_a_class_reads_an_article_together_by_keyboard_alone(open_page: OpenPage, people: People) -> None:
    instructor, anna, ben = (Keyboard(open_page(path)) for path in ("/login", "/join", "/join"))
    code = prepare_class(instructor, people)
    job.join(anna, code, ANNA)
    job.join(ben, code, BEN)
    job.read(anna)
    job.write_note(anna, "Chosen by whom?")
    job.read(ben)
    job.answer_note(ben, "Chosen by whom?", "By those who came.")
    job.answer(anna, sees_saving=True)
    job.follow_feedback(anna)
    discuss(anna, ben)
    job.grade(instructor, ANNA)
    job.look_at_results(instructor, ANNA)


def test_the_first_stop_leads_past_the_bar(open_page: OpenPage, people: People) -> None:
    page = open_page("/", people.instructor)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_menu_opens_and_closes_by_key_and_gives_the_focus_back(open_page: OpenPage, people: People) -> None:
    keys = Keyboard(open_page("/", people.instructor))
    summary = keys.page.locator("header summary").first
    keys.use(summary)
    own = keys.page.get_by_role("banner").get_by_role("link", name="Reading the News")
    keys.reach(own)
    keys.page.keyboard.press("Escape")
    expect(own).to_be_hidden()
    expect(summary).to_be_focused()
