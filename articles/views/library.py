"""An instructor's library: adding, reading, editing and putting away articles."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from articles import languages, losses, operations, permissions, queries
from articles.drafts import Draft
from articles.edits import Edit, edit_of
from articles.forms import ArticleForm, PlaceForm
from articles.holders import HeldMeanwhile, Moved, pointers_by_span
from articles.importing.formats import Source
from articles.moves import moves_of
from articles.queries import ArticleRow, ClassRow
from articles.queries.edited import list_lost_passages, read_edited
from core.database import commit, give_up
from core.errors import Conflict
from core.forms import refused
from core.web import redirect_to, require

blueprint = Blueprint("library", __name__)


def _require_author() -> None:
    require(permissions.may_keep_articles(current_user), _("This page is for your instructors."))


def _form() -> ArticleForm:
    return ArticleForm(languages.choices(str(get_locale() or "en")))


@blueprint.get("/articles")
def index() -> ResponseReturnValue:
    """Show the library."""
    _require_author()
    return render_template("articles/index.html", articles=queries.list_articles(current_user))


@blueprint.get("/articles/new")
def new() -> ResponseReturnValue:
    """Ask for a text or a file."""
    _require_author()
    return render_template("articles/new.html", form=_form())


@blueprint.post("/articles/preview")
def preview() -> ResponseReturnValue:
    """Show what a new text becomes, numbered, before anything is saved."""
    _require_author()
    form = _form()
    draft = _read(form, needs_title=False)
    _keep_images(form)
    if draft is None:
        return _refused_text(form, "articles/new.html", "articles/preview.html")
    return render_template("articles/preview.html", form=form, **_shown(draft))


def _read(form: ArticleForm, *, needs_title: bool = True, needs_words: bool = False) -> Draft | None:
    find = partial(queries.list_images_of, current_user.id)
    return form.read(find, needs_title=needs_title, needs_words=needs_words)


def _keep_images(form: ArticleForm) -> None:
    """Keep the images of a text that is shown but not saved: the page names them, and so does the next form."""
    if form.understood is None or not form.understood.image_digests:
        return
    try:
        operations.keep_images(current_user.id, form.understood.image_digests, form.understood.source.images)
    except operations.ImageGone as error:
        raise _image_gone() from error
    commit()


def _image_gone() -> Conflict:
    return Conflict(_("A picture of this text was forgotten, as it was not used for a week. Add it again."))


@blueprint.post("/articles")
def create() -> ResponseReturnValue:
    """Save a new article."""
    _require_author()
    form = _form()
    draft = _read(form, needs_words=True)
    if draft is None:
        _keep_images(form)
        return _refused_text(form, "articles/new.html", "articles/preview.html")
    try:
        article_id = operations.create_article(current_user.id, draft).id
    except operations.ImageGone as error:
        raise _image_gone() from error
    commit()
    flash(_("Saved in your library. Now give it to your classes."))
    return redirect_to("library.show", article_id=article_id)


def _shown(draft: Draft) -> dict[str, object]:
    """What a preview needs to show a draft."""
    return {
        "draft": draft,
        "blocks": queries.rows_of_preview(draft.blocks, draft.source.images),
        "losses": losses.told(draft.dropped),
    }


def _refused_text(form: ArticleForm, without_text: str, with_text: str, **context: object) -> ResponseReturnValue:
    """Show a refused form again: beside the numbered text if only something else was wrong."""
    if form.understood is None:
        return refused(without_text, form=form, **context)
    return refused(with_text, form=form, **_shown(form.understood), **context)


@blueprint.get("/articles/<int:article_id>")
def show(article_id: int) -> ResponseReturnValue:
    """Show an article of one's own, numbered, with what can be done with it."""
    article = queries.get_article_for(current_user, article_id)
    return render_template("articles/show.html", **shown_article(article))


def shown_article(article: ArticleRow) -> dict[str, object]:
    """What the page of an article shows."""
    return {
        "article": article,
        "blocks": queries.list_blocks(article.version_id),
        "classes": _assigned(article),
        "orphans": list_lost_passages(current_user.id, article),
        "form": PlaceForm(MultiDict()),
        "refused": None,
    }


def _assigned(article: ArticleRow) -> list[ClassRow]:
    classes = queries.list_classes_of_article(current_user, article.id)
    return [each for each in classes if each.assignment_id is not None]


