"""What an edit of an article starts from, and the passages that edits have left without a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.edits import Edited
from articles.holders import Pointer, pointers_by_span
from articles.queries.library import ArticleRow
from articles.queries.placements import list_known_spans, list_orphans
from articles.queries.texts import list_blocks_apart


@dataclass(frozen=True)
class LostPassage:
    """A passage without a place in the newest version: its words, those around them, and what points at it."""

    span_id: int
    quote: str
    prefix: str
    suffix: str
    pointers: Sequence[Pointer]


def read_edited(article: ArticleRow) -> Edited:
    """Return the newest version for an edit: its text and every span, read before the writing begins."""
    blocks = list_blocks_apart(article.version_id)
    spans = list_known_spans(article.id, article.version_id)
    return Edited(article.version_id, article.version_number, blocks, spans)


def list_lost_passages(owner_id: int, article: ArticleRow) -> list[LostPassage]:
    """Return the passages that something points at and that the newest version does not have."""
    orphans = list_orphans(article.id, article.version_id)
    if not orphans:
        return []
    pointers = pointers_by_span(owner_id, article.id)
    return [
        LostPassage(row.id, row.quote, row.prefix, row.suffix, pointers[row.id])
        for row in orphans
        if row.id in pointers
    ]
