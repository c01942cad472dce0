"""Which posts of a reading stand out: what staff endorsed first, then what people quoted and reacted to. Pure.

A post counts once for everybody who reacted to it, with whichever words, and once for each post that quotes it, the
reader's own too: whoever looks reads the same numbers. The reader's own posts are not among those that stand out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from discussion.quotes import in_markdown, quoted_in


class Candidate(NamedTuple):
    """A post that exists for the reader. `quoting`: as it was typed, where it quotes something that all may know of.

    `is_own`: the reader wrote it.
    """

    id: int
    is_endorsed: bool
    people: int
    quoting: str
    is_own: bool = False


class StandingOut(NamedTuple):
    """A post that stands out, and why: endorsed, quoted in so many posts, so many people reacted."""

    id: int
    is_endorsed: bool
    quotes: int
    people: int


def standing_out(posts: Sequence[Candidate], most: int) -> list[StandingOut]:
    """Return the posts that stand out, at most so many; of equals the one that was written first."""
    quotes = Counter(quoted for post in posts if post.quoting for quoted in quoted_in(post.quoting, in_markdown))
    found = [StandingOut(post.id, post.is_endorsed, quotes[post.id], post.people) for post in posts if not post.is_own]
    told = [post for post in found if post.is_endorsed or post.quotes or post.people]
    return sorted(told, key=lambda post: (not post.is_endorsed, -(post.quotes + post.people), post.id))[:most]