@blueprint.get("/articles/<int:article_id>/edit")
def edit(article_id: int) -> ResponseReturnValue:
    """Show the text for editing."""
    article = queries.get_article_for(current_user, article_id)
    form = _form()
    source = queries.get_newest_source(article)
    form.fill(article.title, article.language, Source(source.text, source.format))
    form.edited_number.data = str(article.version_number)
    return render_template("articles/edit.html", form=form, article=article, classes=_movable(form, article))


def _movable(form: ArticleForm, article: ArticleRow) -> list[ClassRow]:
    """Offer the article's classes in the form, all ticked when it is first shown."""
    classes = [each for each in _assigned(article) if not each.archived]
    form.move.choices = [(each.assignment_id, each.section_name) for each in classes]
    if not form.is_submitted():
        form.move.data = [each.assignment_id for each in classes]
    return classes


@blueprint.post("/articles/<int:article_id>/preview")
def preview_edit(article_id: int) -> ResponseReturnValue:
    """Show what the edited text becomes before it is saved."""
    article = queries.get_article_for(current_user, article_id)
    form = _form()
    classes = _movable(form, article)
    draft = _read(form)
    _keep_images(form)
    context = {"article": article, "classes": classes}
    if draft is None:
        return _refused_text(form, "articles/edit.html", "articles/edit_preview.html", **context)
    if form.edited_from() != article.version_number:
        return _stale(form, article, classes)
    edit = edit_of(read_edited(article), draft)
    return render_template("articles/edit_preview.html", form=form, **_shown(draft), **_moves(edit, article), **context)


def _moves(edit: Edit, article: ArticleRow) -> dict[str, object]:
    """What becomes of the passages that something points at."""
    return {"moves": moves_of(edit, pointers_by_span(current_user.id, article.id))}


def _stale(form: ArticleForm, article: ArticleRow, classes: list[ClassRow]) -> ResponseReturnValue:
    form.edited_number.data = str(article.version_number)
    return render_template("articles/edit.html", form=form, stale=True, article=article, classes=classes), 409


@blueprint.post("/articles/<int:article_id>/versions")
def save(article_id: int) -> ResponseReturnValue:
    """Save the edited text as the next version."""
    article = queries.get_article_for(current_user, article_id)
    form = _form()
    classes = _movable(form, article)
    draft = _read(form, needs_words=True)
    if draft is None:
        _keep_images(form)
        return _refused_text(form, "articles/edit.html", "articles/edit_preview.html", article=article, classes=classes)
    if form.edited_from() != article.version_number:
        _keep_images(form)
        return _stale(form, article, classes)
    edit = edit_of(read_edited(article), draft)
    try:
        version_id = operations.save_version(article.id, current_user.id, edit).id
        operations.move_assignments(article.id, form.move.data or [], version_id)
        operations.tell_holders(Moved(article.id, version_id, current_user.id))
    except operations.ImageGone as error:
        raise _image_gone() from error
    except (operations.EditedMeanwhile, HeldMeanwhile):
        give_up()
        _keep_images(form)
        return _stale(form, queries.get_article_for(current_user, article_id), classes)
    commit()
    flash(_("Saved as a new version."))
    return redirect_to("library.show", article_id=article.id)


@blueprint.post("/articles/<int:article_id>/archive")
def archive(article_id: int) -> ResponseReturnValue:
    """Put an article away."""
    article = queries.get_article_for(current_user, article_id)
    operations.archive_article(article.id)
    commit()
    flash(_("Put away. It stands at the end of your library; its classes keep it."))
    return redirect_to("library.index")


@blueprint.post("/articles/<int:article_id>/restoration")
def restore(article_id: int) -> ResponseReturnValue:
    """Take an article back that was put away."""
    article = queries.get_article_for(current_user, article_id)
    operations.restore_article(article.id)
    commit()
    return redirect_to("library.show", article_id=article.id)


@blueprint.get("/articles/<int:article_id>/deletion")
def confirm_deletion(article_id: int) -> ResponseReturnValue:
    """Ask whether an article is really to be deleted."""
    article = queries.get_article_for(current_user, article_id)
    return render_template("articles/deletion.html", article=article, in_use=article.class_count > 0)


@blueprint.post("/articles/<int:article_id>/deletion")
def delete(article_id: int) -> ResponseReturnValue:
    """Delete an article that nothing refers to."""
    article = queries.get_article_for(current_user, article_id)
    try:
        operations.delete_article(article.id)
    except operations.ArticleInUse:
        return render_template("articles/deletion.html", article=article, in_use=True), 409
    commit()
    flash(_("Deleted."))
    return redirect_to("library.index")
