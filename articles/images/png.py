"""PNG: chunks, each with its length and a checksum."""

from __future__ import annotations

import struct
import zlib

from articles.images.parts import Damaged, Rebuilt, take

START = b"\x89PNG\r\n\x1a\n"
DRAWS = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip


def rebuild(data: bytes) -> Rebuilt:
    """Return the image without texts, times and whatever stands behind its end. Raises Damaged."""
    kept, at = [START], len(START)
    kinds: set[bytes] = set()
    while b"IEND" not in kinds:
        (length,) = struct.unpack(">I", take(data, at, 4))
        whole = take(data, at, length + 12)
        kind = whole[4:8]
        if zlib.crc32(whole[4:-4]) != struct.unpack(">I", whole[-4:])[0]:
            raise Damaged("checksum")
        if (kind == b"IHDR") != (not kinds):
            raise Damaged("header")
        if kind in DRAWS:
            kept.append(whole)
        kinds.add(kind)
        at += len(whole)
    if b"IDAT" not in kinds or len(kept[1]) != 25:
        raise Damaged("no picture in it")
    width, height = struct.unpack(">II", kept[1][8:16])
    return Rebuilt(width, height, b"".join(kept))
