"""Making quizzes and publishing them. Operations flush; the view commits."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from core import clock
from core.database import db
from quizzes.models import Item, Quiz, QuizDelivery
from quizzes.operations.copies import copy_questions, delete_questions
from quizzes.operations.locks import lock_items
from quizzes.queries.draws import empty_draws
from quizzes.queries.items import list_items
from quizzes.questions import CheckedItem, QuizProblem, problems_of


class NotReadyError(Exception):
    """The quiz cannot be published yet; `problems` says why."""

    def __init__(self, problems: list[QuizProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def create_quiz(author_id: int, article_id: int, title: str) -> Quiz:
    """Make a draft without questions on an article."""
    quiz = Quiz(article_id=article_id, owner_id=author_id, title=title, created_at=clock.now())
    db.session.add(quiz)
    db.session.flush()
    return quiz


def rename_quiz(quiz_id: int, title: str) -> None:
    """Give a quiz another title; allowed at any time."""
    db.session.execute(update(Quiz).where(Quiz.id == quiz_id).values(title=title))


def duplicate_quiz(author_id: int, quiz_id: int, title: str) -> Quiz:
    """Make a draft under `title` with copies of all questions; no class has it."""
    source = db.session.get_one(Quiz, quiz_id)
    copy = create_quiz(author_id, source.article_id, title)
    rows = list_items(quiz_id)
    copies = copy_questions([row.question_id for row in rows], author_id)
    placed = [
        {"quiz_id": copy.id, "question_id": question_id, "points": row.points, "position": row.number}
        for row, question_id in zip(rows, copies, strict=True)
    ]
    if placed:
        db.session.execute(insert(Item), placed)
    return copy


def delete_quiz(quiz_id: int) -> None:
    """Delete a quiz, its questions and its deliveries. Raises QuizLockedError when it has attempts."""
    lock_items(quiz_id)
    question_ids = db.session.scalars(select(Item.question_id).where(Item.quiz_id == quiz_id)).all()
    db.session.execute(delete(Item).where(Item.quiz_id == quiz_id))
    delete_questions(question_ids)
    db.session.execute(delete(QuizDelivery).where(QuizDelivery.quiz_id == quiz_id))
    db.session.execute(delete(Quiz).where(Quiz.id == quiz_id))


def publish_quiz(quiz_id: int) -> None:
    """Let students see the quiz where it is given to their class. Raises NotReadyError with every problem."""
    db.session.execute(select(Quiz.id).where(Quiz.id == quiz_id).with_for_update())
    rows = list_items(quiz_id)
    empty = empty_draws(quiz_id, rows)
    problems = problems_of(
        [
            CheckedItem(row.item_id, row.number, row.type, row.stem, row.points, row.content, row.item_id in empty)
            for row in rows
        ]
    )
    if problems:
        raise NotReadyError(problems)
    db.session.execute(
        update(Quiz).where(Quiz.id == quiz_id, Quiz.published_at.is_(None)).values(published_at=clock.now())
    )


def unpublish_quiz(quiz_id: int) -> None:
    """Stop new starts. Attempts in progress go on, and their results stay."""
    db.session.execute(update(Quiz).where(Quiz.id == quiz_id).values(published_at=None))
