"""Collects running text and its marks, block by block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from articles.importing.document import Kind, Mark, TextBlock

SPACES = re.compile(r"[ \t\r\n\f\v]+")


@dataclass
class BlockBuilder:
    """Receives text and marks in reading order and closes them into blocks.

    Runs of white space become one space; `break_line` sets a newline. A mark that is open when a
    block ends is closed there and opened again in the next, so that every block is balanced.
    """

    blocks: list[TextBlock] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _open: list[tuple[str, str, int]] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)

    def add(self, text: str, keep_space: bool = False) -> None:
        """Append text; white space is collapsed unless `keep_space`."""
        if not keep_space:
            # The spaces of a source's indentation after a line break are not part of the text.
            text = SPACES.sub(" ", text)
            if text.startswith(" ") and self._ends_in_space():
                text = text[1:]
        if text:
            self._parts.append(text)
            self._length += len(text)

    @property
    def has_text(self) -> bool:
        """Whether the running block holds anything yet."""
        return any(part.strip() for part in self._parts)

    def _ends_in_space(self) -> bool:
        return not self._parts or self._parts[-1][-1] in " \n"

    def break_line(self) -> None:
        """Set a line break, unless nothing or another break stands before it in the block."""
        if self._parts and self._parts[-1].endswith(" "):
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1
        if self.has_text and not self._parts[-1].endswith("\n"):
            self._parts.append("\n")
            self._length += 1

    def next_cell(self) -> None:
        """Set a bar between two cells of a table row, unless this is the first."""
        if self.has_text:
            self.add("| " if self._ends_in_space() else " | ", keep_space=True)

    def open(self, tag: str, href: str = "") -> None:
        """Begin a mark here."""
        self._open.append((tag, href, self._length))

    def close(self, tag: str) -> None:
        """End the innermost open mark of this tag."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                self._end(*self._open.pop(index))
                return

    def _end(self, tag: str, href: str, start: int) -> None:
        if self._length > start:
            self._marks.append(Mark(start, self._length, tag, href))

    def finish(self, kind: Kind, level: int = 0, ordered: bool = False) -> None:
        """Close the running text into a block, if there is any, and begin the next."""
        for tag, href, start in reversed(self._open):
            self._end(tag, href, start)
        block = trimmed("".join(self._parts), tuple(self._marks))
        if block[0]:
            self.blocks.append(TextBlock(kind, block[0], block[1], level, ordered))
        self._parts, self._marks, self._length = [], [], 0
        self._open = [(tag, href, 0) for tag, href, _start in self._open]


def trimmed(text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
    """Return the text without white space around it, the marks moved along; those over nothing are left out."""
    stripped = text.strip()
    offset = len(text) - len(text.lstrip())
    moved = []
    for mark in marks:
        start, end = max(0, mark.start - offset), min(len(stripped), mark.end - offset)
        if stripped[start:end].strip() and (mark.tag != "a" or mark.href):
            moved.append(Mark(start, end, mark.tag, mark.href))
    return stripped, tuple(sorted(moved, key=lambda mark: (mark.start, -mark.end, mark.tag, mark.href)))
