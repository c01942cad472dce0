"""Images as people meet them: through a text of their own, or one that a class of theirs reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select

from articles.holders import version_keepers
from articles.images import KEPT_UNUSED, ImageFacts
from articles.models import ArticleVersion, Assignment, Block, BlockImage, Image
from articles.queries.assignments import is_open_to_reader
from classroom.models import STAFF, Enrollment
from classroom.viewer import Viewer
from core import clock
from core.database import AnySelect, db, read_connection, read_rows
from core.web import not_found

MOST_VERSIONS = 1_000
MOST_UNUSED = 1_000


@dataclass(frozen=True)
class ImageRow:
    """An image that somebody may see, without its content."""

    id: int
    digest: str
    media_type: str


def _is_read_in_a_class() -> ColumnElement[bool]:
    """Whether the viewer is in a class that reads a version with the image; its staff see every version of the text."""
    return (
        exists()
        .where(
            BlockImage.image_id == Image.id,
            Enrollment.user_id == bindparam("user_id"),
            Enrollment.state == "active",
            is_open_to_reader(),
            or_(Enrollment.role.in_(STAFF), Assignment.version_id == Block.version_id),
        )
        .where(
            Block.id == BlockImage.block_id,
            ArticleVersion.id == Block.version_id,
            Assignment.article_id == ArticleVersion.article_id,
            Enrollment.section_id == Assignment.section_id,
        )
    )


@cache
def _one() -> AnySelect:
    return (
        select(Image.id, Image.digest, Image.media_type)
        .where(
            Image.digest == bindparam("digest"),
            or_(Image.owner_id == bindparam("user_id"), _is_read_in_a_class()),
        )
        .order_by(Image.id)
        .limit(1)
    )


@cache
def _versions() -> AnySelect:
    return (
        select(Image.id, Image.media_type, Block.version_id)
        .join(BlockImage, BlockImage.image_id == Image.id)
        .join(Block, Block.id == BlockImage.block_id)
        .where(Image.digest == bindparam("digest"))
        .order_by(Image.id, Block.version_id, Block.id)
        .limit(MOST_VERSIONS)
    )


def get_image_for(user: Viewer, digest: str) -> ImageRow:
    """Return the image as this person may see it, or answer 404.

    They own a text with it, or a class of theirs reads one now; or something of theirs keeps an older version.
    """
    row = read_rows(_one(), {"digest": digest, "user_id": user.id, "now": clock.now()}).first()
    if row:
        return ImageRow(*row)
    holding = list(read_rows(_versions(), {"digest": digest}))
    kept = {found for keeper in version_keepers() for found in keeper.kept_for(user.id, [row[2] for row in holding])}
    found = next((ImageRow(row[0], digest, row[1]) for row in holding if row[2] in kept), None)
    return found or not_found()


def read_image(image_id: int) -> bytes:
    """Return the content of an image. The caller has found it for the person."""
    return db.session.execute(select(Image.content).where(Image.id == image_id)).scalar_one()


def list_images_of(owner_id: int, digests: Collection[str]) -> dict[str, ImageFacts]:
    """Return those of these images that somebody keeps, by digest. Read in a transaction of its own."""
    if not digests:
        return {}
    statement = select(Image.digest, Image.width, Image.height, Image.size).where(
        Image.owner_id == owner_id, Image.digest.in_(sorted(digests))
    )
    with read_connection() as apart:
        return {row[0]: ImageFacts(*row) for row in apart.execute(statement)}


def list_unused_images() -> list[int]:
    """Return the images that no text holds and that none has named lately, some at a time."""
    is_held = exists().where(BlockImage.image_id == Image.id)
    unused = select(Image.id).where(and_(Image.used_at < clock.now() - KEPT_UNUSED, ~is_held))
    return list(db.session.scalars(unused.order_by(Image.id).limit(MOST_UNUSED)))
