"""Answers outlive a lost connection, and two tabs never overwrite each other in silence."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import delete

from classroom.models import SignIn
from core.database import commit, db
from tests.support.browsing import PASSWORD
from tests.support.chromium import Look
from tests.support.patience import hold
from tests.support.people import People
from tests.support.reading import Reading

OpenPage = Callable[..., Page]
SAVED = re.compile(r"Saved \d\d:\d\d")
WRITTEN = "They were at sea when it was decided."


def question(reading: Reading) -> str:
    """The address of the open question in the student's attempt."""
    return f"/attempts/{reading.attempt}/questions/2"


def field_of(page: Page) -> Locator:
    """Where the answer is written."""
    return page.get_by_role("textbox")


def status_of(page: Page) -> Locator:
    """What the bar says about saving."""
    return page.locator("[data-save]")


def sign_everybody_out(app: Flask) -> None:
    """End every session, as a new password does."""
    with app.app_context():
        db.session.execute(delete(SignIn))
        commit()


def write_offline(page: Page) -> None:
    """Lose the network, then write."""
    page.context.set_offline(True)
    field_of(page).fill(WRITTEN)
    field_of(page).blur()
    expect(status_of(page)).to_have_text("Not saved: retrying")
    expect(page.get_by_text("kept on this device")).to_be_visible()


