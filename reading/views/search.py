"""Search in one reading: the sentences of its article, and what the class wrote about it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from articles.queries.search import search_sentences
from core.search import MOST_CHARACTERS, MOST_TERMS, NO_WORD, TOO_LONG, TOO_MANY, Window, read_query
from discussion.queries import get_margin_for
from discussion.queries.search import search_comments
from reading.found import show_comments, show_sentences

blueprint = Blueprint("search", __name__)
WHERE = (EVERYWHERE, TEXT, POSTS) = ("", "text", "posts")
MOST_PAGES = 10_000
FEW, MANY = 5, 25


def _in_words(problem: str) -> str:
    return {
        TOO_LONG: _("That is too long. Look for at most %(n)s characters.", n=MOST_CHARACTERS),
        TOO_MANY: _("Those are too many words. Look for at most %(n)s at once.", n=MOST_TERMS),
        NO_WORD: _("There is no word in that. Write at least one letter or figure."),
    }.get(problem, "")


@blueprint.get("/readings/<int:assignment_id>/search")
def index(assignment_id: int) -> ResponseReturnValue:
    """Show what has the words: some of both, or one kind page by page."""
    margin = get_margin_for(current_user.id, assignment_id)
    wanted = read_query(request.args.get("q", ""), margin.language)
    asked = request.args.get("in", "")
    where = asked if asked in WHERE else EVERYWHERE
    page = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES) if where else 1
    most = MANY if where else FEW
    start = (page - 1) * most
    of_text, of_posts = (Window(most, start if where == kind else 0) for kind in (TEXT, POSTS))
    in_text, sentences = search_sentences(margin.version_id, wanted, of_text)
    in_posts, comments = search_comments(current_user.id, margin, wanted, of_posts)
    shown = in_text if where == TEXT else in_posts
    answer = render_template(
        "reading/search.html",
        place=margin,
        section={"id": margin.section_id, "name": margin.section_name},
        wanted=wanted,
        problem=_in_words(wanted.problem),
        where=where,
        page=page,
        has_more=bool(where) and start + most < shown,
        few=FEW,
        in_text=in_text,
        in_posts=in_posts,
        sentences=show_sentences(sentences, wanted),
        comments=show_comments(comments, wanted),
    )
    return (answer, 422) if wanted.problem else answer
