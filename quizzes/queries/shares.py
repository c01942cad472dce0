"""With whom instructors share their questions, and whom they could ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from classroom.models import Enrollment, Section, User
from core.database import db
from quizzes.models import BankShare

_Own = aliased(Enrollment)
_Other = aliased(Enrollment)


@dataclass(frozen=True)
class ShareRow:
    """Another instructor, and how far sharing goes: asked for, granted, or (both empty) neither."""

    user_id: int
    name: str
    requested_at: datetime | None
    granted_at: datetime | None


@dataclass(frozen=True)
class Shares:
    """`mine`: those who asked to use one's own questions. `theirs`: those whose questions one may ask for."""

    mine: tuple[ShareRow, ...]
    theirs: tuple[ShareRow, ...]

    @property
    def waiting(self) -> tuple[ShareRow, ...]:
        """Those who wait for an answer."""
        return tuple(row for row in self.mine if not row.granted_at)

    @property
    def readable(self) -> tuple[ShareRow, ...]:
        """Those whose questions one may use."""
        return tuple(row for row in self.theirs if row.granted_at)


def list_shares(user_id: int) -> Shares:
    """Return both sides, each in the order of names: two statements."""
    mine = db.session.execute(
        select(User.id, User.name, BankShare.requested_at, BankShare.granted_at)
        .join(BankShare, BankShare.user_id == User.id)
        .where(BankShare.owner_id == user_id)
        .order_by(User.name, User.id)
        .limit(200)
    )
    teaching = select(_Other.user_id).where(*_teach_together(user_id))
    theirs = db.session.execute(
        select(User.id, User.name, BankShare.requested_at, BankShare.granted_at)
        .outerjoin(BankShare, and_(BankShare.owner_id == User.id, BankShare.user_id == user_id))
        .where(User.id != user_id, or_(User.id.in_(teaching), BankShare.granted_at.is_not(None)))
        .order_by(User.name, User.id)
        .limit(200)
    )
    return Shares(tuple(ShareRow(*row) for row in mine), tuple(ShareRow(*row) for row in theirs))


def teach_together(user_id: int, other_id: int) -> bool:
    """Whether two people are instructors of one class that is not archived."""
    found = select(_Other.user_id).where(*_teach_together(user_id), _Other.user_id == other_id).limit(1)
    return user_id != other_id and db.session.scalar(found) is not None


def _teach_together(user_id: int) -> tuple[ColumnElement[bool], ...]:
    """That somebody and others are instructors of one class."""
    return (
        _Own.user_id == user_id,
        _Other.section_id == _Own.section_id,
        *(place.role == "instructor" for place in (_Own, _Other)),
        *(place.state == "active" for place in (_Own, _Other)),
        Section.id == _Own.section_id,
        Section.archived_at.is_(None),
    )
