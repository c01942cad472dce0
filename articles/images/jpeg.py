"""JPEG: segments that begin with a marker, and the picture itself between them."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from articles.images.parts import Damaged, Rebuilt, take

START = b"\xff\xd8\xff"
END, SCAN = 0xD9, 0xDA
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
COMMENT, APPLICATIONS, EXIF = 0xFE, range(0xE0, 0xF0), 0xE1
# Of what programs add: the resolution, the colours, and how the colours are stored.
KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
ORIENTATION = 0x0112


@dataclass
class _Walk:
    """What was met so far."""

    kept: list[bytes] = field(default_factory=lambda: [b"\xff\xd8"])
    sides: tuple[int, int] = (0, 0)
    turned: int = 1
    has_picture: bool = False

    def segment(self, marker: int, body: bytes) -> None:
        """Take in one segment if it draws; of what a camera tells only which way is up."""
        if marker in FRAMES:
            height, width = struct.unpack(">HH", take(body, 1, 4))
            self.sides = width, height
        if marker == EXIF and body.startswith(b"Exif\0\0"):
            self.turned = _orientation(body[6:])
            body = _exif(self.turned)
        elif marker == COMMENT or (marker in APPLICATIONS and not _is_kept(marker, body)):
            return
        self.kept.append(bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body)


def rebuild(data: bytes) -> Rebuilt:
    """Return the image without what cameras and programs tell about it. Raises Damaged."""
    walk, at = _Walk(), 2
    while at < len(data):
        if data[at] != 0xFF:
            raise Damaged(f"no marker at {at}")
        marker = take(data, at + 1, 1)[0]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == END:
            break
        (length,) = struct.unpack(">H", take(data, at + 2, 2))
        walk.segment(marker, take(data, at + 4, length - 2) if length >= 2 else b"")
        at += 2 + max(2, length)
        if marker == SCAN:
            found = NEXT_MARKER.search(data, at)
            end = found.start() if found else len(data)
            walk.kept.append(data[at:end])
            walk.has_picture, at = walk.has_picture or end > at, end
    if not walk.has_picture:
        raise Damaged("no picture in it")
    width, height = walk.sides
    if walk.turned >= 5:  # lying on its side
        width, height = height, width
    return Rebuilt(width, height, b"".join([*walk.kept, b"\xff\xd9"]))


def _is_kept(marker: int, body: bytes) -> bool:
    return marker in KEPT and body.startswith(KEPT[marker])


def _orientation(tiff: bytes) -> int:
    """Which way is up, 1 to 8, as the camera wrote it; 1 where it is not to be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 1
    (start,) = struct.unpack(order + "I", tiff[4:8])
    (count,) = struct.unpack(order + "H", tiff[start : start + 2].ljust(2, b"\0"))
    for at in range(start + 2, start + 2 + 12 * min(count, 200), 12):
        entry = tiff[at : at + 12]
        if len(entry) == 12 and struct.unpack(order + "H", entry[:2])[0] == ORIENTATION:
            (value,) = struct.unpack(order + "H", entry[8:10])
            return value if 1 <= value <= 8 else 1
    return 1


def _exif(orientation: int) -> bytes:
    """The shortest Exif that says which way is up."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"
