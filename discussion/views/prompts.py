"""Writing prompts and giving them to classes."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from articles.queries import ArticleRow, get_article_for, list_blocks, sentences_of
from core.database import commit, give_up
from core.errors import Conflict
from core.forms import asked, refused
from core.web import redirect_to, require
from discussion import operations, queries
from discussion.comment_text import CommentText, compose
from discussion.forms import DeliveryForm, PromptForm
from discussion.models import FORBIDDEN
from discussion.operations import (
    Actor,
    AlreadyGiven,
    ClassIsFull,
    DeliverySettings,
    HasComments,
    HasRulings,
    PromptDraft,
)
from discussion.participation_forms import rows_of
from discussion.queries import GivenRow, PromptRow
from discussion.references import fill

blueprint = Blueprint("prompts", __name__)
_FULL = _l("A class has 500 discussions with a rule at most. Take the rule of another away first.")
_RULED = _l("Staff have granted boxes of a rule or taken some away. Take that back before you remove the rule.")
FORM, DELIVERY = "discussion/prompt_form.html", "discussion/delivery.html"


@blueprint.get("/articles/<int:article_id>/prompts")
def index(article_id: int) -> ResponseReturnValue:
    """The prompts on one article of the viewer's, and the classes that have them."""
    article = get_article_for(current_user, article_id)
    prompts = queries.list_prompts_for(current_user.id, article_id)
    given = queries.list_given(current_user.id, article_id)
    classes = {row.assignment_id: row for row in given}
    threads = {(row.prompt_id, row.assignment_id): row for row in given if row.delivery_id is not None}
    chips = queries.list_chips_in_prompts([prompt.id for prompt in prompts], article.version_id)
    url = url_for("library.show", article_id=article_id)
    words = {prompt.id: fill(prompt.body_html, chips.get(prompt.id, {}), url) for prompt in prompts}
    given_to = {"classes": list(classes.values()), "threads": threads}
    return render_template("discussion/prompts.html", article=article, prompts=prompts, words=words, **given_to)


@blueprint.route("/articles/<int:article_id>/prompts/new", methods=["GET", "POST"])
def new(article_id: int) -> ResponseReturnValue:
    """Write a prompt."""
    form = PromptForm()
    text = compose(form.body.data or "")
    article = get_article_for(current_user, article_id)
    draft = _draft(form, article, text)
    if draft is None:
        return _show_form(form, article, None)
    prompt_id = operations.create_prompt(current_user.id, draft)
    commit()
    flash(_("The prompt is written. Now give it to a class."))
    return redirect(url_for("prompts.index", article_id=article_id, _anchor=f"prompt-{prompt_id}"), 303)


@blueprint.route("/prompts/<int:prompt_id>/edit", methods=["GET", "POST"])
def edit(prompt_id: int) -> ResponseReturnValue:
    """Change a prompt in every class that has it."""
    form = PromptForm()
    text = compose(form.body.data or "")
    prompt = queries.get_prompt_for(current_user.id, prompt_id)
    article = get_article_for(current_user, prompt.article_id)
    if request.method == "GET":
        passages = queries.list_prompt_passages(prompt_id, article.version_id)
        form.title.data, form.body.data = prompt.title, prompt.body
        form.passages.data = ", ".join(passage.label for passage in passages if passage.label)
    draft = _draft(form, article, text)
    if draft is None:
        return _show_form(form, article, prompt)
    operations.edit_prompt(prompt_id, draft)
    commit()
    flash(_("The prompt is changed."))
    return redirect_to("prompts.index", article_id=prompt.article_id)


def _draft(form: PromptForm, article: ArticleRow, text: CommentText) -> PromptDraft | None:
    """Return what the form holds if it was sent and holds no mistake."""
    form.blocks = list_blocks(article.version_id)
    form.sentences = sentences_of(form.blocks)
    if not form.validate_on_submit():
        return None
    return PromptDraft(article.id, article.version_id, form.title.data or "", text, form.spans())


def _show_form(form: PromptForm, article: ArticleRow, prompt: PromptRow | None) -> ResponseReturnValue:
    context = {"form": form, "article": article, "prompt": prompt, "blocks": form.blocks}
    return asked(FORM, **context)