def test_what_is_written_without_a_network_is_sent_when_it_returns(
    people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    page = open_page(question(reading), people.student)
    write_offline(page)
    assert stored() is None
    page.get_by_role("button", name="Continue").last.click()
    expect(field_of(page)).to_have_value(WRITTEN)
    page.context.set_offline(False)
    expect(status_of(page)).to_have_text(SAVED)
    expect(page.get_by_text("kept on this device")).to_have_count(0)
    assert stored() == WRITTEN


def test_what_is_answered_before_the_script_has_come_is_saved_as_well(
    people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    page = open_page("/account", people.student, Look(hasty=True))
    held = hold(page, "**/bundles/app-attempt.js*")
    page.goto(question(reading), wait_until="commit")
    field_of(page).fill(WRITTEN)
    held.let_go()
    expect(status_of(page)).to_have_text(SAVED)
    assert stored() == WRITTEN


def test_an_answer_that_failed_to_be_saved_never_replaces_a_newer_one(
    people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    page = open_page(question(reading), people.student)
    page.route("**/responses", lambda route: route.fulfill(status=503, body=""))
    field_of(page).fill("The older answer")
    field_of(page).blur()
    expect(status_of(page)).to_have_text("Not saved: retrying")
    field_of(page).fill("The newer answer")
    page.get_by_role("button", name="Continue").last.click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    assert stored() == "The newer answer"
    page.unroute("**/responses")
    page.reload()
    assert page.evaluate("localStorage.length") == 0
    assert stored() == "The newer answer"


def test_what_a_button_sends_is_kept_when_the_session_ended_on_the_way(
    app: Flask, people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    page = open_page(question(reading), people.student)
    sign_everybody_out(app)
    held = hold(page, "**/responses")  # or its refusal could open a dialog before the button is pressed
    field_of(page).fill(WRITTEN)
    page.get_by_role("button", name="Continue").last.press("Enter")  # a notice may move what a pointer aims at
    held.let_go()
    page.unroute("**/responses")
    page.wait_for_url("**/login**")  # the dialog over the page may be there for a moment before
    page.get_by_label(re.compile("username", re.IGNORECASE)).fill(people.student.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in|log in", re.IGNORECASE)).first.click()
    expect(page.get_by_label("Password")).to_have_count(0)
    assert stored() is None
    with page.expect_response("**/responses") as answered:
        page.goto(question(reading))
    assert answered.value.ok
    expect(field_of(page)).to_have_value(WRITTEN)
    assert stored() == WRITTEN


def test_whoever_is_signed_out_while_writing_is_told_so_and_goes_on(
    app: Flask, people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    page = open_page(question(reading), people.student)
    sign_everybody_out(app)
    field_of(page).fill(WRITTEN)
    field_of(page).blur()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label(re.compile("username", re.IGNORECASE))).to_have_value(people.student.email)
    dialog.get_by_label("Password").fill("not the password")
    dialog.get_by_role("button", name="Log in").click()
    expect(dialog.get_by_role("link", name="do not fit together")).to_be_visible()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Log in").click()
    expect(dialog).to_have_count(0)
    expect(status_of(page)).to_have_text(SAVED)
    expect(field_of(page)).to_have_value(WRITTEN)
    assert stored() == WRITTEN


def test_whoever_does_not_log_in_at_once_finds_the_way_beside_the_answer(
    app: Flask, people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    page = open_page(question(reading), people.student)
    sign_everybody_out(app)
    field_of(page).fill(WRITTEN)
    field_of(page).blur()
    page.get_by_role("dialog").get_by_role("button", name="Not now").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    page.get_by_role("link", name="Sign in and go on").click()
    page.get_by_label(re.compile("username", re.IGNORECASE)).fill(people.student.email)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_response("**/responses") as answered:
        page.get_by_role("button", name=re.compile("sign in|log in", re.IGNORECASE)).first.click()
    assert answered.value.ok
    expect(field_of(page)).to_have_value(WRITTEN)
    assert stored() == WRITTEN


def test_whoever_chose_between_two_answers_is_not_asked_again(
    people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    first = open_page(question(reading), people.student)
    second = first.context.new_page()
    second.goto(question(reading))
    field_of(first).fill("From the first tab")
    first.get_by_role("button", name="Continue").last.click()
    expect(first.get_by_role("heading", name="Check your answers")).to_be_visible()
    field_of(second).fill("From the second tab")
    second.get_by_role("button", name="Continue").last.click()
    expect(second.get_by_role("heading", name="Two different answers")).to_be_visible()
    second.get_by_role("link", name="Keep what is saved there").click()
    expect(field_of(second)).to_have_value("From the first tab")
    second.wait_for_load_state("networkidle")
    expect(second.locator(".clash")).to_have_count(0)
    assert second.evaluate("localStorage.length") == 0
    assert stored() == "From the first tab"


def test_a_button_stays_under_the_finger_that_presses_it(reading: Reading, people: People, open_page: OpenPage) -> None:
    first = open_page(question(reading), people.student)
    second = first.context.new_page()
    second.goto(question(reading))
    field_of(first).fill("From the first tab")
    field_of(first).blur()
    expect(status_of(first)).to_have_text(SAVED)
    second.get_by_role("button", name="Continue").last.hover()
    field_of(second).fill("From the second tab")
    second.mouse.down()
    second.wait_for_timeout(600)
    expect(second.locator(".clash")).to_have_count(0)
    second.mouse.up()
    expect(second.get_by_role("heading", name="Two different answers")).to_be_visible()


def test_what_was_written_without_a_network_outlives_the_tab(
    people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    page = open_page(question(reading), people.student)
    write_offline(page)
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(question(reading))
    expect(field_of(again)).to_have_value(WRITTEN)
    expect(status_of(again)).to_have_text(SAVED)
    assert stored() == WRITTEN


def test_the_later_of_two_tabs_is_shown_both_answers(
    people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    first = open_page(question(reading), people.student)
    second = first.context.new_page()
    second.goto(question(reading))
    field_of(first).fill("From the first tab")
    field_of(first).blur()
    expect(status_of(first)).to_have_text(SAVED)
    field_of(second).fill("From the second tab")
    field_of(second).blur()
    clash = second.get_by_role("alert")
    expect(clash).to_contain_text("There: From the first tab")
    expect(clash).to_contain_text("Here: From the second tab")
    assert stored() == "From the first tab"
    clash.get_by_role("button", name="Take what is there").click()
    expect(field_of(second)).to_have_value("From the first tab")


def test_two_tabs_without_javascript_are_asked_as_well(
    people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    first = open_page(question(reading), people.student, Look(javascript=False))
    second = first.context.new_page()
    second.goto(question(reading))
    field_of(first).fill("From the first tab")
    first.get_by_role("button", name="Continue").last.click()
    expect(first.get_by_role("heading", name="Check your answers")).to_be_visible()
    field_of(second).fill("From the second tab")
    second.get_by_role("button", name="Continue").last.click()
    expect(second.get_by_role("heading", name="Two different answers")).to_be_visible()
    expect(second.get_by_role("main")).to_contain_text("From the first tab")
    assert stored() == "From the first tab"
    second.get_by_role("button", name=re.compile("here", re.IGNORECASE)).first.click()
    expect(second.get_by_role("heading", name="Two different answers")).to_have_count(0)
    assert stored() == "From the second tab"
