"""What may be told of one attempt, put together of the attempt, the others and the clock. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from quizzes.attempts import AttemptRow, OwnAttempt
from quizzes.second_tries import Telling, offer_of
from quizzes.start_pages import release_moment


def telling_of(attempt: AttemptRow, own: Sequence[OwnAttempt], now: datetime) -> Telling:
    """What decides about telling anything of an attempt; `own` are all of the reader's at the quiz, first to last."""
    moment = replace(release_moment(attempt.delivery, own, now), is_settled=attempt.is_settled(now))
    return Telling(attempt.delivery.release, moment, offer_of(attempt, own, now))