@blueprint.get("/prompts/<int:prompt_id>/deletion")
def confirm_deletion(prompt_id: int) -> ResponseReturnValue:
    """Ask before a prompt is deleted, or say why it cannot be."""
    prompt = queries.get_prompt_for(current_user.id, prompt_id)
    return render_template("discussion/prompt_deletion.html", prompt=prompt)


@blueprint.post("/prompts/<int:prompt_id>/deletion")
def delete(prompt_id: int) -> ResponseReturnValue:
    """Delete a prompt on which nobody has written."""
    prompt = queries.get_prompt_for(current_user.id, prompt_id)
    try:
        operations.delete_prompt(prompt_id)
    except HasComments:
        raise Conflict(_("People have written on this prompt. Lock its discussions instead.")) from None
    commit()
    flash(_("The prompt is deleted."))
    return redirect_to("prompts.index", article_id=prompt.article_id)


@blueprint.route("/prompts/<int:prompt_id>/classes/<int:assignment_id>", methods=["GET", "POST"])
def deliver(prompt_id: int, assignment_id: int) -> ResponseReturnValue:
    """Give a prompt to a class, or change its rules there."""
    prompt, given = queries.get_prompt_in_class_for(current_user.id, prompt_id, assignment_id)
    require(not given.archived, _("This class is archived. It can be read, not changed."))
    held = queries.list_requirements(given.delivery_id) if given.delivery_id is not None else []
    form = DeliveryForm(data={"requirements": rows_of(held)})
    form.gate_opens_at.zone = form.closes_at.zone = given.zone
    form.set_zone(given.zone)
    if request.method == "GET" and given.delivery_id is not None:
        form.posts_before_seeing.data, form.position.data = given.posts_before_seeing, given.position
        form.gate_opens_at.data, form.closes_at.data = given.gate_opens_at, given.closes_at
        form.anonymity.data, form.approves_first.data = given.anonymity, bool(given.approves_first)
    context = {"prompt": prompt, "given": given, "section": {"id": given.section_id, "name": given.section_name}}
    if not form.validate_on_submit():
        shown = {"form": form, **context}
        return asked(DELIVERY, **shown)
    thread_id = _give(prompt, given, form)
    try:
        if form.requirements.entries:
            operations.set_requirements(Actor(current_user.id, given.section_id), thread_id, form.asked())
    except (HasRulings, ClassIsFull) as refusal:
        give_up()
        form.form_errors.append(_RULED if isinstance(refusal, HasRulings) else _FULL)
        return refused(DELIVERY, form=form, **context)
    commit()
    return redirect_to("comments.thread", delivery_id=thread_id)


def _give(prompt: PromptRow, given: GivenRow, form: DeliveryForm) -> int:
    settings = DeliverySettings(
        posts_before_seeing=form.posts_before_seeing.data or 0,
        gate_opens_at=form.gate_opens_at.data,
        closes_at=form.closes_at.data,
        position=form.position.data or 0,
        anonymity=form.anonymity.data or FORBIDDEN,
        approves_first=form.approves_first.data,
    )
    try:
        return operations.deliver_prompt(current_user.id, prompt.id, given.assignment_id, settings)
    except AlreadyGiven:
        raise Conflict(_("This class was given the prompt a moment ago. Look at its settings again.")) from None


@blueprint.post("/prompts/<int:prompt_id>/classes/<int:assignment_id>/removal")
def withdraw(prompt_id: int, assignment_id: int) -> ResponseReturnValue:
    """Take a prompt from a class in which nobody has written on it."""
    _prompt, given = queries.get_prompt_in_class_for(current_user.id, prompt_id, assignment_id)
    require(not given.archived, _("This class is archived. It can be read, not changed."))
    try:
        if given.delivery_id is not None:
            operations.withdraw_prompt(Actor(current_user.id, given.section_id), given.delivery_id)
    except HasComments:
        raise Conflict(_("This class has written on this prompt. Lock the discussion instead.")) from None
    commit()
    flash(_("The class does not have this prompt any more."))
    return redirect_to("comments.index", assignment_id=assignment_id)
