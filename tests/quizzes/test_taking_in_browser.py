"""Taking a quiz in a real browser: with its script, without it, offline, and in two tabs."""

import re

import pytest
from playwright.sync_api import expect

from quizzes.deliveries import DeliveryRules
from quizzes.question_types import TYPES
from tests.quizzes.sitting import let_time_pass, start, stored_answers, stored_attempt
from tests.support.chromium import Look
from tests.support.patience import hold

pytestmark = pytest.mark.sqlite_only
SAVED = re.compile(r"Saved \d\d:\d\d")


def leave_and_reconnect(page):
    """Close the question while nothing can be saved, so that only what the device kept is left of it."""
    page.goto("/account")
    page.unroute("**/responses")


def status_of(page):
    return page.locator("[data-save]")


def test_answers_save_themselves_and_say_so(app, sitting, people, sign_in, open_page, axe):
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student)
    page.get_by_label("Option 1").check()
    expect(status_of(page)).to_have_text(SAVED)
    expect(page.locator(".track-end")).to_have_text(f"1 of {len(TYPES)} answered")
    assert stored_answers(app, attempt)[sitting.items["single_choice"]].answer == {"choice": "k1"}
    page.goto(f"/attempts/{attempt}/questions/7")
    page.get_by_role("textbox").fill("Three words here")
    expect(page.get_by_text("3 words")).to_be_visible()
    expect(status_of(page)).to_have_text(SAVED)
    page.reload()
    expect(page.get_by_role("textbox")).to_have_value("Three words here")
    axe(page)


def test_the_article_is_looked_back_at_on_a_phone(sitting, people, sign_in, open_page, axe):
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student, Look(width=390))
    page.get_by_role("link", name="Look back at the article").click()
    expect(page.get_by_role("link", name="Back to question 1")).to_be_in_viewport()
    axe(page)
    page.get_by_role("link", name="Back to question 1").click()
    expect(page.get_by_label("Option 1")).to_be_in_viewport()


def test_leaving_a_field_saves_at_once_and_a_button_waits_for_it(app, sitting, people, sign_in, open_page):
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/4", people.student)
    page.get_by_role("textbox").fill("Kursk")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**/attempts/{attempt}/questions/5")
    page.get_by_role("textbox").fill("10 000")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/attempts/{attempt}/questions/6")
    answers = stored_answers(app, attempt)
    assert answers[sitting.items["short_answer"]].answer == {"text": "Kursk"}
    assert answers[sitting.items["numeric"]].answer == {"text": "10 000"}


def test_a_lost_connection_keeps_the_answer_on_the_device_and_sends_it_later(app, sitting, people, sign_in, open_page):
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/4", people.student)
    page.route("**/responses", lambda route: route.fulfill(status=503))
    page.get_by_role("textbox").fill("Written on the train")
    page.get_by_role("textbox").blur()
    expect(status_of(page)).to_have_text("Not saved: retrying")
    expect(page.get_by_text("kept on this device")).to_be_visible()
    item = sitting.items["short_answer"]
    assert stored_answers(app, attempt)[item].answer is None
    leave_and_reconnect(page)
    page.goto(f"/attempts/{attempt}/questions/4")
    expect(page.get_by_role("textbox")).to_have_value("Written on the train")
    expect(status_of(page)).to_have_text(SAVED)
    assert stored_answers(app, attempt)[item].answer == {"text": "Written on the train"}


def test_an_unsent_answer_is_sent_before_handing_in(app, sitting, people, sign_in, open_page):
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/4", people.student)
    page.route("**/responses", lambda route: route.fulfill(status=503))
    page.get_by_role("textbox").fill("Written on the train")
    page.get_by_role("textbox").blur()
    expect(status_of(page)).to_have_text("Not saved: retrying")
    leave_and_reconnect(page)
    page.goto(f"/attempts/{attempt}/check", wait_until="commit")  # it loads twice when it has sent something
    expect(page.get_by_text("Written on the train")).to_be_visible()
    assert stored_answers(app, attempt)[sitting.items["short_answer"]].answer == {"text": "Written on the train"}


def test_handing_in_waits_for_an_answer_that_is_still_being_sent(app, sit, people, sign_in, open_page):
    sitting = sit(None, None, ("short_answer",))
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student)
    page.route("**/responses", lambda route: route.fulfill(status=503))
    page.get_by_role("textbox").fill("Written on the train")
    page.get_by_role("textbox").blur()
    expect(status_of(page)).to_have_text("Not saved: retrying")
    leave_and_reconnect(page)
    held = hold(page, "**/responses")
    with page.expect_request("**/responses"):
        page.goto(f"/attempts/{attempt}/check")
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()  # it would ask about a blank that is none
    held.let_go()
    expect(page.get_by_text("Written on the train")).to_be_visible()
    assert stored_attempt(app, attempt)["submitted_at"] is None
    assert stored_answers(app, attempt)[sitting.items["short_answer"]].answer == {"text": "Written on the train"}
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url("**/result")


