"""What the readers of image formats share."""

from __future__ import annotations

from dataclasses import dataclass


class Damaged(ValueError):
    """The file ends too early, or is not what its first bytes say."""


@dataclass(frozen=True)
class Rebuilt:
    """An image put together from the parts that draw it; sides in pixels, as it is shown."""

    width: int
    height: int
    content: bytes


def take(data: bytes, start: int, length: int) -> bytes:
    """Return `length` bytes from `start`. Raises Damaged where the file ends before."""
    piece = data[start : start + length]
    if len(piece) != length:
        raise Damaged(f"{length} bytes at {start}")
    return piece
