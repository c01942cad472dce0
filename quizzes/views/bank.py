"""The bank: every question an instructor owns, tags in bulk, further use, and one question's history."""

from __future__ import annotations

from itertools import pairwise

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from core.database import commit
from core.errors import Conflict
from core.points import POINT
from core.translation import number_in_words
from core.web import not_found, redirect_to, require
from quizzes import permissions
from quizzes.differences import Worded, changes_between
from quizzes.forms.bank import TagsForm, chosen_ids, filter_of, page_number, row_id
from quizzes.operations.copies import delete_questions
from quizzes.operations.locks import QuizLockedError
from quizzes.operations.placements import Placed, place_questions
from quizzes.operations.questions import TooManyQuestionsError
from quizzes.operations.tags import add_tags, remove_tags, set_tags
from quizzes.preview import SketchedItem
from quizzes.queries.bank import (
    BankQuestion,
    get_question_for,
    list_bank,
    list_open_quizzes,
    list_readable,
    list_tags_of,
)
from quizzes.queries.draws import drawn_questions, list_draws_of
from quizzes.queries.shares import list_shares
from quizzes.queries.tags import list_tags
from quizzes.queries.uses import VersionRow, list_uses, list_versions
from quizzes.question_pages import preview_page
from quizzes.question_types import TYPES
from quizzes.questions import MOST_QUESTIONS
from quizzes.views.authoring import Answered, locked_words, own_quiz

blueprint = Blueprint("bank", __name__)


def require_author() -> None:
    """Refuse those who write no questions."""
    require(permissions.may_keep_questions(current_user.role), _("This page is for your instructors."))


@blueprint.get("/questions")
def index() -> str:
    """List one's own questions, or those of an instructor who shares them."""
    require_author()
    shares = list_shares(current_user.id)
    owner_id = row_id(request.args.get("owner", "")) or current_user.id
    owner = next((row for row in shares.readable if row.user_id == owner_id), None)
    if owner is None and owner_id != current_user.id:
        not_found()
    wanted, page = filter_of(request.args), page_number(request.args.get("page", ""))
    rows, has_next = list_bank(owner_id, wanted, page)
    return render_template(
        "quizzes/bank/index.html",
        owner=owner,
        shares=shares,
        wanted=wanted,
        rows=rows,
        page={"number": page, "has_next": has_next},
        tags=list_tags([row.id for row in rows]),
        known_tags=list_tags_of(owner_id),
        quizzes=list_open_quizzes(current_user.id),
        quiz_id=row_id(request.args.get("quiz", "")),
        types=TYPES,
    )


@blueprint.post("/questions/tags")
def tag() -> Response:
    """Put tags on the chosen questions, or take them off."""
    require_author()
    form, chosen = TagsForm(), chosen_ids(request.form)
    own = [at for at, owner in list_readable(current_user.id, chosen).items() if owner == current_user.id]
    if not form.validate() or not form.tags.data or not own:
        refusals = [str(error) for error in form.tags.errors]
        flash(refusals[0] if refusals else _("Tick questions and name a tag first."), "error")
    else:
        change = remove_tags if request.form.get("how") == "remove" else add_tags
        change(own, form.tags.data)
        commit()
        words = number_in_words(len(own)).capitalize()
        flash(ngettext("One question is changed.", "%(words)s questions are changed.", len(own), words=words))
    return _back()


@blueprint.post("/questions/placements")
def place() -> Response:
    """Add the chosen questions to one of the viewer's quizzes."""
    require_author()
    chosen, quiz_id = chosen_ids(request.form), row_id(request.form.get("quiz", ""))
    if not chosen or not quiz_id:
        flash(_("Tick questions and choose a quiz first."), "error")
        return _back()
    quiz = own_quiz(quiz_id)
    try:
        placed = place_questions(current_user.id, quiz.id, chosen)
    except QuizLockedError as error:
        raise Conflict(locked_words()) from error
    except TooManyQuestionsError as error:
        raise Conflict(_("A quiz can have %(n)s questions at most.", n=MOST_QUESTIONS)) from error
    commit()
    for words in _told(placed):
        flash(words)
    return redirect_to("authoring.edit", quiz_id=quiz.id)


@blueprint.get("/questions/<int:question_id>")
def show(question_id: int) -> str:
    """Show a question, what each version changed and, to its owner, where it is used."""
    question = get_question_for(current_user, question_id)
    return _page(question, None)


@blueprint.post("/questions/<int:question_id>/tags")
def set_tags_of(question_id: int) -> Answered:
    """Let a question have other tags."""
    question, form = _own(question_id), TagsForm()
    if not form.validate():
        return _page(question, form), 422
    set_tags(question.id, form.tags.data)
    commit()
    flash(_("Saved."))
    return redirect_to("bank.show", question_id=question.id)


@blueprint.post("/questions/<int:question_id>/deletion")
def delete(question_id: int) -> Response:
    """Delete a question that no quiz holds."""
    question = _own(question_id)
    if list_uses(question.id):
        raise Conflict(_("A quiz holds this question. Take it out there first."))
    if drawn_questions([question.id]):
        raise Conflict(_("A draw has asked students this question, so it stays. Without its tags it is drawn no more."))
    delete_questions([question.id])
    commit()
    flash(_("Deleted."))
    return redirect_to("bank.index")


def _own(question_id: int) -> BankQuestion:
    question = get_question_for(current_user, question_id)
    require(question.is_own, _("Only its author can change this question."))
    return question


def _page(question: BankQuestion, form: TagsForm | None) -> str:
    versions = list_versions(question.id)
    newest = versions[0]
    item = SketchedItem(1, POINT, newest.type, newest.stem_html, newest.content, newest.hint)
    worded = [_worded(version) for version in versions]
    tags = list_tags([question.id]).get(question.id, ())
    return render_template(
        "quizzes/bank/question.html",
        question=question,
        versions=versions,
        changes=[changes_between(old, new) for new, old in pairwise(worded)],
        seen=preview_page(item),
        key_lines=TYPES[newest.type].key_lines(TYPES[newest.type].read(newest.content)),
        form=form or TagsForm(formdata=None, data={"tags": tags}),
        uses=list_uses(question.id) if question.is_own else [],
        draws=list_draws_of(question.id) if question.is_own else [],
        types=TYPES,
    )


def _worded(version: VersionRow) -> Worded:
    return Worded(version.type, version.stem, version.content, version.general_feedback, version.hint, version.passages)


def _back() -> Response:
    """Go back to the list as it was filtered."""
    kept = {name: request.form.get(f"was-{name}", "") for name in ("q", "tag", "type", "use", "page", "quiz", "owner")}
    return redirect_to("bank.index", **{name: value for name, value in kept.items() if value})


def _told(placed: Placed) -> list[str]:
    """What became of the chosen questions, in words."""
    said = {
        ngettext("One question is added.", "%(num)s questions are added.", placed.added): placed.added,
        ngettext(
            "One is a copy without its passage, which is in another article.",
            "%(num)s are copies without their passages, which are in other articles.",
            placed.unanchored,
        ): placed.unanchored,
        ngettext("One was in the quiz already.", "%(num)s were in the quiz already.", placed.there): placed.there,
        ngettext(
            "One stays out: its answer is a passage of another article.",
            "%(num)s stay out: their answers are passages of another article.",
            placed.tied,
        ): placed.tied,
    }
    return [str(words) for words, count in said.items() if count] or [str(_("Nothing is added."))]
