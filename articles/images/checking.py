"""Which files are images that an article may hold. Pure.

What a file is, its content tells. It is never drawn here: no decoder meets a stranger's bytes. What its format says
is walked part by part instead, and put together again from the parts that draw it, so that nothing else is kept: no
place where a photograph was taken, no comment, nothing behind the end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from articles.images import gif, jpeg, png, webp
from articles.images.parts import Damaged, Rebuilt

MOST_BYTES = 5 * 1024 * 1024
MOST_SIDE = 12_000
MOST_PIXELS = 40_000_000
LEAST_SIDE = 8
"""Pixels; what is smaller holds a place on a web page and shows nothing."""
MOST_IMAGES = 200
KEPT_UNUSED = timedelta(days=7)
"""How long an image is kept that no text holds: one that was previewed and never saved."""
DIGEST_LENGTH = 32
TYPE, LARGE, BROKEN, TINY = "image_type", "image_large", "image_broken", "image"

_STARTS: tuple[tuple[bytes, str, Callable[[bytes], Rebuilt]], ...] = (
    (png.START, "image/png", png.rebuild),
    (jpeg.START, "image/jpeg", jpeg.rebuild),
    (b"GIF87a", "image/gif", gif.rebuild),
    (b"GIF89a", "image/gif", gif.rebuild),
    (b"RIFF", "image/webp", webp.rebuild),
)


class ImageRefused(ValueError):
    """A file that no article may hold; `why` is TYPE, LARGE, BROKEN or TINY."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class ImageFacts:
    """What is known of an image without its content: `digest` names it, sizes are in pixels and bytes."""

    digest: str
    width: int
    height: int
    size: int


@dataclass(frozen=True)
class ImageFile:
    """An image that may be kept: its content as rebuilt, and what is known of it."""

    facts: ImageFacts
    media_type: str
    content: bytes


def check_image(data: bytes) -> ImageFile:
    """Return the image that a file is. Raises ImageRefused."""
    if len(data) > MOST_BYTES:
        raise ImageRefused(LARGE)
    media_type, rebuild = _format_of(data)
    try:
        made = rebuild(data)
    except Damaged as damaged:
        raise ImageRefused(BROKEN) from damaged
    if not made.width or not made.height:
        raise ImageRefused(BROKEN)
    if max(made.width, made.height) > MOST_SIDE or made.width * made.height > MOST_PIXELS:
        raise ImageRefused(LARGE)
    if max(made.width, made.height) < LEAST_SIDE:
        raise ImageRefused(TINY)
    digest = hashlib.sha256(made.content).hexdigest()[:DIGEST_LENGTH]
    return ImageFile(ImageFacts(digest, made.width, made.height, len(made.content)), media_type, made.content)


def _format_of(data: bytes) -> tuple[str, Callable[[bytes], Rebuilt]]:
    for start, media_type, rebuild in _STARTS:
        if data.startswith(start) and (start != b"RIFF" or data[8:12] == b"WEBP"):
            return media_type, rebuild
    raise ImageRefused(TYPE)
