"""Reading threads and writing in them."""

from __future__ import annotations

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from articles.queries import get_assignment_for
from classroom.permissions import is_staff, is_writable, teaches
from core import clock
from core.database import commit
from core.forms import refused
from core.web import is_fragment_request, require
from discussion import operations, permissions, queries
from discussion.comment_text import CommentText, compose, is_empty, stamp
from discussion.forms import EditForm, PostForm, ReadMarksForm
from discussion.names import posts_anonymously
from discussion.objections import objection, objection_to_name
from discussion.operations import Actor, DiscussionRef, NewComment
from discussion.post_markup import PostWriter
from discussion.posts import Showing, show_post
from discussion.queries import CommentPlace, CommentRow, DiscussionRow, PostingState
from discussion.references import fill
from discussion.references import preview as as_preview
from discussion.views.addresses import comment_url, place_url, reading_url, thread_url
from discussion.views.thread_page import Refusal, groups_of, objected, thread_page

blueprint = Blueprint("comments", __name__)
_OBSERVING = _l("Observers read along; they do not post.")
_ARCHIVED = _l("This class is archived. It can be read, not changed.")
_TOO_LATE = _l("What was written can be changed for half an hour, by its author.")
_NOT_YOURS = _l("Only its author can delete this.")


@blueprint.get("/readings/<int:assignment_id>/discussion")
def index(assignment_id: int) -> ResponseReturnValue:
    """The threads of one reading. A reader for whom there is one alone is led to it."""
    assignment = get_assignment_for(current_user, assignment_id)
    threads = queries.list_prompt_deliveries_for(current_user.id, assignment_id)
    if is_fragment_request():
        return render_template("discussion/_threads.html", threads=threads, assignment=assignment)
    if len(threads) == 1 and not is_staff(assignment):
        passage = request.args.get("passage")
        anchor = "post" if passage else None
        return redirect(url_for("comments.thread", delivery_id=threads[0].id, passage=passage, _anchor=anchor))
    may_write_prompts = (
        teaches(assignment) and is_writable(assignment) and queries.owns_article(current_user.id, assignment.article_id)
    )
    return render_template(
        "discussion/index.html",
        assignment=assignment,
        section={"id": assignment.section_id, "name": assignment.section_name},
        threads=threads,
        may_write_prompts=may_write_prompts,
    )


@blueprint.get("/discussions/<int:delivery_id>")
def thread(delivery_id: int) -> ResponseReturnValue:
    """One thread: the prompt, its passages, the posts that exist for the viewer."""
    return thread_page(queries.get_discussion_for(current_user.id, delivery_id))


@blueprint.post("/discussions/<int:delivery_id>/comments")
def create(delivery_id: int) -> ResponseReturnValue:
    """Write a post or a reply. Markdown is rendered before the database is touched."""
    form = PostForm()
    is_valid = form.validate_on_submit()
    text = compose(form.body.data or "", form.parent.data) if is_valid else None
    place = queries.get_discussion_for(current_user.id, delivery_id)
    require(place.role in permissions.WRITERS, _OBSERVING)
    require(not place.archived, _ARCHIVED)
    if text is None:
        return _refuse(place, Refusal(form))
    chosen = form.group.data if permissions.is_staff(place) else None
    state = queries.find_posting_state(current_user.id, place, text, chosen)
    if state.twin_id is not None:
        return _lead_to_twin(place, state.twin_id)
    against = objection(place, text, state, clock.now()) or objection_to_name(place, form.anonymous.data)
    refusal = objected(form, against)
    if refusal is not None:
        return _refuse(place, refusal)
    where = DiscussionRef(
        place.assignment_id,
        place.id,
        place.version_id,
        is_anonymous=posts_anonymously(place, form.anonymous.data),
        waits=permissions.has_to_wait(place),
        group_id=chosen,
    )
    new = operations.write_comment(place.enrollment_id, where, text)
    answer = _new_post(place, new, text, state) if is_fragment_request() and _may_swap(place) else None
    commit()
    return answer if answer is not None else redirect(thread_url(place, new.id), 303)


