"""What clocks do: they are moved twice a year, know a day more every fourth year, and are wrong on some devices."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.operations.assignments import Dates
from core.dates import days_later, to_local
from quizzes.deliveries import DeliveryRules
from tests.quizzes.limits import start_page
from tests.quizzes.sitting import start, stored_attempt

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


@pytest.mark.parametrize(
    ("moment", "days", "zone", "expected"),
    [
        # In Berlin the clock goes forward on 28 March 2027 and back on 31 October 2027.
        (datetime(2027, 3, 27, 22, 59, tzinfo=UTC), 1, BERLIN, datetime(2027, 3, 28, 21, 59, tzinfo=UTC)),
        (datetime(2027, 10, 30, 21, 59, tzinfo=UTC), 1, BERLIN, datetime(2027, 10, 31, 22, 59, tzinfo=UTC)),
        (datetime(2027, 10, 30, 21, 59, tzinfo=UTC), 2, BERLIN, datetime(2027, 11, 1, 22, 59, tzinfo=UTC)),
        # 02:30 is skipped: the clock then shows 03:30. 02:30 comes twice: the later one.
        (datetime(2027, 3, 27, 1, 30, tzinfo=UTC), 1, BERLIN, datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (datetime(2027, 10, 30, 0, 30, tzinfo=UTC), 1, BERLIN, datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
        # The United States change on other days.
        (datetime(2027, 3, 14, 4, 59, tzinfo=UTC), 1, NEW_YORK, datetime(2027, 3, 15, 3, 59, tzinfo=UTC)),
        # A leap day counts as a day.
        (datetime(2028, 2, 28, 22, 59, tzinfo=UTC), 1, BERLIN, datetime(2028, 2, 29, 22, 59, tzinfo=UTC)),
        (datetime(2028, 2, 29, 22, 59, tzinfo=UTC), 1, BERLIN, datetime(2028, 3, 1, 22, 59, tzinfo=UTC)),
        (datetime(2028, 2, 29, 22, 59, tzinfo=UTC), 365, BERLIN, datetime(2029, 2, 28, 22, 59, tzinfo=UTC)),
        (datetime(2027, 2, 28, 22, 59, tzinfo=UTC), 1, BERLIN, datetime(2027, 3, 1, 22, 59, tzinfo=UTC)),
    ],
)
def test_extra_days_are_counted_on_the_wall(moment, days, zone, expected):
    assert days_later(moment, days, zone) == expected


def test_a_time_limit_is_not_moved_by_the_clock_on_the_wall(app, sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=1800))
    began = clock.set(datetime(2027, 3, 28, 0, 50, tzinfo=UTC))  # 01:50, ten minutes before the clock goes forward
    me = sign_in(people.student)
    assert "Started now it ends Sun 28 Mar, 03:20." in start_page(me, sitting)
    end = stored_attempt(app, start(me, sitting))["limit_ends_at"]
    assert end - began == timedelta(minutes=30)
    assert f"{to_local(end, BERLIN):%H:%M}" == "03:20"


def test_an_attempt_is_counted_through_the_hour_that_comes_twice(app, sit, people, sign_in, clock):
    sitting = sit(DeliveryRules(time_limit_seconds=3600))
    began = clock.set(datetime(2027, 10, 31, 0, 30, tzinfo=UTC))  # 02:30, for the first time
    me = sign_in(people.student)
    attempt = start(me, sitting)
    assert stored_attempt(app, attempt)["limit_ends_at"] == began + timedelta(hours=1)
    clock.set(began + timedelta(minutes=59))
    assert "data-timer" in me.get(f"/attempts/{attempt}/questions/1").get_data(as_text=True)


def test_the_close_ends_an_attempt_before_its_time_is_up_and_the_start_page_says_so(app, sit, people, sign_in, clock):
    closes = clock.now() + timedelta(minutes=20)
    sitting = sit(DeliveryRules(time_limit_seconds=1800), Dates(None, None, closes))
    me = sign_in(people.student)
    assert "Started now it ends with the close, Wed 18 Nov, 10:20: before your time is up." in start_page(me, sitting)
    attempt = start(me, sitting)
    assert f'data-ends="{closes.isoformat()}"' in me.get(f"/attempts/{attempt}/questions/1").get_data(as_text=True)
    clock.set(closes + timedelta(seconds=11))
    assert me.post(f"/attempts/{attempt}/submission").status_code == 409
    start_page(me, sitting)
    assert f"/attempts/{attempt}/result" in me.get(f"/attempts/{attempt}").headers["Location"]


@pytest.mark.parametrize(("before_the_end", "is_taken"), [(600, False), (3, False), (2, True), (0, True), (-9, True)])
def test_a_page_whose_clock_runs_ahead_does_not_hand_in(app, sit, people, sign_in, clock, before_the_end, is_taken):
    sitting = sit(DeliveryRules(time_limit_seconds=600))
    me = sign_in(people.student)
    attempt = start(me, sitting)
    clock.forward(seconds=600 - before_the_end)
    answer = me.post(f"/attempts/{attempt}/submission", data={"time_up": "1"})
    assert answer.headers["Location"].endswith("/result" if is_taken else str(attempt))
    assert (stored_attempt(app, attempt)["submitted_at"] is not None) is is_taken
