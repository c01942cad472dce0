"""GIF: a screen, then blocks of sub-blocks."""

from __future__ import annotations

import struct

from articles.images.parts import Damaged, Rebuilt, take

IMAGE, EXTENSION, END = 0x2C, 0x21, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
ANIMATION = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def rebuild(data: bytes) -> Rebuilt:
    """Return the image without comments and whatever stands behind its end. Raises Damaged."""
    width, height, flags = struct.unpack("<HHB", take(data, 6, 5))
    at = 13 + _colours(flags)
    kept, pictures = [take(data, 0, at)], 0
    while (kind := take(data, at, 1)[0]) != END:
        end = _block_end(data, at, kind)
        if kind == IMAGE or _draws(data, at):
            kept.append(data[at:end])
        pictures += kind == IMAGE
        at = end
    if not pictures:
        raise Damaged("no picture in it")
    return Rebuilt(width, height, b"".join([*kept, bytes([END])]))


def _colours(flags: int) -> int:
    """The bytes of the table of colours that these flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _block_end(data: bytes, at: int, kind: int) -> int:
    if kind == IMAGE:
        at += 10 + _colours(take(data, at + 9, 1)[0]) + 1
    elif kind == EXTENSION:
        at += 2
    else:
        raise Damaged(f"block {kind}")
    while length := take(data, at, 1)[0]:
        at += 1 + length
    return at + 1


def _draws(data: bytes, at: int) -> bool:
    """Whether an extension says how pictures follow each other."""
    label = data[at + 1]
    return label == CONTROL or (label == APPLICATION and data[at + 3 : at + 14] in ANIMATION)