def _lead_to_twin(place: DiscussionRow, comment_id: int) -> ResponseReturnValue:
    """Lead to the post that says the same already; a script sends the form again as a page."""
    if is_fragment_request():
        return "", 409
    flash(_("You have posted this already. Here it is."))
    return redirect(thread_url(place, comment_id), 303)


def _may_swap(place: DiscussionRow) -> bool:
    """Only where the gate was open before: a first post may open the whole thread."""
    return place.is_open_at(clock.now())


def _refuse(place: DiscussionRow, refusal: Refusal) -> ResponseReturnValue:
    """Answer a page with the form as it was filled in; to a script the form alone."""
    if not is_fragment_request() or refusal.status != 422:
        return thread_page(place, refusal)
    form = refusal.form
    name = "discussion/_reply_form.html" if form.parent.data else "discussion/_composer.html"
    context = {
        "place": place,
        "form": form,
        "gate_open": _may_swap(place),
        "newest_first": request.args.get("sort") == "newest",
        "groups": groups_of(place),
    }
    return render_template(name, reply_to=None, reply_root=None, **context), 422


def _own_row(place: DiscussionRow, new: NewComment, parent_id: int | None) -> CommentRow:
    """Return the viewer's comment that this request has just written, without asking the database again."""
    return CommentRow(
        id=new.id,
        delivery_id=place.id,
        enrollment_id=place.enrollment_id,
        parent_id=parent_id,
        root_id=None,
        body_html=new.body_html,
        created_at=new.created_at,
        edited_at=None,
        deleted_at=None,
        hidden_at=None,
        hidden_reason="",
        endorsed_at=None,
        endorsement_reason="",
        endorser_name=None,
        pinned_at=None,
        author_id=current_user.id,
        author_name=current_user.name,
        author_role=place.role,
        alias=new.alias,
        waits=permissions.has_to_wait(place),
        group_id=new.group_id,
        is_read=True,
        gone=False,
    )


def _new_post(place: DiscussionRow, new: NewComment, text: CommentText, state: PostingState) -> ResponseReturnValue:
    """Return the fragment of a post that was just written."""
    comment = _own_row(place, new, text.parent_id)
    chips = {new.id: queries.list_chips(new.id, place.version_id)} if text.references else {}
    showing = Showing(place, clock.now(), place.zone, reading_url(place), chips, groups=groups_of(place))
    answers = state.parent if state.parent is not None and state.parent.parent_id is not None else None
    post = show_post(comment, answers, showing, PostWriter(place.zone, showing.now))
    return make_response(render_template("discussion/_new_post.html", post=post, place=place))


@blueprint.post("/discussions/<int:delivery_id>/preview")
def preview(delivery_id: int) -> ResponseReturnValue:
    """Show what a post will look like. Nothing is kept."""
    form = PostForm()
    text = compose(form.body.data or "") if form.validate_on_submit() else None
    place = queries.get_discussion_for(current_user.id, delivery_id)
    require(permissions.may_post(place, clock.now()))
    html, unknown = "", []
    if text is not None:
        where = DiscussionRef(place.assignment_id, place.id, place.version_id)
        html, _named = operations.settle_mentions(text.html, where, place.enrollment_id)
        unknown = queries.list_unknown(text.references, place.version_id)
        html = as_preview(html, text.references, unknown)
    if is_fragment_request():
        return render_template("discussion/_preview.html", html=html, unknown=unknown, errors=form.body.errors)
    if text is None:
        return thread_page(place, Refusal(form))
    section = {"id": place.section_id, "name": place.section_name}
    shown = {"place": place, "section": section, "form": form, "html": html, "unknown": unknown}
    shown["groups"] = groups_of(place)
    return render_template("discussion/preview.html", **shown)


