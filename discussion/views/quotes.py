"""What a post can begin with: words of another post, or of the article."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries import list_sentences
from core import clock
from core.web import require
from discussion import permissions, queries
from discussion.blanks import BLANK, BLANK_NOTE, BlankPost, begun
from discussion.margins import Margin
from discussion.note_cards import NoteCard
from discussion.posts import Post
from discussion.queries import DiscussionRow
from discussion.quotes import own_words, quote_passage, quote_post

blueprint = Blueprint("quotes", __name__)
blueprint.add_app_template_filter(own_words)


@blueprint.get("/comments/<int:comment_id>/quotation")
def post(comment_id: int) -> ResponseReturnValue:
    """The words of a post that may be answered, as a quotation in Markdown."""
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    require(permissions.may_answer(place, comment, clock.now()))
    words = _quoted(comment_id, is_note=isinstance(place, Margin))
    return Response(words, content_type="text/plain; charset=utf-8")


def _quoted(comment_id: int, *, is_note: bool = False) -> str:
    label = _("Quoted note") if is_note else _("Quoted post")
    source = f"[{label}]({url_for('comments.permalink', comment_id=comment_id)})"
    return quote_post(queries.get_comment_body(comment_id), source)


def begun_answer(card: NoteCard) -> BlankPost:
    """Return the form of an answer to a note with words of it in it, where the address asks for that: `?quote=12`.

    Those of the note, or of an answer to it.
    """
    wanted = request.args.get("quote", type=int)
    if wanted is None or not card.post.may_answer:
        return BLANK_NOTE
    if wanted != card.id:
        place, answer = queries.get_comment_for(current_user.id, wanted)
        if answer.root_id != card.id or not permissions.may_answer(place, answer, clock.now()):
            return BLANK_NOTE
    return begun(_quoted(wanted, is_note=True))


def begun_form(place: DiscussionRow, reply_to: Post | None) -> BlankPost:
    """Return the form of a new post with what the address asks to be quoted in it.

    `?quote=12`: the post that is replied to; `?passage=12-14`: sentences of the class's text.
    """
    if reply_to is not None and request.args.get("quote", type=int) == reply_to.id:
        return begun(_quoted(reply_to.id))
    if reply_to is None and "passage" in request.args:
        return begun(quote_passage(request.args["passage"], list_sentences(place.version_id)))
    return BLANK
