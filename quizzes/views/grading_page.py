"""What graders look at: an answer with the form of its grade, and what a release would tell. Each is a page; to a
script it is the part of one that stands in a row of who needs the instructor, and a refused form alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import render_template, request
from flask_login import current_user

from articles.addresses import to_reading
from articles.linking import link_references
from articles.queries import list_sentences
from core.web import is_fragment_request, not_found
from quizzes.attempts import DeliveryRow
from quizzes.deliveries import RELEASE_PHRASES
from quizzes.forms.grading import GradeForm
from quizzes.operations.grading import fingerprint, list_drafts
from quizzes.piles import Pile
from quizzes.queries.grading import BY_HAND, GradedAnswer, get_answer, list_answers, list_ungraded
from quizzes.queries.items import list_items
from quizzes.question_types import TYPES


def pile_with(delivery: DeliveryRow, item_id: int, response_id: int) -> tuple[Pile, GradedAnswer]:
    """The answers to a question with this one on top."""
    pile = Pile(item_id, list_answers(delivery.id, item_id), response_id, current_user.id)
    return pile, get_answer(delivery.id, item_id, response_id)


def form_of(shown: GradedAnswer, **more: Any) -> GradeForm:
    """The form of the draft, or of the released grade, or an empty one, with what was sent filled in."""
    draft = shown.draft
    points, comment = (draft.points, draft.comment) if draft else (shown.points, shown.comment)
    values = {"points": points, "comment": comment, "why": draft.why if draft else "", "seen": shown.seen}
    form = GradeForm(data=values, **more)
    form.most, form.was, form.released = shown.most, points, shown.points
    form.rubric = getattr(TYPES[shown.type].read(shown.content), "rubric", ())
    form.chosen = form.chosen_before = draft.rubric if draft else shown.rubric
    return form


def answer_page(delivery: DeliveryRow, pile: Pile, shown: GradedAnswer, form: GradeForm, **more: Any) -> str:
    """One answer and its form as it was filled in: `refused`, or graded by somebody else meanwhile (`stale`)."""
    kind = TYPES[shown.type]
    here = is_fragment_request()
    stale = more.get("stale", False)
    part = "_form" if stale or more.get("refused") else "_answer_here"
    if here:
        for field in form:  # several rows stand open in one page
            field.id = f"{field.id}-{delivery.id}"
    return render_template(
        f"quizzes/grading/{part if here else 'answer'}.html",
        delivery=delivery,
        item_id=pile.item_id,
        shown=shown,
        pile=pile,
        form=form,
        content=kind.read(shown.content),
        answer_html=_answer_html(delivery, shown),
        left=len(list_ungraded(delivery.id)) if here else 0,
        stale=stale,
        saved=more.get("saved", False),
    )


def _answer_html(delivery: DeliveryRow, shown: GradedAnswer) -> str:
    """The answer, with the places that it names as links into the text that its student read."""
    html = TYPES[shown.type].answer_html(shown.answer)
    if "¶" not in html:
        return html
    url = to_reading(request.script_root, delivery.assignment_id)
    return link_references(html, list_sentences(shown.article_version_id), url)


def next_here(delivery: DeliveryRow) -> str:
    """What follows in its row on a grade that was saved: the next answer that nobody has graded, else the release."""
    waiting = list_ungraded(delivery.id)
    if not waiting:
        return release_page(delivery, None, saved=True)
    pile, shown = pile_with(delivery, *waiting[0])
    form = form_of(shown, formdata=None)  # not what was sent for the one before
    return answer_page(delivery, pile, shown, form, saved=True)


def release_page(delivery: DeliveryRow, item_id: int | None, *, stale: bool = False, saved: bool = False) -> str:
    """What students would be told by a release of these drafts; `stale`: others than were to be released."""
    drafts = list_drafts(delivery.id, item_id)
    items = list_items(delivery.quiz_id)
    item = next((row for row in items if row.item_id == item_id), None)
    if item_id is not None and (item is None or item.type not in BY_HAND):
        not_found()
    kinds = Counter("first" if d.before is None else "changed" if d.before != d.points else "words" for d in drafts)
    part = "_release_form" if stale else "_release_here"
    return render_template(
        f"quizzes/grading/{part if is_fragment_request() else 'release'}.html",
        delivery=delivery,
        item=item,
        drafts=drafts,
        kinds=kinds,
        students=len({draft.attempt_id for draft in drafts}),
        seen=fingerprint(drafts),
        stale=stale,
        saved=saved,
        **release_words(delivery),
    )


def release_words(delivery: DeliveryRow) -> dict[str, Any]:
    """When students see their scores and the words on them."""
    return {
        "scores": RELEASE_PHRASES[delivery.release_score],
        "words": RELEASE_PHRASES[delivery.release_feedback],
    }
