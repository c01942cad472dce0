"""People who are named in what somebody writes: "@Sofia Lind", found when saved and marked in the text. Pure."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Protocol

from core.markup import VERBATIM_AND_QUOTED, in_text
from core.text import mentioning

MOST = 20  # people that one comment can name; further names stay words
SIGN = "@"


class Member(Protocol):
    """Somebody who can be named: the place in the class and the name."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class Folded:
    """A text as names are compared: without case and accents. Knows where each character came from."""

    def __init__(self, text: str) -> None:
        letters, self._origin = [], []
        for at, character in enumerate(text):
            for letter in unicodedata.normalize("NFKD", character).casefold():
                if not unicodedata.combining(letter):
                    letters.append(" " if letter.isspace() else letter)
                    self._origin.append(at)
        self._origin.append(len(text))
        self.text = "".join(letters)

    def origin(self, at: int) -> int:
        """Return the place in the text of a place in the folded one."""
        return self._origin[at]


@dataclass
class Mentions:
    """Finds the names of people in one comment. Who share a name are all meant by it."""

    members: Collection[Member]
    found: dict[int, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_name: dict[str, list[int]] = defaultdict(list)
        for member in self.members:
            by_name[Folded(member.name.strip()).text].append(member.id)
        self._ids = {name: ids for name, ids in by_name.items() if name}
        # The longest first: "@Anna Maria" is not Anna. By length, for a class has many names and few lengths of them.
        self._lengths = sorted({len(name) for name in self._ids}, reverse=True)

    def mark(self, html: str) -> str:
        """Return safe `html` with each name marked that follows an "@" in its text; code, links and quotes stay."""
        return in_text(html, self._marked, VERBATIM_AND_QUOTED)

    def _marked(self, segment: str) -> str:
        if SIGN not in segment:
            return segment
        text, pieces, done = unescape(segment), [], 0
        folded = Folded(text)
        for at, letter in enumerate(folded.text):
            start = folded.origin(at)
            end = self._end(folded, at) if letter == SIGN and start >= done else None
            if end is not None:
                pieces += [escape(text[done:start], quote=False), mentioning(text[start:end])]
                done = end
        return "".join([*pieces, escape(text[done:], quote=False)])

    def _end(self, folded: Folded, at: int) -> int | None:
        """Return where the name ends that begins after this sign, and note who is meant; None if there is none."""
        if at > 0 and folded.text[at - 1].isalnum():
            return None  # an address of mail
        for length in self._lengths:
            end = min(at + 1 + length, len(folded.text))
            ids = self._ids.get(folded.text[at + 1 : end])
            if ids and not folded.text[end : end + 1].isalnum():
                return folded.origin(end) if self._note(ids) else None
        return None

    def _note(self, ids: Sequence[int]) -> bool:
        new = [member for member in ids if member not in self.found]
        if len(self.found) + len(new) > MOST:
            return False
        self.found.update(dict.fromkeys(new))
        return True
