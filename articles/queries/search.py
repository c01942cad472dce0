"""Sentences of a text that have the words somebody looks for."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from articles.models import Block, VersionSentence
from core.database import connection
from core.search import Index, Wanted, Window

POSITIONS = 1_048_576  # of one version, in SQLite's index
_INDEX = Index(
    "version_sentences_fts", VersionSentence.text, VersionSentence.version_id * POSITIONS + VersionSentence.position
)


class FoundSentence(NamedTuple):
    """A sentence that has the words: its id, ¶ number (None in a heading), number in the block, and text."""

    id: int
    block_number: int | None
    number: int
    text: str

    @property
    def label(self) -> str:
        """How it is cited, "" in a heading."""
        return f"{self.block_number}.{self.number}" if self.block_number is not None else ""


def search_sentences(version_id: int, wanted: Wanted, window: Window) -> tuple[int, list[FoundSentence]]:
    """Return how many sentences of a version have the words, and those of the window, in the order of the
    text. One statement; the caller has found the reading for the person."""
    if not wanted.terms:
        return 0, []
    statement = (
        select(
            VersionSentence.sentence_id,
            Block.number,
            VersionSentence.number.label("in_block"),
            VersionSentence.text,
            func.count().over(),
        )
        .join(Block, Block.id == VersionSentence.block_id)
        .where(VersionSentence.version_id == version_id, _INDEX.has(wanted))
        .order_by(VersionSentence.position, VersionSentence.sentence_id)
        .limit(window.most)
        .offset(window.start)
    )
    rows = connection().execute(statement).all()
    return (rows[0][-1] if rows else 0), [FoundSentence(*row[:-1]) for row in rows]
