"""Trying a quiz as a student would take it. Nothing is recorded."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import list_blocks
from core.web import require
from quizzes import permissions
from quizzes.forms.taking import sent_for
from quizzes.preview import total, try_answer
from quizzes.queries.authoring import get_quiz_for
from quizzes.queries.items import list_anchors, list_items
from quizzes.question_pages import preview_page

blueprint = Blueprint("preview", __name__)


@blueprint.route("/quizzes/<int:quiz_id>/preview", methods=["GET", "POST"])
def show(quiz_id: int) -> str:
    """Show the quiz with all questions on one page; with answers, what a student would be told about them."""
    quiz = get_quiz_for(current_user, quiz_id)
    require(
        permissions.may_open_settings(quiz.roles, is_author=quiz.is_author), _("This page is for your instructors.")
    )
    items = list_items(quiz.id)
    pages = [preview_page(item) for item in items]
    tried = {}
    if request.method == "POST":
        tried = {item.item_id: try_answer(item, sent_for(request.form, item.item_id).fields or {}) for item in items}
        pages = [replace(page, answer=tried[page.item_id].answer) for page in pages]
    return render_template(
        "quizzes/authoring/preview.html",
        quiz=quiz,
        questions=pages,
        tried=tried,
        general={item.item_id: item.general_feedback_html for item in items},
        anchors=list_anchors([item.version_id for item in items]),
        versions={item.item_id: item.version_id for item in items},
        points=total(list(tried.values())),
        worth=sum(item.points for item in items),
        blocks=list_blocks(quiz.version_id),
    )
