"""An instructor's questions as a collection: searching it, its tags, and who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select

from articles.models import Article
from classroom.viewer import Viewer
from core.database import db
from core.folding import WordsAt, holds
from core.web import not_found
from quizzes.models import Attempt, BankShare, Item, Question, QuestionTag, QuestionVersion, Quiz, QuizDelivery
from quizzes.question_types.draw import DRAW
from quizzes.tags import tag_key

A_PAGE = 50
MOST_TAGS_SHOWN = 100
ANSWER_NAMES = ("text", "prompt", "answer", "extra")
"""Where the contents of all types keep the words of their options and answers."""


@dataclass(frozen=True)
class BankFilter:
    """What is looked for: words of a question, its answers or article, a tag, a type; "used", "unused" or "".

    An empty one leaves nothing out.
    """

    words: str = ""
    tag: str = ""
    type: str = ""
    use: str = ""

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.tag or self.type or self.use)


@dataclass(frozen=True)
class BankRow:
    """A question in the list, as its newest version says it."""

    id: int
    version_id: int
    number: int
    type: str
    stem: str
    saved_at: datetime
    uses: int


@dataclass(frozen=True)
class TagRow:
    """A tag of somebody's questions, and how many have it."""

    key: str
    tag: str
    questions: int


@dataclass(frozen=True)
class OpenQuiz:
    """A quiz whose questions may still change."""

    id: int
    title: str
    questions: int


@dataclass(frozen=True)
class BankQuestion:
    """A question for one reader: its owner, or somebody with whom the owner shares."""

    id: int
    owner_id: int
    is_own: bool


def newest_of_question() -> ColumnElement[bool]:
    """Whether a version is its question's newest, by the index of the two."""
    newer = select(func.max(QuestionVersion.number)).where(QuestionVersion.question_id == Question.id)
    return QuestionVersion.number == newer.correlate(Question).scalar_subquery()


def get_question_for(user: Viewer, question_id: int) -> BankQuestion:
    """Return a question to its owner and to those with whom the owner shares; 404 for all others."""
    owner_id = db.session.scalar(select(Question.owner_id).where(Question.id == question_id))
    if owner_id is None or not (owner_id == user.id or may_read_bank(user.id, owner_id)):
        not_found()
    return BankQuestion(question_id, owner_id, owner_id == user.id)


def may_read_bank(user_id: int, owner_id: int) -> bool:
    """Whether somebody may read another's questions: the owner granted it."""
    granted = select(BankShare.owner_id).where(
        BankShare.owner_id == owner_id, BankShare.user_id == user_id, BankShare.granted_at.is_not(None)
    )
    return db.session.scalar(granted) is not None


def list_bank(owner_id: int, wanted: BankFilter, page: int) -> tuple[list[BankRow], bool]:
    """Return a page of somebody's questions, newest first, and whether there are more."""
    uses = select(func.count(Item.id)).where(Item.question_id == Question.id).correlate(Question).scalar_subquery()
    rows = db.session.execute(
        select(
            Question.id,
            QuestionVersion.id,
            QuestionVersion.number,
            QuestionVersion.type,
            QuestionVersion.stem,
            QuestionVersion.created_at,
            uses,
        )
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Question.owner_id == owner_id, newest_of_question(), QuestionVersion.type != DRAW, *_conditions(wanted))
        .order_by(Question.id.desc())
        .limit(A_PAGE + 1)
        .offset((page - 1) * A_PAGE)
    ).all()
    return [BankRow(*row) for row in rows[:A_PAGE]], len(rows) > A_PAGE


def _conditions(wanted: BankFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for word in wanted.words.split()[:8]:
        tagged = exists().where(QuestionTag.question_id == Question.id, QuestionTag.tag_key == tag_key(word))
        named = exists().where(
            Item.question_id == Question.id,
            Quiz.id == Item.quiz_id,
            Article.id == Quiz.article_id,
            holds(Article.title, word),
        )
        said = (holds(QuestionVersion.stem, word), holds(WordsAt(QuestionVersion.content, *ANSWER_NAMES), word))
        conditions.append(or_(*said, tagged, named))
    if wanted.tag:
        conditions.append(
            exists().where(QuestionTag.question_id == Question.id, QuestionTag.tag_key == tag_key(wanted.tag))
        )
    if wanted.type:
        conditions.append(QuestionVersion.type == wanted.type)
    used = exists().where(Item.question_id == Question.id)
    if wanted.use in ("used", "unused"):
        conditions.append(used if wanted.use == "used" else ~used)
    return conditions


def list_tags_of(owner_id: int) -> list[TagRow]:
    """Return the tags of somebody's questions in the order of the alphabet."""
    rows = db.session.execute(
        select(QuestionTag.tag_key, func.min(QuestionTag.tag), func.count(QuestionTag.question_id))
        .join(Question, Question.id == QuestionTag.question_id)
        .where(Question.owner_id == owner_id)
        .group_by(QuestionTag.tag_key)
        .order_by(QuestionTag.tag_key)
        .limit(MOST_TAGS_SHOWN)
    )
    return [TagRow(*row) for row in rows]


def list_open_quizzes(owner_id: int) -> list[OpenQuiz]:
    """Return somebody's quizzes that no student has started, newest first."""
    started = exists().where(Attempt.delivery_id == QuizDelivery.id, QuizDelivery.quiz_id == Quiz.id)
    items = select(func.count(Item.id)).where(Item.quiz_id == Quiz.id).correlate(Quiz).scalar_subquery()
    rows = db.session.execute(
        select(Quiz.id, Quiz.title, items)
        .where(Quiz.owner_id == owner_id, ~started)
        .order_by(Quiz.id.desc())
        .limit(100)
    )
    return [OpenQuiz(*row) for row in rows]


def list_readable(user_id: int, question_ids: Sequence[int]) -> dict[int, int]:
    """Return the owner of each of these questions that a person may read: {question: owner}, in the order of ids."""
    granted = exists().where(
        BankShare.owner_id == Question.owner_id, BankShare.user_id == user_id, BankShare.granted_at.is_not(None)
    )
    rows = db.session.execute(
        select(Question.id, Question.owner_id)
        .where(Question.id.in_(question_ids), or_(Question.owner_id == user_id, granted))
        .order_by(Question.id)
    )
    return {row[0]: row[1] for row in rows}
