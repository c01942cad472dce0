"""The questions of a quiz, for its author: writing, moving, copying and deleting them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from articles.queries import list_sentences
from core.database import commit
from core.errors import Conflict
from core.translation import number_in_words
from core.web import not_found, redirect_to
from quizzes.forms.authoring import blank_form, draft_of, form_of, sent_form, typed_words
from quizzes.forms.questions import QuestionForm, error_lines
from quizzes.operations.locks import QuizLockedError
from quizzes.operations.questions import (
    StaleQuestionError,
    TooManyQuestionsError,
    add_question,
    duplicate_question,
    move_question,
    remove_question,
    revise_question,
)
from quizzes.preview import told_when_wrong
from quizzes.queries.authoring import QuizRow, get_edited_version
from quizzes.queries.editor import get_item, load_editor
from quizzes.queries.items import ItemRow, list_anchors
from quizzes.queries.tags import list_tags
from quizzes.queries.uses import count_uses
from quizzes.question_pages import preview_page
from quizzes.question_types import TYPES, ordering
from quizzes.question_types.draw import DRAW
from quizzes.question_types.multiple_answers import RULE_WORDS
from quizzes.questions import MOST_QUESTIONS
from quizzes.views.authoring import Answered, locked_words, own_quiz
from quizzes.views.regrades import after_an_edit

blueprint = Blueprint("questions", __name__)
PLACES = {"up": -1, "down": 1}


@blueprint.route("/quizzes/<int:quiz_id>/questions/new", methods=["GET", "POST"])
def new(quiz_id: int) -> Answered:
    """Write a question of the type that the address names."""
    kind = request.args.get("type", "")
    if kind not in TYPES:
        not_found()
    words = typed_words(request.form)
    quiz = own_quiz(quiz_id)
    form = blank_form(kind)
    form.know(list_sentences(quiz.version_id))
    if quiz.is_locked:
        raise Conflict(locked_words())
    if not form.is_submitted() or _changes_rows(form):
        return _page(quiz, form)
    if not form.validate():
        return _page(quiz, form), 422
    with _refusals():
        item = add_question(quiz.id, current_user.id, draft_of(form, words))
    commit()
    return _saved(quiz, form, item.id)


@blueprint.route("/quizzes/<int:quiz_id>/questions/<int:item_id>", methods=["GET", "POST"])
def edit(quiz_id: int, item_id: int) -> Answered:
    """Edit a question: saving makes its next version."""
    words = typed_words(request.form)
    quiz = own_quiz(quiz_id)
    item = get_item(quiz, item_id)
    if item.type == DRAW:
        return redirect_to("draws.show", quiz_id=quiz.id, item_id=item_id)
    form = _form(quiz, item)
    form.know(list_sentences(quiz.version_id))
    if not form.is_submitted() or _changes_rows(form):
        return _page(quiz, form, item_id)
    if not _is_valid(form, quiz, item):
        return _page(quiz, form, item_id), 422
    try:
        with _refusals():
            revise_question(item_id, current_user.id, draft_of(form, words), _seen(form))
    except StaleQuestionError:
        form.seen.data = str(get_edited_version(item.version_id).number)
        return _page(quiz, form, item_id, stale=True), 409
    decide = after_an_edit(item)
    commit()
    return decide or _saved(quiz, form, item_id)


@blueprint.post("/quizzes/<int:quiz_id>/questions/<int:item_id>/position")
def move(quiz_id: int, item_id: int) -> Response:
    """Move a question up or down."""
    quiz = own_quiz(quiz_id)
    get_item(quiz, item_id)
    with _refusals():
        move_question(item_id, PLACES.get(request.form.get("direction", ""), 0))
    commit()
    return redirect_to("questions.edit", quiz_id=quiz.id, item_id=item_id)


@blueprint.post("/quizzes/<int:quiz_id>/questions/<int:item_id>/copies")
def duplicate(quiz_id: int, item_id: int) -> Response:
    """Put a copy of a question behind it."""
    quiz = own_quiz(quiz_id)
    get_item(quiz, item_id)
    with _refusals():
        item = duplicate_question(item_id, current_user.id)
    commit()
    flash(_("This is the copy."))
    return redirect_to("questions.edit", quiz_id=quiz.id, item_id=item.id)


@blueprint.route("/quizzes/<int:quiz_id>/questions/<int:item_id>/deletion", methods=["GET", "POST"])
def delete(quiz_id: int, item_id: int) -> Answered:
    """Say what goes with the question, and delete it."""
    quiz = own_quiz(quiz_id)
    question = load_editor(quiz).get(item_id)
    if request.method == "GET":
        uses = count_uses(question.item.question_id)
        return render_template("quizzes/authoring/delete_question.html", quiz=quiz, question=question, uses=uses)
    keep = "keep" in request.form and question.item.type != DRAW
    with _refusals():
        remove_question(item_id, keep=keep)
    commit()
    words = _("Question %(n)s is out of this quiz.") if keep else _("Question %(n)s is deleted.")
    flash(words % {"n": question.item.number})
    return redirect_to("authoring.edit", quiz_id=quiz.id)


def _form(quiz: QuizRow, item: ItemRow) -> QuestionForm:
    """The form of what was sent, or of the question as it was saved."""
    if request.method == "POST":
        return sent_form(item.type)
    version = get_edited_version(item.version_id)
    values = {
        "seen": version.number,
        "stem": item.stem,
        "points": item.points,
        "anchor": next(iter(list_anchors([item.version_id], quiz.version_id).get(item.version_id, [])), None),
        "general_feedback": version.general_feedback,
        "hint": item.hint,
        "tags": list_tags([item.question_id]).get(item.question_id, ()),
    }
    return form_of(item.type, TYPES[item.type].read(item.content), values)


def _saved(quiz: QuizRow, form: QuestionForm, item_id: int) -> Response:
    """Go on to where the button leads: the question, or an empty one of the same type."""
    flash(_("Saved."))
    if request.form.get("action") == "save_next" and not quiz.is_locked:
        return redirect_to("questions.new", quiz_id=quiz.id, type=form.kind)
    return redirect_to("questions.edit", quiz_id=quiz.id, item_id=item_id)


def _changes_rows(form: QuestionForm) -> bool:
    """Whether nothing is saved: one more row or one less, or a draft of this device to be shown.

    Then the page comes back with all that was typed.
    """
    action, _colon, row = request.form.get("action", "").partition(":")
    if action == "add_row":
        form.add_row(row)
    elif action == "drop_row":
        form.drop_row(row)
    return action in ("add_row", "drop_row", "show")


def _is_valid(form: QuestionForm, quiz: QuizRow, item: ItemRow) -> bool:
    if not form.validate():
        return False
    if quiz.is_locked and form.points.data != item.points:
        form.points.errors = [_("Students have started this quiz, so the points stay as they are.")]
        return False
    return True


def _seen(form: QuestionForm) -> int | None:
    text = str(form.seen.data or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _page(quiz: QuizRow, form: QuestionForm, item_id: int | None = None, *, stale: bool = False) -> str:
    editor = load_editor(quiz)
    question = editor.get(item_id) if item_id else None
    errors = [(f"#{field_id}", message) for field_id, message in error_lines(form)]
    return render_template(
        "quizzes/authoring/question.html",
        quiz=quiz,
        editor=editor,
        question=question,
        form=form,
        kind=TYPES[form.kind],
        types=TYPES,
        rule_words=RULE_WORDS | ordering.RULE_WORDS,
        errors=errors,
        how_many=number_in_words(len(errors)).capitalize(),
        seen=preview_page(question.item) if question else None,
        told=told_when_wrong(question.item) if question else None,
        stale=stale,
        uses=count_uses(question.item.question_id) if question else 0,
    )


@contextmanager
def _refusals() -> Iterator[None]:
    """Say in words what an operation refused."""
    try:
        yield
    except QuizLockedError as error:
        raise Conflict(locked_words()) from error
    except TooManyQuestionsError as error:
        raise Conflict(_("A quiz can have %(n)s questions at most.", n=MOST_QUESTIONS)) from error
