"""Many questions at once: all of them or none, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert

from articles.operations import ensure_spans
from articles.queries import list_sentences
from core import clock
from core.database import db
from quizzes.models import Item, Question, QuestionSpan, QuestionVersion
from quizzes.operations.locks import lock_items
from quizzes.operations.questions import TooManyQuestionsError, end_of
from quizzes.operations.tags import write_tags
from quizzes.question_types import TYPES
from quizzes.questions import MOST_QUESTIONS, QuestionDraft


def add_questions(quiz_id: int, author_id: int, drafts: Sequence[QuestionDraft]) -> list[int]:
    """Add new questions at the end of a quiz, in their order; the ids of the questions.

    Accepted passages within contents must not be new. Raises QuizLockedError when the quiz has attempts,
    TooManyQuestionsError when it would be too full.
    """
    lock_items(quiz_id)
    end = end_of(quiz_id)
    if end.count + len(drafts) > MOST_QUESTIONS:
        raise TooManyQuestionsError
    made = {"owner_id": author_id, "created_at": clock.now()}
    ids = sorted(db.session.scalars(insert(Question).returning(Question.id), [made for _draft in drafts]))
    _write_versions(ids, author_id, drafts, end.text_id)
    placed = [
        {"quiz_id": quiz_id, "question_id": question_id, "points": draft.points, "position": end.last + at}
        for at, (question_id, draft) in enumerate(zip(ids, drafts, strict=True), start=1)
    ]
    db.session.execute(insert(Item), placed)
    write_tags((at, tag) for at, draft in zip(ids, drafts, strict=True) for tag in draft.tags or ())
    return ids


def _write_versions(ids: Sequence[int], author_id: int, drafts: Sequence[QuestionDraft], text_id: int) -> None:
    values = [
        {
            "question_id": question_id,
            "number": 1,
            "type": draft.type,
            "stem": draft.words.stem,
            "stem_html": draft.words.stem_html,
            "content": TYPES[draft.type].write(draft.content),
            "general_feedback": draft.words.general_feedback,
            "general_feedback_html": draft.words.general_feedback_html,
            "hint": draft.words.hint,
            "created_by_id": author_id,
            "created_at": clock.now(),
        }
        for question_id, draft in zip(ids, drafts, strict=True)
    ]
    written = insert(QuestionVersion).returning(QuestionVersion.question_id, QuestionVersion.id)
    version_of = {row[0]: row[1] for row in db.session.execute(written, values)}
    anchored = [(version_of[at], draft.anchor) for at, draft in zip(ids, drafts, strict=True) if draft.anchor]
    if not anchored:
        return
    spans = ensure_spans(text_id, [ends for _version, ends in anchored], list_sentences(text_id))
    rows = [
        {"question_version_id": version_id, "span_id": span_id, "role": "anchor", "position": 0}
        for (version_id, _ends), span_id in zip(anchored, spans, strict=True)
    ]
    db.session.execute(insert(QuestionSpan), rows)
