"""Images made by hand, small and real, as files and as addresses that hold them."""

from __future__ import annotations

import base64
import struct
import zlib

_JPEG = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H///"
    "/6/+b9//j/wAALCAAMABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AIgH/9k="
)
JPEG = base64.b64decode(_JPEG)
WEBP = base64.b64decode("UklGRioAAABXRUJQVlA4IB4AAAAwAQCdASoQAAwABUB8JaAAA3AA/uuN3/g2SKa7AAA=")
GIF = base64.b64decode("R0lGODdhEAAMAIEAABBWQQAAAAAAAAAAACwAAAAAEAAMAAAIGQABCBxIsKDBgwgTKlzIsKHDhxAjSpwoMCAAOw==")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><script>alert(1)</script></svg>'


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 16, height: int = 12, colour: tuple[int, int, int] = (16, 86, 65), extra: bytes = b"") -> bytes:
    """A PNG of one colour; `extra` chunks stand before the picture."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = zlib.compress((b"\0" + bytes(colour) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def data_uri(data: bytes, media_type: str = "image/png") -> str:
    """The address that holds a file itself."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
