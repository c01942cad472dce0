"""The countdown in a real browser: by the server's clock, and with an end that moves while the page is open."""

import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quizzes.deliveries import DeliveryRules
from tests.quizzes.sitting import let_time_pass, start, stored_attempt
from tests.support.chromium import Look

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_device_whose_clock_is_wrong_counts_by_the_servers(app, sit, people, sign_in, open_page, hours):
    sitting = sit(DeliveryRules(time_limit_seconds=900), None, ("true_false",))
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/deliveries/{sitting.delivery}", people.student)
    page.add_init_script(f"const exact = Date.now; Date.now = () => exact() + {hours} * 3600000;")
    page.goto(f"/attempts/{attempt}/questions/1")
    expect(page.get_by_role("timer")).to_have_text("15 min left")
    page.wait_for_timeout(1200)
    assert stored_attempt(app, attempt)["submitted_at"] is None


def test_an_open_page_learns_of_more_time_with_the_next_save(sit, people, sign_in, open_page, allow):
    sitting = sit(DeliveryRules(time_limit_seconds=900), None, ("true_false",))
    attempt = start(sign_in(people.student), sitting)
    page = open_page(f"/attempts/{attempt}/questions/1", people.student)
    expect(page.get_by_role("timer")).to_have_text("15 min left")
    allow(people.student, time_factor_percent="2")
    page.get_by_label("True", exact=True).check()
    expect(page.get_by_role("timer")).to_have_text("30 min left")


def test_more_time_is_kept_when_the_old_end_comes_and_nothing_was_saved(app, sit, people, sign_in, open_page, allow):
    sitting = sit(DeliveryRules(time_limit_seconds=900), None, ("true_false",))
    attempt = start(sign_in(people.student), sitting)
    page = open_page("/account", people.student)
    page.clock.install()
    page.goto(f"/attempts/{attempt}/questions/1")
    expect(page.get_by_role("timer")).to_have_text("15 min left")
    allow(people.student, time_factor_percent="3")
    let_time_pass(app, attempt, left=timedelta(minutes=30))
    page.clock.fast_forward("15:00")
    expect(page.get_by_role("timer")).to_have_text("30 min left")
    assert stored_attempt(app, attempt)["submitted_at"] is None


def test_a_page_whose_scripts_come_late_does_not_promise_more_time(sit, people, sign_in, open_page):
    sitting = sit(DeliveryRules(time_limit_seconds=121), None, ("true_false",))
    attempt = start(sign_in(people.student), sitting)
    page = open_page("/account", people.student, Look(hasty=True))
    page.route("**/bundles/app-attempt.js*", lambda route: (time.sleep(1.5), route.continue_()))
    page.goto(f"/attempts/{attempt}/questions/1")
    assert "min" not in page.get_by_role("timer").inner_text()  # seconds are counted from two minutes on