@blueprint.post("/discussions/<int:delivery_id>/read-marks")
def mark_read(delivery_id: int) -> ResponseReturnValue:
    """Note what this person has read: a button without a script, and by itself with one."""
    form = ReadMarksForm()
    place = queries.get_discussion_for(current_user.id, delivery_id)
    if not form.validate_on_submit():
        abort(400)
    operations.mark_read(place.enrollment_id, place.id, form.which(), place.is_open_at(clock.now()))
    commit()
    return ("", 204) if is_fragment_request() else redirect(thread_url(place), 303)


@blueprint.get("/comments/<int:comment_id>")
def permalink(comment_id: int) -> ResponseReturnValue:
    """Lead to a comment in its thread, if it exists for the viewer."""
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    return redirect(comment_url(place, comment))


@blueprint.get("/comments/<int:comment_id>/edit")
def edit(comment_id: int) -> ResponseReturnValue:
    """The form to change an own post, in its first half hour."""
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    require(permissions.may_edit(place, comment, clock.now()), _TOO_LATE)
    form = EditForm(formdata=None, body=queries.get_comment_body(comment_id), seen=stamp(comment.edited_at))
    return render_template("discussion/edit.html", form=form, stored=None, **_around(place, comment))


@blueprint.post("/comments/<int:comment_id>/edit")
def save(comment_id: int) -> ResponseReturnValue:
    """Change an own post; what it said is kept for staff."""
    form = EditForm()
    text = compose(form.body.data or "") if form.validate_on_submit() else None
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    require(comment.enrollment_id == place.enrollment_id, _TOO_LATE)
    if not permissions.may_edit(place, comment, clock.now()):
        form.body.errors = [_("This cannot be changed any more. Your new words are not saved; keep a copy.")]
        return render_template("discussion/edit.html", form=form, stored=None, **_around(place, comment)), 409
    if text is not None and is_empty(text):
        form.body.errors = [_("Write something first.")]
        text = None
    if text is None:
        return refused("discussion/edit.html", form=form, stored=None, **_around(place, comment))
    if form.seen.data != stamp(comment.edited_at):
        return _stale(form, place, comment)
    try:
        operations.edit_comment(comment_id, place.version_id, text, comment.edited_at)
    except operations.StaleComment:  # saved in another window at this very moment
        return _stale(form, *queries.get_comment_for(current_user.id, comment_id))
    commit()
    return redirect(comment_url(place, comment), 303)


def _stale(form: EditForm, place: CommentPlace, comment: CommentRow) -> ResponseReturnValue:
    """Show both versions: what the post says now, and what was typed here."""
    form.body.errors = [_("You have changed this in another window. Both versions are here; saving keeps yours.")]
    form.seen.data = stamp(comment.edited_at)
    form.seen.raw_data = None
    stored = queries.get_comment_body(comment.id)
    return render_template("discussion/edit.html", form=form, stored=stored, **_around(place, comment)), 409


def _around(place: CommentPlace, comment: CommentRow) -> dict[str, object]:
    section = {"id": place.section_id, "name": place.section_name}
    return {
        "place": place,
        "section": section,
        "comment_id": comment.id,
        "back": comment_url(place, comment),
        "is_anonymous": comment.alias is not None,
    }


@blueprint.get("/comments/<int:comment_id>/deletion")
def confirm_deletion(comment_id: int) -> ResponseReturnValue:
    """Ask before an own post is deleted."""
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    require(permissions.may_delete(place, comment), _NOT_YOURS)
    html = fill(comment.body_html, queries.list_chips(comment_id, place.version_id), reading_url(place))
    return render_template("discussion/deletion.html", html=html, **_around(place, comment))


@blueprint.post("/comments/<int:comment_id>/deletion")
def delete(comment_id: int) -> ResponseReturnValue:
    """Delete an own post from view."""
    place, comment = queries.get_comment_for(current_user.id, comment_id)
    require(permissions.may_delete(place, comment), _NOT_YOURS)
    operations.delete_comment(Actor(current_user.id, place.section_id), comment_id)
    commit()
    flash(_("Deleted."))
    return redirect(place_url(place), 303)
