"""What the references in written words mean: settled when the words are saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from articles.operations import ensure_spans
from articles.queries import list_sentences
from articles.spans import parse_reference
from discussion.comment_text import CommentText, compose
from discussion.references import unmark


class Cited(NamedTuple):
    """A mark in words that were saved: its number, the span it leads to, the version that the span was made in."""

    mark: int
    span_id: int
    version_id: int


def settle_references(
    text: CommentText, version_id: int, held: Mapping[str, int] | None = None
) -> tuple[str, dict[int, int]]:
    """Return the HTML with marks only for places that exist, and the span ids by mark number.

    `held` are spans that references mean already, whatever stands at their numbers now.
    """
    if not text.references:
        return text.html, {}
    sentences = list_sentences(version_id)
    kept = {number: held[words] for number, words in enumerate(text.references) if held and words in held}
    ends = {n: parse_reference(words, sentences) for n, words in enumerate(text.references) if n not in kept}
    found = {number: places for number, places in ends.items() if places is not None}
    unknown = {number: text.references[number] for number in ends if number not in found}
    span_ids = ensure_spans(version_id, list(found.values()), sentences) if found else []
    return unmark(text.html, unknown), kept | dict(zip(found, span_ids, strict=True))


def held_references(body: str, cited: Sequence[Cited], version_id: int) -> dict[str, int]:
    """Return what the references mean in words as typed that were written about another version, by their words.

    Nothing for words about this version: their numbers are those of the text.
    """
    if all(each.version_id == version_id for each in cited):
        return {}
    references = compose(body).references
    return {references[each.mark]: each.span_id for each in cited if each.mark < len(references)}
