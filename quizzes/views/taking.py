"""Before and after an attempt: the quizzes of a reading, the start page, handing in, the result."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from articles.queries import get_assignment_for
from classroom.permissions import require_writable
from core import clock
from core.database import commit
from core.errors import Conflict, TooOften
from core.points import format_points, points_in_words
from core.web import redirect_to, require
from quizzes import code_limits, permissions
from quizzes.attempts import DeliveryRow
from quizzes.forms.taking import StartForm, is_right_code
from quizzes.operations.attempts import (
    AttemptInProgressError,
    AttemptOverError,
    NoQuestionsError,
    hand_in,
    start_attempt,
)
from quizzes.own_limits import terms_in_words
from quizzes.queries.attempts import get_attempt_for, list_own_attempts, lock_own_attempts
from quizzes.queries.authoring import list_quizzes_of_article
from quizzes.queries.deliveries import get_delivery_for, list_deliveries_for
from quizzes.start_pages import start_page
from quizzes.timing import is_time_up
from quizzes.views import attempt_pages, saving
from quizzes.views.result_pages import result_page
from quizzes.views.start_context import start_context

blueprint = Blueprint("taking", __name__)
blueprint.add_app_template_filter(format_points, "points")
blueprint.add_app_template_filter(points_in_words, "points_in_words")
_ONLY_STUDENTS = _l("Only students take quizzes. You can preview this one.")
Answered = str | Response | tuple[str | Response, int]


@blueprint.get("/readings/<int:assignment_id>/quiz")
def overview(assignment_id: int) -> str | Response:
    """The quizzes of a reading; where there is one, its start page."""
    assignment = get_assignment_for(current_user, assignment_id)
    deliveries = list_deliveries_for(current_user.id, assignment_id)
    if len(deliveries) == 1:
        return redirect(url_for("taking.start", delivery_id=deliveries[0].id))
    terms = {row.id: terms_in_words(row, row.allowance) for row in deliveries}
    wants_one = assignment.is_staff and not deliveries
    own = list_quizzes_of_article(current_user.id, assignment.article_id) if wants_one else []
    ready = [quiz for quiz in own if quiz.published]
    shown = {"assignment": assignment, "deliveries": deliveries, "terms": terms, "ready": ready}
    return render_template("quizzes/taking/overview.html", **shown)


@blueprint.get("/deliveries/<int:delivery_id>")
def start(delivery_id: int) -> str:
    """What the quiz is worth, its time, attempts and dates, and one's own attempts so far."""
    delivery = get_delivery_for(current_user.id, delivery_id)
    return _start_page(delivery, StartForm())


@blueprint.post("/deliveries/<int:delivery_id>/attempts")
def create(delivery_id: int) -> Answered:
    """Start an attempt, or go on with the one in progress; a page that is sent again leads to what it started."""
    own = lock_own_attempts(current_user.id, delivery_id)
    delivery = get_delivery_for(current_user.id, delivery_id)
    require(permissions.may_take(delivery.role), _ONLY_STUDENTS)
    require_writable(delivery)
    page, form = start_page(delivery, own, clock.now()), StartForm()
    if page.in_progress:
        return redirect_to("answering.attempt", attempt_id=page.in_progress.id)
    if had := page.attempt(form.number.data):
        return redirect_to("taking.result", attempt_id=had.id)
    if not page.can_start:
        raise Conflict(page.why_not)
    if delivery.access_code and not _knows_code(delivery, form):
        commit()
        return _start_page(delivery, form), 422
    try:
        attempt_id = start_attempt(delivery, own, clock.now())
    except AttemptInProgressError:
        return _to_the_one_in_progress(delivery)
    except NoQuestionsError:
        raise Conflict(_("This quiz has no questions yet.")) from None
    commit()
    return attempt_pages.begun(get_attempt_for(current_user.id, attempt_id))


@blueprint.post("/attempts/<int:attempt_id>/submission")
def submit(attempt_id: int) -> Answered:
    """Hand in; once is enough, and twice does no harm. A page whose clock ran ahead gets the time that is left."""
    attempt = get_attempt_for(current_user.id, attempt_id, lock=True)
    if attempt.submitted_at is None:
        require(permissions.may_take(attempt.delivery.role))
        require_writable(attempt.delivery)
        by_clock = "time_up" in request.form
        if by_clock and not is_time_up(attempt.ends_at, clock.now()):
            return redirect_to("answering.attempt", attempt_id=attempt.id)
        hand_in(attempt, clock.now(), by_clock=by_clock)
        commit()
    return redirect_to("taking.result", attempt_id=attempt.id)


@blueprint.get("/attempts/<int:attempt_id>/result")
def result(attempt_id: int) -> str | Response:
    """The receipt, and what may be shown of the result."""
    attempt = get_attempt_for(current_user.id, attempt_id)
    if not attempt.is_handed_in(clock.now()):
        return redirect(url_for("answering.attempt", attempt_id=attempt.id))
    return result_page(attempt)


blueprint.register_error_handler(AttemptOverError, saving.over)


def _knows_code(delivery: DeliveryRow, form: StartForm) -> bool:
    """Whether the form has the access code; a wrong one is counted, and says so at the field. 429 after ten."""
    wait = code_limits.wait_for(delivery.enrollment_id, delivery.id)
    if wait:
        raise TooOften(_("Too many wrong codes. Ask your instructor for it and try again in a few minutes."), wait)
    if form.validate() and is_right_code(form.access_code.data, delivery.access_code):
        return True
    code_limits.count_failure(delivery.enrollment_id, delivery.id)
    form.access_code.errors = [*form.access_code.errors, _("That is not the code. Ask your instructor for it.")]
    return False


def _to_the_one_in_progress(delivery: DeliveryRow) -> Response:
    """Another tab was faster: both go on with the same attempt."""
    own = list_own_attempts(delivery.id, delivery.enrollment_id)
    return redirect_to("answering.attempt", attempt_id=own[-1].id)


def _start_page(delivery: DeliveryRow, form: StartForm) -> str:
    own = list_own_attempts(delivery.id, delivery.enrollment_id)
    return render_template("quizzes/taking/start.html", form=form, **start_context(delivery, own, clock.now()))
