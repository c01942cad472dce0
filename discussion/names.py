"""Under which name a reader knows who wrote a post: some posts are anonymous to classmates, never to staff."""

from __future__ import annotations

from typing import Protocol

from classroom.models import STAFF
from core.translation import gettext as _
from discussion.models import ALLOWED, FORCED


class Viewer(Protocol):
    """Somebody's place in the class."""

    @property
    def enrollment_id(self) -> int: ...
    @property
    def role(self) -> str: ...


class Poster(Viewer, Protocol):
    """Somebody's place in a thread, with the thread's rule."""

    @property
    def anonymity(self) -> str: ...


def posts_anonymously(place: Poster, wants: bool) -> bool:
    """Tell whether what this person posts now is anonymous to classmates. Staff always sign."""
    return place.role == "student" and (place.anonymity == FORCED or (place.anonymity == ALLOWED and wants))


def knows_author(viewer: Viewer, author_id: int, alias: int | None) -> bool:
    """Tell whether the viewer may know who wrote a post. `author_id`: the author's place in the class."""
    return alias is None or viewer.enrollment_id == author_id or viewer.role in STAFF


def shown_name(viewer: Viewer, author_id: int, name: str, alias: int | None) -> str:
    """Return the name under which the viewer knows the author of a post: the only way from a name to a reader."""
    return name if alias is None or knows_author(viewer, author_id, alias) else anonymous_name(alias)


def voice_of(viewer: Viewer, author_id: int, alias: int | None) -> int:
    """Return a number for whoever speaks, as the viewer can tell people of one thread apart."""
    return author_id if alias is None or knows_author(viewer, author_id, alias) else -alias


def anonymous_name(alias: int) -> str:
    """Return what classmates read instead of a name: the same for all anonymous posts of one person in one thread."""
    return str(_("Classmate %(number)s", number=alias))
