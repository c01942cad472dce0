"""The article in a class, with the notes beside it and its quizzes and prompts after it."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from articles.queries import get_assignment_for, list_blocks, sentences_of
from core import clock
from core.database import commit
from core.web import is_fragment_request
from discussion.blanks import BLANK_NOTE
from discussion.margin_page import margin_page
from discussion.queries import as_margin, count_unread_by_assignment, list_prompt_deliveries_for
from reading.forms import PlaceForm
from reading.marks import marked_sentences
from reading.operations import keep_place
from reading.queries.places import find_place
from reading.queries.quizzes import list_quiz_states
from reading.spine import minutes_to_read, paragraph_to_go_on, spine_of

blueprint = Blueprint("reading", __name__)


@blueprint.app_template_global()
def has_unread_posts(section_id: int, assignment_id: int) -> bool:
    """Tell templates whether somebody has written something about this reading that the viewer has not seen."""
    return assignment_id in count_unread_by_assignment(current_user.id, [section_id])


@blueprint.get("/readings/<int:assignment_id>")
def article(assignment_id: int) -> ResponseReturnValue:
    """Show the article, sentence by sentence, and what to do after reading it."""
    reading = get_assignment_for(current_user, assignment_id)
    blocks = list_blocks(reading.version_id)
    marked = marked_sentences(request.args.get("marked", ""), sentences_of(blocks))
    place = find_place(reading.enrollment_id, assignment_id)
    margin = margin_page(as_margin(reading), request.args.get("note", type=int), marked)
    return render_template(
        "reading/article.html",
        reading=reading,
        margin=margin,
        go_on=paragraph_to_go_on(blocks, place),
        blank_note=BLANK_NOTE,
        spine=spine_of(blocks, margin.counts),
        minutes=minutes_to_read(reading.word_count),
        quizzes=list_quiz_states(current_user.id, clock.now(), assignment_id),
        prompts=list_prompt_deliveries_for(current_user.id, assignment_id),
    )


@blueprint.post("/readings/<int:assignment_id>/place")
def remember(assignment_id: int) -> ResponseReturnValue:
    """Remember the paragraph that this person has come to: by itself with a script, a button without one."""
    form = PlaceForm()
    reading = get_assignment_for(current_user, assignment_id)
    blocks = list_blocks(reading.version_id)
    number = form.paragraph.data if form.validate() else None
    found = next((block for block in blocks if block.number == number is not None), None) or abort(400)
    keep_place(reading.enrollment_id, assignment_id, found.sentences[0].id)
    commit()
    if is_fragment_request():
        return "", 204
    return redirect(url_for("reading.article", assignment_id=assignment_id, _anchor=f"p{number}"), 303)
