"""The shortest words around a passage that tell it from every other place where the same words stand. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from articles.spans.quotes import Quote, find_quotes

LONGEST_WORD = 50


@dataclass(frozen=True)
class Wordiness:
    """How much is said around a quote: whole words up to `longest_word` letters unless `minimal`."""

    minimal: bool = False
    shortest: int = 0  # letters of prefix, quote and suffix together
    longest_word: int = LONGEST_WORD


class _Around:
    """What is said around a passage so far, growing outwards."""

    def __init__(self, text: str, start: int, end: int, wordiness: Wordiness) -> None:
        self.text, self.start, self.end = text, start, end
        self.left, self.right = start, end
        self.wordiness = wordiness

    def quote(self) -> Quote:
        text = self.text
        return Quote(text[self.start : self.end], text[self.left : self.start], text[self.end : self.right])

    def fill_up(self) -> None:
        """Take in letters on both sides until there are enough."""
        missing = self.wordiness.shortest - (self.right - self.left)
        if missing > 0:
            self.left -= min(missing // 2, self.left)
            missing = self.wordiness.shortest - (self.right - self.left)
            self.right = min(self.right + missing, len(self.text))
            missing = self.wordiness.shortest - (self.right - self.left)
            self.left = max(0, self.left - missing)

    def finish_words(self) -> None:
        """Take in the rest of a word that is cut."""
        self.left, self.right = self._word_start(self.left), self._word_end(self.right)

    def tell_apart(self, other: int) -> None:
        """Grow until this differs from the place whose quote begins at `other`: on the side where less is needed,
        or by a word on both.
        """
        before, after = self._differs_before(other), self._differs_after(other)
        if before is not None and after is not None and self.wordiness.minimal:
            before, after = (before, None) if self.left - before <= after - self.right else (None, after)
        self.left = self.left if before is None else before
        self.right = self.right if after is None else after

    def _differs_before(self, other: int) -> int | None:
        """Where the prefix must begin to differ from the other place's; None when the text begins before it does."""
        shift = other - self.start
        at = self.left
        while at > 0:
            at -= 1
            if at + shift < 0 or self.text[at] != self.text[at + shift]:
                return at if self.wordiness.minimal else self._word_start(at)
        return None

    def _differs_after(self, other: int) -> int | None:
        shift = other - self.start
        at = self.right
        while at < len(self.text):
            at += 1
            if at + shift > len(self.text) or self.text[at - 1] != self.text[at - 1 + shift]:
                return at if self.wordiness.minimal else self._word_end(at)
        return None

    def _word_start(self, at: int) -> int:
        furthest = max(0, at - self.wordiness.longest_word)
        while at > furthest and not self.text[at - 1].isspace():
            at -= 1
        return at

    def _word_end(self, at: int) -> int:
        furthest = min(len(self.text), at + self.wordiness.longest_word)
        while at < furthest and not self.text[at].isspace():
            at += 1
        return at


def describe_quote(text: str, start: int, end: int, wordiness: Wordiness | None = None) -> Quote:
    """Return a quote that stands at start..end (code points) and nowhere else in `text`."""
    around = _Around(text, start, end, wordiness or Wordiness())
    around.fill_up()
    if not around.wordiness.minimal:
        around.finish_words()
    while (other := next((at for at, _end in find_quotes(text, around.quote()) if at != start), None)) is not None:
        around.tell_apart(other)
    return around.quote()
