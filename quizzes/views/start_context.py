"""What the start page of a quiz shows, for the student whose page it is and for staff who view it as that student."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from quizzes import permissions
from quizzes.attempts import DeliveryRow, OwnAttempt
from quizzes.deliveries import WHICH_COUNTS_PHRASES, DeliveryRules, delay_in_words
from quizzes.own_limits import has_own_terms, own_dates_in_words, terms_in_words
from quizzes.queries.deliveries import size_of_quiz
from quizzes.start_pages import start_page


def start_context(delivery: DeliveryRow, own: Sequence[OwnAttempt], now: datetime) -> dict[str, Any]:
    """What the page shows at one moment; `own` are the attempts of the person whose delivery it is."""
    return {
        "delivery": delivery,
        "page": start_page(delivery, own, now),
        "size": size_of_quiz(delivery.quiz_id),
        "terms": terms_in_words(delivery, delivery.allowance),
        "own_terms": has_own_terms(delivery),
        "own_dates": own_dates_in_words(delivery),
        "pause": delay_in_words(DeliveryRules.of(delivery)),
        "counts": WHICH_COUNTS_PHRASES[delivery.which_counts],
        "takes": permissions.may_take(delivery.role),
        "is_staff": permissions.grades(delivery.role),
    }
