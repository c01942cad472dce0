"""A quiz as a whole, for its author: making, naming, copying, publishing and deleting it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from articles.queries import get_article_for
from core.database import commit
from core.errors import Conflict
from core.forms import refused
from core.points import format_percent, format_points
from core.translation import number_in_words
from core.web import redirect_to, require
from quizzes.forms.quizzes import TitleForm
from quizzes.operations.authoring import (
    NotReadyError,
    create_quiz,
    delete_quiz,
    duplicate_quiz,
    publish_quiz,
    rename_quiz,
    unpublish_quiz,
)
from quizzes.operations.locks import QuizLockedError
from quizzes.queries.authoring import QuizRow, get_quiz_for, list_quizzes_of_article
from quizzes.queries.editor import load_editor
from quizzes.question_types import TYPES

blueprint = Blueprint("authoring", __name__)
blueprint.add_app_template_filter(format_points, "points")
blueprint.add_app_template_filter(format_percent, "of_the_points")
Answered = str | Response | tuple[str, int]


@blueprint.app_context_processor
def _for_article_pages() -> dict[str, Any]:
    """Let an article's page list its author's quizzes on it: `quizzes_of_article(article_id)`."""
    return {"quizzes_of_article": lambda article_id: list_quizzes_of_article(current_user.id, article_id)}


def own_quiz(quiz_id: int) -> QuizRow:
    """Return a quiz that the viewer wrote: 404 for strangers, 403 for everybody else in its classes."""
    quiz = get_quiz_for(current_user, quiz_id)
    require(quiz.is_author, _("Only its author can change this quiz."))
    return quiz


@blueprint.route("/articles/<int:article_id>/quizzes/new", methods=["GET", "POST"])
def new(article_id: int) -> Answered:
    """Ask for a title, and make a draft on one of the viewer's articles."""
    article = get_article_for(current_user, article_id)
    form = TitleForm()
    if not form.is_submitted():
        return render_template("quizzes/authoring/new.html", form=form, article=article)
    if not form.validate():
        return refused("quizzes/authoring/new.html", form=form, article=article)
    quiz = create_quiz(current_user.id, article.id, form.text("title"))
    commit()
    return redirect_to("authoring.edit", quiz_id=quiz.id)


@blueprint.get("/quizzes/<int:quiz_id>")
def edit(quiz_id: int) -> str:
    """Show the questions, what can be added, and what the quiz is called."""
    quiz = own_quiz(quiz_id)
    return _page(quiz, TitleForm(data={"title": quiz.title}))


def _page(quiz: QuizRow, form: TitleForm, problems: Any = ()) -> str:
    return render_template(
        "quizzes/authoring/edit.html",
        quiz=quiz,
        editor=load_editor(quiz),
        form=form,
        types=TYPES,
        problems=problems,
        how_many=number_in_words(len(problems)).capitalize(),
    )


@blueprint.post("/quizzes/<int:quiz_id>/title")
def rename(quiz_id: int) -> Answered:
    """Give the quiz another title."""
    quiz = own_quiz(quiz_id)
    form = TitleForm()
    if not form.validate():
        return _page(quiz, form), 422
    rename_quiz(quiz.id, form.text("title"))
    commit()
    flash(_("Renamed."))
    return redirect_to("authoring.edit", quiz_id=quiz.id)


@blueprint.post("/quizzes/<int:quiz_id>/copies")
def duplicate(quiz_id: int) -> Response:
    """Make a draft with copies of all questions."""
    quiz = own_quiz(quiz_id)
    copy = duplicate_quiz(current_user.id, quiz.id, _("Copy of %(title)s", title=quiz.title)[:200])
    commit()
    flash(_("This is the copy. No class has it yet."))
    return redirect_to("authoring.edit", quiz_id=copy.id)


@blueprint.post("/quizzes/<int:quiz_id>/publication")
def publish(quiz_id: int) -> Answered:
    """Publish the quiz, or show everything that keeps it from being published."""
    quiz = own_quiz(quiz_id)
    try:
        publish_quiz(quiz.id)
    except NotReadyError as error:
        return _page(quiz, TitleForm(formdata=None, data={"title": quiz.title}), error.problems), 422
    commit()
    if quiz.classes:
        flash(_("Published."))
        return redirect_to("authoring.edit", quiz_id=quiz.id)
    flash(_("Published. Now choose the classes that get it."))
    return redirect_to("deliveries.settings", quiz_id=quiz.id)


@blueprint.post("/quizzes/<int:quiz_id>/withdrawal")
def unpublish(quiz_id: int) -> Response:
    """Stop new starts."""
    quiz = own_quiz(quiz_id)
    unpublish_quiz(quiz.id)
    commit()
    flash(_("Unpublished. Nobody can start it now; attempts in progress go on."))
    return redirect_to("authoring.edit", quiz_id=quiz.id)


@blueprint.route("/quizzes/<int:quiz_id>/deletion", methods=["GET", "POST"])
def delete(quiz_id: int) -> Answered:
    """Say what goes with the quiz, and delete it."""
    quiz = own_quiz(quiz_id)
    form = TitleForm(formdata=None)
    if not form.is_submitted():
        editor = load_editor(quiz)
        return render_template("quizzes/authoring/delete_quiz.html", quiz=quiz, editor=editor)
    try:
        delete_quiz(quiz.id)
    except QuizLockedError as error:
        raise Conflict(locked_words()) from error
    commit()
    flash(_("Deleted."))
    return redirect_to("library.show", article_id=quiz.article_id)


def locked_words() -> str:
    """Return why questions cannot be added, removed, moved or reweighted."""
    return str(
        _(
            "Students have started this quiz, so its questions and points stay as they are. "
            "You can still edit what a question says, or duplicate the quiz and change the copy."
        )
    )
