"""Saving answers: as a form and in the background. The older of two different saves is refused and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from articles.queries import list_sentences
from classroom.permissions import require_writable
from core import clock
from core.database import commit
from core.dates import clock_time
from core.web import redirect_to, require
from quizzes import permissions
from quizzes.attempts import AnswerRow, AttemptRow
from quizzes.clashes import ClashView, points_at_text, view_clash
from quizzes.forms.taking import all_sent, fields_sent, items_sent, moved_item, sent_for
from quizzes.operations.attempts import AttemptOverError, SaveOutcome, save_answers
from quizzes.queries.attempts import lock_answers_for
from quizzes.question_pages import QuestionPage, next_stop
from quizzes.question_types import TYPES
from quizzes.question_types.base import Answer
from quizzes.views import attempt_pages

blueprint = Blueprint("saving", __name__)
Answered = str | Response | tuple[str | Response, int]


@blueprint.post("/attempts/<int:attempt_id>/questions/<int:number>")
def question(attempt_id: int, number: int) -> Answered:
    """Save the page of one question and go where the button leads."""
    attempt, _answers, outcome = _save(attempt_id, items_sent(request.form))
    commit()
    if outcome.refused:
        return attempt_pages.one_question(attempt, _as_typed(attempt, outcome), number, outcome.refused), 422
    if outcome.clashes:
        return _clash_page(attempt, outcome, request.path)
    return _go_on(attempt, number)


@blueprint.post("/attempts/<int:attempt_id>/responses")
def all_questions(attempt_id: int) -> Answered:
    """Save the page with all questions and go where the button leads; for a script: save what it gathered."""
    attempt, answers, outcome = _save(attempt_id, items_sent(request.form))
    commit()
    if _is_script():
        return jsonify(items=_told(attempt, answers, outcome), **_time_left(attempt)), _status(outcome)
    if outcome.refused:
        return attempt_pages.all_questions(attempt, _as_typed(attempt, outcome), outcome.refused), 422
    if outcome.clashes:
        return _clash_page(attempt, outcome, request.path)
    return _go_on(attempt, 0)


@blueprint.post("/attempts/<int:attempt_id>/responses/<int:item_id>")
def response(attempt_id: int, item_id: int) -> Answered:
    """Save one answer for a script; JSON says what became of it."""
    attempt, answers, outcome = _save(attempt_id, [item_id])
    commit()
    return jsonify(_told(attempt, answers, outcome)[item_id]), _status(outcome)


@blueprint.errorhandler(AttemptOverError)
def over(error: AttemptOverError) -> Answered:
    """Too late: 409, and where to see what was handed in."""
    attempt = error.attempt
    result = url_for("taking.result", attempt_id=attempt.id)
    if _is_script():
        return jsonify(error=str(_("Time is up: what was saved was handed in.")), over=result), 409
    return render_template("quizzes/taking/over.html", attempt=attempt, delivery=attempt.delivery), 409


def _save(attempt_id: int, item_ids: list[int]) -> tuple[AttemptRow, list[AnswerRow], SaveOutcome]:
    attempt, answers = lock_answers_for(current_user.id, attempt_id, item_ids)
    require(permissions.may_take(attempt.delivery.role))
    require_writable(attempt.delivery)
    return attempt, answers, save_answers(attempt, answers, all_sent(request.form, item_ids), clock.now())


def _is_script() -> bool:
    return bool(request.accept_mimetypes.best == "application/json")


def _status(outcome: SaveOutcome) -> int:
    if outcome.clashes:
        return 409
    return 422 if outcome.refused else 200


def _told(attempt: AttemptRow, answers: Sequence[AnswerRow], outcome: SaveOutcome) -> dict[int, dict[str, Any]]:
    """What became of each item, for a script."""
    zone = attempt.delivery.zone
    by_item = {row.item_id: row for row in answers}
    told: dict[int, dict[str, Any]] = {item: {"error": words} for item, words in outcome.refused.items()}
    for item, saved in outcome.saved.items():
        when = clock_time(saved.saved_at, zone)
        told[item] = {"revision": saved.revision, "saved": when, "answered": saved.answer is not None}
        told[item] |= _understood(by_item[item], saved.answer)
    for clash in _view_clashes(attempt, outcome) if outcome.clashes else ():
        when = clock_time(clash.saved_at, zone)
        both = {"kept": clash.kept, "sent": clash.sent, "revision": clash.revision, "saved": when}
        both["number"] = clash.number
        told[clash.item_id] = {"error": str(_("Saved in another window as well")), "clash": both}
    return told


def _time_left(attempt: AttemptRow) -> dict[str, str]:
    """When the attempt ends and what the time is, for a page whose timer may know an earlier end."""
    bar = attempt_pages.bar_of(attempt)
    return {"ends": bar["ends_at"].isoformat(), "now": bar["now"].isoformat()} if bar["ends_at"] else {}


def _understood(row: AnswerRow, answer: Answer | None) -> dict[str, str]:
    """How an answer was read, for types that say it, such as a number."""
    kind = TYPES[row.type]
    if not kind.tells_reading:
        return {}
    return {"understood": (kind.understood(kind.read(row.content), answer) or "") if answer else ""}


def _go_on(attempt: AttemptRow, number: int) -> Response:
    """To the question or the check that the button pressed names; a flag stays on the page."""
    where = request.form.get("go", "")
    target = next_stop(where, number, len(attempt.layout))
    if target is None:
        return redirect_to("answering.check", attempt_id=attempt.id)
    if attempt.delivery.layout == "all":
        return redirect_to("answering.attempt", attempt_id=attempt.id, _anchor=_moved_question(attempt))
    return redirect_to("answering.question", attempt_id=attempt.id, number=target)


def _moved_question(attempt: AttemptRow) -> str | None:
    """The place of the question whose rows a button moved: the page comes back there."""
    numbers = {row["item"]: number for number, row in enumerate(attempt.layout, 1)}
    moved = moved_item(request.form)
    return f"q{numbers[moved]}" if moved in numbers else None


def _as_typed(attempt: AttemptRow, outcome: SaveOutcome) -> list[QuestionPage]:
    """The questions as saved, but for those refused: as they were typed."""
    pages = attempt_pages.list_questions(attempt)
    typed = {
        item: TYPES[page.type].as_typed(sent_for(request.form, item).fields or {})
        for page in pages
        if (item := page.item_id) in outcome.refused
    }
    return [replace(page, answer=typed.get(page.item_id) or page.answer) for page in pages]


def _view_clashes(attempt: AttemptRow, outcome: SaveOutcome) -> list[ClashView]:
    needed = points_at_text(outcome.clashes)
    sentences = {at.id: at for at in list_sentences(attempt.article_version_id)} if needed else {}
    return [view_clash(clash, sentences, fields_sent(request.form, clash.kept.item_id)) for clash in outcome.clashes]


def _clash_page(attempt: AttemptRow, outcome: SaveOutcome, action: str) -> Answered:
    context: dict[str, Any] = {"clashes": _view_clashes(attempt, outcome), "action": action}
    writer = request.form.get("writer", "")
    bar = attempt_pages.bar_of(attempt)
    return render_template("quizzes/taking/clash.html", writer=writer, **context, **bar), 409
