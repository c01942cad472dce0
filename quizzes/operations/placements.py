"""Questions of the bank in further quizzes: the question itself where it fits, else a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from articles.models import Span
from core.database import db
from core.points import POINT, Points
from quizzes.models import Item, Question, QuestionSpan, QuestionVersion, Quiz
from quizzes.operations.copies import copy_questions
from quizzes.operations.locks import lock_items
from quizzes.operations.questions import TooManyQuestionsError, end_of
from quizzes.queries.bank import list_readable, newest_of_question
from quizzes.questions import MOST_QUESTIONS


@dataclass(frozen=True)
class Placed:
    """What became of each question: placed, copied without its passage, there already, or tied to another article."""

    placed: int
    copied: int
    unanchored: int
    there: int
    tied: int

    @property
    def added(self) -> int:
        """How many items the quiz has gained."""
        return self.placed + self.copied


def place_questions(user_id: int, quiz_id: int, question_ids: Sequence[int]) -> Placed:
    """Add questions of the bank to a quiz of this person, in the order of their age.

    One's own question that points at no other article stands in both quizzes. Of another instructor's, and of one
    anchored in another article, the quiz gets a copy, without that anchor. One that accepts passages of another
    article stays out, as do those that the person may not read.
    Raises QuizLockedError when the quiz has attempts, TooManyQuestionsError when it would be too full.
    """
    lock_items(quiz_id)
    end = end_of(quiz_id)
    owners = list_readable(user_id, question_ids)
    there = _there(quiz_id, list(owners))
    elsewhere = _points_elsewhere(quiz_id, list(owners))
    wanted = [at for at in owners if at not in there and "evidence" not in elsewhere.get(at, set())]
    if end.count + len(wanted) > MOST_QUESTIONS:
        raise TooManyQuestionsError
    copied = [at for at in wanted if owners[at] != user_id or at in elsewhere]
    copies = dict(zip(copied, copy_questions(copied, user_id, anchors_in=_article_of(quiz_id)), strict=True))
    points = _points(wanted)
    rows = [
        {"quiz_id": quiz_id, "question_id": copies.get(at, at), "points": points.get(at, POINT), "position": place}
        for place, at in enumerate(wanted, start=end.last + 1)
    ]
    if rows:
        db.session.execute(insert(Item), rows)
    unanchored = sum(at in elsewhere for at in wanted)
    tied = len(owners) - len(there) - len(wanted)
    return Placed(len(wanted) - len(copied), len(copied), unanchored, len(there), tied)


def _article_of(quiz_id: int) -> int:
    return db.session.scalars(select(Quiz.article_id).where(Quiz.id == quiz_id)).one()


def _there(quiz_id: int, question_ids: Sequence[int]) -> set[int]:
    held = select(Item.question_id).where(Item.quiz_id == quiz_id, Item.question_id.in_(question_ids))
    return set(db.session.scalars(held))


def _points_elsewhere(quiz_id: int, question_ids: Sequence[int]) -> dict[int, set[str]]:
    """The roles in which newest versions point at another article."""
    rows = db.session.execute(
        select(Question.id, QuestionSpan.role)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(QuestionSpan, QuestionSpan.question_version_id == QuestionVersion.id)
        .join(Span, Span.id == QuestionSpan.span_id)
        .where(Question.id.in_(question_ids), newest_of_question(), Span.article_id != _article_of(quiz_id))
        .distinct()
    )
    roles: dict[int, set[str]] = {}
    for question_id, role in rows:
        roles.setdefault(question_id, set()).add(role)
    return roles


def _points(question_ids: Sequence[int]) -> dict[int, Points]:
    """The most that each question is worth elsewhere."""
    rows = db.session.execute(
        select(Item.question_id, func.max(Item.points))
        .where(Item.question_id.in_(question_ids))
        .group_by(Item.question_id)
    )
    return {row[0]: row[1] for row in rows}
