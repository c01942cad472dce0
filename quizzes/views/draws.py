"""Draws: questions of a tag, other ones in every attempt."""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from core.database import commit
from core.errors import Conflict
from core.points import POINT
from core.translation import number_in_words
from core.web import not_found, redirect_to
from quizzes.forms.draws import DrawForm
from quizzes.operations.draws import add_draws
from quizzes.operations.locks import QuizLockedError
from quizzes.operations.questions import TooManyQuestionsError
from quizzes.queries.authoring import QuizRow
from quizzes.queries.draws import list_pools
from quizzes.queries.editor import load_editor
from quizzes.question_types import TYPES
from quizzes.question_types.draw import DRAW
from quizzes.questions import MOST_QUESTIONS, QuestionWords
from quizzes.views.authoring import Answered, locked_words, own_quiz

blueprint = Blueprint("draws", __name__)


@blueprint.route("/quizzes/<int:quiz_id>/draws", methods=["GET", "POST"])
def new(quiz_id: int) -> Answered:
    """Choose a tag and how many of its questions every attempt asks."""
    quiz = own_quiz(quiz_id)
    if quiz.is_locked:
        raise Conflict(locked_words())
    form = DrawForm(data={"many": 1, "points": POINT}).offer(list_pools(quiz.id))
    if not form.is_submitted():
        return _page(quiz, form)
    if not form.validate():
        return _page(quiz, form), 422
    tag = form.pools[form.tag.data].tag
    words = QuestionWords.of(_("A question drawn from “%(tag)s”", tag=tag))
    try:
        add_draws(quiz.id, current_user.id, tag, (form.many.data, form.points.data, words))
    except QuizLockedError as error:
        raise Conflict(locked_words()) from error
    except TooManyQuestionsError as error:
        raise Conflict(_("A quiz can have %(n)s questions at most.", n=MOST_QUESTIONS)) from error
    commit()
    many = number_in_words(form.many.data).capitalize()
    flash(ngettext("One draw is added.", "%(many)s draws are added.", form.many.data, many=many))
    return redirect_to("authoring.edit", quiz_id=quiz.id)


@blueprint.get("/quizzes/<int:quiz_id>/draws/<int:item_id>")
def show(quiz_id: int, item_id: int) -> str:
    """Show a draw in its quiz, to be moved, copied or taken away."""
    quiz = own_quiz(quiz_id)
    editor = load_editor(quiz)
    question = editor.get(item_id)
    if question.item.type != DRAW:
        not_found()
    return render_template("quizzes/authoring/draw.html", quiz=quiz, editor=editor, question=question, types=TYPES)


def _page(quiz: QuizRow, form: DrawForm) -> str:
    return render_template(
        "quizzes/authoring/new_draw.html", quiz=quiz, editor=load_editor(quiz), form=form, types=TYPES
    )
