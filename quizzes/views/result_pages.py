"""The page of a handed-in attempt: the receipt, and as much of the result as is released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from articles.addresses import to_reading
from articles.queries import list_sentences
from core import clock
from quizzes.attempts import AnswerRow, AttemptRow, OwnAttempt
from quizzes.certainty import COUNTED, mixing_in_words, report
from quizzes.deliveries import WHICH_COUNTS_PHRASES
from quizzes.endings import ENDED_WORDS
from quizzes.feedback import Shown
from quizzes.histories import reasons, told_of
from quizzes.queries.attempts import find_instructor_name, list_answers, list_own_attempts
from quizzes.queries.histories import list_history_of_attempt
from quizzes.queries.items import list_anchors
from quizzes.queries.second_tries import list_second_tries
from quizzes.reviews import Review, Text, chosen_levels, in_words, review_all, to_look_at
from quizzes.start_pages import start_page
from quizzes.telling import telling_of


def result_page(attempt: AttemptRow) -> str:
    """Render the result; what is not released never reaches the template."""
    own = list_own_attempts(attempt.delivery.id, attempt.delivery.enrollment_id)
    return render_template("quizzes/taking/result.html", **result_context(attempt, own, clock.now()))


def result_context(attempt: AttemptRow, own: Sequence[OwnAttempt], now: datetime) -> dict[str, Any]:
    """What the result shows at one moment of an attempt, `own` being all of that student's at the quiz."""
    delivery = attempt.delivery
    telling = telling_of(attempt, own, now)
    shown = telling.of_all
    standing = start_page(delivery, own, now)
    answers = list_answers(attempt)
    text_id = attempt.article_version_id
    anchors = list_anchors([row.version_id for row in answers], text_id) if shown.correctness else {}
    text = Text(list_sentences(text_id), anchors, to_reading(request.script_root, delivery.assignment_id))
    reviews = review_all(answers, list_second_tries(attempt.id), telling, text)
    reader = find_instructor_name(delivery.section_id) or str(_("your instructor"))
    return {
        "attempt": attempt,
        "delivery": delivery,
        "shown": shown,
        "settled": attempt.is_settled(now),
        "ended": ENDED_WORDS.get(attempt.ending or ""),
        "counts": WHICH_COUNTS_PHRASES[delivery.which_counts],
        "line": next(line for line in standing.attempts if line.id == attempt.id),
        "page": standing,
        "reviews": reviews,
        "certainty": report([one.sure for one in reviews if one.sure and not one.is_dropped]),
        "mixing": _mixing(attempt, reviews, shown),
        "sentences": in_words(reviews, reader),
        "look_at": to_look_at(reviews),
        "reader": reader,
        **_changes(attempt, answers, shown),
    }


def _mixing(attempt: AttemptRow, reviews: Sequence[Review], shown: Shown) -> str:
    """Why the questions' points are not the score, where certainty is mixed into it and both are shown."""
    if attempt.delivery.certainty != COUNTED or not (shown.score and shown.correctness):
        return ""
    return mixing_in_words(attempt.points, [one.points for one in reviews if not one.is_dropped])


def _changes(attempt: AttemptRow, answers: Sequence[AnswerRow], shown: Shown) -> dict[str, Any]:
    """What became of scores after they were given, by the number of the question; nothing before the score is shown."""
    events = list_history_of_attempt(attempt.id) if shown.score else {}
    found = {row.number: events.get(row.response_id, []) for row in answers}
    return {
        "histories": {number: told_of(rows, shown) for number, rows in found.items()},
        "reasons": {number: newest for number, rows in found.items() for newest in reasons(rows, shown)},
        "levels": {row.number: chosen_levels(row) for row in answers} if shown.feedback else {},
        "dropped": {row.number for row in answers if row.dropped and shown.score},
    }