def test_a_second_tab_is_shown_both_answers(app, sitting, people, sign_in, open_page, axe):
    attempt = start(sign_in(people.student), sitting)
    first, second = (open_page(f"/attempts/{attempt}/questions/1", people.student) for _tab in range(2))
    first.get_by_label("Option 1").check()
    expect(status_of(first)).to_have_text(SAVED)
    second.get_by_label("Option 2").check()
    notice = second.get_by_role("alert")
    expect(notice).to_contain_text("There: Option 1")
    expect(notice).to_contain_text("Here: Option 2")
    axe(second)
    item = sitting.items["single_choice"]
    assert stored_answers(app, attempt)[item].answer == {"choice": "k1"}
    notice.get_by_role("button", name="Keep what is here").click()
    expect(status_of(second)).to_have_text(SAVED)
    assert stored_answers(app, attempt)[item].answer == {"choice": "k2"}


def test_evidence_is_chosen_in_the_article_by_keyboard(app, sitting, people, sign_in, open_page):
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/6", people.student)
    page.locator(".sent input").first.focus()
    page.keyboard.press("Space")
    for _step in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[data-picked]")).to_contain_text("The bridge will cost 4.5 million crowns.")
    expect(page.locator("[data-picked]")).to_contain_text("2.1")
    expect(status_of(page)).to_have_text(SAVED)
    chosen = stored_answers(app, attempt)[sitting.items["evidence"]].answer
    assert chosen == {"sentences": [sitting.sentences[3]]}


def test_when_time_runs_out_the_page_hands_in(app, sit, people, sign_in, open_page):
    sitting = sit(DeliveryRules(time_limit_seconds=900), None, ("short_answer", "true_false"))
    attempt = start(sign_in(people.student), sitting)
    page = open_page("/account", people.student)
    page.clock.install()
    page.goto(f"/attempts/{attempt}/questions/1")
    expect(page.get_by_role("timer")).to_have_text("15 min left")
    page.get_by_role("textbox").fill("At the last moment")
    let_time_pass(app, attempt)
    page.clock.fast_forward("15:00")
    page.wait_for_url(f"**/attempts/{attempt}/result")
    expect(page.get_by_text("Time ran out")).to_be_visible()
    assert stored_answers(app, attempt)[sitting.items["short_answer"]].answer == {"text": "At the last moment"}
    assert stored_attempt(app, attempt)["submitted_at"] is not None


def test_the_clock_can_be_hidden_and_stays_so(sit, people, sign_in, open_page):
    sitting = sit(DeliveryRules(time_limit_seconds=900))
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student)
    expect(page.get_by_role("timer")).to_have_text("15 min left")
    page.get_by_role("button", name="Hide").click()
    page.reload()
    expect(page.get_by_role("timer")).to_be_hidden()
    page.get_by_role("button", name="Show time").click()
    expect(page.get_by_role("timer")).to_be_visible()


@pytest.mark.parametrize("layout", ["one", "all"])
def test_the_whole_quiz_works_without_javascript(app, sit, people, open_page, layout):
    sitting = sit(
        DeliveryRules(layout=layout, shuffle_options=False), None, ("single_choice", "evidence", "open_answer")
    )
    page = open_page(f"/deliveries/{sitting.delivery}", people.student, Look(javascript=False))
    page.get_by_role("button", name="Start the quiz").click()
    page.get_by_label("Option 1").check()
    if layout == "one":
        page.get_by_role("button", name="Continue").click()
    page.locator(".sent", has_text="The bridge will cost").last.click()
    if layout == "one":
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("textbox").fill("Because of the pact.")
    page.get_by_role("button", name="Continue" if layout == "one" else "Check your answers").click()
    page.wait_for_url("**/check")
    expect(page.get_by_text("Because of the pact.")).to_be_visible()
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url("**/result")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 of 3 points so far")


def test_handing_in_with_a_blank_asks_once_more(sitting, people, sign_in, open_page, axe):
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/check", people.student, Look(width=390))
    page.get_by_role("button", name="Hand in", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Hand in with {len(TYPES)} questions blank?")
    axe(page)
    dialog.get_by_role("button", name="Keep working").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Hand in", exact=True).click()
    dialog.get_by_role("button", name="Hand in now").click()
    page.wait_for_url("**/result")
