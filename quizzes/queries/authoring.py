"""What authors and a class's staff read: the quiz as they meet it, the version being edited, lists of quizzes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from articles.models import Article, ArticleVersion, Assignment, Span, VersionSentence
from articles.queries import place_of, with_places
from classroom.models import STAFF, Enrollment
from classroom.viewer import Viewer
from core.database import db
from core.web import not_found
from quizzes.models import Attempt, Item, QuestionSpan, QuestionVersion, Quiz, QuizDelivery


@dataclass(frozen=True)
class QuizRow:
    """A quiz as one person meets it: as its author, or with a role in classes that have it."""

    id: int
    title: str
    article_id: int
    article_title: str
    language: str
    direction: str
    version_id: int
    published_at: datetime | None
    classes: int
    attempts: int
    is_author: bool
    roles: frozenset[str]

    @property
    def is_locked(self) -> bool:
        """Whether items and points are locked because students have started."""
        return self.attempts > 0

    @property
    def is_staff(self) -> bool:
        """Whether the person wrote it or teaches or assists in a class that has it."""
        return self.is_author or bool(self.roles & set(STAFF))


@dataclass(frozen=True)
class EditedVersion:
    """The newest version of a question, as far as only its author needs it."""

    number: int
    general_feedback: str
    created_at: datetime


@dataclass(frozen=True)
class Passage:
    """A place that a question points at, as its "anchor" or as "evidence".

    First and last sentence id in one version of the article: None when it has no place there, only its words.
    """

    role: str
    span_id: int
    article_id: int
    quote: str
    ends: tuple[int, int] | None


@dataclass(frozen=True)
class QuizLine:
    """A quiz in the list of its article."""

    id: int
    title: str
    published: bool
    questions: int
    classes: int


_newest_text = (
    select(ArticleVersion.id)
    .where(ArticleVersion.article_id == Quiz.article_id)
    .order_by(ArticleVersion.number.desc())
    .limit(1)
    .correlate(Quiz)
    .scalar_subquery()
)
_questions = select(func.count(Item.id)).where(Item.quiz_id == Quiz.id).correlate(Quiz).scalar_subquery()
_classes = select(func.count(QuizDelivery.id)).where(QuizDelivery.quiz_id == Quiz.id).correlate(Quiz).scalar_subquery()
_attempts = (
    select(func.count(Attempt.id))
    .join(QuizDelivery, QuizDelivery.id == Attempt.delivery_id)
    .where(QuizDelivery.quiz_id == Quiz.id)
    .correlate(Quiz)
    .scalar_subquery()
)


def get_quiz_for(user: Viewer, quiz_id: int) -> QuizRow:
    """Return the quiz for its author, for staff of a class that has it and, once it is published, for everybody
    there; 404 for all others."""
    rows = db.session.execute(
        select(
            Quiz.id,
            Quiz.title,
            Quiz.article_id,
            Article.title.label("article_title"),
            Article.language,
            Article.direction,
            _newest_text.label("version_id"),
            Quiz.published_at,
            _classes.label("classes"),
            _attempts.label("attempts"),
            Quiz.owner_id,
            Enrollment.role,
        )
        .join(Article, Article.id == Quiz.article_id)
        .outerjoin(QuizDelivery, QuizDelivery.quiz_id == Quiz.id)
        .outerjoin(Assignment, Assignment.id == QuizDelivery.assignment_id)
        .outerjoin(
            Enrollment,
            and_(
                Enrollment.section_id == Assignment.section_id,
                Enrollment.user_id == user.id,
                Enrollment.state == "active",
            ),
        )
        .where(Quiz.id == quiz_id)
        .order_by(Enrollment.id)
        .limit(500)
    ).all()
    roles = frozenset(row.role for row in rows if row.role)
    is_author = bool(rows) and rows[0].owner_id == user.id
    is_visible = bool(roles & set(STAFF)) or (bool(roles) and rows[0].published_at is not None)
    if not (is_author or is_visible):
        not_found()
    values = {name: value for name, value in rows[0]._mapping.items() if name not in ("owner_id", "role")}
    return QuizRow(**values, is_author=is_author, roles=roles)


def get_edited_version(version_id: int) -> EditedVersion:
    """Return what the editor needs of a version beyond `list_items`."""
    row = db.session.execute(
        select(QuestionVersion.number, QuestionVersion.general_feedback, QuestionVersion.created_at).where(
            QuestionVersion.id == version_id
        )
    ).one()
    return EditedVersion(*row)


def list_passages(version_ids: Sequence[int], text_id: int) -> dict[int, list[Passage]]:
    """Return every passage that question versions point at, anchors first, as a version of the article has it.

    One statement.
    """
    first, last = aliased(VersionSentence), aliased(VersionSentence)
    first_id, last_id = place_of()
    of_span = (Span.id, Span.article_id, Span.quote)
    statement = select(
        QuestionSpan.question_version_id, QuestionSpan.role, *of_span, first.sentence_id, last.sentence_id
    ).join(Span, Span.id == QuestionSpan.span_id)
    rows = db.session.execute(
        with_places(statement, text_id)
        .outerjoin(first, and_(first.version_id == text_id, first.sentence_id == first_id))
        .outerjoin(last, and_(last.version_id == text_id, last.sentence_id == last_id))
        .where(QuestionSpan.question_version_id.in_(version_ids))
        .order_by(QuestionSpan.role, QuestionSpan.position, QuestionSpan.id)
        .limit(5_000)
    )
    passages: dict[int, list[Passage]] = defaultdict(list)
    for version_id, role, span_id, article_id, quote, *ends in rows:
        place = None if None in ends else (ends[0], ends[1])
        passages[version_id].append(Passage(role, span_id, article_id, quote, place))
    return dict(passages)


def list_quizzes_of_article(user_id: int, article_id: int) -> list[QuizLine]:
    """Return a person's own quizzes on an article, oldest first."""
    rows = db.session.execute(
        select(
            Quiz.id,
            Quiz.title,
            Quiz.published_at.is_not(None),
            _questions,
            _classes,
        )
        .where(Quiz.article_id == article_id, Quiz.owner_id == user_id)
        .order_by(Quiz.id)
        .limit(200)
    )
    return [QuizLine(*row) for row in rows]
