"""A second try after re-reading: the passage that the question tests beside the question, once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from articles.addresses import to_reading
from articles.queries import list_blocks, sentences_of
from articles.spans import covered
from classroom.permissions import require_writable
from core import clock
from core.database import commit
from core.errors import Conflict
from core.web import not_found, redirect_to, require
from quizzes import permissions
from quizzes.attempts import AnswerRow, AttemptRow
from quizzes.forms.taking import moved_item, sent_for
from quizzes.operations.given_answers import given_answer
from quizzes.operations.second_tries import AlreadyTriedError, NothingToTryError, try_again
from quizzes.queries.attempts import get_attempt_for, list_answers, list_own_attempts
from quizzes.queries.items import list_anchors
from quizzes.queries.second_tries import list_second_tries
from quizzes.question_pages import question_page
from quizzes.question_types import TYPES
from quizzes.question_types.base import Answer, AnswerRefusedError
from quizzes.reviews import Review, Text, review
from quizzes.second_tries import Again
from quizzes.telling import telling_of

blueprint = Blueprint("second_tries", __name__)
_TOO_LATE = lazy_gettext("This question cannot be tried again any more. What you answered first stands.")
Answered = str | Response | tuple[str | Response, int]


@dataclass(frozen=True)
class _Asked:
    """A question of one's own handed-in attempt, and how it stands with its second try."""

    attempt: AttemptRow
    row: AnswerRow
    again: Again
    first: Review
    blocks: Any


@blueprint.get("/attempts/<int:attempt_id>/second-tries/<int:item_id>")
def show(attempt_id: int, item_id: int) -> Answered:
    """The question with the first answer, and the passage that it tests; the result once there is no second try."""
    asked = _load(attempt_id, item_id)
    return _page(asked) if asked.again.is_left else _to_result(asked)


@blueprint.post("/attempts/<int:attempt_id>/second-tries/<int:item_id>")
def create(attempt_id: int, item_id: int) -> Answered:
    """Answer once more. The same form sent twice is one second try."""
    asked = _load(attempt_id, item_id)
    require(permissions.may_take(asked.attempt.delivery.role))
    require_writable(asked.attempt.delivery)
    if asked.again.second:
        return _to_result(asked)
    if not asked.again.is_left:
        raise Conflict(_TOO_LATE)
    answer, message = _given(asked)
    if moved_item(request.form):
        return _page(asked, answer=answer)
    if answer is None:
        return _page(asked, message or str(_("Answer the question, then hand it in."))), 422
    try:
        try_again(current_user.id, asked.attempt, asked.row, answer)
    except AlreadyTriedError:
        return _to_result(asked)
    except NothingToTryError:
        raise Conflict(_TOO_LATE) from None
    commit()
    return _to_result(asked)


def _load(attempt_id: int, item_id: int) -> _Asked:
    attempt = get_attempt_for(current_user.id, attempt_id)
    row = next((each for each in list_answers(attempt) if each.item_id == item_id), None) or not_found()
    delivery = attempt.delivery
    own = list_own_attempts(delivery.id, delivery.enrollment_id)
    telling = telling_of(attempt, own, clock.now())
    again = telling.again(row, list_second_tries(attempt.id).get(row.response_id))
    blocks = list_blocks(attempt.article_version_id)
    anchors = list_anchors([row.version_id], attempt.article_version_id)
    text = Text(sentences_of(blocks), anchors, to_reading(request.script_root, delivery.assignment_id))
    return _Asked(attempt, row, again, review(row, telling.shown(row, again), text, again), blocks)


def _given(asked: _Asked) -> tuple[Answer | None, str]:
    fields = sent_for(request.form, asked.row.item_id).fields or {}
    try:
        return given_answer(asked.row, fields, asked.attempt.article_version_id), ""
    except AnswerRefusedError as refusal:
        return None, str(refusal)


def _page(asked: _Asked, message: str = "", answer: Answer | None = None) -> str:
    row, sentences = asked.row, sentences_of(asked.blocks)
    typed = TYPES[row.type].as_typed(sent_for(request.form, row.item_id).fields or {}) if message else answer
    tested = [at for each in asked.first.look_again for at in covered(sentences, each.first_id, each.last_id)]
    return render_template(
        "quizzes/taking/second_try.html",
        attempt=asked.attempt,
        delivery=asked.attempt.delivery,
        question=question_page(row._replace(answer=typed, certainty=None)),
        first=asked.first,
        blocks=asked.blocks,
        sentences={sentence.id: sentence for sentence in sentences},
        classes=dict.fromkeys(tested, "marked"),
        errors={row.item_id: message} if message else {},
    )


def _to_result(asked: _Asked) -> Response:
    return redirect_to("taking.result", attempt_id=asked.attempt.id, _anchor=f"q{asked.row.number}")
