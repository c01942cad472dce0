"""A grade that is not saved is not lost: its words stay on the device and come back to their answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.points import POINT
from tests.quizzes.grader import at_pile, draft_grade, drafts_in
from tests.quizzes.test_grading_pages import answer_and_hand_in
from tests.support.browsing import Client
from tests.support.chromium import Look
from tests.support.patience import hold
from tests.support.people import People, make_students
from tests.support.reading import Reading

pytestmark = pytest.mark.sqlite_only
OpenPage = Callable[..., Page]
NOTICE = "You began this grade and have not saved it."


@pytest.fixture
def two(app: Flask, people: People, reading: Reading) -> Reading:
    """Two answers wait to be read."""
    answer_and_hand_in(app, reading, make_students(app, people.section, 1)[0])
    return reading


def begin(page: Page, points: str = "1", comment: str = "Nearly, but") -> None:
    page.get_by_label("Points").fill(points)
    page.get_by_label("Comment").fill(comment)


def expect_begun(page: Page, points: str = "1", comment: str = "Nearly, but") -> None:
    expect(page.get_by_text(NOTICE)).to_be_visible()
    expect(page.get_by_label("Points")).to_have_value(points)
    expect(page.get_by_label("Comment")).to_have_value(comment)


def test_a_grade_that_was_begun_waits_at_its_answer_until_it_is_saved(
    app: Flask, people: People, two: Reading, open_page: OpenPage, axe: Callable[..., None]
) -> None:
    page = open_page(at_pile(two, two.response), people.instructor)
    begin(page)
    page.locator("nav .btn", has_text="answer").first.click()
    expect(page.get_by_label("Comment")).to_have_value("")
    expect(page.get_by_text(NOTICE)).to_be_hidden()
    page.go_back()
    page.reload()
    expect_begun(page)
    axe(page)
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    page.goto(at_pile(two, two.response))
    expect(page.get_by_label("Comment")).to_have_value("Nearly, but")
    expect(page.get_by_text(NOTICE)).to_be_hidden()
    assert drafts_in(app) == [(POINT, "Nearly, but")]
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('grade'))") == []


def test_what_was_begun_can_be_discarded(people: People, reading: Reading, open_page: OpenPage) -> None:
    page = open_page(at_pile(reading, reading.response), people.instructor)
    begin(page)
    page.reload()
    page.get_by_role("button", name="Discard it").click()
    for _look in range(2):
        expect(page.get_by_text(NOTICE)).to_be_hidden()
        expect(page.get_by_label("Comment")).to_have_value("")
        page.reload()


def test_a_refused_grade_is_kept_though_it_is_as_the_page_came(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    page = open_page(at_pile(reading, reading.response), people.instructor)
    begin(page, "9")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("This question is worth 2 points at most.").first).to_be_visible()
    page.get_by_label("Comment").press("End")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    page.goto(at_pile(reading, reading.response))
    expect_begun(page, "9")


def test_a_refused_grade_is_kept_though_another_is_saved_after_it(
    app: Flask, people: People, two: Reading, open_page: OpenPage
) -> None:
    page = open_page(at_pile(two, two.response), people.instructor)
    begin(page, "9")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("This question is worth 2 points at most.").first).to_be_visible()
    page.locator("nav .btn", has_text="answer").first.click()
    begin(page, "2", "All of it.")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    page.goto(at_pile(two, two.response))
    expect_begun(page, "9")
    assert drafts_in(app) == [(2 * POINT, "All of it.")]


def test_what_is_typed_before_the_script_has_come_is_kept_beside_what_was_begun(
    people: People, reading: Reading, open_page: OpenPage
) -> None:
    address = at_pile(reading, reading.response)
    page = open_page(address, people.instructor, Look(hasty=True))
    page.wait_for_load_state()
    begin(page, "", "Begun before.")
    page.goto("/account")
    held = hold(page, "**/bundles/app-grading-grade_drafts*.js*")
    page.goto(address, wait_until="commit")
    begin(page, "2", "Typed in haste.")
    held.let_go()
    expect_begun(page, "2", "Begun before.\n\nTyped in haste.")
    page.wait_for_load_state()


def test_what_a_colleague_graded_meanwhile_is_said_when_what_was_begun_is_saved(
    app: Flask, people: People, reading: Reading, open_page: OpenPage, sign_in: Callable[..., Client]
) -> None:
    page = open_page(at_pile(reading, reading.response), people.instructor)
    begin(page, comment="Nearly, but ")
    page.goto("/")
    draft_grade(sign_in(people.assistant), reading, "2")
    page.goto(at_pile(reading, reading.response))
    expect_begun(page, comment="Nearly, but ")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("This answer was graded meanwhile")).to_be_visible()
    expect(page.get_by_label("Comment")).to_have_value("Nearly, but")
    assert drafts_in(app) == [(2 * POINT, "Good reason.")]
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("Saved.").first).to_be_visible()
    assert drafts_in(app) == [(POINT, "Nearly, but")]


def test_discarding_what_was_begun_shows_what_a_colleague_saved(
    app: Flask, people: People, reading: Reading, open_page: OpenPage, sign_in: Callable[..., Client]
) -> None:
    page = open_page(at_pile(reading, reading.response), people.instructor)
    begin(page)
    page.goto("/")
    draft_grade(sign_in(people.assistant), reading, "2")
    page.goto(at_pile(reading, reading.response))
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("Points")).to_be_focused()
    expect(page.get_by_label("Comment")).to_have_value("Good reason.")
    begin(page, "1.5", "Good reason, mostly.")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("Saved.").first).to_be_visible()
    assert drafts_in(app) == [(3 * POINT // 2, "Good reason, mostly.")]


def test_a_grade_begun_in_a_row_waits_there_as_well(
    app: Flask, people: People, two: Reading, open_page: OpenPage
) -> None:
    page = open_page("/needs-me?kind=ungraded", people.instructor, Look(width=390, height=844))
    grade = page.locator(".need-rows > li").get_by_role("link", name="Grade")
    grade.click()
    begin(page)
    page.reload()
    grade.click()
    expect_begun(page)
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("One answer left to grade")).to_be_focused()
    expect(page.get_by_text(NOTICE)).to_be_hidden()
    assert drafts_in(app) == [(POINT, "Nearly, but")]
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('grade'))") == []
