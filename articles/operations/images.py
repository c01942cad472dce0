"""Keeping the images of texts."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Insert, delete, exists, update
from sqlalchemy.dialects import postgresql, sqlite

from articles.images import KEPT_UNUSED
from articles.importing.images import Images
from articles.models import BlockImage, Image
from core import clock
from core.database import db


class ImageGone(Exception):
    """A text names an image that is no longer kept."""


def keep_images(owner_id: int, digests: Collection[str], images: Images) -> dict[str, int]:
    """Keep these images for their owner's texts and return their ids. Those kept already are marked as used.

    Raises ImageGone when one is neither new nor kept.
    """
    if not digests:
        return {}
    now = clock.now()
    new = [images.new[digest] for digest in sorted(digests) if digest in images.new]
    if new:
        rows = [
            {
                "owner_id": owner_id,
                "digest": image.facts.digest,
                "media_type": image.media_type,
                "width": image.facts.width,
                "height": image.facts.height,
                "size": image.facts.size,
                "content": image.content,
                "used_at": now,
            }
            for image in new
        ]
        db.session.execute(_adding(db.session.connection().dialect.name), rows)
    used = (
        update(Image)
        .where(Image.owner_id == owner_id, Image.digest.in_(sorted(digests)))
        .values(used_at=now)
        .returning(Image.digest, Image.id)
    )
    ids: dict[str, int] = {row.digest: row.id for row in db.session.execute(used)}
    if len(ids) < len(set(digests)):
        raise ImageGone
    return ids


@cache
def _adding(dialect: str) -> Insert:
    table: Any = Image.__table__
    insert: Any = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    adding: Insert = insert.on_conflict_do_nothing()
    return adding


def forget_image(image_id: int) -> bool:
    """Delete an image that no text holds and that none has named lately; say whether it was there to delete."""
    is_held = exists().where(BlockImage.image_id == Image.id)
    gone = delete(Image).where(Image.id == image_id, Image.used_at < clock.now() - KEPT_UNUSED, ~is_held)
    return bool(db.session.execute(gone.returning(Image.id)).first())
