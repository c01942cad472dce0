"""Answers in parts in a real browser: by keyboard, without a script, on a phone, and offline."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from quizzes.deliveries import DeliveryRules
from tests.quizzes.samples import word_key
from tests.quizzes.sitting import start, stored_answers
from tests.support.chromium import Look

pytestmark = pytest.mark.sqlite_only
SAVED = re.compile(r"Saved \d\d:\d\d")
WIDE = Look()
PHONE = Look(width=390, height=844)


@pytest.fixture
def take(app: Any, sit: Any, people: Any, sign_in: Any, open_page: Any) -> Any:
    """Open the only question of a quiz: (page, what is stored for it)."""

    def opened(name: str, look: Look = WIDE, **rules: Any) -> Any:
        sitting = sit(DeliveryRules(**rules), None, (name,))
        attempt = start(sign_in(people.student), sitting)
        page = open_page(f"/attempts/{attempt}", people.student, look)
        return page, lambda: stored_answers(app, attempt)[sitting.items[name]].answer

    return opened


def order_of(page: Any) -> list[str]:
    return [words.strip() for words in page.locator("[data-what]").all_inner_texts()]


def expect_order(page: Any, *rows: str) -> None:
    expect(page.locator("[data-what]")).to_have_text(rows)


def has_focus(locator: Any) -> bool:
    return bool(locator.evaluate("element => element === document.activeElement"))


def test_rows_are_put_in_order_by_keyboard_and_each_move_is_said(take, axe):
    page, stored = take("ordering")
    expect(page.get_by_text("Not ordered yet.")).to_be_visible()
    assert stored() is None
    first, second, *others = order_of(page)
    down = page.get_by_role("button", name=f"Move down: {first}")
    down.focus()
    page.keyboard.press("Enter")
    expect_order(page, second, first, *others)
    assert has_focus(down)
    expect(page.locator("#announcer")).to_have_text(f"{first}: number 2 of 4")
    expect(page.get_by_text("Not ordered yet.")).to_be_hidden()
    page.get_by_label(f"Number of “{first}”").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect_order(page, first, second, *others)
    page.get_by_label(f"Number of “{first}”").select_option("4")
    expect_order(page, second, *others, first)
    expect(page.locator("[data-save]")).to_have_text(SAVED)
    assert [place for _key, place in stored()["order"]] == [1, 2, 3, 4]
    page.reload()
    expect_order(page, second, *others, first)
    axe(page)


def test_the_order_shown_can_be_kept_and_taken_back(take):
    page, stored = take("ordering", PHONE)
    shown = order_of(page)
    page.get_by_role("button", name="Keep this order").click()
    expect(page.locator("[data-save]")).to_have_text(SAVED)
    expect_order(page, *shown)
    assert len(stored()["order"]) == 4
    page.get_by_label(f"Number of “{shown[0]}”").select_option("")
    expect(page.get_by_text("Not ordered yet.")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/check")
    assert stored() is None


def test_without_a_script_the_arrows_are_buttons_and_the_page_comes_back_to_the_question(take):
    for layout in ("one", "all"):
        page, stored = take(
            "ordering", Look(width=390, height=844, javascript=False), layout=layout, attempts_allowed=None
        )
        first, second, *others = order_of(page)
        page.get_by_role("button", name=f"Move up: {second}").click()
        expect_order(page, second, first, *others)
        assert len(stored()["order"]) == 4
        assert page.url.endswith("questions/1") or page.url.endswith("#q1")
        return_to = page.get_by_label(f"Number of “{others[0]}”")
        expect(return_to).to_have_value("3")
        submit = page.get_by_role("button", name=re.compile("Continue|Check your answers"))
        submit.click()
        page.get_by_role("button", name="Hand in").click()
        page.wait_for_url("**/result")


def test_gaps_are_filled_on_a_phone_and_kept_while_the_line_is_down(take, axe):
    page, stored = take("blanks", PHONE)
    page.route("**/responses", lambda route: route.fulfill(status=503))
    page.get_by_label("Gap 1 of 2").select_option(label="bridge")
    expect(page.locator("[data-save]")).to_have_text("Not saved: retrying")
    assert stored() is None
    address = page.url
    page.goto("/account")  # nothing can be saved until the question is closed
    page.unroute("**/responses")
    page.goto(address)
    expect(page.get_by_label("Gap 1 of 2")).to_have_value(word_key("bridge"))
    page.get_by_label("Gap 2 of 2").select_option(label="spring")
    expect(page.locator("[data-save]")).to_have_text(SAVED)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/check")
    assert stored() == {"gaps": {"g1": "bridge", "g2": "spring"}}
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.go_back()
    expect(page.get_by_label("Gap 2 of 2")).to_be_visible()
    axe(page)


def test_pairs_are_matched_on_a_phone(take, axe):
    page, stored = take("matching", PHONE)
    page.get_by_label("The pact").select_option(label="2024")
    page.get_by_label("The war").select_option(label="1950")
    expect(page.locator("[data-save]")).to_have_text(SAVED)
    assert stored() == {"pairs": {"p1": "a1", "p2": "a2"}}
    for box in page.locator(".pair select").all():
        assert box.bounding_box()["height"] >= 40
    axe(page)


def test_a_gap_is_made_of_selected_words_and_its_row_shown(people, sign_in, reading, open_page, axe):
    made = sign_in(people.instructor).post(f"/articles/{reading.article}/quizzes/new", data={"title": "Gaps"})
    page = open_page(f"{made.location}/questions/new?type=blanks", people.instructor)
    page.get_by_label("Question", exact=True).fill("Fill the gap.")
    text = page.get_by_label("Text with gaps")
    text.fill("Most people chose the bridge .")
    text.evaluate("area => area.setSelectionRange(21, 29)")
    page.get_by_role("button", name="Make a gap of the selected words").click()
    expect(text).to_have_value("Most people chose the [[bridge]] .")
    page.get_by_role("button", name="Show the gaps of the text").click()
    page.get_by_label("Wrong choices in gap 1").fill("ferry")
    axe(page)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("[data-seen]").get_by_label("Gap 1 of 1")).to_contain_text("ferry")
