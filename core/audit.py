"""Who did what, for as long as the installation lives. Plain ids: the log outlives what it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, UTCDateTime, db


class AuditEntry(Base):
    """One act of one person."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_section_id_id", "section_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int]
    section_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


@dataclass(frozen=True)
class Act:
    """What is written down: the verb, the kind and id of what it was done to, and where."""

    action: str
    object_kind: str
    object_id: int
    section_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def record(actor_id: int | None, act: Act) -> None:
    """Write one act to the log, in the caller's transaction."""
    db.session.add(
        AuditEntry(
            at=clock.now(),
            actor_id=actor_id,
            action=act.action,
            object_kind=act.object_kind,
            object_id=act.object_id,
            section_id=act.section_id,
            detail=act.detail,
        )
    )
