"""The passages that prompts and comments point at, with the numbers they have in the class's version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, and_, bindparam, literal, select, text, union_all
from sqlalchemy.orm import aliased

from articles.models import Block, Span, VersionSentence
from core.database import AnySelect, db, read_rows
from discussion.labels import Place, label
from discussion.models import Comment, CommentSpan, PromptSpan
from discussion.references import Chip

MOST = 20_000


@dataclass(frozen=True)
class PassageRow:
    """A passage of the article: the words quoted, its label ("¶ 4.3") and first sentence.

    `label` is empty when the passage is not in the class's version.
    """

    quote: str
    label: str
    sentence_id: int


@dataclass(frozen=True)
class Passages:
    """The prompt's passages in order, and each comment's chips by mark number."""

    of_prompt: tuple[PassageRow, ...]
    of_comments: dict[int, dict[int, Chip]]


def _placed(statement: AnySelect) -> AnySelect:
    """Add where the span of a row stands in the version `version`; what is missing there comes as NULL."""
    version_id: BindParameter[int] = bindparam("version")
    first, last, after = (aliased(VersionSentence) for _ in range(3))
    first_block, last_block = aliased(Block), aliased(Block)
    return (
        statement.add_columns(
            Span.first_sentence_id,
            first_block.number,
            first.number,
            last_block.number,
            last.number,
            (after.sentence_id.is_(None) | (after.block_id != last.block_id)),
        )
        .outerjoin(first, and_(first.version_id == version_id, first.sentence_id == Span.first_sentence_id))
        .outerjoin(last, and_(last.version_id == version_id, last.sentence_id == Span.last_sentence_id))
        .outerjoin(after, and_(after.version_id == version_id, after.position == last.position + 1))
        .outerjoin(first_block, first_block.id == first.block_id)
        .outerjoin(last_block, last_block.id == last.block_id)
    )


def _of_prompt() -> AnySelect:
    return _placed(
        select(literal(0), PromptSpan.position, Span.quote)
        .join(Span, Span.id == PromptSpan.span_id)
        .where(PromptSpan.prompt_id == bindparam("prompt"))
    )


def _of_comments() -> AnySelect:
    return _placed(
        select(CommentSpan.comment_id, CommentSpan.position, literal(""))
        .join(Comment, Comment.id == CommentSpan.comment_id)
        .join(Span, Span.id == CommentSpan.span_id)
        .where(Comment.delivery_id == bindparam("thread"), Comment.deleted_at.is_(None))
    )


@cache
def _of_thread() -> CompoundSelect[*tuple[Any, ...]]:
    both = union_all(_of_prompt(), _of_comments())
    return both.order_by(text("1"), text("2")).limit(MOST)


def list_passages(delivery_id: int, prompt_id: int, version_id: int) -> Passages:
    """Return every passage that a thread needs. One statement."""
    given = {"thread": delivery_id, "prompt": prompt_id, "version": version_id}
    of_prompt: list[PassageRow] = []
    of_comments: dict[int, dict[int, Chip]] = {}
    for comment_id, position, quote, sentence_id, *place in read_rows(_of_thread(), given):
        words = label(Place(*place))
        if not comment_id:
            of_prompt.append(PassageRow(quote, words, sentence_id))
        elif words:
            of_comments.setdefault(comment_id, {})[position] = Chip(words, sentence_id)
    return Passages(tuple(of_prompt), of_comments)


def list_chips(comment_id: int, version_id: int) -> dict[int, Chip]:
    """Return the chips of one comment by mark number. One statement."""
    statement: AnySelect = (
        select(CommentSpan.position)
        .join(Span, Span.id == CommentSpan.span_id)
        .where(CommentSpan.comment_id == comment_id)
    )
    statement = _placed(statement).order_by(CommentSpan.position, CommentSpan.id)
    rows = db.session.execute(statement, {"version": version_id})
    labelled = [(position, label(Place(*place)), sentence_id) for position, sentence_id, *place in rows]
    return {position: Chip(words, sentence_id) for position, words, sentence_id in labelled if words}


def list_prompt_passages(prompt_id: int, version_id: int) -> tuple[PassageRow, ...]:
    """Return the passages of one prompt, in order."""
    statement = _of_prompt().order_by(PromptSpan.position, PromptSpan.id).limit(MOST)
    rows = db.session.execute(statement, {"prompt": prompt_id, "version": version_id})
    return tuple(
        PassageRow(quote, label(Place(*place)), sentence_id) for _zero, _at, quote, sentence_id, *place in rows
    )


def list_passages_of_prompts(prompt_ids: list[int], version_id: int) -> dict[int, list[PassageRow]]:
    """Return the passages of several prompts of one article, in order, by prompt id. One statement."""
    statement: AnySelect = (
        select(PromptSpan.prompt_id, Span.quote)
        .join(Span, Span.id == PromptSpan.span_id)
        .where(PromptSpan.prompt_id.in_(prompt_ids))
    )
    statement = _placed(statement).order_by(PromptSpan.position, PromptSpan.id).limit(MOST)
    rows = db.session.execute(statement, {"version": version_id})
    found: dict[int, list[PassageRow]] = {}
    for prompt_id, quote, sentence_id, *place in rows:
        found.setdefault(prompt_id, []).append(PassageRow(quote, label(Place(*place)), sentence_id))
    return found
