"""Putting passages back by hand that lost their place in an edit."""

from __future__ import annotations

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from articles import operations, queries
from articles.forms import PlaceForm
from articles.holders import HeldMeanwhile, Moved
from articles.queries.edited import list_lost_passages
from articles.views.library import shown_article
from core.database import commit
from core.errors import Conflict
from core.forms import refused
from core.web import not_found, redirect_to

blueprint = Blueprint("passages", __name__)


@blueprint.post("/articles/<int:article_id>/passages/<int:span_id>/place")
def put_back(article_id: int, span_id: int) -> ResponseReturnValue:
    """Say where in the newest version a passage belongs that has no place there."""
    form = PlaceForm()
    article = queries.get_article_for(current_user, article_id)
    lost = list_lost_passages(current_user.id, article)
    if span_id not in {passage.span_id for passage in lost}:
        not_found()
    if form.version.data != str(article.version_number):
        raise Conflict(_("The text has been edited meanwhile. Load the page again, and choose the place once more."))
    form.sentences = queries.list_sentences(article.version_id)
    if not form.validate() or form.ends is None:
        return refused("articles/show.html", **{**shown_article(article), "form": form, "refused": span_id})
    try:
        operations.put_back(span_id, article.version_id, form.ends)
        operations.tell_holders(Moved(article.id, article.version_id, current_user.id))
    except (operations.PlacedMeanwhile, HeldMeanwhile) as error:
        raise Conflict(_("Somebody changed this at the same moment. Load the page again.")) from error
    commit()
    flash(_("The passage has its place again."))
    return redirect_to("library.show", article_id=article.id)
