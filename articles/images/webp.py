"""WebP: chunks in a RIFF file."""

from __future__ import annotations

import struct

from articles.images.parts import Damaged, Rebuilt, take

DRAWS = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
EXIF_AND_XMP = 0x0C  # flags of the extended header


def rebuild(data: bytes) -> Rebuilt:
    """Return the image without what is told about it and whatever stands behind its end. Raises Damaged."""
    (length,) = struct.unpack("<I", take(data, 4, 4))
    end, at = 8 + length, 12
    kept: list[tuple[bytes, bytes]] = []
    while at < end:
        kind, (size,) = take(data, at, 4), struct.unpack("<I", take(data, at + 4, 4))
        body = take(data, at + 8, size)
        if kind == b"VP8X" and size:
            body = bytes([body[0] & ~EXIF_AND_XMP]) + body[1:]
        if kind in DRAWS:
            kept.append((kind, body))
        at += 8 + size + size % 2
    width, height = _sides(kept)
    chunks = b"".join(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for kind, body in kept)
    return Rebuilt(width, height, b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks)


def _sides(chunks: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    kinds = {kind for kind, _body in chunks}
    if not kinds & {b"VP8 ", b"VP8L", b"ANMF"}:
        raise Damaged("no picture in it")
    kind, body = chunks[0]
    if kind == b"VP8X":
        return 1 + int.from_bytes(take(body, 4, 3), "little"), 1 + int.from_bytes(take(body, 7, 3), "little")
    if kind == b"VP8 " and take(body, 3, 3) == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", take(body, 6, 4))
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and take(body, 0, 1) == b"\x2f":
        bits = int.from_bytes(take(body, 1, 4), "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    raise Damaged("header")
