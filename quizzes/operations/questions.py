"""Writing questions: each edit is a version, each question in a quiz an item with its points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from articles.models import ArticleVersion
from articles.operations import ensure_spans
from articles.queries import list_sentences
from core import clock
from core.database import db
from quizzes.models import Item, Question, QuestionSpan, QuestionVersion, Quiz
from quizzes.operations.copies import copy_questions, delete_questions
from quizzes.operations.locks import lock_items
from quizzes.operations.tags import set_tags
from quizzes.queries.authoring import Passage, list_passages
from quizzes.question_types import TYPES
from quizzes.question_types.base import Json
from quizzes.question_types.evidence_part import passages_of, with_passages
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
    end = end_of(quiz_id)
    question = Question(owner_id=author_id, created_at=clock.now())
    db.session.add(question)
    db.session.flush()
    _write_version(unsaved_version(question.id, 1, author_id, draft), _point_out(draft, end.text_id))
    set_tags(question.id, draft.tags)
    return _place(end, question.id, draft.points)


def revise_question(item_id: int, author_id: int, draft: QuestionDraft, seen: int | None = None) -> None:
    """Save an edit as a new version if it says anything new, and the points if they changed.

    `seen` is the number of the version that was edited: StaleQuestionError if it is not the newest any more.
    Raises QuizLockedError when points change and the quiz has attempts.
    """
    item, newest, text_id = _edited(item_id)
    if seen is not None and newest.number != seen:
        raise StaleQuestionError
    if item.points != draft.points:
        lock_items(item.quiz_id)
        item.points = draft.points
    edited = unsaved_version(item.question_id, newest.number + 1, author_id, draft)
    pointed = _point_out(draft, text_id, newest)
    if not _says_the_same(edited, newest, pointed):
        _write_version(edited, pointed)
    set_tags(item.question_id, draft.tags)
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
    return _place(end_of(item.quiz_id), question_id, item.points, item.position + 1)


def move_question(item_id: int, places: int) -> None:
    """Move a question up (-1) or down (1); nothing at the ends. Raises QuizLockedError."""
    item = db.session.get_one(Item, item_id)
    lock_items(item.quiz_id)
    ids = _ordered(item.quiz_id)
    at = ids.index(item_id)
    to = min(max(at + places, 0), len(ids) - 1)
    ids.insert(to, ids.pop(at))
    _number(ids)


def remove_question(item_id: int, *, keep: bool = False) -> None:
    """Take a question out of its quiz; unless it is to be kept, delete it when no other quiz holds it.

    Raises QuizLockedError.
    """
    item = db.session.get_one(Item, item_id)
    quiz_id, question_id = item.quiz_id, item.question_id
    lock_items(quiz_id)
    db.session.execute(delete(Item).where(Item.id == item_id))
    if not keep:
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


@dataclass(frozen=True)
class QuizEnd:
    """The end of a quiz: how many items it has, the last position, and the newest version of its article."""

    quiz_id: int
    count: int
    last: int
    text_id: int


@dataclass(frozen=True)
class _Pointed:
    """A draft's content as JSON, with the spans of its anchor and of each accepted passage."""

    data: Json
    anchors: list[int]
    evidence: list[int]


_newest_text = (
    select(ArticleVersion.id)
    .where(ArticleVersion.article_id == Quiz.article_id)
    .order_by(ArticleVersion.number.desc())
    .limit(1)
    .correlate(Quiz)
    .scalar_subquery()
)


def end_of(quiz_id: int) -> QuizEnd:
    """Return where the next question of a quiz goes."""
    row = db.session.execute(
        select(func.count(Item.id), func.coalesce(func.max(Item.position), 0), _newest_text)
        .select_from(Quiz)
        .outerjoin(Item, Item.quiz_id == Quiz.id)
        .where(Quiz.id == quiz_id)
        .group_by(Quiz.id, Quiz.article_id)
    ).one()
    return QuizEnd(quiz_id, *row)


def _place(end: QuizEnd, question_id: int, points: int, position: int | None = None) -> Item:
    if end.count >= MOST_QUESTIONS:
        raise TooManyQuestionsError
    item = Item(quiz_id=end.quiz_id, question_id=question_id, points=points, position=position or end.last + 1)
    db.session.add(item)
    db.session.flush()
    return item


