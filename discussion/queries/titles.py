"""What the place of a comment is called: the title of its prompt, of a note that of the article."""

from __future__ import annotations

from sqlalchemy import func

from articles.models import Article, Assignment
from core.database import AnySelect
from discussion.models import Comment, Prompt, PromptDelivery

TITLE = func.coalesce(Prompt.title, Article.title)
"""For a statement that has both tables."""


def with_titles(statement: AnySelect) -> AnySelect:
    """Join what TITLE needs to comments."""
    return (
        statement.join(Assignment, Assignment.id == Comment.assignment_id)
        .join(Article, Article.id == Assignment.article_id)
        .outerjoin(PromptDelivery, PromptDelivery.id == Comment.delivery_id)
        .outerjoin(Prompt, Prompt.id == PromptDelivery.prompt_id)
    )
