"""The article in a class, with its quizzes and prompts after it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from articles.queries import get_assignment_for, list_blocks, sentences_of
from core import clock
from discussion.queries import count_unread_by_assignment, list_prompt_deliveries_for
from reading.marks import marked_sentences
from reading.queries.quizzes import list_quiz_states
from reading.spine import minutes_to_read, spine_of

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
    return render_template(
        "reading/article.html",
        reading=reading,
        blocks=blocks,
        marked=marked_sentences(request.args.get("marked", ""), sentences_of(blocks)),
        spine=spine_of(blocks),
        minutes=minutes_to_read(reading.word_count),
        quizzes=list_quiz_states(current_user.id, clock.now(), assignment_id),
        prompts=list_prompt_deliveries_for(current_user.id, assignment_id),
    )
