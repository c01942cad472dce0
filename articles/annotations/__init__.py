"""W3C Web Annotations (JSON-LD): what is one, what of it is read here, and passages written as one. Pure."""

from articles.annotations.model import CONTEXT, annotations_of
from articles.annotations.reading import Annotated, as_annotated, find_place
from articles.annotations.shapes import AnnotationRefused
from articles.annotations.writing import PlaceInText, Written, as_annotation, as_collection, place_in_text

__all__ = [
    "CONTEXT",
    "Annotated",
    "AnnotationRefused",
    "PlaceInText",
    "Written",
    "annotations_of",
    "as_annotated",
    "as_annotation",
    "as_collection",
    "find_place",
    "place_in_text",
]
