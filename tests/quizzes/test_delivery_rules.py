"""The rules of a delivery, in words and in their form."""

from __future__ import annotations

import pytest
from flask import Flask

from quizzes.deliveries import DeliveryRules, attempts_in_words, limit_in_words, released_together
from quizzes.forms.settings import RulesForm


@pytest.mark.parametrize(
    ("rules", "often", "long"),
    [
        (DeliveryRules(attempts_allowed=None), "as often as they like", ""),
        (DeliveryRules(attempts_allowed=1, time_limit_seconds=60), "once", "1 minute"),
        (DeliveryRules(attempts_allowed=2, time_limit_seconds=1200), "twice", "20 minutes"),
        (DeliveryRules(attempts_allowed=5, time_limit_seconds=90), "5 times", "1 minute 30 seconds"),
    ],
)
def test_rules_in_words(app: Flask, rules: DeliveryRules, often: str, long: str) -> None:
    with app.test_request_context():
        assert (attempts_in_words(rules), limit_in_words(rules)) == (often, long)


def test_what_is_released_together_is_said_together(app: Flask) -> None:
    with app.test_request_context():
        assert released_together(DeliveryRules(release_feedback="after_due")) == [
            ("as soon as they hand in", ["their score", "what was right"]),
            ("after the due date", ["your feedback"]),
            ("after the close", ["the right answers"]),
        ]


def test_a_form_says_the_rules_it_was_given(app: Flask) -> None:
    rules = DeliveryRules(time_limit_seconds=1200, attempts_allowed=None, access_code="harbour")
    with app.test_request_context():
        values = RulesForm.values_of(rules)
        form = RulesForm(formdata=None, data=values)
        assert form.rules() == rules
