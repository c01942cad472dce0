"""Which files are images that an article may hold, and what is kept of them."""

from __future__ import annotations

import struct

import pytest

from articles.images import BROKEN, LARGE, MOST_BYTES, TINY, TYPE, ImageRefused, check_image
from tests.support.pictures import GIF, JPEG, SVG, WEBP, chunk, png

EXIF = b"Exif\0\0II*\0\x08\0\0\0\x02\0"
EXIF += struct.pack("<HHII", 0x010F, 2, 6, 38) + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0) + b"\0\0\0\0secret"


def jpeg_with(marker: int, body: bytes) -> bytes:
    return JPEG[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + JPEG[2:]


def claiming(width: int, height: int) -> bytes:
    """A PNG whose header says that it is this large: nothing is drawn in order to find out."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return png()[:8] + header + png()[8 + len(header) :]


def why_not(data: bytes) -> str:
    with pytest.raises(ImageRefused) as refused:
        check_image(data)
    return refused.value.why


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(png(), "image/png"), (JPEG, "image/jpeg"), (GIF, "image/gif"), (WEBP, "image/webp")],
)
def test_what_an_image_is_its_content_tells(data: bytes, media_type: str) -> None:
    image = check_image(data)
    assert (image.media_type, image.facts.width, image.facts.height) == (media_type, 16, 12)
    assert image.facts.size == len(image.content)
    assert check_image(image.content) == image


@pytest.mark.parametrize("data", [SVG, b"%PDF-1.7", b"<html>", b"", b"RIFF\0\0\0\0WAVE", b"BM" + bytes(60)])
def test_everything_else_is_no_image(data: bytes) -> None:
    assert why_not(data) == TYPE


@pytest.mark.parametrize(
    "data",
    [
        png(extra=chunk(b"tEXt", b"c\0secret") + chunk(b"eXIf", b"secret")),
        jpeg_with(0xFE, b"secret"),
        jpeg_with(0xE1, b"http://ns.adobe.com/xap/1.0/\0secret"),
        jpeg_with(0xE1, EXIF),
        jpeg_with(0xED, b"secret"),
        GIF[:-1] + b"\x21\xfe\x06secret\0;",
        WEBP[:4] + struct.pack("<I", len(WEBP) - 8 + 14) + WEBP[8:] + b"EXIF" + struct.pack("<I", 6) + b"secret",
        *(data + b"<script>secret</script>" for data in (png(), JPEG, GIF, WEBP)),
    ],
)
def test_nothing_is_kept_but_the_picture(data: bytes) -> None:
    assert b"secret" in data
    image = check_image(data)
    assert b"secret" not in image.content
    assert (image.facts.width, image.facts.height) in {(16, 12), (12, 16)}


def test_a_photograph_keeps_which_way_is_up() -> None:
    image = check_image(jpeg_with(0xE1, EXIF))
    assert (image.facts.width, image.facts.height) == (12, 16)
    assert image.content.count(b"Exif") == 1
    assert check_image(image.content) == image


@pytest.mark.parametrize("data", [png(), JPEG, GIF, WEBP])
def test_a_file_cut_short_is_damaged_wherever_it_ends(data: bytes) -> None:
    ends = [*range(20, len(data) - 3, 7), len(data) // 2]
    whole = [end for end in ends if data is not JPEG or end < data.index(b"\xff\xda")]
    assert {why_not(data[:end]) for end in whole} == {BROKEN}


def test_a_wrong_checksum_is_damage() -> None:
    assert why_not(png().replace(b"IDAT", b"IDAU")) == BROKEN


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (png(1, 1), TINY),
        (png(7, 7), TINY),
        (png(0, 5), BROKEN),
        (claiming(12_001, 1), LARGE),
        (claiming(8_000, 5_001), LARGE),
        (png() + bytes(MOST_BYTES), LARGE),
    ],
)
def test_sizes_have_bounds(data: bytes, why: str) -> None:
    assert why_not(data) == why


def test_the_bounds_themselves_are_inside() -> None:
    assert check_image(claiming(8_000, 5_000)).facts.width == 8_000
    assert check_image(png(8, 1)).facts.height == 1
