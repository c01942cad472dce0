"""The walls in SQL: which comments of a thread exist for a reader, given the threads that gates.may_see() opened,
and which notes of a margin, as gates.may_see_note() says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from sqlalchemy import CTE, ColumnElement, Integer, and_, bindparam, case, exists, not_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from classroom.models import STAFF, Enrollment
from discussion.group_models import ThreadGroupMember
from discussion.models import CLASS, STAFF_ONLY, Comment, CommentMention

ME = bindparam("me", type_=Integer)
"""The viewer's place in the class, in statements that are built once."""
IS_STAFF = bindparam("is_staff", type_=Integer) == 1
"""Whether the viewer is of the class's staff, there."""

ReaderId: TypeAlias = ColumnElement[int] | InstrumentedAttribute[int] | int


def shown_role(author: type[Enrollment]) -> ColumnElement[str]:
    """The author's role in the class as it is told; an anonymous post is a student's, whatever became of them."""
    return case((Comment.alias.is_not(None), "student"), else_=author.role)


def voice(knows: ColumnElement[bool]) -> ColumnElement[int]:
    """Whoever speaks, as names.voice_of() says. `knows`: when the viewer knows who wrote an anonymous comment."""
    return case((or_(Comment.alias.is_(None), knows), Comment.enrollment_id), else_=-Comment.alias)


def _make_waiting() -> CTE:
    waiting, answer = aliased(Comment), aliased(Comment)
    begun = select(waiting.id.label("id"), waiting.enrollment_id.label("owner_id")).where(waiting.waits)
    found = begun.cte("waiting", recursive=True)
    return found.union(select(answer.id, found.c.owner_id).join(found, answer.parent_id == found.c.id))


# Made while the module loads: a statement that names it twice must mean one and the same, and two threads that ask for
# it first at the same time would each make their own.
_WAITING = _make_waiting()
"""What waits for approval and all that answers it, however deep, with the place of who wrote what waits."""


def waits_for_approval(comment: type[Comment]) -> ColumnElement[bool]:
    """A comment that waits for approval, or answers one that does, however deep."""
    return comment.id.in_(select(_WAITING.c.id))


def is_kept_back(comment: type[Comment], reader_id: ReaderId) -> ColumnElement[bool]:
    """A comment that waits for approval, or answers one that does, where somebody else than the reader wrote that."""
    is_somebody_elses = exists().where(_WAITING.c.id == comment.id, _WAITING.c.owner_id != reader_id)
    return and_(waits_for_approval(comment), is_somebody_elses)  # the first alone is asked of most


def is_cleared(comment: type[Comment], reader_id: ReaderId) -> ColumnElement[bool]:
    """A comment that is not kept back for approval, or the reader's own, or any for staff."""
    reader = aliased(Enrollment)
    is_of_staff = exists().where(reader.id == reader_id, reader.role.in_(STAFF))
    return or_(not_(is_kept_back(comment, reader_id)), comment.enrollment_id == reader_id, is_of_staff)


def is_meant_for(reader_id: ReaderId) -> ColumnElement[bool]:
    """The comment was written for everybody in the thread, or for the reader's group; for who is no student: any."""
    reader = aliased(Enrollment)
    own_groups = select(ThreadGroupMember.group_id).where(ThreadGroupMember.enrollment_id == reader_id)
    own_groups = own_groups.correlate_except(ThreadGroupMember)
    is_no_student = exists().where(reader.id == reader_id, reader.role != "student").correlate_except(reader)
    return or_(Comment.group_id.is_(None), Comment.group_id.in_(own_groups), is_no_student)


def _exists(reader_id: ReaderId, is_reached: ColumnElement[bool]) -> ColumnElement[bool]:
    """The reader's own, and of others' what the gate lets through, is meant for the reader and has been cleared."""
    others = and_(is_reached, is_meant_for(reader_id), is_cleared(Comment, reader_id))
    return or_(Comment.enrollment_id == reader_id, others)


def exists_for(reader_id: ReaderId, author: type[Enrollment], is_open: bool) -> ColumnElement[bool]:
    """A comment of one thread: every one once the gate is open; before, the reader's own and those of staff.

    As gates.may_see_comment() says: of classmates' posts none that waits for approval or is another group's.
    """
    return _exists(reader_id, true() if is_open else shown_role(author).in_(STAFF))


def exists_in_threads(reader_id: ReaderId, author: type[Enrollment], open_ids: Sequence[int]) -> ColumnElement[bool]:
    """The same over several threads, of which `open_ids` are open to the reader."""
    return _exists(reader_id, or_(Comment.delivery_id.in_(open_ids), shown_role(author).in_(STAFF)))


def note_exists() -> ColumnElement[bool]:
    """A note of the margin of the viewer's class: one for the class, or for staff, and always one's own.

    An answer exists for whom its note exists, and has its visibility.
    """
    for_staff = and_(Comment.visibility == STAFF_ONLY, IS_STAFF)
    return or_(Comment.visibility == CLASS, Comment.enrollment_id == ME, for_staff)


def is_gone(comment: type[Comment]) -> ColumnElement[bool]:
    """Deleted by its author, or hidden from the viewer by staff."""
    is_kept_from_me = and_(comment.hidden_at.is_not(None), comment.enrollment_id != ME, not_(IS_STAFF))
    return or_(comment.deleted_at.is_not(None), is_kept_from_me)


def names(place_id: ReaderId) -> ColumnElement[bool]:
    """The comment names the person with this place in the class."""
    return exists().where(CommentMention.comment_id == Comment.id, CommentMention.enrollment_id == place_id)


def stands() -> ColumnElement[bool]:
    """Neither deleted by its author nor hidden by staff."""
    return Comment.deleted_at.is_(None) & Comment.hidden_at.is_(None)
