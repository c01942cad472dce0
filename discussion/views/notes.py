"""Notes in the margin of a reading: written, answered, read paragraph by paragraph or one by one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from articles.queries import BlockRow, list_blocks, list_sentences
from articles.spans import Ends, UnknownSentence
from core import clock
from core.database import commit
from core.web import is_fragment_request, not_found, require, safe_next_url
from discussion import operations, permissions, queries
from discussion.blanks import BLANK_NOTE, BlankNote
from discussion.comment_text import compose
from discussion.forms import NoteForm, PlaceForm, PostForm, ReadMarksForm
from discussion.margin_page import margin_page, may_write, note_card, paragraph_cards, text_places
from discussion.margins import Margin, meant
from discussion.models import CLASS, SELF
from discussion.objections import objection
from discussion.operations import Actor, Objected
from discussion.queries import NoteSpot
from discussion.queries.notes import ON_A_PAGE
from discussion.views.addresses import note_url, reading_url
from discussion.views.quotes import begun_answer
from discussion.views.thread_page import Refusal, objected

blueprint = Blueprint("notes", __name__)
MOST_PARAGRAPHS = 50  # of one fragment
_OBSERVING = _l("Observers read along; they do not write.")
_ARCHIVED = _l("This class is archived. It can be read, not changed.")


@dataclass(frozen=True)
class _Answered:
    """What an answered form is shown with: its status, and when to try again."""

    form: NoteForm | BlankNote = BLANK_NOTE
    status: int = 200
    wait: int = 0


def _block(margin: Margin, number: int) -> BlockRow:
    return next((block for block in list_blocks(margin.version_id) if block.number == number), None) or not_found()


@blueprint.get("/readings/<int:assignment_id>/paragraphs/<int:number>")
def paragraph(assignment_id: int, number: int) -> ResponseReturnValue:
    """Every note on one paragraph, and a form to write another; to a script the notes alone."""
    margin = queries.get_margin_for(current_user.id, assignment_id)
    return _paragraph_page(margin, number, _Answered())


def _paragraph_page(margin: Margin, number: int, answered: _Answered) -> ResponseReturnValue:
    block = _block(margin, number)
    skipped = request.args.get("after", default=0, type=int)
    cards = paragraph_cards(margin, block.id, skipped)
    here = {sentence.id for sentence in block.sentences}
    new = [card.post for card in cards if card.post.is_new]
    answers = [post for card in cards for post in card.replies if post.is_new]
    context = {
        "place": margin,
        "section": {"id": margin.section_id, "name": margin.section_name},
        "block": block,
        "cards": cards,
        "further": skipped + ON_A_PAGE if len(cards) == ON_A_PAGE else None,
        "unread_ids": ",".join(str(post.id) for post in [*new, *answers]),
        "form": answered.form,
        "confused": {row.sentence_id for row in queries.list_confusion(margin) if row.mine} & here,
        "may_write": may_write(margin, SELF),
        "may_write_to_class": may_write(margin, CLASS),
        "may_be_confused": permissions.may_be_confused(margin),
        "is_staff": margin.is_staff,
    }
    is_list = is_fragment_request() and answered.status == 200
    page = render_template("discussion/_note_list.html" if is_list else "discussion/paragraph.html", **context)
    return page, answered.status, {"Retry-After": str(answered.wait)} if answered.wait else {}


@blueprint.get("/readings/<int:assignment_id>/text")
def text(assignment_id: int) -> ResponseReturnValue:
    """Some paragraphs of the text with their notes, as they are now: for a page that is open already."""
    margin = queries.get_margin_for(current_user.id, assignment_id)
    if not is_fragment_request():
        return redirect(reading_url(margin))
    asked = request.args.get("paragraphs", "").split(",")[:MOST_PARAGRAPHS]
    only = {int(number) for number in asked if number.isdecimal() and len(number) < 7}
    page = margin_page(margin, request.args.get("note", type=int), only=only or {-1})
    return render_template("discussion/_note_text.html", margin=page, reading=reading_url(margin))


def changed(margin: Margin, ends: Ends, note_id: int | None = None) -> ResponseReturnValue:
    """Lead a script to the paragraphs that have changed, anybody else to the place in the text."""
    places = text_places(margin.version_id)
    at = sorted(places.order[each] for each in (ends.first_id, ends.last_id))
    numbers = {places.paragraph.get(places.sentences[each].id, 0) for each in range(at[0], at[1] + 1)}
    if is_fragment_request():
        asked = ",".join(map(str, sorted(numbers)))
        return redirect(url_for("notes.text", assignment_id=margin.assignment_id, paragraphs=asked, note=note_id), 303)
    address = note_url(margin, note_id) if note_id else f"{reading_url(margin)}#s{ends.first_id}"
    return redirect(address, 303)


@blueprint.post("/readings/<int:assignment_id>/notes")
def create(assignment_id: int) -> ResponseReturnValue:
    """Write a note on some words of the text. Markdown is rendered before the database is touched."""
    form = NoteForm()
    is_valid = form.validate_on_submit()
    text = compose(form.body.data or "") if is_valid else None
    margin = queries.get_margin_for(current_user.id, assignment_id)
    _require_writer(margin)
    if text is None:
        return _refuse(margin, form, Refusal(form))
    what = meant(form.choice.data or "", margin.role)
    try:
        where = operations.place_of_note(margin, form.ends(), what)
    except UnknownSentence:
        form.first.errors = [_("The text was edited meanwhile. Choose the sentence again.")]
        return _refuse(margin, form, Refusal(form, 409))
    state = queries.find_noting_state(current_user.id, margin, NoteSpot(span_id=where.span_id), text)
    if state.twin_id is not None:
        _say_twin()
        return changed(margin, form.ends(), state.twin_id)
    refusal = objected(form, objection(margin.beside(what.visibility), text, state, clock.now()))
    if refusal is not None:
        return _refuse(margin, form, refusal)
    note_id = operations.add_comment(margin.enrollment_id, where, text)
    commit()
    return changed(margin, form.ends(), note_id)


def _say_twin() -> None:
    """Say that the same words stand there already, which the answer leads to."""
    if not is_fragment_request():
        flash(_("You have written this already. Here it is."))


def _require_writer(margin: Margin) -> None:
    require(margin.role in permissions.WRITERS, _OBSERVING)
    require(not margin.archived, _ARCHIVED)


def _refuse(margin: Margin, form: NoteForm, refusal: Refusal) -> ResponseReturnValue:
    """Answer the paragraph's page with the form as it was filled in; to a script the form alone."""
    if is_fragment_request() and refusal.status == 422:
        context = {"place": margin, "form": form, "is_staff": margin.is_staff}
        rights = {"may_write": may_write(margin, SELF), "may_write_to_class": may_write(margin, CLASS)}
        return render_template("discussion/_note_form.html", **context, **rights), 422
    numbers = [block.number for block in list_blocks(margin.version_id) if block.number is not None]
    number = form.paragraph.data if form.paragraph.data in numbers else numbers[0]
    return _paragraph_page(margin, number, _Answered(form, refusal.status, refusal.wait))


