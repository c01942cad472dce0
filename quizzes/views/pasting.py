"""Pasting a list of questions: what it would make, then all of it or nothing."""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from articles.queries import list_sentences
from core.database import commit
from core.errors import Conflict
from core.translation import number_in_words
from core.web import is_fragment_request, redirect_to
from quizzes.forms.pasting import EXAMPLES, PasteForm
from quizzes.operations.imports import add_questions
from quizzes.operations.locks import QuizLockedError
from quizzes.operations.questions import TooManyQuestionsError
from quizzes.pasted_questions import PastePlan, plan_paste
from quizzes.queries.authoring import QuizRow
from quizzes.queries.items import count_items
from quizzes.question_types import TYPES
from quizzes.questions import MOST_QUESTIONS
from quizzes.views.authoring import Answered, locked_words, own_quiz

blueprint = Blueprint("pasting", __name__)
PAGE, PREVIEW = "quizzes/authoring/paste.html", "quizzes/authoring/_pasted.html"


@blueprint.get("/quizzes/<int:quiz_id>/questions/paste")
def edit(quiz_id: int) -> str:
    """Show the field for the list, with what the forms look like."""
    return _page(_open_quiz(quiz_id), PasteForm(), None)


@blueprint.post("/quizzes/<int:quiz_id>/questions/paste")
def preview(quiz_id: int) -> Answered:
    """Show what the list would make; nothing is written."""
    quiz, form = _open_quiz(quiz_id), PasteForm()
    is_readable = form.validate()
    plan = _plan(quiz, form) if is_readable else None
    if is_fragment_request():
        return render_template(PREVIEW, quiz=quiz, plan=plan, types=TYPES, form=form)
    page = _page(quiz, form, plan)
    return page if is_readable else (page, 422)


@blueprint.post("/quizzes/<int:quiz_id>/questions")
def create(quiz_id: int) -> Answered:
    """Add every question of the list, or none and say why."""
    quiz, form = _open_quiz(quiz_id), PasteForm()
    if not form.validate():
        return _page(quiz, form, None), 422
    plan = _plan(quiz, form)
    if not plan.can_be_added:
        return _page(quiz, form, plan), 422
    try:
        add_questions(quiz.id, current_user.id, [question.draft for question in plan.questions])
    except QuizLockedError as error:
        raise Conflict(locked_words()) from error
    except TooManyQuestionsError as error:
        raise Conflict(_("A quiz can have %(n)s questions at most.", n=MOST_QUESTIONS)) from error
    commit()
    many = len(plan.questions)
    words = number_in_words(many).capitalize()
    flash(ngettext("One question is added.", "%(words)s questions are added.", many, words=words))
    return redirect_to("authoring.edit", quiz_id=quiz.id)


def _open_quiz(quiz_id: int) -> QuizRow:
    quiz = own_quiz(quiz_id)
    if quiz.is_locked:
        raise Conflict(locked_words())
    return quiz


def _plan(quiz: QuizRow, form: PasteForm) -> PastePlan:
    return plan_paste(form.pasted, list_sentences(quiz.version_id), count_items(quiz.id))


def _page(quiz: QuizRow, form: PasteForm, plan: PastePlan | None) -> str:
    return render_template(PAGE, quiz=quiz, form=form, plan=plan, types=TYPES, examples=EXAMPLES)
