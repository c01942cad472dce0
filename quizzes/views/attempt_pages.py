"""The two shapes of a page with questions: all on one, or one beside the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, render_template, url_for
from flask_babel import get_locale

from articles.queries import list_blocks, sentences_of
from core import clock
from core.memory import recall
from quizzes.attempts import AttemptRow
from quizzes.forms.taking import new_writer
from quizzes.queries.attempts import list_answers
from quizzes.question_frames import Blank, Frame, frame_of, is_framed
from quizzes.question_pages import QuestionPage, answered_count, last_saved, question_page
from quizzes.timing import shows_clock

Errors = Mapping[int, str]


def list_questions(attempt: AttemptRow) -> list[QuestionPage]:
    """The questions of an attempt in its order, as its pages show them with what was answered. One statement."""
    return [question_page(answer) for answer in list_answers(attempt)]


def begun(attempt: AttemptRow) -> Response:
    """The first page of an attempt that was just started: 201, and where to find it again."""
    questions = list_questions(attempt)
    one_by_one = attempt.delivery.layout == "one"
    page = one_question(attempt, questions, 1) if one_by_one else all_questions(attempt, questions)
    return Response(page, 201, {"Location": url_for("answering.attempt", attempt_id=attempt.id)})


def one_question(
    attempt: AttemptRow, questions: Sequence[QuestionPage], number: int, errors: Errors | None = None
) -> str:
    """The page of question `number`; `errors` holds a message for an item that was refused."""
    return render_template(
        "quizzes/taking/question.html",
        question=questions[number - 1],
        **_shared(attempt, questions, errors),
    )


def all_questions(attempt: AttemptRow, questions: Sequence[QuestionPage], errors: Errors | None = None) -> str:
    """The page with all questions."""
    language, use = str(get_locale()), attempt.delivery.certainty
    plain = [question for question in questions if is_framed(question, errors or {}, use)]
    framed = {question.item_id: _frame(question, language).around(question) for question in plain}
    return render_template("quizzes/taking/all.html", framed=framed, **_shared(attempt, questions, errors))


def _frame(question: QuestionPage, language: str) -> Frame:
    """What stands around a question's options, in the reader's language."""
    shown = (question.item_id, question.version_id, question.number, question.worth)

    def make() -> Frame:
        return frame_of(render_template("quizzes/taking/_frame.html", question=Blank(**vars(question))))

    return recall(("question", language, *shown), make)


def bar_of(attempt: AttemptRow) -> dict[str, Any]:
    """What the bar over every page of an attempt needs."""
    now = clock.now()
    shown = not attempt.delivery.hides_timer and shows_clock(attempt.limit_ends_at, attempt.ends_at, now)
    return {"attempt": attempt, "delivery": attempt.delivery, "now": now, "ends_at": attempt.ends_at if shown else None}


def _shared(attempt: AttemptRow, questions: Sequence[QuestionPage], errors: Errors | None) -> dict[str, Any]:
    blocks = list_blocks(attempt.article_version_id)
    return bar_of(attempt) | {
        "questions": questions,
        "answered": answered_count(questions),
        "saved_at": last_saved(questions),
        "blocks": blocks,
        "sentences": {sentence.id: sentence for sentence in sentences_of(blocks)},
        "writer": new_writer(),
        "errors": errors or {},
        "certainty": attempt.delivery.certainty,
    }
