"""The images of a text on its way in: those that came along with it, and those that its author keeps already. Pure.

In a text an image is named by its address, /images/ with its digest. Nothing is ever fetched: what lies elsewhere
cannot come along. One that is refused is named by the reason instead.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote_to_bytes

from articles.images import BROKEN, ImageFacts, ImageFile, ImageRefused, check_image

PATH = "/images/"
ADDRESS = re.compile(PATH + r"([0-9a-f]{32}|image[a-z_]*)")
ELSEWHERE, GONE = "image_elsewhere", "image_gone"
# An address that holds the image itself, in HTML, in Markdown, and at the end of Markdown as its exporters write it.
INSIDE = re.compile(r"((?<![\w-])src\s*=\s*|\]\(\s*|\]:\s*)([\"'<]?)data:(image/[\w.+-]{1,40})?", re.IGNORECASE)
CLOSED_BY = {'"': re.compile('"'), "'": re.compile("'"), "<": re.compile(">"), "": re.compile(r"[\s)\"'<>]")}
PARAMETERS = re.compile(r"((?:;[\w=.+-]{1,60}){0,5}),")
SPACE = re.compile(rb"\s+|%0[aAdD]|%20")


@dataclass(frozen=True)
class Images:
    """The images at hand, by digest: new ones, and the facts of those that are kept already."""

    new: Mapping[str, ImageFile] = field(default_factory=dict)
    kept: Mapping[str, ImageFacts] = field(default_factory=dict)

    def find(self, address: str) -> ImageFacts | str:
        """Return the image at an address, or in one word why there is none."""
        found = ADDRESS.fullmatch(address)
        if not found:
            return ELSEWHERE
        if not _is_digest(found[1]):
            return found[1]
        new = self.new.get(found[1])
        return new.facts if new else self.kept.get(found[1], GONE)

    def facts(self, digest: str) -> ImageFacts | None:
        """Return what is known of an image, None if it is not at hand."""
        found = self.find(PATH + digest)
        return found if isinstance(found, ImageFacts) else None


def address_of(data: bytes, new: dict[str, ImageFile]) -> str:
    """Return the address by which a text names this image, which is put among the new ones unless it is refused."""
    try:
        image = check_image(data)
    except ImageRefused as refused:
        return PATH + refused.why
    new[image.facts.digest] = image
    return PATH + image.facts.digest


def named(text: str) -> set[str]:
    """Return the digests of all images that a text names."""
    return {found for found in ADDRESS.findall(text) if _is_digest(found)}


def _is_digest(name: str) -> bool:
    return not name.startswith("image")


def taken_apart(text: str) -> tuple[str, Images]:
    """Return a text without the images that it holds within (data: addresses), and those images."""
    new: dict[str, ImageFile] = {}
    return "".join(_pieces(text, new)), Images(new)


def _pieces(text: str, new: dict[str, ImageFile]) -> Iterator[str]:
    done = 0
    for found in INSIDE.finditer(text):
        if found.start() < done:
            continue
        closing = CLOSED_BY[found[2]].search(text, found.end())
        end = closing.start() if closing else len(text)
        yield text[done : found.start()] + found[1] + found[2]
        yield _address_within(text[found.end() : end], new)
        done = end
    yield text[done:]


def _address_within(rest: str, new: dict[str, ImageFile]) -> str:
    parameters = PARAMETERS.match(rest)
    if not parameters:
        return PATH + BROKEN
    payload = unescape(rest[parameters.end() :]).encode("utf-8", "replace")
    if ";base64" not in parameters[1].lower():
        return address_of(unquote_to_bytes(payload), new)
    letters = SPACE.sub(b"", payload).replace(b"%3D", b"=").replace(b"%2B", b"+").replace(b"%2F", b"/")
    try:
        data = base64.b64decode(letters + b"=" * (-len(letters) % 4), validate=True)
    except binascii.Error:
        return PATH + BROKEN
    return address_of(data, new)
