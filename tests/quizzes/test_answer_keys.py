"""Single keys in a quiz: a letter chooses, f flags, never while one types, and a switch in the account ends them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from quizzes.deliveries import DeliveryRules
from tests.quizzes.sitting import start, stored_answers
from tests.support.chromium import Look

pytestmark = pytest.mark.sqlite_only
SAVED = re.compile(r"Saved \d\d:\d\d")


def test_a_letter_chooses_an_option_and_f_flags(app, sit, people, sign_in, open_page):
    sitting = sit(DeliveryRules(shuffle_options=False), None, ("single_choice", "multiple_answers"))
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student)
    expect(page.locator(".choice kbd").first).to_be_visible()
    page.keyboard.press("c")
    page.keyboard.press("b")
    page.keyboard.press("z")
    expect(page.get_by_role("radio", name="Option 1")).to_be_focused()
    expect(page.locator("[data-save]")).to_have_text(SAVED)
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Flagged", exact=True)).to_be_visible()
    page.get_by_role("button", name="Continue").last.press("Enter")
    page.wait_for_url("**/questions/2")
    for key in "acda":  # the first is taken back
        page.keyboard.press(key)
    expect(page.locator("[data-save]")).to_have_text(SAVED)
    kept = stored_answers(app, attempt)
    assert kept[sitting.items["single_choice"]].answer == {"choice": "k1"}
    assert kept[sitting.items["single_choice"]].flagged
    assert kept[sitting.items["multiple_answers"]].answer == {"choices": ["k2", "k3"]}


def test_among_several_questions_the_one_with_the_focus_is_meant(sit, people, sign_in, open_page):
    sitting = sit(DeliveryRules(layout="all"), None, ("multiple_answers", "single_choice", "short_answer"))
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}", people.student)
    page.keyboard.press("a")
    expect(page.locator(".choice :checked")).to_have_count(0)
    second = page.locator("#q2")
    second.get_by_role("radio").first.focus()
    page.keyboard.press("b")
    expect(second.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("f")
    expect(page.get_by_role("checkbox", name="Flag question 2")).to_be_checked()
    field = page.locator("#q3").get_by_role("textbox")
    field.focus()
    page.keyboard.type("fab")
    expect(field).to_have_value("fab")
    expect(page.get_by_role("checkbox", name="Flag question 3")).not_to_be_checked()


def test_the_switch_in_the_account_ends_them(sit, people, sign_in, open_page, axe):
    sitting = sit(DeliveryRules(), None, ("single_choice",))
    attempt = start(sign_in(people.student), sitting)
    page = open_page("/account", people.student)
    page.get_by_label("Single keys work").uncheck()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(f"/attempts/{attempt}/questions/1")
    page.keyboard.press("a")
    page.keyboard.press("f")
    expect(page.get_by_role("radio").first).not_to_be_checked()
    expect(page.locator(".choice kbd").first).to_be_hidden()


def test_no_letter_is_shown_that_no_script_hears(sit, people, sign_in, open_page):
    sitting = sit(DeliveryRules(), None, ("single_choice",))
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student, Look(javascript=False))
    expect(page.get_by_role("radio").first).to_be_visible()
    expect(page.locator(".choice kbd").first).to_be_hidden()
