"""The answers to one question as they lie before a grader, in an order that says nothing about who wrote them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class AnswerLine:
    """One answer in the pile: whether it has no released grade, and whose draft lies on it (a user's id)."""

    id: int
    waits: bool
    draft_by: int | None

    @property
    def is_ungraded(self) -> bool:
        """Whether nobody has graded it, not even in a draft."""
        return self.waits and self.draft_by is None


def mark_of(item_id: int, response_id: int) -> str:
    """A name for an answer that tells neither its number nor its place: the same every day, on every machine."""
    return sha256(f"{item_id}/{response_id}".encode()).hexdigest()[:16]


def shuffled(item_id: int, lines: Iterable[AnswerLine]) -> list[AnswerLine]:
    """The lines in an order that is stable, looks random, and is another for another question."""
    return sorted(lines, key=lambda line: (mark_of(item_id, line.id), line.id))


@dataclass(frozen=True)
class Pile:
    """All answers to one question in order, and the one that lies on top."""

    item_id: int
    lines: Sequence[AnswerLine]
    shown_id: int
    grader_id: int

    @property
    def place(self) -> int:
        """The place of the answer shown, from 0; behind all others if the list was too long to hold it."""
        places = (at for at, line in enumerate(self.lines) if line.id == self.shown_id)
        return next(places, len(self.lines))

    @property
    def released(self) -> int:
        """How many have a grade that students may see."""
        return sum(not line.waits for line in self.lines)

    @property
    def drafts(self) -> int:
        """How many have a draft on them."""
        return sum(line.draft_by is not None for line in self.lines)

    @property
    def own_drafts(self) -> int:
        """How many of the drafts are the grader's own."""
        return sum(line.draft_by == self.grader_id for line in self.lines)

    @property
    def graded(self) -> int:
        """How many somebody has graded, released or not."""
        return sum(not line.is_ungraded for line in self.lines)

    @property
    def before(self) -> str | None:
        """The answer before the one shown."""
        return self._mark(self.lines[self.place - 1]) if self.place else None

    @property
    def after(self) -> str | None:
        """The answer after the one shown."""
        return self._mark(self.lines[self.place + 1]) if self.place + 1 < len(self.lines) else None

    @property
    def next_ungraded(self) -> str | None:
        """The next other answer that nobody has graded, around the end if need be."""
        others = [*self.lines[self.place + 1 :], *self.lines[: self.place]]
        return next((self._mark(line) for line in others if line.is_ungraded), None)

    @property
    def mark(self) -> str:
        """The name of the answer shown."""
        return mark_of(self.item_id, self.shown_id)

    def _mark(self, line: AnswerLine) -> str:
        return mark_of(self.item_id, line.id)


def wanted(item_id: int, lines: Sequence[AnswerLine], mark: str, response_id: int | None) -> int | None:
    """The answer that is asked for, else the first that nobody has graded, else the first; None if there is none."""
    if mark:
        return next((line.id for line in lines if mark_of(item_id, line.id) == mark), None)
    if response_id is not None:
        return response_id
    ungraded = next((line.id for line in lines if line.is_ungraded), None)
    return ungraded or (lines[0].id if lines else None)
