"""Who may see what of a class's results. Pure."""

from __future__ import annotations

from typing import Protocol

from classroom.models import STAFF
from classroom.permissions import Place, is_staff, is_writable, teaches
from quizzes.permissions import regrades


class HasRole(Protocol):
    """Whatever says what a person is in a class."""

    @property
    def role(self) -> str: ...


def may_see_results(place: HasRole) -> bool:
    """Staff and observers see how the class did."""
    return may_see_names(place) or place.role == "observer"


def may_see_names(place: HasRole) -> bool:
    """Only staff see who did what."""
    return place.role in STAFF


def may_regrade(place: HasRole) -> bool:
    """Only instructors decide how a question is scored."""
    return regrades(place.role)


def may_decide_grades(place: Place) -> bool:
    """Staff say what a cell of the gradebook counts, while the class may change."""
    return is_staff(place) and is_writable(place)


def may_arrange_grades(place: Place) -> bool:
    """Only instructors decide how a class is graded and whether totals are shown, while it may change."""
    return teaches(place) and is_writable(place)
