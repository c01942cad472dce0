"""What a search shows, put into words and marks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from articles.addresses import to_passages
from articles.queries.search import FoundSentence
from core.search import Wanted, around, hits
from core.text import gist, with_marks
from discussion.queries.search import FoundComment

LONGEST_POST = 20_000


class ShownSentence(NamedTuple):
    """A sentence with its words marked. `address`: what follows the reading's own."""

    label: str
    address: str
    words: str


class ShownComment(NamedTuple):
    """A comment with a piece of it, the words in it marked."""

    comment: FoundComment
    words: str


def show_sentences(found: Sequence[FoundSentence], wanted: Wanted) -> list[ShownSentence]:
    """Return sentences as they are shown: whole."""
    return [
        ShownSentence(row.label, to_passages([(row.id, row.id)]), with_marks(row.text, hits(row.text, wanted)))
        for row in found
    ]


def show_comments(found: Sequence[FoundComment], wanted: Wanted) -> list[ShownComment]:
    """Return comments as they are shown: without Markdown's marks, cut around what was looked for."""
    shown = []
    for row in found:
        piece = around(gist(row.body, LONGEST_POST), wanted)
        shown.append(ShownComment(row, with_marks(piece, hits(piece, wanted))))
    return shown
