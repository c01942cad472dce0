"""Writing questions: each edit is a version, each question in a quiz an item with its points."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import delete, func, select, update

from articles.models import ArticleVersion
from articles.operations import ensure_span
from core import clock
from core.database import db
from quizzes.models import Item, Question, QuestionSpan, QuestionVersion, Quiz
from quizzes.operations.copies import copy_questions, delete_questions
from quizzes.operations.locks import lock_items
from quizzes.question_types import TYPES
from quizzes.question_types.evidence import EvidenceContent
from quizzes.questions import MOST_QUESTIONS, QuestionDraft


class StaleQuestionError(Exception):
    """Somebody saved the question after this edit began."""


class TooManyQuestionsError(Exception):
    """The quiz has as many questions as a quiz may have."""


def add_question(quiz_id: int, author_id: int, draft: QuestionDraft) -> Item:
    """Add a question at the end of a quiz, in its first version.

    Raises QuizLockedError when the quiz has attempts, TooManyQuestionsError when it is full.
    """
    lock_items(quiz_id)
    question = Question(owner_id=author_id, created_at=clock.now())
    db.session.add(question)
    db.session.flush()
    _write_version(_unsaved(question.id, 1, author_id, draft), draft, _text_of(quiz_id))
    return _place(quiz_id, question.id, draft.points)


def revise_question(item_id: int, author_id: int, draft: QuestionDraft, seen: int | None = None) -> None:
    """Save an edit as a new version if it says anything new, and the points if they changed.

    `seen` is the number of the version that was edited: StaleQuestionError if it is not the newest any more.
    Raises QuizLockedError when points change and the quiz has attempts.
    """
    item = db.session.get_one(Item, item_id)
    newest = _newest(item.question_id)
    if seen is not None and newest.number != seen:
        raise StaleQuestionError
    if item.points != draft.points:
        lock_items(item.quiz_id)
        item.points = draft.points
    text_id = _text_of(item.quiz_id)
    edited = _unsaved(item.question_id, newest.number + 1, author_id, draft)
    if not _says_the_same(edited, newest, draft, text_id):
        _write_version(edited, draft, text_id)
    db.session.flush()


def duplicate_question(item_id: int, author_id: int) -> Item:
    """Put a copy of a question behind it. Raises as add_question does."""
    item = db.session.get_one(Item, item_id)
    lock_items(item.quiz_id)
    question_id = copy_questions([item.question_id], author_id)[0]
    db.session.execute(
        update(Item)
        .where(Item.quiz_id == item.quiz_id, Item.position > item.position)
        .values(position=Item.position + 1)
    )
    return _place(item.quiz_id, question_id, item.points, item.position + 1)


def move_question(item_id: int, places: int) -> None:
    """Move a question up (-1) or down (1); nothing at the ends. Raises QuizLockedError."""
    item = db.session.get_one(Item, item_id)
    lock_items(item.quiz_id)
    ids = _ordered(item.quiz_id)
    at = ids.index(item_id)
    to = min(max(at + places, 0), len(ids) - 1)
    ids.insert(to, ids.pop(at))
    _number(ids)


def remove_question(item_id: int) -> None:
    """Take a question out of its quiz, and delete it when no other quiz holds it. Raises QuizLockedError."""
    item = db.session.get_one(Item, item_id)
    quiz_id, question_id = item.quiz_id, item.question_id
    lock_items(quiz_id)
    db.session.execute(delete(Item).where(Item.id == item_id))
    delete_questions([question_id])
    _number(_ordered(quiz_id))


def _ordered(quiz_id: int) -> list[int]:
    return list(
        db.session.scalars(
            select(Item.id).where(Item.quiz_id == quiz_id).order_by(Item.position, Item.id).limit(2 * MOST_QUESTIONS)
        )
    )


def _number(ids: list[int]) -> None:
    places = [{"id": item_id, "position": at} for at, item_id in enumerate(ids, start=1)]
    if places:
        db.session.execute(update(Item), places)
    db.session.flush()


def _place(quiz_id: int, question_id: int, points: int, position: int | None = None) -> Item:
    count, last = db.session.execute(
        select(func.count(), func.coalesce(func.max(Item.position), 0)).where(Item.quiz_id == quiz_id)
    ).one()
    if count >= MOST_QUESTIONS:
        raise TooManyQuestionsError
    item = Item(quiz_id=quiz_id, question_id=question_id, points=points, position=position or last + 1)
    db.session.add(item)
    db.session.flush()
    return item


def _text_of(quiz_id: int) -> int:
    """The newest version of the quiz's article."""
    return db.session.scalars(
        select(ArticleVersion.id)
        .join(Quiz, Quiz.article_id == ArticleVersion.article_id)
        .where(Quiz.id == quiz_id)
        .order_by(ArticleVersion.number.desc(), ArticleVersion.id)
        .limit(1)
    ).one()


