"""Which questions point at the passages of an article today: the newest version of each."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import Select, and_, select

from articles.holders import Pointer
from articles.models import Span
from core.database import db
from quizzes.models import Item, Question, QuestionSpan, QuestionVersion, Quiz
from quizzes.queries.bank import newest_of_question

MOST = 5_000


def newest_with_evidence(article_id: int) -> Select[QuestionVersion]:
    """A SELECT of the newest versions of questions that accept passages of an article."""
    evidence = (
        select(QuestionSpan.question_version_id)
        .join(Span, Span.id == QuestionSpan.span_id)
        .where(Span.article_id == article_id, QuestionSpan.role == "evidence")
    )
    return (
        select(QuestionVersion)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(QuestionVersion.id.in_(evidence), newest_of_question())
        .order_by(QuestionVersion.id)
        .limit(MOST)
    )


def list_pointers(owner_id: int, article_id: int) -> list[Pointer]:
    """Return what points at each span of an article: questions of this person's by number, others' without.

    One statement.
    """
    rows = db.session.execute(
        select(QuestionSpan.span_id, QuestionSpan.role, Question.owner_id, Item.id, Item.position, Quiz.id, Quiz.title)
        .join(Span, Span.id == QuestionSpan.span_id)
        .join(QuestionVersion, QuestionVersion.id == QuestionSpan.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .outerjoin(Item, Item.question_id == Question.id)
        .outerjoin(Quiz, and_(Quiz.id == Item.quiz_id, Quiz.article_id == article_id))
        .where(Span.article_id == article_id, newest_of_question())
        .order_by(QuestionSpan.span_id, Quiz.id, Item.position, QuestionSpan.id)
        .limit(MOST)
    )
    pointers = []
    for span_id, role, author_id, item_id, position, quiz_id, title in rows:
        is_own = author_id == owner_id and quiz_id is not None
        address = f"/quizzes/{quiz_id}/questions/{item_id}" if is_own else ""
        words = _of_quiz(role, position, title) if is_own else _of_somebody(role, author_id == owner_id)
        pointers.append(Pointer(span_id, words, address, needs_place=True))
    return list(dict.fromkeys(pointers))


def _of_quiz(role: str, number: int, title: str) -> str:
    if role == "evidence":
        return str(_("Question %(n)s of “%(quiz)s” accepts it as evidence", n=number, quiz=title))
    return str(_("Question %(n)s of “%(quiz)s” tests it", n=number, quiz=title))


def _of_somebody(role: str, is_own: bool) -> str:
    if is_own:
        kept = _("A question in your collection accepts it as evidence"), _("A question in your collection tests it")
    else:
        kept = _("A colleague’s question accepts it as evidence"), _("A colleague’s question tests it")
    return str(kept[0] if role == "evidence" else kept[1])
