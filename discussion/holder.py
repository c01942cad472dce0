"""Discussions as holders of spans: what the article calls when its text is edited."""

from __future__ import annotations

from collections.abc import Sequence

from articles.holders import Moved, Pointer
from discussion.operations.following import follow_marks
from discussion.queries.pointers import list_pointers


class CommentSpans:
    """The spans that prompts are about, posts quote and notes stand at: looked up whenever they are shown."""

    def list_pointers(self, owner_id: int, article_id: int) -> Sequence[Pointer]:
        """Return the prompts, posts and notes that point at an article's spans."""
        return list_pointers(owner_id, article_id)

    def follow(self, moved: Moved) -> None:
        """Let the marks of what is hard go with their sentences; all else here keeps no sentence ids of its own."""
        follow_marks(moved)
