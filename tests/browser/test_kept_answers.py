"""Answers that could not be sent: tried again, sent by whoever comes back, never put over newer ones."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.test_lost_connections import SAVED, WRITTEN, field_of, question, status_of
from tests.support.chromium import Look
from tests.support.following import wait_until
from tests.support.patience import hold
from tests.support.people import People
from tests.support.reading import Reading

OpenPage = Callable[..., Page]


def _lose_what_is_sent(route: Route) -> None:
    if route.request.method == "POST":
        route.abort("internetdisconnected")
    else:
        route.continue_()


def test_whoever_goes_on_writing_while_the_server_is_away_is_saved_once_it_is_back(
    people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    page = open_page(question(reading), people.student)
    page.route("**/responses", lambda route: route.fulfill(status=503, body=""))
    field_of(page).fill(WRITTEN)
    expect(status_of(page)).to_have_text("Not saved: retrying")
    page.unroute("**/responses")
    for _second in range(60):
        page.keyboard.type("!")
        page.wait_for_timeout(1000)
        if stored():
            break
    assert (stored() or "").startswith(WRITTEN)


def test_an_answer_whose_page_never_came_is_sent_by_whoever_goes_back(
    people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    page = open_page(f"/attempts/{reading.attempt}/questions/1", people.student)
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url(f"**{question(reading)}")
    page.locator("[data-attempt]").evaluate("form => form.autocomplete = 'off'")  # the browser fills nothing in
    for address in ("**/responses", f"**{question(reading)}"):
        page.route(address, _lose_what_is_sent)
    field_of(page).fill(WRITTEN)
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url("chrome-error://**")
    page.unroute_all()
    page.go_back()
    expect(status_of(page)).to_have_text(SAVED)
    assert stored() == WRITTEN


def test_an_answer_kept_on_the_device_never_replaces_what_is_typed_meanwhile(
    people: People, reading: Reading, open_page: OpenPage, stored: Callable[[], str | None]
) -> None:
    page = open_page(question(reading), people.student, Look(hasty=True))
    page.wait_for_load_state()
    page.route("**/responses", lambda route: route.fulfill(status=503, body=""))
    field_of(page).fill(WRITTEN)
    expect(status_of(page)).to_have_text("Not saved: retrying")
    page.goto("/account")
    page.unroute("**/responses")
    held = hold(page, "**/bundles/app-attempt.js*")
    page.goto(question(reading), wait_until="commit")
    field_of(page).fill("The newer answer")
    held.let_go()
    wait_until(lambda: stored() == "The newer answer")
    expect(field_of(page)).to_have_value("The newer answer")
