"""Which attempt is listed as low: the best of a student's, those among them whose time alone is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.operations.assignments import Dates
from quizzes.deliveries import DeliveryRules
from tests.quizzes.sitting import make_sitting, save, start

RULES = DeliveryRules(attempts_allowed=None, time_limit_seconds=600)
LOW = "Has 0 of 1 points in “"


@pytest.mark.parametrize(("second", "is_low"), [("right", False), ("wrong", True)])
def test_a_low_attempt_is_listed_until_a_better_one_is_over(app, people, clock, sign_in, second, is_low) -> None:
    dates = Dates(closes_at=clock.now() + timedelta(hours=5))
    sitting = make_sitting(app, people, RULES, dates, ("evidence",))
    client, staff = sign_in(people.student), sign_in(people.instructor)
    for which, is_sent in (("wrong", True), (second, False)):
        attempt = start(client, sitting)
        assert save(client, attempt, sitting.items["evidence"], sitting.fields("evidence", which)).status_code == 200
        if is_sent:
            client.post(f"/attempts/{attempt}/submission")
    assert staff.get("/needs-me?kind=low").text.count(LOW) == 1
    clock.forward(minutes=11)
    assert staff.get("/needs-me?kind=low").text.count(LOW) == is_low
