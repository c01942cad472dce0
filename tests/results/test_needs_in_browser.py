"""What waits is done in its row of the queue: answers graded and released, a question answered, more days given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from articles.models import Assignment
from core import clock
from core.database import commit, db
from core.points import POINT
from tests.quizzes.grader import drafts_in, response_of
from tests.quizzes.test_grading_pages import answer_and_hand_in
from tests.support.browsing import Client
from tests.support.chromium import Look
from tests.support.patience import hold
from tests.support.people import People, make_students
from tests.support.reading import Reading
from tests.support.route_values import a_question

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
SignIn = Callable[..., Client]
ROW = "/needs-me?kind=ungraded"


@pytest.fixture
def two(app: Flask, people: People, reading: Reading) -> Reading:
    """Two answers wait to be read."""
    answer_and_hand_in(app, reading, make_students(app, people.section, 1)[0])
    return reading


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_two_answers_are_graded_and_released_by_mouse(
    app: Flask, people: People, two: Reading, open_page: OpenPage, axe: Callable[..., None]
) -> None:
    page = open_page(ROW, people.instructor, Look(width=1440))
    row = page.locator(".need-rows > li")
    opener = row.get_by_role("link", name="Grade")
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(row.get_by_text("2 answers left to grade")).to_be_focused()
    axe(page)
    assert fits(page)
    row.get_by_label("Points").fill("9")
    row.get_by_label("Comment").fill("The tide, of course.")
    row.get_by_role("button", name="Save and next").click()
    expect(row.get_by_text("This question is worth 2 points at most.")).to_be_visible()
    expect(row.get_by_label("Points")).to_be_focused()
    axe(page)
    opener.click()
    expect(row.get_by_label("Points")).to_be_hidden()
    opener.click()
    expect(row.get_by_label("Comment")).to_have_value("The tide, of course.")
    row.get_by_label("Points").fill("1")
    row.get_by_role("button", name="Save and next").click()
    expect(row.get_by_text("One answer left to grade")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Saved as a draft.")
    expect(row.get_by_label("Comment")).to_have_value("")
    row.get_by_label("Points").fill("2")
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_text("Every answer is graded.")).to_be_focused()
    expect(row.get_by_text("2 answers are graded for the first time")).to_be_visible()
    assert response_of(app, two)[0].points is None
    axe(page)
    row.get_by_role("button", name="Release 2 grades").click()
    expect(row.get_by_text("2 grades are released.")).to_be_visible()
    axe(page)
    assert drafts_in(app) == []
    assert response_of(app, two)[0].points in (POINT, 2 * POINT)
    page.reload()
    expect(row).to_have_count(0)


def test_the_same_by_keys_on_a_phone(app: Flask, people: People, two: Reading, open_page: OpenPage) -> None:
    page = open_page(ROW, people.instructor, Look(width=390, height=844))
    row = page.locator(".need-rows > li")
    row.get_by_role("link", name="Grade").focus()
    page.keyboard.press("Enter")
    expect(row.get_by_text("2 answers left to grade")).to_be_focused()
    assert fits(page)
    for key in "spc12":  # single keys of the page of a pile, which are none here
        page.keyboard.press(key)
    expect(row.get_by_text("2 answers left to grade")).to_be_focused()
    for left in ("One answer left to grade", "Every answer is graded."):
        while not page.evaluate("document.activeElement.name === 'points'"):
            page.keyboard.press("Tab")
        page.keyboard.type("1.5")
        page.keyboard.press("Tab")
        page.keyboard.type("sp1")
        page.keyboard.press("Control+Enter")
        expect(row.get_by_text(left)).to_be_focused()
    assert drafts_in(app) == [(3 * POINT // 2, "sp1")] * 2
    assert fits(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row.get_by_text("2 grades are released.")).to_be_visible()
    assert fits(page)


def test_what_a_colleague_graded_meanwhile_is_said_above_what_was_typed(
    app: Flask, people: People, two: Reading, open_page: OpenPage, sign_in: SignIn, axe: Callable[..., None]
) -> None:
    page = open_page(ROW, people.instructor, Look(width=390, height=844))
    row = page.locator(".need-rows > li")
    row.get_by_role("link", name="Grade").click()
    form = row.locator("form[data-grading]")
    expect(form).to_be_visible()
    given = {"points": "2", "comment": "All there.", "seen": form.locator("[name=seen]").input_value()}
    answer = sign_in(people.assistant).post(form.get_attribute("action") or "", data=given)
    assert answer.status_code == 303
    row.get_by_label("Points").fill("0.5")
    row.get_by_label("Comment").fill("Half of it.")
    row.get_by_role("button", name="Save and next").click()
    expect(row.get_by_text("This answer was graded meanwhile")).to_be_visible()
    expect(row.get_by_label("Comment")).to_have_value("Half of it.")
    axe(page)
    assert fits(page)
    row.get_by_role("link", name="Keep theirs and go on").click()
    expect(row.get_by_text("One answer left to grade")).to_be_focused()
    assert drafts_in(app) == [(2 * POINT, "All there.")]


def test_nothing_can_be_typed_into_a_form_that_is_on_its_way(people: People, two: Reading, open_page: OpenPage) -> None:
    page = open_page(ROW, people.instructor)
    row = page.locator(".need-rows > li")
    row.get_by_role("link", name="Grade").click()
    row.get_by_label("Points").fill("1")
    row.get_by_label("Comment").fill("Nearly.")
    held = hold(page, "**/grading/*?answer=*")
    page.keyboard.press("Control+Enter")
    expect(row.locator("form[data-grading]")).to_have_attribute("inert", "")
    page.keyboard.type(" And more.")
    assert row.locator("[name=comment]").input_value() == "Nearly."
    held.let_go()
    expect(row.get_by_text("One answer left to grade")).to_be_focused()


def test_without_a_script_or_a_line_the_way_leads_to_the_answer(
    people: People, two: Reading, open_page: OpenPage
) -> None:
    page = open_page(ROW, people.instructor, Look(javascript=False))
    page.locator(".need-rows").get_by_role("link", name="Grade").click()
    expect(page.locator("h1")).to_have_text("Answer 1 of 2")
    page = open_page(ROW, people.instructor)
    page.route(
        "**/grading/next",
        lambda route: route.abort("internetdisconnected") if _is_fragment(route) else route.continue_(),
    )
    page.locator(".need-rows").get_by_role("link", name="Grade").click()
    expect(page.locator("h1")).to_have_text("Answer 1 of 2")


def test_a_question_is_answered_and_days_are_given_in_their_rows_on_a_phone(
    app: Flask, people: People, reading: Reading, open_page: OpenPage, axe: Callable[..., None]
) -> None:
    student = make_students(app, people.section, 1)[0]
    with app.app_context():
        a_question(people, reading)
        row = db.session.get_one(Assignment, reading.assignment)
        row.due_at = row.latest_due_at = clock.now() - timedelta(hours=1)
        commit()
    page = open_page("/needs-me", people.instructor, Look(width=390, height=844, touch=True))
    asked = page.locator(".need-rows > li", has_text="Who may vote?")
    asked.locator("summary", has_text="Reply").click()
    expect(asked.locator("blockquote")).to_contain_text("The harbour town voted on Tuesday.")
    late = page.locator(".need-rows > li", has_text=student.name)
    late.locator("summary", has_text="Extend").click()
    axe(page)
    assert fits(page)
    asked.get_by_label("Your answer").fill("Everybody over eighteen.")
    asked.get_by_role("button", name="Answer").click()
    expect(page.get_by_text(f"Answered {people.student.name}.")).to_be_visible()
    expect(asked).to_have_count(0)
    late.locator("summary", has_text="Extend").click()
    late.get_by_role("radio").nth(1).check()
    late.get_by_role("button", name="Give more days").click()
    expect(page.get_by_text(f"{student.name} has 2 more days, for everything in this class.")).to_be_visible()
    expect(late.locator("summary", has_text="Extend")).to_have_count(0)


def _is_fragment(route: Route) -> bool:
    return "x-fragment" in route.request.headers
