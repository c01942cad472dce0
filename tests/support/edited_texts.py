"""A text edited by chance but by rule, with passages of it and where each stands afterwards."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from articles.spans import Selector

CONTEXT = 32
APART = 2 * CONTEXT + 20  # code points between two passages, so that no edit reaches into the next one's surroundings
SHORTEST_TEXT = 3_000
SPACE = re.compile(r"\s")
OTHER_SIGNS = {",": ";", ";": ":", ".": ",", "、": "。", "،": "؛"}


@dataclass(frozen=True)
class Case:
    """A passage: how its text was edited, how it stood before, and where it stands now (None: cut out)."""

    kind: str
    selector: Selector
    expected: tuple[int, int] | None

    @property
    def tolerance(self) -> int:
        """How many code points an end may be off."""
        return 12 if self.kind == "split_insert" else 3

    def is_right(self, found: tuple[int, int] | None) -> bool:
        """Whether this is where it stands."""
        if self.expected is None or found is None:
            return found == self.expected
        return all(abs(a - b) <= self.tolerance for a, b in zip(found, self.expected, strict=True))


@dataclass
class _Piece:
    """A stretch of a paragraph; a passage if it has a kind."""

    text: str
    kind: str = ""
    at: int = 0


def _slips(chance: random.Random, text: str, count: int) -> str:
    """The text with so many letters left out, doubled or taken for another."""
    for _ in range(count):
        at = chance.randrange(len(text))
        put = chance.choice(["", text[at] * 2, chance.choice(text)])
        text = text[:at] + put + text[at + 1 :]
    return text


def _other_signs(chance: random.Random, text: str) -> str:
    changed = "".join(OTHER_SIGNS.get(c, c) if chance.random() < 0.6 else c for c in text)
    return "".join(c.swapcase() if chance.random() < 0.05 else c for c in changed)


def _with_a_word(chance: random.Random, text: str) -> str:
    middle = next((found.end() for found in SPACE.finditer(text, len(text) // 2)), len(text) // 2)
    return f"{text[:middle]}{chance.choice(['indeed', 'in fact', 'quite'])} {text[middle:]}"


EDITS: dict[str, Callable[[random.Random, str], str]] = {
    "shift": lambda _chance, text: text,
    "context": lambda _chance, text: text,
    "typo": lambda chance, text: _slips(chance, text, 1),
    "typo2": lambda chance, text: _slips(chance, text, 2),
    "deleted": lambda _chance, _text: "",
    "moved": lambda _chance, text: text,
    "case_punct": _other_signs,
    "split_insert": _with_a_word,
}


def edited(text: str, seed: str, most: int = 24) -> tuple[str, list[Case]]:
    """Return the text edited (paragraphs part at empty lines) and at most so many passages, of every kind alike."""
    chance = random.Random(seed)
    kinds = [kind for _ in range(most) for kind in EDITS][:most]
    chance.shuffle(kinds)
    paragraphs = list(_cut(text, _passages(chance, text, most), kinds))
    for pieces in paragraphs:
        _edit_surroundings(chance, pieces)
    return _put_together(chance, text, paragraphs)


def _passages(chance: random.Random, text: str, most: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for _ in range(most * 60):
        start = chance.randrange(CONTEXT, len(text) - 400)
        end = start + chance.randrange(*chance.choice([(12, 40), (40, 120), (120, 260)]))
        after = SPACE.search(text, end)
        end = after.start() if after and after.start() - end < 20 else end
        is_free = all(end + APART < other or start - APART > last for other, last in found)
        if len(found) < most and is_free and "\n" not in text[start:end] and text[start:end].strip():
            found.append((start, end))
    return sorted(found)


def _cut(text: str, passages: Sequence[tuple[int, int]], kinds: Sequence[str]) -> Iterator[list[_Piece]]:
    waiting = [(start, end, kind) for (start, end), kind in zip(passages, kinds, strict=False)]
    begin = 0
    for paragraph in text.split("\n\n"):
        pieces, at, end = [], begin, begin + len(paragraph)
        while waiting and waiting[0][1] <= end:
            first, last, kind = waiting.pop(0)
            pieces += [_Piece(text[at:first]), _Piece(text[first:last], kind, first)]
            at = last
        yield [*pieces, _Piece(text[at:end])]
        begin = end + 2


def _edit_surroundings(chance: random.Random, pieces: Sequence[_Piece]) -> None:
    """Edit the words before (and half the time after) each passage whose context changes."""
    for at, piece in enumerate(pieces):
        if piece.kind == "context":
            before, after = pieces[at - 1], pieces[at + 1]
            if near := before.text[-CONTEXT:]:
                before.text = before.text[: -len(near)] + _with_a_word(chance, _slips(chance, near, 2))
            if (near := after.text[:CONTEXT]) and chance.random() < 0.5:
                after.text = _slips(chance, near, 2) + after.text[len(near) :]


def _put_together(chance: random.Random, text: str, paragraphs: list[list[_Piece]]) -> tuple[str, list[Case]]:
    moving = [pieces for pieces in paragraphs if any(piece.kind == "moved" for piece in pieces)]
    order = [pieces for pieces in paragraphs if pieces not in moving]
    for pieces in moving:
        order.insert(chance.randrange(len(order) + 1), pieces)
    order.insert(0, [_Piece("A note on this edition. " * chance.randrange(1, 6))])
    made, cases = "", []
    for pieces in order:
        for piece in pieces:
            start, piece_now = len(made), EDITS[piece.kind or "shift"](chance, piece.text)
            made += piece_now
            if piece.kind:
                cases.append(_case(text, piece, None if piece.kind == "deleted" else (start, len(made))))
        made += "\n\n"
    return made, [case for case in cases if case.expected or case.selector.exact not in made]


def _case(text: str, piece: _Piece, expected: tuple[int, int] | None) -> Case:
    start, end = piece.at, piece.at + len(piece.text)
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Case(piece.kind, Selector(piece.text, before, after, start), expected)
