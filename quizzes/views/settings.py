"""A quiz in classes: which have it, under which rules, and releasing what students wait for."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from classroom.permissions import require_writable
from core.database import commit, give_up
from core.errors import Conflict
from core.web import not_found, redirect_to, require
from quizzes import permissions
from quizzes.attempts import DeliveryRow
from quizzes.deliveries import DeliveryRules, attempts_in_words, delay_in_words, limit_in_words, released_together
from quizzes.forms.settings import RulesForm
from quizzes.operations.deliveries import (
    MOST_PER_CLASS,
    AlreadyDeliveredError,
    ClassIsFullError,
    DeliveryHasAttemptsError,
    change_rules,
    deliver_quiz,
    release_now,
    remove_delivery,
)
from quizzes.queries.authoring import QuizRow, get_quiz_for
from quizzes.queries.deliveries import get_delivery_for
from quizzes.queries.settings import ClassSettings, list_class_settings, list_lost_questions
from quizzes.views.authoring import Answered

blueprint = Blueprint("deliveries", __name__)


@blueprint.get("/quizzes/<int:quiz_id>/settings")
def settings(quiz_id: int) -> str:
    """Show the settings in the first class that has the quiz."""
    quiz = _quiz(quiz_id)
    classes = list_class_settings(current_user, quiz)
    chosen = next((row for row in classes if row.delivery_id), classes[0] if classes else None)
    return _page(quiz, classes, chosen, _form(classes, chosen))


@blueprint.route("/quizzes/<int:quiz_id>/settings/<int:assignment_id>", methods=["GET", "POST"])
def one(quiz_id: int, assignment_id: int) -> Answered:
    """Show or change the settings in one class; saving gives the quiz to a class that does not have it."""
    quiz = _quiz(quiz_id)
    classes = list_class_settings(current_user, quiz)
    chosen = next((row for row in classes if row.assignment_id == assignment_id), None) or not_found()
    form = _form(classes, chosen)
    if not form.is_submitted():
        return _page(quiz, classes, chosen, form)
    require_writable(chosen)
    require(permissions.edits(chosen.role), _("Only instructors of this class can change these settings."))
    if not form.validate():
        return _page(quiz, classes, chosen, form), 422
    receivers = [chosen, *(row for row in classes if row.assignment_id in (form.also.data or ()))]
    if not _text_is_there(quiz, receivers, form):
        return _page(quiz, classes, chosen, form), 422
    try:
        for row in receivers:
            _give(quiz, row, form.rules())
    except ClassIsFullError:
        give_up()
        form.form_errors.append(_("A class has %(n)s quizzes at most. Take one away first.", n=MOST_PER_CLASS))
        return _page(quiz, classes, chosen, form), 422
    commit()
    flash(_("Saved.") if chosen.delivery_id else _("%(name)s has the quiz now.", name=chosen.section_name))
    return redirect_to("deliveries.one", quiz_id=quiz.id, assignment_id=assignment_id)


@blueprint.post("/deliveries/<int:delivery_id>/release")
def release(delivery_id: int) -> Response:
    """Show students what waits for the instructor."""
    delivery = _changeable(delivery_id)
    release_now(delivery.id)
    commit()
    flash(_("Released. Students of %(name)s see it now.", name=delivery.section_name))
    return redirect_to("deliveries.one", quiz_id=delivery.quiz_id, assignment_id=delivery.assignment_id)


@blueprint.route("/deliveries/<int:delivery_id>/removal", methods=["GET", "POST"])
def remove(delivery_id: int) -> Answered:
    """Take the quiz away from a class where nobody has started it."""
    delivery = _changeable(delivery_id)
    if request.method == "GET":
        return render_template("quizzes/authoring/remove_delivery.html", delivery=delivery)
    try:
        remove_delivery(delivery.id)
    except DeliveryHasAttemptsError as error:
        raise Conflict(_("Students have started this quiz, so it stays in the class. Their work is kept.")) from error
    commit()
    flash(_("%(name)s does not have the quiz any more.", name=delivery.section_name))
    return redirect_to("deliveries.settings", quiz_id=delivery.quiz_id)


def _quiz(quiz_id: int) -> QuizRow:
    quiz = get_quiz_for(current_user, quiz_id)
    require(
        permissions.may_open_settings(quiz.roles, is_author=quiz.is_author), _("This page is for your instructors.")
    )
    return quiz


def _changeable(delivery_id: int) -> DeliveryRow:
    delivery = get_delivery_for(current_user.id, delivery_id)
    require(permissions.edits(delivery.role), _("Only instructors of this class can change these settings."))
    require_writable(delivery)
    return delivery


def _text_is_there(quiz: QuizRow, receivers: Sequence[ClassSettings], form: RulesForm) -> bool:
    """Whether each class reads every passage that the quiz points at; the form says where one is missing."""
    for row in receivers:
        lost = list_lost_questions(quiz.id, row.version_id) if row.version_id != quiz.version_id else []
        if lost:
            message = _(
                "%(name)s reads an older version of the article, without a passage of question %(n)s. "
                "Move the class to the newest version first.",
                name=row.section_name,
                n=lost[0],
            )
            form.form_errors.append(message)
    return not form.form_errors


def _give(quiz: QuizRow, row: ClassSettings, rules: DeliveryRules) -> None:
    if row.delivery_id:
        change_rules(row.delivery_id, rules)
        return
    try:
        deliver_quiz(quiz.id, row.assignment_id, rules)
    except AlreadyDeliveredError as error:
        raise Conflict(_("The class was given this quiz meanwhile. Load the page again.")) from error


def _form(classes: Sequence[ClassSettings], chosen: ClassSettings | None) -> RulesForm:
    rules = _rules(classes, chosen)
    form = RulesForm(data=RulesForm.values_of(rules))
    others = [row for row in classes if row.may_change and chosen and row.assignment_id != chosen.assignment_id]
    form.offer((row.assignment_id, row.section_name) for row in others)
    return form


def _rules(classes: Sequence[ClassSettings], chosen: ClassSettings | None) -> DeliveryRules:
    """The class's rules, or those of the first class that has the quiz, or the usual ones."""
    known = [chosen.rules] if chosen else []
    return next((rules for rules in [*known, *(row.rules for row in classes)] if rules), DeliveryRules())


def _page(quiz: QuizRow, classes: Sequence[ClassSettings], chosen: ClassSettings | None, form: RulesForm) -> str:
    rules = chosen.rules if chosen and chosen.rules else None
    alike = [row for row in classes if chosen and rules and row.same_as(chosen)]
    return render_template(
        "quizzes/authoring/settings.html",
        quiz=quiz,
        classes=classes,
        chosen=chosen,
        form=form,
        rules=rules,
        names=[row.section_name for row in alike],
        started=sum(row.started for row in alike),
        how_often=attempts_in_words(rules) if rules else "",
        how_long=limit_in_words(rules) if rules else "",
        pause=delay_in_words(rules) if rules else "",
        releases=released_together(rules) if rules else [],
    )
