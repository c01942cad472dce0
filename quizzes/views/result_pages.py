"""The page of a handed-in attempt: the receipt, and as much of the result as is released."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from articles.queries import list_sentences
from core import clock
from quizzes.attempts import AnswerRow, AttemptRow
from quizzes.deliveries import WHICH_COUNTS_PHRASES
from quizzes.feedback import NOTHING, Shown, what_may_be_shown
from quizzes.histories import reasons, told_of
from quizzes.queries.attempts import find_instructor_name, list_answers, list_own_attempts
from quizzes.queries.histories import list_history_of_attempt
from quizzes.queries.items import list_anchors
from quizzes.reviews import Text, in_words, review, to_look_at
from quizzes.start_pages import release_moment, start_page


def result_page(attempt: AttemptRow) -> str:
    """Render the result; what is not released never reaches the template."""
    now, delivery = clock.now(), attempt.delivery
    own = list_own_attempts(delivery.id, delivery.enrollment_id)
    shown = what_may_be_shown(delivery.release, release_moment(delivery, own, now))
    shown = shown if attempt.is_settled(now) else NOTHING  # answers are still taken for a few seconds
    standing = start_page(delivery, own, now)
    answers = list_answers(attempt)
    anchors = list_anchors([row.version_id for row in answers]) if _tells_places(shown) else {}
    text = Text(list_sentences(attempt.article_version_id), anchors)
    reviews = [review(row, shown, text) for row in answers]
    reader = find_instructor_name(delivery.section_id) or str(_("your instructor"))
    return render_template(
        "quizzes/taking/result.html",
        attempt=attempt,
        delivery=delivery,
        shown=shown,
        settled=attempt.is_settled(now),
        timed_out=attempt.handed_in_at == attempt.ends_at,
        counts=WHICH_COUNTS_PHRASES[delivery.which_counts],
        line=next(line for line in standing.attempts if line.id == attempt.id),
        page=standing,
        reviews=reviews,
        sentences=in_words(reviews, reader),
        look_at=to_look_at(reviews),
        reader=reader,
        **_changes(attempt, answers, shown),
    )


def _changes(attempt: AttemptRow, answers: Sequence[AnswerRow], shown: Shown) -> dict[str, Any]:
    """What became of scores after they were given, by the number of the question; nothing before the score is shown."""
    events = list_history_of_attempt(attempt.id) if shown.score else {}
    found = {row.number: events.get(row.response_id, []) for row in answers}
    return {
        "histories": {number: told_of(rows, shown) for number, rows in found.items()},
        "reasons": {number: newest for number, rows in found.items() for newest in reasons(rows, shown)},
        "dropped": {row.number for row in answers if row.dropped and shown.score},
    }


def _tells_places(shown: Shown) -> bool:
    return shown.correctness and shown.feedback
