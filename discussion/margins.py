"""The margin of a reading: the viewer's place in it, and what the kinds of note mean. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from classroom.models import STAFF
from discussion.models import CLASS, COMMENT, QUESTION, SELF, STAFF_ONLY

CHOICES = ("comment", "question", "staff", "self")
"""What a note can be written as: for the class, for the class as a question, for staff, or for oneself."""


@dataclass(frozen=True)
class Margin:
    """The margin of a reading in one class, as one person meets it. `closes_at`: the reading's, for that person.

    `visibility`: of the note that is looked at.
    """

    assignment_id: int
    section_id: int
    section_name: str
    zone: str
    archived: bool
    article_id: int
    article_title: str
    language: str
    direction: str
    version_id: int
    enrollment_id: int
    role: str
    muted_for: str | None
    closes_at: datetime | None
    visibility: str = CLASS
    in_margin = True

    @property
    def locked_at(self) -> None:
        """A margin is never locked."""

    @property
    def group_id(self) -> None:
        """A margin is never split."""

    @property
    def is_staff(self) -> bool:
        """Whether the viewer teaches or assists in the class."""
        return self.role in STAFF

    def beside(self, visibility: str) -> Margin:
        """Return the margin as it is for a note of this visibility: what one writes for oneself has no end.

        Nobody is kept from it either.
        """
        if visibility == SELF:
            return replace(self, visibility=visibility, closes_at=None, muted_for=None)
        return replace(self, visibility=visibility)


class Meant(NamedTuple):
    """Whom a note is for, and what it is."""

    visibility: str
    kind: str


def meant(choice: str, role: str) -> Meant:
    """Return what a choice means from somebody with this role: what a student writes to staff alone is a question."""
    if choice == "staff":
        return Meant(STAFF_ONLY, COMMENT if role in STAFF else QUESTION)
    return Meant(SELF if choice == "self" else CLASS, QUESTION if choice == "question" else COMMENT)