@blueprint.get("/notes/<int:comment_id>")
def show(comment_id: int) -> ResponseReturnValue:
    """One note with all its answers; to a script the note alone."""
    margin, _comment = queries.get_note_for(current_user.id, comment_id)
    return _note_page(margin, comment_id)


def _note_page(margin: Margin, note_id: int, refusal: Refusal | None = None) -> ResponseReturnValue:
    card = note_card(margin, note_id)
    if is_fragment_request() and refusal is None:
        return render_template("discussion/_note.html", card=card, whole=False, reading=reading_url(margin))
    section = {"id": margin.section_id, "name": margin.section_name}
    form: object = refusal.form if refusal else begun_answer(card)
    page = render_template(
        "discussion/note.html", card=card, place=margin, section=section, form=form, place_form=PlaceForm(formdata=None)
    )
    wait = refusal.wait if refusal else 0
    return page, refusal.status if refusal else 200, {"Retry-After": str(wait)} if wait else {}


@blueprint.post("/notes/<int:comment_id>/answers")
def answer(comment_id: int) -> ResponseReturnValue:
    """Answer a note; whoever sees the note sees the answer."""
    form = PostForm()
    text = compose(form.body.data or "", comment_id) if form.validate_on_submit() else None
    margin, note = queries.get_note_for(current_user.id, comment_id)
    _require_writer(margin)
    if text is None:
        return _note_page(margin, comment_id, Refusal(form))
    try:
        new = operations.answer_note(current_user.id, margin, note.id, text)
    except Objected as objection_to_it:
        return _note_page(margin, comment_id, objected(form, objection_to_it.objection))
    commit()
    if new.is_twin:
        _say_twin()
    if is_fragment_request():
        return redirect(url_for("notes.show", comment_id=note.id), 303)
    return redirect(note_url(margin, note.id, new.id), 303)


@blueprint.post("/notes/<int:comment_id>/place")
def put_back(comment_id: int) -> ResponseReturnValue:
    """Say where in the class's text a note belongs whose words are no longer in it."""
    form = PlaceForm()
    margin, note = queries.get_note_for(current_user.id, comment_id)
    card = note_card(margin, note.id)
    require(card.may_move, _("The author and staff can move a note whose passage has changed."))
    form.sentences = list_sentences(margin.version_id)
    if not form.validate() or form.ends is None:
        section = {"id": margin.section_id, "name": margin.section_name}
        context = {"card": card, "place": margin, "section": section, "form": BLANK_NOTE, "place_form": form}
        return render_template("discussion/note.html", **context), 422
    operations.move_note(Actor(current_user.id, margin.section_id), margin, note.id, Ends(*form.ends))
    commit()
    return redirect(note_url(margin, note.id), 303)


@blueprint.post("/readings/<int:assignment_id>/note-marks")
def mark_read(assignment_id: int) -> ResponseReturnValue:
    """Note which notes and answers this person has read: a button without a script, and by itself with one."""
    form = ReadMarksForm()
    margin = queries.get_margin_for(current_user.id, assignment_id)
    if not form.validate_on_submit():
        abort(400)
    operations.mark_notes_read(margin, form.which().ids)
    commit()
    return ("", 204) if is_fragment_request() else redirect(safe_next_url(reading_url(margin)), 303)