def _newest(question_id: int) -> QuestionVersion:
    """The newest version; the question's row is held, so that two edits come one after the other."""
    db.session.execute(select(Question.id).where(Question.id == question_id).with_for_update())
    return db.session.scalars(
        select(QuestionVersion)
        .where(QuestionVersion.question_id == question_id)
        .order_by(QuestionVersion.number.desc(), QuestionVersion.id)
        .limit(1)
    ).one()


def _unsaved(question_id: int, number: int, author_id: int, draft: QuestionDraft) -> QuestionVersion:
    words = draft.words
    return QuestionVersion(
        question_id=question_id,
        number=number,
        type=draft.type,
        stem=words.stem,
        stem_html=words.stem_html,
        general_feedback=words.general_feedback,
        general_feedback_html=words.general_feedback_html,
        hint=words.hint,
        created_by_id=author_id,
        created_at=clock.now(),
    )


def _placed_content(draft: QuestionDraft, text_id: int) -> Any:
    """The content, with the span of each accepted passage filled in."""
    content = draft.content
    if not isinstance(content, EvidenceContent):
        return content
    passages = tuple(
        replace(row, span_id=ensure_span(text_id, row.sentences[0], row.sentences[-1]).id if row.sentences else None)
        for row in content.passages
    )
    return replace(content, passages=passages)


def _says_the_same(edited: QuestionVersion, newest: QuestionVersion, draft: QuestionDraft, text_id: int) -> bool:
    content = TYPES[draft.type].write(_placed_content(draft, text_id))
    anchors = [span_id for span_id, role, _position in _spans_of(newest.id) if role == "anchor"]
    wanted = [ensure_span(text_id, *draft.anchor).id] if draft.anchor else []
    return (
        content == newest.content
        and anchors == wanted
        and all(getattr(edited, name) == getattr(newest, name) for name in ("type", "stem", "general_feedback", "hint"))
    )


def _write_version(version: QuestionVersion, draft: QuestionDraft, text_id: int) -> None:
    content = _placed_content(draft, text_id)
    version.content = TYPES[draft.type].write(content)
    db.session.add(version)
    db.session.flush()
    if draft.anchor:
        _point(version.id, ensure_span(text_id, *draft.anchor).id, "anchor", 0)
    if isinstance(content, EvidenceContent):
        for at, passage in enumerate(content.passages):
            if passage.span_id is not None:
                _point(version.id, passage.span_id, "evidence", at)
    db.session.flush()


def _spans_of(version_id: int) -> list[tuple[int, str, int]]:
    rows = db.session.execute(
        select(QuestionSpan.span_id, QuestionSpan.role, QuestionSpan.position)
        .where(QuestionSpan.question_version_id == version_id)
        .order_by(QuestionSpan.role, QuestionSpan.position, QuestionSpan.id)
        .limit(100)
    )
    return [(row.span_id, row.role, row.position) for row in rows]


def _point(version_id: int, span_id: int, role: str, position: int) -> None:
    db.session.add(QuestionSpan(question_version_id=version_id, span_id=span_id, role=role, position=position))
