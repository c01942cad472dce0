"""A session that ended while a page stood open: log in over the page, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from classroom.models import Section, SignIn
from core.database import commit, db
from quizzes.models import Response
from tests.support.browsing import PASSWORD
from tests.support.people import People, Person
from tests.support.reading import Reading

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]


def leave_open(app: Flask, page: Page) -> None:
    """End every session, and let time pass."""
    page.clock.install()
    with app.app_context():
        db.session.execute(delete(SignIn))
        commit()
    page.clock.fast_forward(120_000)


def log_in_over(page: Page, person: Person) -> None:
    """Log in in the dialog."""
    dialog = page.get_by_role("dialog", name="Log in again")
    dialog.get_by_label("E-mail address or username").fill(person.email)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Log in").click()


def term_of(app: Flask, section: int) -> str:
    with app.app_context():
        return str(db.session.scalar(select(Section.term).where(Section.id == section)))


def test_a_form_is_sent_once_its_person_has_logged_in_again(app: Flask, people: People, open_page: OpenPage) -> None:
    page = open_page(f"/classes/{people.section}/settings", people.instructor)
    page.get_by_label("Term").fill("Spring")
    leave_open(app, page)
    page.get_by_role("button", name="Save").click()
    log_in_over(page, people.instructor)
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert term_of(app, people.section) == "Spring"


def test_whoever_does_not_log_in_keeps_what_is_typed_and_sends_nothing(
    app: Flask, people: People, open_page: OpenPage
) -> None:
    page = open_page(f"/classes/{people.section}/settings", people.instructor)
    page.get_by_label("Term").fill("Spring")
    leave_open(app, page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_label("Term")).to_have_value("Spring")
    assert term_of(app, people.section) != "Spring"


def test_what_one_person_typed_is_not_sent_as_another(app: Flask, people: People, open_page: OpenPage) -> None:
    page = open_page(f"/classes/{people.section}/settings", people.instructor)
    page.get_by_label("Term").fill("Spring")
    leave_open(app, page)
    page.get_by_role("button", name="Save").click()
    log_in_over(page, people.assistant)
    expect(page.get_by_text("Somebody else has logged in here meanwhile")).to_be_visible()
    assert term_of(app, people.section) != "Spring"
    log_in_over(page, people.instructor)
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert term_of(app, people.section) == "Spring"


def test_a_post_is_sent_once_its_author_has_logged_in_again(
    app: Flask, people: People, reading: Reading, open_page: OpenPage
) -> None:
    page = open_page(f"/discussions/{reading.prompt_delivery}", people.student)
    page.get_by_text("Add to the discussion").click()
    page.get_by_role("textbox", name="Your post").fill("A bridge is not a vote.")
    leave_open(app, page)
    page.get_by_role("button", name="Post", exact=True).click()
    log_in_over(page, people.student)
    expect(page.locator("#posts").get_by_text("A bridge is not a vote.")).to_be_visible()


def test_a_click_just_before_continue_is_kept(
    app: Flask, people: People, reading: Reading, open_page: OpenPage
) -> None:
    page = open_page(f"/attempts/{reading.attempt}/questions/1", people.student)
    leave_open(app, page)
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Continue").last.press("Enter")
    log_in_over(page, people.student)
    expect(page.locator("#q2")).to_be_visible()
    own = select(Response.answer).where(Response.attempt_id == reading.attempt, Response.item_id == reading.items[0])
    with app.app_context():
        answer = db.session.scalars(own).one()
    page.goto(f"/attempts/{reading.attempt}/questions/1")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    assert answer == {"choice": page.get_by_role("radio").nth(1).get_attribute("value")}
