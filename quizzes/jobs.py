"""What happens to quizzes although nobody opens a page."""

from __future__ import annotations

from classroom.fan_outs import fan_out
from core import clock
from core.jobs import Task
from quizzes.notifications import RESCORED
from quizzes.operations.closing import close_attempt
from quizzes.operations.telling import RESULTS
from quizzes.queries.expired import list_expired, lock_expired
from quizzes.queries.news import of_results_released, of_scores_changed


def _find() -> list[int]:
    return list_expired(clock.now())


def _close(attempt_id: int) -> bool:
    """Hand in at its end what nobody can change any more. Answers were graded as they were saved."""
    end = lock_expired(attempt_id, clock.now())
    return end is not None and close_attempt(attempt_id, end)


close_expired_attempts = Task("worker: attempts handed in because their time was over: {n}", 5, _find, _close)
TASKS = (
    close_expired_attempts,
    fan_out("worker: quizzes whose results came out: {n}", RESULTS, of_results_released),
    fan_out("worker: decisions about scoring that students were told of: {n}", RESCORED, of_scores_changed),
)
