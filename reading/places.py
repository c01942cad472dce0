"""Places of the article named in what people wrote, where it is shown in short. Pure."""

from __future__ import annotations

from articles.spans import find_references


def split_at_places(words: str) -> list[tuple[str, str]]:
    """Return the words in pieces, each with the place that follows it ("¶ 4.3"; empty after the last)."""
    pieces, done = [], 0
    for start, end, reference in find_references(words):
        pieces.append((words[done:start], reference))
        done = end
    return [*pieces, (words[done:], "")]
