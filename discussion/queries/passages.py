"""The passages that prompts and comments point at, with the numbers they have in the class's version."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, case, func, select, text, union_all

from articles.addresses import to_passages
from articles.models import Span
from articles.queries import list_blocks, list_sentences, place_of, with_places
from articles.spans import parse_reference
from core.database import AnySelect, db, read_rows
from core.memory import recall
from discussion.labels import Place, label
from discussion.models import Comment, CommentSpan, PromptSpan
from discussion.queries.discussions import DiscussionRow
from discussion.references import Chip

MOST = 20_000
_ENDS = place_of()
_WORDS = -1  # where a comment's id stands: what is in the words of the prompt


@dataclass(frozen=True)
class PassageRow:
    """A passage of the article: the words quoted, its label ("¶ 4.3", empty in a heading), first and last sentence.

    `is_lost`: it has no place in the class's version.
    """

    quote: str
    label: str
    sentence_id: int | None
    last_id: int | None = None
    is_lost: bool = False

    @property
    def address(self) -> str:
        """What follows the reading's address to get there, with all of its sentences marked."""
        return to_passages([(self.sentence_id, self.last_id)]) if self.sentence_id and self.last_id else ""


@dataclass(frozen=True)
class Passages:
    """The prompt's passages in order, the chips in its words by mark number, and each comment's."""

    of_prompt: tuple[PassageRow, ...]
    in_prompt: dict[int, Chip]
    of_comments: dict[int, dict[int, Chip]]


class Labels:
    """The labels of passages in one version, whose text this process remembers."""

    def __init__(self, version_id: int) -> None:
        self._version_id = version_id

    @cached_property
    def _places(self) -> dict[int, tuple[int | None, int, bool]]:
        return recall(("places", self._version_id), lambda: _places(self._version_id))

    def passage(self, quote: str, first_id: int | None, last_id: int | None) -> PassageRow:
        """Return the passage from one sentence to another; None: from nowhere."""
        first, last = self._places.get(first_id or 0), self._places.get(last_id or 0)
        if not first or not last:
            return PassageRow(quote, "", None, is_lost=True)
        return PassageRow(quote, label(Place(first[0], first[1], *last)), first_id, last_id)

    def chip(self, quote: str, first_id: int | None, last_id: int | None) -> Chip | None:
        """Return its chip: by its number, or by its words when it has no place; none for a heading."""
        found = self.passage(quote, first_id, last_id)
        if not (found.label or found.is_lost):
            return None
        return Chip(found.label, found.sentence_id, quote if found.is_lost else "")


def _places(version_id: int) -> dict[int, tuple[int | None, int, bool]]:
    """Of each sentence: the ¶ number of its block, its number there, and whether the block ends with it."""
    return {
        sentence.id: (block.number, sentence.number, sentence is block.sentences[-1])
        for block in list_blocks(version_id)
        for sentence in block.sentences
    }


def _of_prompt() -> AnySelect:
    """What a prompt is about (0, its position) and what its words lead to (_WORDS, the number of the mark)."""
    kind = case((PromptSpan.mark.is_(None), 0), else_=_WORDS)
    at = func.coalesce(PromptSpan.mark, PromptSpan.position)
    statement = select(kind, at, Span.quote, *_ENDS).join(Span, Span.id == PromptSpan.span_id)
    return with_places(statement, bindparam("version")).where(PromptSpan.prompt_id == bindparam("prompt"))


def _of_comments(is_part: bool) -> AnySelect:
    statement = (
        select(CommentSpan.comment_id, CommentSpan.position, Span.quote, *_ENDS)
        .join(Comment, Comment.id == CommentSpan.comment_id)
        .join(Span, Span.id == CommentSpan.span_id)
        .where(Comment.delivery_id == bindparam("thread"), Comment.deleted_at.is_(None))
    )
    if is_part:
        statement = statement.where(Comment.id.in_(bindparam("comments", expanding=True)))
    return with_places(statement, bindparam("version"))


@cache
def _of_thread(is_part: bool) -> CompoundSelect[*tuple[Any, ...]]:
    both = union_all(_of_prompt(), _of_comments(is_part))
    return both.order_by(text("1"), text("2")).limit(MOST)


