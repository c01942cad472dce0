"""The door in a real browser: what scripts add to it, and that it works without them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from classroom.models import Section, User
from tests.classroom.doors import one_value
from tests.support.browsing import PASSWORD
from tests.support.chromium import Look
from tests.support.people import People

OpenPage = Callable[..., Page]
Axe = Callable[[Page], None]

pytestmark = pytest.mark.sqlite_only


def test_a_refused_sign_in_is_heard_and_a_password_can_be_shown(people: People, open_page: OpenPage, axe: Axe) -> None:
    page = open_page("/login")
    page.get_by_label("E-mail address or username").fill(people.student.email)
    password = page.get_by_label("Password", exact=True)
    password.fill("wrong")
    page.get_by_role("button", name="Show").click()
    expect(password).to_have_attribute("type", "text")
    page.get_by_role("button", name="Show").click()
    expect(password).to_have_attribute("type", "password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Something needs fixing")).to_be_visible()
    expect(page.locator(".summary-err")).to_be_focused()
    assert page.title().startswith("Error:")
    axe(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log in")).to_have_count(0)


def test_somebody_joins_by_keyboard_alone_and_the_browser_tells_the_zone(
    app: Flask, people: People, open_page: OpenPage
) -> None:
    code = one_value(app, select(Section.join_code).where(Section.id == people.section))
    page = open_page(f"/join/{code}")
    zone = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    expect(page.locator("input[name=time_zone]")).to_have_value(zone)
    page.get_by_label("Your name").focus()
    for text in ("Uma Reed", "uma.reed"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the button that shows the password
    page.keyboard.type("three green bottles")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('/join')[0].split('/classes')[0]}/classes/{people.section}")
    assert one_value(app, select(User.name).where(User.username_key == "uma.reed")) == "Uma Reed"


def test_somebody_joins_without_scripts(app: Flask, people: People, open_page: OpenPage) -> None:
    code = one_value(app, select(Section.join_code).where(Section.id == people.section))
    page = open_page("/join", None, Look(width=390, javascript=False))
    page.get_by_label("Class code").fill(f"{code[:3].lower()} {code[3:]}")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_role("heading", name="Reading the News")).to_be_visible()
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    page.get_by_label("Your name").fill("Uma Reed")
    page.get_by_label("E-mail address or username").fill("uma@example.org")
    page.get_by_label("Password", exact=True).fill("three green bottles")
    page.get_by_role("button", name="Join this class").click()
    expect(page.get_by_role("button", name="Join this class")).to_have_count(0)
    assert one_value(app, select(User.name).where(User.email_key == "uma@example.org")) == "Uma Reed"


@pytest.mark.parametrize("look", [Look(), Look(width=390)], ids=["wide", "phone"])
def test_an_import_from_paste_to_sheet_is_accessible(people: People, open_page: OpenPage, axe: Axe, look: Look) -> None:
    page = open_page(f"/classes/{people.section}/roster", people.instructor, look)
    page.get_by_label("Or paste the list").fill("Anna Smith\nBad, bad@")
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_text("Correct these lines first")).to_be_visible()
    axe(page)
    page.get_by_label("The list", exact=True).last.fill("Anna Smith\nStella, stranger@example.org")
    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_role("button", name="Import the list")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Import the list").click()
    expect(page.locator("code")).to_have_count(1)
    axe(page)
    page.get_by_role("link", name="Back to the people").click()
    page.locator("details.changes summary").first.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= look.width
