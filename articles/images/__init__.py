"""Images that come with a text: what they are by their content, and rebuilt from the parts that draw them. Pure."""

from articles.images.checking import (
    BROKEN,
    KEPT_UNUSED,
    LARGE,
    MOST_BYTES,
    MOST_IMAGES,
    MOST_PIXELS,
    TINY,
    TYPE,
    ImageFacts,
    ImageFile,
    ImageRefused,
    check_image,
)

__all__ = [
    "BROKEN",
    "KEPT_UNUSED",
    "LARGE",
    "MOST_BYTES",
    "MOST_IMAGES",
    "MOST_PIXELS",
    "TINY",
    "TYPE",
    "ImageFacts",
    "ImageFile",
    "ImageRefused",
    "check_image",
]
