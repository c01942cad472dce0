"""Quizzes as holders of spans: what the article calls when its text is edited."""

from __future__ import annotations

from collections.abc import Sequence

from articles.holders import Moved, Pointer
from quizzes.operations.following import follow_text
from quizzes.queries.pointers import list_pointers


class QuestionSpans:
    """The spans that questions test and accept."""

    def list_pointers(self, owner_id: int, article_id: int) -> Sequence[Pointer]:
        """Return the questions that point at an article's spans."""
        return list_pointers(owner_id, article_id)

    def follow(self, moved: Moved) -> None:
        """Write what questions accept anew. Raises HeldMeanwhile."""
        follow_text(moved)
