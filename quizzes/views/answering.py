"""The pages of an attempt in progress. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from articles.queries import list_sentences
from core import clock
from quizzes.attempts import AttemptRow
from quizzes.queries.attempts import get_attempt_for, list_answers
from quizzes.question_pages import QuestionPage, answered_count, next_to_answer, question_page
from quizzes.views import attempt_pages

blueprint = Blueprint("answering", __name__)


@blueprint.get("/attempts/<int:attempt_id>")
def attempt(attempt_id: int) -> str | Response:
    """All questions on one page; or the way to the first without an answer, or to the result."""
    row = get_attempt_for(current_user.id, attempt_id)
    if row.is_handed_in(clock.now()):
        return redirect(url_for("taking.result", attempt_id=row.id))
    answers = list_answers(row)
    if row.delivery.layout == "one":
        return redirect(url_for("answering.question", attempt_id=row.id, number=next_to_answer(answers)))
    return attempt_pages.all_questions(row, [question_page(answer) for answer in answers])


@blueprint.get("/attempts/<int:attempt_id>/questions/<int:number>")
def question(attempt_id: int, number: int) -> str | Response:
    """One question beside the article."""
    row = get_attempt_for(current_user.id, attempt_id)
    if row.is_handed_in(clock.now()):
        return redirect(url_for("taking.result", attempt_id=row.id))
    questions = attempt_pages.list_questions(row)
    if not 1 <= number <= len(questions):
        abort(404)
    if row.delivery.layout == "all":
        return redirect(url_for("answering.attempt", attempt_id=row.id, _anchor=f"q{number}"))
    return attempt_pages.one_question(row, questions, number)


@blueprint.get("/attempts/<int:attempt_id>/check")
def check(attempt_id: int) -> str | Response:
    """Every answer once more before handing in, what is missing first."""
    row = get_attempt_for(current_user.id, attempt_id)
    if row.is_handed_in(clock.now()):
        return redirect(url_for("taking.result", attempt_id=row.id))
    questions = attempt_pages.list_questions(row)
    points_at_text = any(question.sentences for question in questions)
    sentences = list_sentences(row.article_version_id) if points_at_text else ()
    ways = _ways(row)
    return render_template(
        "quizzes/taking/check.html",
        runs=list(_runs(questions, ways)),
        unanswered=[question for question in questions if not question.is_answered],
        answered=answered_count(questions),
        sentences={sentence.id: sentence for sentence in sentences},
        ways=ways,
        **attempt_pages.bar_of(row),
    )


def _runs(questions: Sequence[QuestionPage], ways: Mapping[int, str]) -> Iterator[tuple[bool, Sequence[Any]]]:
    """The questions in their order, those side by side that read plainly as the rows of one list, all others whole."""
    for plainly, some in groupby(questions, attrgetter("reads_plainly")):
        yield plainly, [question.plain_row(ways[question.number]) if plainly else question for question in some]


def _ways(attempt: AttemptRow) -> dict[int, str]:
    """Where each question of an attempt can be answered, by its number."""
    numbers = range(1, len(attempt.layout) + 1)
    if attempt.delivery.layout == "all":
        page = url_for("answering.attempt", attempt_id=attempt.id)
        return {number: f"{page}#q{number}" for number in numbers}
    return {number: url_for("answering.question", attempt_id=attempt.id, number=number) for number in numbers}
