""" "I am confused here": one tap on a sentence, and it can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import list_sentences
from articles.spans import Ends
from core.database import commit
from core.errors import Conflict
from core.web import require
from discussion import operations, permissions, queries
from discussion.forms import SentenceForm
from discussion.margins import Margin
from discussion.views.notes import changed

blueprint = Blueprint("confusion", __name__)


def _change(assignment_id: int, act: Callable[[Margin, int], None]) -> ResponseReturnValue:
    form = SentenceForm()
    margin = queries.get_margin_for(current_user.id, assignment_id)
    require(permissions.may_be_confused(margin), _("Students mark what is hard; staff see how many."))
    sentence_id = form.first.data if form.validate() else None
    if sentence_id not in {sentence.id for sentence in list_sentences(margin.version_id)}:
        raise Conflict(_("The text was edited meanwhile. Load the page again, and choose the sentence once more."))
    act(margin, sentence_id)
    commit()
    return changed(margin, Ends(sentence_id, sentence_id))


@blueprint.post("/readings/<int:assignment_id>/confusion")
def mark(assignment_id: int) -> ResponseReturnValue:
    """Mark a sentence as one that confuses. Classmates never see it, staff see how many did."""
    return _change(assignment_id, operations.mark_confusing)


@blueprint.post("/readings/<int:assignment_id>/confusion/removal")
def take_back(assignment_id: int) -> ResponseReturnValue:
    """Take one's mark from a sentence."""
    return _change(assignment_id, operations.take_back_confusion)