def _edited(item_id: int) -> tuple[Item, QuestionVersion, int]:
    """The item, its question's newest version, and the newest version of the article."""
    row = db.session.execute(
        select(Item, QuestionVersion, _newest_text)
        .join(QuestionVersion, QuestionVersion.question_id == Item.question_id)
        .join(Quiz, Quiz.id == Item.quiz_id)
        .where(Item.id == item_id)
        .order_by(QuestionVersion.number.desc(), QuestionVersion.id)
        .limit(1)
    ).one()
    return row[0], row[1], row[2]


def unsaved_version(question_id: int, number: int, author_id: int, draft: QuestionDraft) -> QuestionVersion:
    """Return a version without its content, not in the session yet."""
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


def _point_out(draft: QuestionDraft, text_id: int, before: QuestionVersion | None = None) -> _Pointed:
    """Make the spans that a draft points at, all at once; those of the version before are kept where they stand."""
    held = list_passages([before.id], text_id).get(before.id, []) if before else []
    asked = passages_of(draft.content)
    passages = [row for row in asked.passages if row.sentences] if asked else []
    ends = [(row.sentences[0], row.sentences[-1]) for row in passages]
    if draft.anchor:
        ends = [draft.anchor, *ends]
    spans = _spans_at(ends, text_id, {one.ends: one.span_id for one in held if one.ends})
    anchors, evidence = (spans[:1], spans[1:]) if draft.anchor else (_lost_anchors(held), spans)
    content = draft.content
    if asked and passages:
        span_of = {row.key: span_id for row, span_id in zip(passages, evidence, strict=True)}
        elsewhere = _elsewhere(before)
        rows = tuple(
            replace(row, span_id=span_of.get(row.key), elsewhere=elsewhere.get(span_of.get(row.key), ()))
            for row in asked.passages
        )
        content = with_passages(content, replace(asked, passages=rows))
    return _Pointed(TYPES[draft.type].write(content), anchors, evidence)


def _spans_at(ends: Sequence[tuple[int, int]], text_id: int, held: Mapping[tuple[int, int], int]) -> list[int]:
    missing = [place for place in ends if place not in held]
    made = ensure_spans(text_id, missing, list_sentences(text_id)) if missing else []
    found = dict(held) | dict(zip(missing, made, strict=True))
    return [found[place] for place in ends]


def _lost_anchors(held: Sequence[Passage]) -> list[int]:
    """What a question tested and the text has no more: kept until another passage is chosen, or it is put back."""
    return [one.span_id for one in held if one.role == "anchor" and one.ends is None]


def _elsewhere(before: QuestionVersion | None) -> dict[int | None, tuple[int, ...]]:
    """The sentences of accepted passages in versions that classes still read, by span."""
    asked = passages_of(TYPES[before.type].read(before.content)) if before else None
    return {row.span_id: row.elsewhere for row in asked.passages} if asked else {}


def _says_the_same(edited: QuestionVersion, newest: QuestionVersion, pointed: _Pointed) -> bool:
    words = ("type", "stem", "general_feedback", "hint")
    if pointed.data != newest.content or any(getattr(edited, name) != getattr(newest, name) for name in words):
        return False
    anchors = select(QuestionSpan.span_id).where(
        QuestionSpan.question_version_id == newest.id, QuestionSpan.role == "anchor"
    )
    return list(db.session.scalars(anchors.order_by(QuestionSpan.position, QuestionSpan.id))) == pointed.anchors


def _write_version(version: QuestionVersion, pointed: _Pointed) -> None:
    """Save a version with what it points at; StaleQuestionError when somebody saved the same number."""
    version.content = pointed.data
    try:
        with db.session.begin_nested():
            db.session.add(version)
    except IntegrityError as error:
        raise StaleQuestionError from error
    places = (("anchor", pointed.anchors), ("evidence", pointed.evidence))
    rows = [
        {"question_version_id": version.id, "span_id": span_id, "role": role, "position": at}
        for role, spans in places
        for at, span_id in enumerate(spans)
    ]
    if rows:
        db.session.execute(insert(QuestionSpan), rows)
