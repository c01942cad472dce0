"""Two devices that answered the same questions: each question shows both answers until one of them is chosen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from quizzes.deliveries import DeliveryRules
from tests.quizzes.sitting import start, stored_answers

pytestmark = pytest.mark.sqlite_only
SAVED = re.compile(r"Saved \d\d:\d\d")


def status_of(page):
    return page.locator("[data-save]")


def test_two_questions_that_clash_at_once_are_asked_about_one_by_one(app, sit, people, sign_in, open_page, axe):
    sitting = sit(DeliveryRules(layout="all"), None, ("single_choice", "true_false", "short_answer"))
    attempt = start(sign_in(people.student), sitting)
    there, here = (open_page(f"/attempts/{attempt}", people.student) for _device in range(2))
    there.get_by_role("radio", name="Option 1", exact=True).check()
    there.get_by_role("radio", name="True", exact=True).check()
    expect(status_of(there)).to_have_text(SAVED)
    here.get_by_role("radio", name="Option 2", exact=True).check()
    here.get_by_role("radio", name="False", exact=True).check()
    for number, words in ((1, "There: Option 1"), (2, "There: True")):
        notice = here.locator(f"#q{number}").get_by_role("alert")
        expect(notice).to_contain_text(f"Question {number} was also answered in another window.")
        expect(notice).to_contain_text(words)
    axe(here)
    here.locator("#q3").get_by_role("textbox").fill("Kursk")
    here.locator("#q3").get_by_role("textbox").blur()
    expect(status_of(here)).to_have_text("Not saved: choose which")
    here.locator("#q1").get_by_role("button", name="Take what is there").click()
    expect(here.get_by_role("radio", name="Option 1", exact=True)).to_be_checked()
    notice = here.locator("#q2").get_by_role("alert")
    expect(notice).to_contain_text("Here: False")
    notice.get_by_role("button", name="Keep what is here").click()
    expect(status_of(here)).to_have_text(SAVED)
    here.reload()
    expect(here.get_by_role("radio", name="False", exact=True)).to_be_checked()
    expect(here.get_by_role("alert")).to_have_count(0)
    kept = {name: stored_answers(app, attempt)[item].answer for name, item in sitting.items.items()}
    assert kept == {
        "single_choice": {"choice": "k1"},
        "true_false": {"choice": "false"},
        "short_answer": {"text": "Kursk"},
    }


@pytest.mark.parametrize("layout", ["one", "all"])
def test_what_a_device_kept_is_shown_beside_the_other_before_anything_is_handed_in(
    app, sit, people, sign_in, open_page, layout
):
    sitting = sit(DeliveryRules(layout=layout), None, ("short_answer",))
    attempt, item = start(sign_in(people.student), sitting), sitting.items["short_answer"]
    train, desk = (open_page(f"/attempts/{attempt}", people.student) for _device in range(2))
    train.route("**/responses", lambda route: route.fulfill(status=503))
    train.get_by_role("textbox").fill("Written on the train")
    train.get_by_role("textbox").blur()
    expect(status_of(train)).to_have_text("Not saved: retrying")
    desk.get_by_role("textbox").fill("Written at the desk")
    desk.get_by_role("textbox").blur()
    expect(status_of(desk)).to_have_text(SAVED)
    train.goto("/account")  # nothing can be saved until the question is closed
    train.unroute("**/responses")
    train.goto(f"/attempts/{attempt}/check", wait_until="commit")
    notice = train.get_by_role("alert")
    expect(notice).to_contain_text("There: Written at the desk")
    expect(notice).to_contain_text("Here: Written on the train")
    assert stored_answers(app, attempt)[item].answer == {"text": "Written at the desk"}
    notice.get_by_role("button", name="Keep what is here").click()
    expect(status_of(train)).to_have_text(SAVED)
    assert stored_answers(app, attempt)[item].answer == {"text": "Written on the train"}
    train.goto(f"/attempts/{attempt}/check")
    expect(train.get_by_text("Written on the train")).to_be_visible()
