"""Trying a quiz as a student would take it. Nothing is recorded."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import list_blocks, list_sentences
from core.web import not_found, require
from quizzes import permissions
from quizzes.forms.authoring import sent_form, typed_words
from quizzes.forms.taking import moved_item, sent_for
from quizzes.preview import sketched, told_when_wrong, total, try_answer
from quizzes.queries.authoring import get_quiz_for
from quizzes.queries.draws import draw_for
from quizzes.queries.items import list_anchors, list_items
from quizzes.question_pages import preview_page
from quizzes.question_types import TYPES
from quizzes.views.authoring import own_quiz

blueprint = Blueprint("preview", __name__)


@blueprint.route("/quizzes/<int:quiz_id>/preview", methods=["GET", "POST"])
def show(quiz_id: int) -> str:
    """Show the quiz with all questions on one page; with answers, what a student would be told about them."""
    quiz = get_quiz_for(current_user, quiz_id)
    require(
        permissions.may_open_settings(quiz.roles, is_author=quiz.is_author), _("This page is for your instructors.")
    )
    items = draw_for(quiz.id, list_items(quiz.id), Random(quiz.id))  # noqa: S311 - the same on every look
    pages = [preview_page(item) for item in items]
    tried = {}
    if request.method == "POST":
        tried = {item.item_id: try_answer(item, sent_for(request.form, item.item_id).fields or {}) for item in items}
        pages = [replace(page, answer=tried[page.item_id].answer) for page in pages]
        tried = {} if moved_item(request.form) else tried
    return render_template(
        "quizzes/authoring/preview.html",
        quiz=quiz,
        questions=pages,
        tried=tried,
        general={item.item_id: item.general_feedback_html for item in items},
        anchors=list_anchors([item.version_id for item in items], quiz.version_id),
        versions={item.item_id: item.version_id for item in items},
        points=total(list(tried.values())),
        worth=sum(item.points for item in items),
        blocks=list_blocks(quiz.version_id),
    )


@blueprint.post("/quizzes/<int:quiz_id>/questions/sketch")
def sketch(quiz_id: int) -> str:
    """Show a question as it is being typed; nothing is checked or written. Part of the editor's page."""
    kind = request.args.get("type", "")
    if kind not in TYPES:
        not_found()
    quiz = own_quiz(quiz_id)
    form = sent_form(kind)
    form.know(list_sentences(quiz.version_id))
    is_complete = form.validate()
    number = request.args.get("number", 1, type=int)
    item = sketched(kind, typed_words(request.form), form.points.data or 0, (number, form.read_content()))
    return render_template(
        "quizzes/authoring/_seen.html",
        quiz=quiz,
        seen=preview_page(item) if item else None,
        told=told_when_wrong(item) if item and is_complete else None,
        reference=form.anchor.reference.removeprefix("¶ "),
        is_live=True,
    )
