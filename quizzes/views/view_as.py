"""A quiz as one student of the class meets it at one moment: for staff, to look at. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import list_blocks, sentences_of
from classroom.permissions import is_active_student
from classroom.queries import PersonRow, list_people
from core import clock
from core.web import not_found, require
from quizzes import permissions
from quizzes.attempts import DeliveryRow, OwnAttempt
from quizzes.forms.taking import StartForm
from quizzes.forms.view_as import PAGES, ViewAsForm
from quizzes.operations.attempts import NoQuestionsError, new_layout
from quizzes.queries.attempts import get_attempt_for, list_own_attempts, list_unanswered
from quizzes.queries.deliveries import find_delivery_for, get_delivery_for
from quizzes.queries.draws import draw_for
from quizzes.queries.items import list_items
from quizzes.question_pages import question_page
from quizzes.start_pages import start_page
from quizzes.viewed import attempt_at, attempts_at
from quizzes.views.result_pages import result_context
from quizzes.views.start_context import start_context

blueprint = Blueprint("view_as", __name__)
MOST_TO_CHOOSE_FROM = 300


@dataclass(frozen=True)
class _Seat:
    """The student whose eyes are borrowed, the quiz and the attempts as they are for them, and what all pages need."""

    student: PersonRow
    delivery: DeliveryRow
    own: list[OwnAttempt]
    moment: datetime
    shared: dict[str, Any]


@blueprint.get("/deliveries/<int:delivery_id>/view-as")
def show(delivery_id: int) -> ResponseReturnValue:
    """The start page, the questions or the result, as the student saw or will see them at the moment."""
    delivery = get_delivery_for(current_user.id, delivery_id)
    require(permissions.grades(delivery.role), _("This page is for your instructors."))
    page = request.args.get("page", "start")
    if page not in PAGES:
        not_found()
    students = [person for person in list_people(delivery.section_id) if is_active_student(person)]
    form = _form(delivery, students)
    is_valid = "student" not in request.args or form.validate()
    student = next((person for person in students if person.enrollment_id == form.student.data), None)
    if "student" in request.args and student is None:
        not_found()
    moment = form.at.data if is_valid and form.at.data else clock.now()
    viewed = {"delivery_id": delivery_id, "student": form.student.data, "at": request.args.get("at")}
    shared = {
        "viewed": viewed,
        "staff": delivery,
        "chosen": student,
        "choice": form,
        "moment": moment,
        "shown_page": page,
    }
    own_delivery = find_delivery_for(student.user_id, delivery_id) if student else None
    status = 200 if is_valid else 422
    if student is None or own_delivery is None or not is_valid:
        return render_template("quizzes/view_as/choose.html", **shared), status
    own = attempts_at(list_own_attempts(delivery_id, own_delivery.enrollment_id), moment)
    seat = _Seat(student, own_delivery, own, moment, shared)
    return {"start": _start, "questions": _questions, "result": _result}[page](seat)


def _form(delivery: DeliveryRow, students: list[PersonRow]) -> ViewAsForm:
    wanted = request.args.get("student", type=int)
    offered = [each for at, each in enumerate(students) if at < MOST_TO_CHOOSE_FROM or each.enrollment_id == wanted]
    form = ViewAsForm(request.args)
    return form.offer(((each.enrollment_id, each.name) for each in offered), delivery.zone)


def _start(seat: _Seat) -> str:
    context = start_context(seat.delivery, seat.own, seat.moment)
    return render_template("quizzes/view_as/start.html", form=StartForm(), **context, **seat.shared)


def _questions(seat: _Seat) -> str:
    """The attempt that was in progress then, without its answers; else one that could be started, shuffled anew."""
    page = start_page(seat.delivery, seat.own, seat.moment)
    delivery, attempt, version_id, layout = seat.delivery, None, seat.delivery.version_id, []
    if page.in_progress:
        attempt = get_attempt_for(seat.student.user_id, page.in_progress.id)
        layout, version_id = attempt.layout, attempt.article_version_id
    elif page.can_start:
        try:
            random = Random(delivery.enrollment_id)  # noqa: S311
            items = draw_for(delivery.quiz_id, list_items(delivery.quiz_id), random)
            layout = new_layout(delivery, items, random)
        except NoQuestionsError:
            layout = []
    blocks = list_blocks(version_id)
    return render_template(
        "quizzes/view_as/questions.html",
        delivery=delivery,
        attempt=attempt,
        page=page,
        questions=[question_page(row) for row in list_unanswered(layout)],
        blocks=blocks,
        sentences={sentence.id: sentence for sentence in sentences_of(blocks)},
        **seat.shared,
    )


def _result(seat: _Seat) -> str:
    """The result of the attempt asked for, or of the last that was handed in by then."""
    lines = start_page(seat.delivery, seat.own, seat.moment).attempts
    done = [line.id for line in lines if line.handed_in_at is not None]
    wanted = request.args.get("attempt", type=int) or (done[-1] if done else None)
    if wanted is None:
        return render_template("quizzes/view_as/choose.html", nothing_yet=True, **seat.shared)
    if wanted not in done:
        not_found()
    attempt = attempt_at(get_attempt_for(seat.student.user_id, wanted), seat.moment)
    context = result_context(attempt, seat.own, seat.moment)
    return render_template("quizzes/view_as/result.html", **context, **seat.shared)
