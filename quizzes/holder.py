"""Quizzes as holders of spans and keepers of versions: what the article calls when its text is edited, or shown."""

from __future__ import annotations

from collections.abc import Sequence

from articles.holders import Moved, Pointer
from quizzes.operations.following import follow_text
from quizzes.queries.pointers import list_pointers
from quizzes.queries.versions_seen import list_versions_seen


class QuestionSpans:
    """The spans that questions test and accept."""

    def list_pointers(self, owner_id: int, article_id: int) -> Sequence[Pointer]:
        """Return the questions that point at an article's spans."""
        return list_pointers(owner_id, article_id)

    def follow(self, moved: Moved) -> None:
        """Write what questions accept anew. Raises HeldMeanwhile."""
        follow_text(moved)


class AttemptVersions:
    """The versions that attempts go on showing to those whose attempts they are."""

    def kept_for(self, user_id: int, version_ids: Sequence[int]) -> set[int]:
        """Return which of these versions this person's attempts show."""
        return list_versions_seen(user_id, version_ids)
