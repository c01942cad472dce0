"""The keys of a page: what they do, when they do nothing, and the list of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update

from classroom.models import User
from core.database import commit, db
from tests.support.people import People
from tests.support.reading import Reading

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]


def test_keys_lead_from_tab_to_tab_and_through_the_text(people: People, reading: Reading, open_page: OpenPage) -> None:
    page = open_page(f"/readings/{reading.assignment}", people.instructor)
    for paragraph in ("#p1", "#p2", "#p3"):
        page.keyboard.press("j")
        expect(page.locator(f"{paragraph} .sentence").first).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#p2 .sentence").first).to_be_focused()
    page.keyboard.type("gs")
    expect(page).to_have_url(f"{page.url.partition('/readings')[0]}/readings/{reading.assignment}/results")
    page.keyboard.press("2")
    expect(page).to_have_url(f"{page.url.partition('#')[0]}#questions")
    page.keyboard.type("/lena")
    expect(page.get_by_label("Find a student")).to_have_value("lena")
    page.keyboard.press("Tab")
    page.keyboard.type("gh")
    expect(page.get_by_role("heading", name="Your classes")).to_be_visible()


def test_a_letter_chooses_an_answer_and_f_flags_the_question(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    page = open_page(f"/attempts/{reading.attempt}/questions/1", people.student)
    page.keyboard.press("b")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Flagged", exact=True)).to_be_visible()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()


def test_keys_lead_through_a_discussion(people: People, reading: Reading, open_page: OpenPage) -> None:
    page = open_page(f"/discussions/{reading.prompt_delivery}", people.instructor)
    posts = page.locator("#posts .post")
    page.keyboard.press("j")
    expect(posts.first).to_be_focused()
    page.keyboard.press("u")
    expect(posts.nth(1)).to_be_focused()
    page.keyboard.press("r")
    expect(posts.nth(1).get_by_role("textbox")).to_be_focused()
    page.keyboard.type("juror")
    expect(posts.nth(1).get_by_role("textbox")).to_have_value("juror")


def test_the_list_tells_the_keys_of_the_page(
    people: People, reading: Reading, open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page(f"/readings/{reading.assignment}", people.student)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys of this page")
    expect(keys).to_contain_text("Next paragraph, paragraph before")
    expect(keys).to_contain_text("Home")
    axe(page)
    page.keyboard.press("j")
    expect(page.locator("#p1")).not_to_be_focused()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.get_by_label("You: Sofia Lind").click()
    page.get_by_role("button", name="Keys of this page").click()
    expect(keys).to_be_visible()


def test_whoever_has_switched_single_keys_off_has_none(
    app: Flask, people: People, reading: Reading, open_page: OpenPage
) -> None:
    with app.app_context():
        db.session.execute(update(User).values(single_keys=False))
        commit()
    page = open_page(f"/discussions/{reading.prompt_delivery}", people.instructor)
    page.keyboard.type("?jr")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement === document.body")
    page.get_by_label("You: Ingrid Vale").click()
    page.get_by_role("button", name="Keys of this page").click()
    keys = page.get_by_role("dialog", name="Keys of this page")
    expect(keys).to_contain_text("Send what you have written")
    expect(keys).not_to_contain_text("Next post")
    expect(keys.get_by_role("link", name="Switch them on")).to_be_visible()
