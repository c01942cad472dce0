"""Which prompts, posts and notes point at the passages of an article."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from articles.holders import Pointer
from articles.models import Span
from core.database import AnySelect, db
from discussion.models import SELF, Comment, CommentSpan, Prompt, PromptSpan

MOST = 20_000


def list_pointers(owner_id: int, article_id: int) -> list[Pointer]:
    """Return what points at each span of an article: this person's prompts by title, posts and notes as a number.

    Whose they are, and in which class, is not the article's business; of what somebody wrote for themselves nothing is
    said. Three statements.
    """
    prompts = db.session.execute(
        select(PromptSpan.span_id, Prompt.id, Prompt.title, Prompt.owner_id)
        .distinct()  # of a passage that the prompt's words lead to as well
        .join(Span, Span.id == PromptSpan.span_id)
        .join(Prompt, Prompt.id == PromptSpan.prompt_id)
        .where(Span.article_id == article_id)
        .order_by(PromptSpan.span_id, Prompt.id)
        .limit(MOST)
    )
    pointers = [
        _of_own_prompt(span_id, prompt_id, title)
        if author_id == owner_id
        else Pointer(span_id, str(_("A colleague’s prompt is about it")))
        for span_id, prompt_id, title, author_id in prompts
    ]
    for span_id, count in db.session.execute(_quoting(article_id)):
        pointers.append(Pointer(span_id, str(ngettext("%(num)s post quotes it", "%(num)s posts quote it", count))))
    for span_id, count in db.session.execute(_noted(article_id)):
        pointers.append(Pointer(span_id, str(ngettext("%(num)s note is on it", "%(num)s notes are on it", count))))
    return pointers


def _quoting(article_id: int) -> AnySelect:
    return (
        select(CommentSpan.span_id, func.count(CommentSpan.comment_id.distinct()))
        .join(Span, Span.id == CommentSpan.span_id)
        .join(Comment, Comment.id == CommentSpan.comment_id)
        .where(Span.article_id == article_id, Comment.deleted_at.is_(None), Comment.visibility != SELF)
        .group_by(CommentSpan.span_id)
        .order_by(CommentSpan.span_id)
        .limit(MOST)
    )


def _noted(article_id: int) -> AnySelect:
    return (
        select(Span.id, func.count(Comment.id))
        .join(Comment, Comment.span_id == Span.id)
        .where(Span.article_id == article_id, Comment.deleted_at.is_(None), Comment.visibility != SELF)
        .group_by(Span.id)
        .order_by(Span.id)
        .limit(MOST)
    )


def _of_own_prompt(span_id: int, prompt_id: int, title: str) -> Pointer:
    return Pointer(span_id, str(_("The prompt “%(title)s” is about it", title=title)), f"/prompts/{prompt_id}/edit")