def list_passages(place: DiscussionRow, among: Sequence[int] | None = None) -> Passages:
    """Return every passage that a thread needs. One statement, and another where the text is not known here.

    `among`: of these comments (ids) only.
    """
    version_id = place.version_id
    given: dict[str, object] = {"thread": place.id, "prompt": place.prompt_id, "version": version_id}
    if among is not None:
        given["comments"] = among
    labels = Labels(version_id)
    of_prompt: list[PassageRow] = []
    chips: dict[int, dict[int, Chip]] = {}
    for comment_id, position, *span in read_rows(_of_thread(among is not None), given):
        if not comment_id:
            of_prompt.append(labels.passage(*span))
        elif (chip := labels.chip(*span)) is not None:
            chips.setdefault(comment_id, {})[position] = chip
    return Passages(tuple(of_prompt), chips.pop(_WORDS, {}), chips)


def list_chips_of(comment_ids: Collection[int], version_id: int) -> dict[int, dict[int, Chip]]:
    """Return the chips of some comments by mark number. One statement."""
    statement = (
        select(CommentSpan.comment_id, CommentSpan.position, Span.quote, *_ENDS)
        .join(Span, Span.id == CommentSpan.span_id)
        .where(CommentSpan.comment_id.in_(comment_ids))
        .order_by(CommentSpan.position, CommentSpan.id)
        .limit(MOST)
    )
    labels, rows = Labels(version_id), db.session.execute(with_places(statement, version_id))
    found: dict[int, dict[int, Chip]] = {}
    for comment_id, position, *span in rows:
        if (chip := labels.chip(*span)) is not None:
            found.setdefault(comment_id, {})[position] = chip
    return found


def list_chips(comment_id: int, version_id: int) -> dict[int, Chip]:
    """Return the chips of one comment by mark number. One statement."""
    return list_chips_of([comment_id], version_id).get(comment_id, {})


def list_prompt_passages(prompt_id: int, version_id: int) -> tuple[PassageRow, ...]:
    """Return the passages of one prompt, in order. One statement."""
    return tuple(list_passages_of_prompts([prompt_id], version_id).get(prompt_id, ()))


def list_passages_of_prompts(prompt_ids: Sequence[int], version_id: int) -> dict[int, list[PassageRow]]:
    """Return the passages of several prompts of one article, in order, by prompt id. One statement."""
    labels = Labels(version_id)
    found: dict[int, list[PassageRow]] = {}
    about = _of_prompts(prompt_ids).where(PromptSpan.mark.is_(None)).order_by(PromptSpan.position, PromptSpan.id)
    for prompt_id, _mark, *span in db.session.execute(with_places(about.limit(MOST), version_id)):
        found.setdefault(prompt_id, []).append(labels.passage(*span))
    return found


def list_chips_in_prompts(prompt_ids: Sequence[int], version_id: int) -> dict[int, dict[int, Chip]]:
    """Return the chips in the words of several prompts of one article, by prompt id and mark number. One statement."""
    labels = Labels(version_id)
    found: dict[int, dict[int, Chip]] = {}
    named = _of_prompts(prompt_ids).where(PromptSpan.mark.is_not(None)).order_by(PromptSpan.id)
    for prompt_id, mark, *span in db.session.execute(with_places(named.limit(MOST), version_id)):
        if (chip := labels.chip(*span)) is not None:
            found.setdefault(prompt_id, {})[mark] = chip
    return found


def _of_prompts(prompt_ids: Sequence[int]) -> AnySelect:
    statement = select(PromptSpan.prompt_id, PromptSpan.mark, Span.quote, *_ENDS)
    return statement.join(Span, Span.id == PromptSpan.span_id).where(PromptSpan.prompt_id.in_(prompt_ids))


def list_unknown(references: Sequence[str], version_id: int) -> list[str]:
    """Return the references ("¶ 4.3") that name no place of this version. One statement at most."""
    sentences = list_sentences(version_id) if references else []
    return [reference for reference in references if parse_reference(reference, sentences) is None]
