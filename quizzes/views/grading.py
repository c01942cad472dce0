"""Reading and grading answers by hand, for the staff of a class. Grades are drafts until they are released."""

from __future__ import annotations

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from classroom.permissions import require_writable
from core.database import commit
from core.web import is_fragment_request, not_found, redirect_to, require
from quizzes import permissions
from quizzes.attempts import DeliveryRow
from quizzes.operations.grading import (
    DraftsChangedError,
    HandGrade,
    StaleGradeError,
    drop_draft,
    release_drafts,
    save_draft,
)
from quizzes.piles import Pile, mark_of, wanted
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.grading import (
    BY_HAND,
    GradedAnswer,
    ItemCounts,
    count_answers,
    get_answer,
    list_answers,
    list_ungraded,
)
from quizzes.queries.items import list_items
from quizzes.views.authoring import Answered
from quizzes.views.grading_page import answer_page, form_of, next_here, release_page, release_words

blueprint = Blueprint("grading", __name__)


@blueprint.get("/deliveries/<int:delivery_id>/grading")
def index(delivery_id: int) -> str:
    """Show the questions that a person grades, how many answers wait, and how many grades are drafts."""
    delivery = _delivery(delivery_id)
    counts = count_answers(delivery.id)
    items = [item for item in list_items(delivery.quiz_id) if item.type in BY_HAND]
    rows = [(item, counts.get(item.item_id, ItemCounts(0, 0))) for item in items]
    return render_template(
        "quizzes/grading/index.html",
        delivery=delivery,
        rows=rows,
        waiting=sum(count.ungraded for _item, count in rows),
        drafts=sum(count.drafts for _item, count in rows),
    )


@blueprint.get("/deliveries/<int:delivery_id>/grading/next")
def next_ungraded(delivery_id: int) -> Response:
    """Lead to the first answer of the quiz that nobody has graded; where there is none, to the release."""
    delivery = _delivery(delivery_id)
    for item_id, response_id in list_ungraded(delivery.id):
        mark = mark_of(item_id, response_id)
        return redirect_to("grading.answer", delivery_id=delivery.id, item_id=item_id, answer=mark)
    return redirect_to("grading.release", delivery_id=delivery.id)


@blueprint.route("/deliveries/<int:delivery_id>/grading/<int:item_id>", methods=["GET", "POST"])
def answer(delivery_id: int, item_id: int) -> Answered:
    """Show one answer and draft its grade: the one asked for, else the first that nobody has graded."""
    delivery = _delivery(delivery_id)
    pile, shown = _pile(delivery, item_id)
    form = form_of(shown)
    if not form.is_submitted():
        return answer_page(delivery, pile, shown, form)
    require_writable(delivery)
    form.read_levels(request.form)
    if not form.validate():
        return answer_page(delivery, pile, shown, form, refused=True), 422
    given = (current_user.id, form.points.data, form.text("comment"), form.text("seen"), form.text("why"), form.chosen)
    try:
        save_draft(shown.id, HandGrade(*given))
    except StaleGradeError:
        pile, shown = _pile(delivery, item_id)  # as it is now, in this very moment
        form.released = shown.points
        form.seen.data, form.seen.raw_data = shown.seen, None
        return answer_page(delivery, pile, shown, form, stale=True), 409
    commit()
    if is_fragment_request():
        return next_here(delivery)
    if pile.next_ungraded is None:
        flash(_("Saved. Every answer to this question is graded; students see the grades once you release them."))
        return redirect_to("grading.index", delivery_id=delivery.id)
    flash(_("Saved as a draft."))
    return redirect_to("grading.answer", delivery_id=delivery.id, item_id=item_id, answer=pile.next_ungraded)


@blueprint.post("/deliveries/<int:delivery_id>/grading/<int:item_id>/draft/removal")
def discard(delivery_id: int, item_id: int) -> Response:
    """Throw the draft on one answer away."""
    delivery = _delivery(delivery_id)
    require_writable(delivery)
    pile, shown = _pile(delivery, item_id)
    drop_draft(shown.id)
    commit()
    flash(_("The draft is gone."))
    return redirect_to("grading.answer", delivery_id=delivery.id, item_id=item_id, answer=pile.mark)


@blueprint.route("/deliveries/<int:delivery_id>/grading/release", methods=["GET", "POST"])
def release(delivery_id: int) -> Answered:
    """Say what students will be told, and release every draft of the quiz."""
    return _release(delivery_id, None)


@blueprint.route("/deliveries/<int:delivery_id>/grading/<int:item_id>/release", methods=["GET", "POST"])
def release_item(delivery_id: int, item_id: int) -> Answered:
    """Say what students will be told, and release the drafts of one question."""
    return _release(delivery_id, item_id)


def _release(delivery_id: int, item_id: int | None) -> Answered:
    delivery = _delivery(delivery_id)
    if request.method == "GET":
        return release_page(delivery, item_id)
    require_writable(delivery)
    try:
        count = release_drafts(delivery.id, item_id, request.form.get("seen", ""))
    except DraftsChangedError:
        return release_page(delivery, item_id, stale=True), 409
    commit()
    told = ngettext("One grade is released.", "%(num)s grades are released.", count)
    if is_fragment_request():
        return render_template(
            "quizzes/grading/_released.html", delivery=delivery, told=told, **release_words(delivery)
        )
    flash(told)
    return redirect_to("grading.index", delivery_id=delivery.id)


def _delivery(delivery_id: int) -> DeliveryRow:
    delivery = get_delivery_for(current_user.id, delivery_id)
    require(permissions.grades(delivery.role), _("This page is for your instructors."))
    return delivery


def _pile(delivery: DeliveryRow, item_id: int) -> tuple[Pile, GradedAnswer]:
    """All answers to a question, and the one that the address names."""
    lines = list_answers(delivery.id, item_id)
    asked = request.args.get("response", type=int)
    shown_id = wanted(item_id, lines, request.args.get("answer", ""), asked) or not_found()
    return Pile(item_id, lines, shown_id, current_user.id), get_answer(delivery.id, item_id, shown_id)
