"""Reading and grading answers by hand, for the staff of a class. Grades are drafts until they are released."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from classroom.permissions import require_writable
from core.database import commit
from core.web import not_found, redirect_to, require
from quizzes import permissions
from quizzes.attempts import DeliveryRow
from quizzes.deliveries import RELEASE_PHRASES
from quizzes.forms.grading import GradeForm
from quizzes.operations.grading import (
    DraftsChangedError,
    HandGrade,
    StaleGradeError,
    drop_draft,
    fingerprint,
    list_drafts,
    release_drafts,
    save_draft,
)
from quizzes.piles import Pile, wanted
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.grading import BY_HAND, GradedAnswer, ItemCounts, count_answers, get_answer, list_answers
from quizzes.queries.items import list_items
from quizzes.question_types import TYPES
from quizzes.views.authoring import Answered

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


@blueprint.route("/deliveries/<int:delivery_id>/grading/<int:item_id>", methods=["GET", "POST"])
def answer(delivery_id: int, item_id: int) -> Answered:
    """Show one answer and draft its grade: the one asked for, else the first that nobody has graded."""
    delivery = _delivery(delivery_id)
    pile, shown = _pile(delivery, item_id)
    form = _form(shown)
    if not form.is_submitted():
        return _page(delivery, pile, shown, form)
    require_writable(delivery)
    form.read_levels(request.form)
    if not form.validate():
        return _page(delivery, pile, shown, form), 422
    given = (current_user.id, form.points.data, form.text("comment"), form.text("seen"), form.text("why"), form.chosen)
    try:
        save_draft(shown.id, HandGrade(*given))
    except StaleGradeError:
        pile, shown = _pile(delivery, item_id)  # as it is now, in this very moment
        form.released = shown.points
        form.seen.data, form.seen.raw_data = shown.seen, None
        return _page(delivery, pile, shown, form, stale=True), 409
    commit()
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
        return _release_page(delivery, item_id)
    require_writable(delivery)
    try:
        count = release_drafts(delivery.id, item_id, request.form.get("seen", ""))
    except DraftsChangedError:
        return _release_page(delivery, item_id, stale=True), 409
    commit()
    flash(ngettext("One grade is released.", "%(num)s grades are released.", count))
    return redirect_to("grading.index", delivery_id=delivery.id)


def _release_page(delivery: DeliveryRow, item_id: int | None, *, stale: bool = False) -> str:
    drafts = list_drafts(delivery.id, item_id)
    items = list_items(delivery.quiz_id)
    item = next((row for row in items if row.item_id == item_id), None)
    if item_id is not None and (item is None or item.type not in BY_HAND):
        not_found()
    kinds = Counter("first" if d.before is None else "changed" if d.before != d.points else "words" for d in drafts)
    return render_template(
        "quizzes/grading/release.html",
        delivery=delivery,
        item=item,
        drafts=drafts,
        kinds=kinds,
        students=len({draft.attempt_id for draft in drafts}),
        seen=fingerprint(drafts),
        stale=stale,
        scores=RELEASE_PHRASES[delivery.release_score],
        words=RELEASE_PHRASES[delivery.release_feedback],
    )


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


def _form(shown: GradedAnswer) -> GradeForm:
    """The form of the draft, or of the released grade, or an empty one."""
    draft = shown.draft
    points, comment = (draft.points, draft.comment) if draft else (shown.points, shown.comment)
    form = GradeForm(data={"points": points, "comment": comment, "why": draft.why if draft else "", "seen": shown.seen})
    form.most, form.was, form.released = shown.most, points, shown.points
    form.rubric = getattr(TYPES[shown.type].read(shown.content), "rubric", ())
    form.chosen = form.chosen_before = draft.rubric if draft else shown.rubric
    return form


def _page(delivery: DeliveryRow, pile: Pile, shown: GradedAnswer, form: GradeForm, **more: Any) -> str:
    kind = TYPES[shown.type]
    content = kind.read(shown.content)
    return render_template(
        "quizzes/grading/answer.html",
        delivery=delivery,
        item_id=pile.item_id,
        shown=shown,
        pile=pile,
        form=form,
        content=content,
        answer_html=kind.answer_html(shown.answer),
        stale=more.get("stale", False),
    )
