"""Sharing one's questions with co-instructors, who ask for it: they read and copy, and change nothing."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from core import clock
from core.database import db
from quizzes.models import BankShare


def ask_for_bank(user_id: int, owner_id: int) -> None:
    """Ask an instructor for the use of their questions; asking twice changes nothing."""
    try:
        with db.session.begin_nested():
            db.session.add(BankShare(owner_id=owner_id, user_id=user_id, requested_at=clock.now()))
    except IntegrityError:
        return


def grant_bank(owner_id: int, user_id: int) -> None:
    """Let somebody who asked read one's questions."""
    asked = update(BankShare).where(
        BankShare.owner_id == owner_id, BankShare.user_id == user_id, BankShare.granted_at.is_(None)
    )
    db.session.execute(asked.values(granted_at=clock.now()))


def end_share(owner_id: int, user_id: int) -> None:
    """Decline a request, or take back what was granted. What was copied stays."""
    db.session.execute(delete(BankShare).where(BankShare.owner_id == owner_id, BankShare.user_id == user_id))
