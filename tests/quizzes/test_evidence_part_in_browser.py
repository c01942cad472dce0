"""A choice with evidence in a real browser: by keyboard, on a phone, without JavaScript; and the editor of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.quizzes.sitting import make_sitting, start, stored_answers
from tests.support.chromium import Look

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]
SAVED = re.compile(r"Saved \d\d:\d\d")


@pytest.fixture
def evidenced(app, people):
    """A quiz with one single choice that asks for evidence: the fourth or the fifth sentence."""
    return make_sitting(app, people, types=("single_choice+evidence",))


@pytest.mark.parametrize("look", [Look(), Look(width=390, height=844), Look(javascript=False)], ids=str)
def test_a_choice_and_its_evidence_are_given_with_any_hands(app, people, sign_in, open_page, axe, evidenced, look):
    attempt = start(sign_in(people.student), evidenced)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student, look)
    page.get_by_label("Option 1").check()
    page.locator(f'input[value="{evidenced.sentences[3]}"][type=radio]').locator("xpath=..").click()
    if look.javascript:
        expect(page.locator("[data-picked-list]")).to_contain_text("The bridge will cost")
        expect(page.locator("[data-save]")).to_have_text(SAVED)
        page.evaluate("scrollTo(0, 0)")
        axe(page)
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url("**/check")
    expect(page.get_by_text("The bridge will cost")).to_be_visible()
    answer = stored_answers(app, attempt)[evidenced.items["single_choice"]].answer
    assert answer == {"choice": "k1", "evidence": [evidenced.sentences[3]]}
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/result")


def test_the_keyboard_alone_answers_both(app, people, sign_in, open_page, evidenced):
    attempt = start(sign_in(people.student), evidenced)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student)
    page.get_by_label("Option 1").focus()
    page.keyboard.press("Space")
    page.locator(f'input[value="{evidenced.sentences[2]}"][type=radio]').focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-picked-list]")).to_contain_text("The bridge will cost")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    answer = stored_answers(app, attempt)[evidenced.items["single_choice"]].answer
    assert answer == {"choice": "k1", "evidence": [evidenced.sentences[3]]}
