"""An instructor's own articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from articles.models import Article, ArticleVersion, Assignment, Block
from classroom.models import User
from classroom.names import name_key
from classroom.viewer import Viewer
from core.database import db, read_connection
from core.web import not_found

MOST = 500


@dataclass(frozen=True)
class ArticleRow:
    """One article of the viewer's with its newest version."""

    id: int
    title: str
    language: str
    direction: str
    archived: bool
    created_at: datetime
    version_id: int
    version_number: int
    word_count: int
    class_count: int


@dataclass(frozen=True)
class LibraryRow:
    """One line of the library."""

    id: int
    title: str
    language: str
    direction: str
    archived: bool
    created_at: datetime
    word_count: int
    paragraph_count: int
    class_count: int


@dataclass(frozen=True)
class OwnerRow:
    """An account that may own articles."""

    id: int
    role: str


@dataclass(frozen=True)
class SourceRow:
    """The text of a version as it was given, and its format."""

    format: str
    text: str


_newest = (
    select(func.max(ArticleVersion.number))
    .where(ArticleVersion.article_id == Article.id)
    .correlate(Article)
    .scalar_subquery()
)
_class_count = (
    select(func.count(Assignment.id)).where(Assignment.article_id == Article.id).correlate(Article).scalar_subquery()
)
_paragraph_count = (
    select(func.max(Block.number))
    .where(Block.version_id == ArticleVersion.id)
    .correlate(ArticleVersion)
    .scalar_subquery()
)


def get_article_for(user: Viewer, article_id: int) -> ArticleRow:
    """Return the viewer's own article with its newest version, or answer 404.

    Reads in a transaction of its own, as a text may be read and split before the writing begins.
    """
    statement = (
        select(
            Article.id,
            Article.title,
            Article.language,
            Article.direction,
            Article.archived_at.is_not(None).label("archived"),
            Article.created_at,
            ArticleVersion.id.label("version_id"),
            ArticleVersion.number.label("version_number"),
            ArticleVersion.word_count,
            _class_count.label("class_count"),
        )
        .join(ArticleVersion, ArticleVersion.article_id == Article.id)
        .where(
            Article.id == article_id,
            Article.owner_id == user.id,
            ArticleVersion.number == _newest,
        )
    )
    with read_connection() as connection:
        row = connection.execute(statement).first()
    return ArticleRow(**row._mapping) if row else not_found()


def list_articles(user: Viewer) -> list[LibraryRow]:
    """Return the viewer's library, newest first, put-away articles last."""
    rows = db.session.execute(
        select(
            Article.id,
            Article.title,
            Article.language,
            Article.direction,
            Article.archived_at.is_not(None).label("archived"),
            Article.created_at,
            ArticleVersion.word_count,
            func.coalesce(_paragraph_count, 0).label("paragraph_count"),
            _class_count.label("class_count"),
        )
        .join(ArticleVersion, ArticleVersion.article_id == Article.id)
        .where(Article.owner_id == user.id, ArticleVersion.number == _newest)
        .order_by(Article.archived_at.is_not(None), Article.created_at.desc(), Article.id.desc())
        .limit(MOST)
    )
    return [LibraryRow(**row._mapping) for row in rows]


def get_newest_source(article: ArticleRow) -> SourceRow:
    """Return the text that the newest version was made from."""
    row = db.session.execute(
        select(ArticleVersion.source_format, ArticleVersion.source).where(ArticleVersion.id == article.version_id)
    ).one()
    return SourceRow(row.source_format, row.source)


def find_owner(email_or_username: str) -> OwnerRow | None:
    """Return the account with this address or username, whatever its case."""
    key = name_key(email_or_username)
    row = db.session.execute(
        select(User.id, User.role)
        .where(or_(User.email_key == key, User.username_key == key))
        .order_by(User.id)
        .limit(1)
    ).first()
    return OwnerRow(row.id, row.role) if row else None
