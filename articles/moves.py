"""What an edit does to the passages that something points at, for its author to see before saving. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.edits import Edit
from articles.holders import Pointer
from articles.spans import Fate, format_reference

MOST_LISTED = 100


@dataclass(frozen=True)
class Passage:
    """A passage with what points at it: its words before; its words and reference ("¶ 4.3") after, "" for an orphan."""

    span_id: int
    quote: str
    words: str
    reference: str
    pointers: Sequence[Pointer]

    @property
    def is_reworded(self) -> bool:
        """Whether it has other words now."""
        return bool(self.words) and self.words != self.quote


@dataclass(frozen=True)
class Moves:
    """How many passages stay with their sentences, which move, and which lose their place; the first of each list."""

    stay: int
    move: int
    lose: int
    moved: tuple[Passage, ...]
    orphans: tuple[Passage, ...]

    @property
    def questions_at_risk(self) -> tuple[str, ...]:
        """Of orphans: the words of what cannot do without its place."""
        found = (pointer.words for orphan in self.orphans for pointer in orphan.pointers if pointer.needs_place)
        return tuple(dict.fromkeys(found))


def moves_of(edit: Edit, pointers: Mapping[int, Sequence[Pointer]]) -> Moves:
    """Return what becomes of each span that something points at."""
    fates = [fate for fate in edit.fates() if fate.span_id in pointers]
    orphans = [fate for fate in fates if fate.is_orphan]
    moved = [fate for fate in fates if fate.has_moved]
    return Moves(
        len(fates) - len(orphans) - len(moved),
        len(moved),
        len(orphans),
        tuple(_passage(edit, fate, pointers) for fate in moved[:MOST_LISTED]),
        tuple(_passage(edit, fate, pointers) for fate in orphans[:MOST_LISTED]),
    )


def _passage(edit: Edit, fate: Fate, pointers: Mapping[int, Sequence[Pointer]]) -> Passage:
    reference = ""
    if fate.found:
        sentences = edit.after.sentences
        ends = sentences[fate.found.first].id, sentences[fate.found.last].id
        reference = format_reference(sentences, *ends)
    return Passage(fate.span_id, fate.quote, fate.words, reference, pointers[fate.span_id])
